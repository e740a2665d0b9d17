import { usageError } from '../frame/cli-error.ts'
import { gatherJsonLines } from './gather-json-lines.ts'
import { gatherLog } from './gather-log.ts'
import { gatherMaildir } from './gather-maildir.ts'
import { gatherMbox } from './gather-mbox.ts'
import type { Gathering, OwnerOf } from './gathering.ts'
import { whyOf } from './past-faults.ts'
import { expandPattern, isPattern } from './path-pattern.ts'

/** What the command line names, each repeatable. */
export interface PastSources {
  readonly mbox?: readonly string[]
  readonly maildir?: readonly string[]
  readonly jsonl?: readonly string[]
  readonly postfixLog?: readonly string[]
  readonly eximLog?: readonly string[]
  /** Whose Sent folders these are. */
  readonly user?: string
  /** Each message is its From address's. */
  readonly byFrom?: true
  /** Labels of honest mail in JSON Lines. */
  readonly honest?: readonly string[]
}

/** Throws a usage error where nothing is named, or where nobody could tell whose mail it is. */
export function checkSources({ mbox = [], maildir = [], jsonl = [], ...sources }: PastSources): void {
  const { postfixLog = [], eximLog = [], user, byFrom } = sources
  const folders = [...mbox, ...maildir]
  if (folders.length + jsonl.length + postfixLog.length + eximLog.length === 0)
    throw usageError(
      'names nothing to import',
      'Say --mbox FILE, --maildir DIR, --jsonl FILE, --postfix-log FILE or --exim-log FILE.'
    )
  if (user !== undefined && byFrom === true) throw usageError('--user and --by-from say two things')
  const ownerless = folders.find((path) => !/\{user\}/u.test(path))
  if (ownerless !== undefined && user === undefined && byFrom !== true)
    throw usageError(
      `nobody says whose mail ${ownerless} holds`,
      'Say --user NAME, or --by-from (each message is its From address’s), or write {user} and {domain} into the path.'
    )
}

/** Notes every message of what is named. What cannot be read is told, and the rest is read. */
export async function gatherPast(sources: PastSources, gathering: Gathering): Promise<void> {
  const { mbox = [], maildir = [], jsonl = [], postfixLog = [], eximLog = [], honest = [] } = sources
  for (const pattern of mbox) await eachMatch(pattern, sources, gathering, gatherMbox)
  for (const pattern of maildir) await eachMatch(pattern, sources, gathering, gatherMaildir)
  for (const file of jsonl) await tell(file, gathering, () => gatherJsonLines(file, honest, gathering))
  for (const file of postfixLog) await tell(file, gathering, () => gatherLog('postfix', file, gathering))
  for (const file of eximLog) await tell(file, gathering, () => gatherLog('exim', file, gathering))
}

async function eachMatch(
  pattern: string,
  { user }: PastSources,
  gathering: Gathering,
  gather: (path: string, ownerOf: OwnerOf, gathering: Gathering) => Promise<void>
): Promise<void> {
  const { faults } = gathering
  const matches = await expandPattern(pattern, (directory, error) =>
    faults.add('FILE_UNREADABLE', directory, whyOf(error))
  )
  if (isPattern(pattern) && matches.length === 0) faults.add('NO_MESSAGES', pattern, 'nothing lies there')
  for (const { path, owner } of matches) {
    const named = owner ?? user
    const ownerOf: OwnerOf = named === undefined ? (from) => from : () => named
    await tell(path, gathering, () => gather(path, ownerOf, gathering))
  }
}

async function tell(place: string, { faults }: Gathering, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    faults.add('FILE_UNREADABLE', place, whyOf(error))
  }
}
