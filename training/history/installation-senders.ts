import type { Observation } from '../../service/observation/observation.ts'
import { readContent } from '../../service/scoring/judging/read-content.ts'
import { bucketOf } from '../split/assign-folds.ts'
import type { OpenContentModel } from '../takeover/corpus/observe-training-mail.ts'
import type { BadMail, SenderHistory, TrainingMail } from '../takeover/corpus/sender-history.ts'
import type { LabelledRow, LabelledRows } from './labelled-rows.ts'
import { readingOf } from './replayed-features.ts'
import { HistoryTrainingError } from './training-fault.ts'

export interface InstallationLimits {
  /** Drawn by their keys. */
  readonly senders: number
  /** Of each, the first. */
  readonly messages: number
  readonly bad: number
}

/** A retraining of minutes: about as many as the bundled sets have. */
export const wholeInstallation: InstallationLimits = { senders: 250, messages: 80, bad: 1_000 }

export interface InstallationSenders {
  readonly histories: readonly SenderHistory[]
  readonly badMail: readonly BadMail[]
  /** Senders with a single message: nothing to compare it with. */
  readonly tooShort: number
}

/** Fewer are no habits. */
const leastMessages = 2
const buckets = 65_536

/** Senders with their honest mail in the order in which it was learned, and mail that counts as bad. Throws HISTORY_TOO_SHORT. */
export async function collectSenders(
  { rows }: Pick<LabelledRows, 'rows'>,
  content: OpenContentModel | null,
  seed: number,
  limits: InstallationLimits = wholeInstallation
): Promise<InstallationSenders> {
  const drawn = new Map<string, TrainingMail[]>()
  const badMail: BadMail[] = []
  for await (const labelled of rows()) {
    const { row, label } = labelled
    if (label.isBad) {
      if (badMail.length < limits.bad)
        badMail.push({ ...(await readBy(content, labelled)), group: row.sender })
      continue
    }
    const own = drawn.get(row.sender)
    if (own === undefined) drawn.set(row.sender, [await readBy(content, labelled)])
    else if (own.length < limits.messages) own.push(await readBy(content, labelled))
    if (drawn.size > 2 * limits.senders) keepDrawn(drawn, seed, limits.senders)
  }
  const tooShort = [...drawn.values()].filter((mail) => mail.length < leastMessages).length
  for (const [sender, mail] of drawn) if (mail.length < leastMessages) drawn.delete(sender)
  keepDrawn(drawn, seed, limits.senders)
  if (drawn.size === 0) throw new HistoryTrainingError('HISTORY_TOO_SHORT')
  const histories = Array.from(drawn, ([sender, mail]): SenderHistory => ({
    source: 'installation',
    sender: asAddress(sender),
    mail,
    crafted: []
  }))
  return { histories, badMail, tooShort }
}

/** The same senders whatever the others are. */
function keepDrawn(drawn: Map<string, TrainingMail[]>, seed: number, wanted: number): void {
  const order = [...drawn.keys()].toSorted(
    (one, other) => bucketOf(one, buckets, seed) - bucketOf(other, buckets, seed) || (one < other ? -1 : 1)
  )
  for (const sender of order.slice(wanted)) drawn.delete(sender)
}

/** Keys end in that of the domain: senders of one domain are neighbours in training, too. */
function asAddress(sender: string): string {
  const dot = sender.lastIndexOf('.')
  return dot < 0 ? sender : `${sender.slice(0, dot)}@${sender.slice(dot + 1)}`
}

/** What this model says, or said when it judged the message. */
async function readBy(
  content: OpenContentModel | null,
  { row, observation }: LabelledRow
): Promise<TrainingMail> {
  const isKnown = row.content_model === content?.version && row.content_reading.length > 0
  const asked = content !== null && observation.shows !== 'envelope'
  const reading = isKnown ? readingOf(row) : asked ? await readContent(content, observation.content) : null
  return { observation: withoutTokens(observation), reading }
}

function withoutTokens(observation: Observation): Observation {
  const { structure } = observation.content
  return { ...observation, content: { tokens: [], structure, passages: [] } }
}
