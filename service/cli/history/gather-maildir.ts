import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Gathering, OwnerOf } from './gathering.ts'
import { readHeaderOf } from './message-file.ts'
import { whyOf } from './past-faults.ts'
import { readSentHeader } from './sent-header.ts'
import { sentMoment } from './sent-moment.ts'

/** Notes the messages of a Maildir: the files in its cur/ and new/. What is no file there is passed over. */
export async function gatherMaildir(
  directory: string,
  ownerOf: OwnerOf,
  gathering: Gathering
): Promise<void> {
  const folders = (await Promise.all([list(directory, 'cur'), list(directory, 'new')])).flat()
  if (folders.every(({ names }) => names === null)) return gathering.faults.add('NOT_MAILDIR', directory)
  const before = gathering.catalogue.size
  for (const { folder, names } of folders)
    for (const name of names ?? [])
      await gatherFile(join(folder, name), { directory, name, ownerOf }, gathering)
  if (folders.every(({ names }) => (names ?? []).length === 0) && gathering.catalogue.size === before)
    gathering.faults.add('NO_MESSAGES', directory)
}

/** null: it is not there. */
async function list(
  directory: string,
  part: string
): Promise<{ readonly folder: string; readonly names: readonly string[] | null }> {
  const folder = join(directory, part)
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return { folder, names: entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name) }
  } catch (error) {
    if (isMissing(error)) return { folder, names: null }
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

interface Place {
  readonly directory: string
  readonly name: string
  readonly ownerOf: OwnerOf
}

async function gatherFile(
  path: string,
  { directory, name, ownerOf }: Place,
  gathering: Gathering
): Promise<void> {
  const { catalogue, faults, maxBytes, now, receivedBy } = gathering
  gathering.found()
  try {
    const found = await stat(path)
    if (!found.isFile()) return faults.add('FILE_UNREADABLE', path, 'is no file')
    if (found.size > maxBytes) return faults.add('TOO_LARGE', path, `${found.size} bytes`)
    const sent = readSentHeader(await readHeaderOf(path, maxBytes), receivedBy)
    const moment = sentMoment([...sent.dates, ...deliveredAt(name)], now)
    if ('fault' in moment) return faults.add(moment.fault, path)
    const owner = ownerOf(sent.from)
    if (owner === null) return faults.add('NO_OWNER', path)
    catalogue.add({
      format: 'file',
      path,
      file: directory,
      offset: 0,
      length: found.size,
      owner,
      at: moment.at
    })
  } catch (error) {
    faults.add('FILE_UNREADABLE', path, whyOf(error))
  }
}

/** Maildir: a unique name begins with the seconds of its delivery. */
function deliveredAt(name: string): readonly number[] {
  const [, seconds = ''] = /^(\d{9,11})\./u.exec(name) ?? []
  return seconds === '' ? [] : [Number(seconds) * 1_000]
}
