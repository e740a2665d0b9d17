import type { LanguageCode } from '../../../datasets/synthetic-mail/language.ts'
import type { Resident } from '../../../service/features/installation.ts'
import type { ReplayReader } from '../../../service/history/reader/replay-reader.ts'
import type { RowSpan } from '../../../service/history/reader/stream-rows.ts'
import type { SenderCount } from '../../../service/history/reader/span-reader.ts'
import type { Observation } from '../../../service/observation/observation.ts'
import type { Profile } from '../../../service/profile/profile.ts'
import { domainOf } from '../../../service/senders/priors/store-with-priors.ts'
import { spokenOf, type SpokenLabels } from '../../backtest/history/spoken-labels.ts'
import { hasOnlyNumbers } from '../../history/labelled-rows.ts'
import { replayHistory } from '../../history/replay-history.ts'
import type { Replayed } from '../../history/replay-sender.ts'
import { noProgress, type Progress } from '../../progress.ts'
import { openObservedMailbox } from './observed-mailbox.ts'

/** A sender who is not attacked: lends harmless words, a program and a network to thieves. */
export interface Lender {
  readonly sender: string
  /** In which most of the mail is. */
  readonly language: LanguageCode
  /** In order of time. */
  readonly mail: readonly Observation[]
  /** What the installation's counts of that version hold of this sender: they must not know whoever wears it. */
  residentAt(version: number): Resident
  /** The habits after everything. */
  readonly profile: Profile
}

export interface FoundLenders {
  readonly lenders: readonly Lender[]
  /** Their honest messages, those among them that show no content. */
  readonly honest: number
}

export interface CollectLendersOptions {
  readonly reader: ReplayReader
  readonly span: RowSpan
  readonly lenders: readonly SenderCount[]
  readonly labels: SpokenLabels
  readonly progress?: Progress
}

/** Of each lender, spread over the span; tens of kilobytes a message. */
const mailEach = 40
/** Habits as they grew, of each lender. */
const stagesEach = 8

interface Stage {
  /** Of the installation's counts, at the earliest. */
  readonly version: number
  readonly profile: Profile
}

/** Reads the mail of those who lend it. Whoever sent nothing honest that shows its content lends nothing. */
export async function collectLenders({
  reader,
  span,
  lenders,
  labels,
  progress = noProgress
}: CollectLendersOptions): Promise<FoundLenders> {
  const { since = 0, until } = span
  const counts = new Map(lenders.map(({ sender, messages }) => [sender, messages]))
  const collected: Lender[] = []
  let honest = 0
  let own = openLender(0)
  const onSender = (sender: string, profile: Profile): void => {
    if (own.mail.length > 0) collected.push(toLender(sender, own, profile))
    progress('read those who lend', collected.length, lenders.length)
    own = openLender(0)
  }
  const replay = { reader, senders: [...counts.keys()], onSender, ...(until !== undefined && { until }) }
  for await (const replayed of replayHistory(replay)) {
    const { row, observation } = replayed
    if (own.expected === 0) own = openLender(counts.get(row.sender) ?? 1)
    if (row.received_at < since || spokenOf(row, labels).truth !== 'honest') continue
    honest += 1
    if (observation.shows !== 'envelope' && hasOnlyNumbers(row)) keep(own, replayed)
  }
  return { lenders: collected, honest }
}

interface Collected {
  /** Messages of the span. */
  readonly expected: number
  readonly mail: Observation[]
  readonly stages: Stage[]
  met: number
  /** Version of the counts that the last message was judged by. */
  latest: number
}

function openLender(expected: number): Collected {
  return { expected, mail: [], stages: [], met: 0, latest: 0 }
}

function keep(own: Collected, { row, observation, profile }: Replayed): void {
  const step = Math.max(1, own.expected / mailEach)
  if (own.met >= own.mail.length * step && own.mail.length < mailEach) {
    own.mail.push(observation)
    if ((own.mail.length - 1) % (mailEach / stagesEach) === 0)
      own.stages.push({ version: row.priors, profile })
  }
  own.latest = Math.max(own.latest, row.priors)
  own.met += 1
}

function toLender(sender: string, { mail, stages, latest }: Collected, profile: Profile): Lender {
  const domain = domainOf(sender)
  const stageAt = (version: number): Stage | undefined =>
    version > latest ? undefined : (stages.findLast((stage) => stage.version <= version) ?? stages[0])
  const mailbox = openObservedMailbox()
  for (const one of mail) mailbox.add(one)
  return {
    sender,
    language: mailbox.view.language,
    mail,
    profile,
    residentAt: (version) => ({ profile: stageAt(version)?.profile ?? profile, domain })
  }
}
