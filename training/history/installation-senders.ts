import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
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
  const drawn = drawSenders(seed, limits.senders)
  const badMail: BadMail[] = []
  for await (const labelled of rows()) {
    const { row, label } = labelled
    if (!label.isBad) drawn.add(row.sender, limits.messages, () => unread(labelled))
    else if (badMail.length < limits.bad)
      badMail.push({ ...(await readBy(content, unread(labelled))), group: row.sender })
  }
  const { senders, tooShort } = drawn.end()
  if (senders.length === 0) throw new HistoryTrainingError('HISTORY_TOO_SHORT')
  const histories: SenderHistory[] = []
  for (const { sender, mail } of senders)
    histories.push({
      source: 'installation',
      sender: asAddress(sender),
      // At once: the model takes as many in one pass as fit
      mail: await Promise.all(mail.map((one) => readBy(content, one))),
      crafted: []
    })
  return { histories, badMail, tooShort }
}

interface DrawnSender {
  readonly sender: string
  readonly lot: number
  readonly mail: UnreadMail[]
}

/** The same senders whatever the others are. Messages come sender after sender. Holds the mail of as many as are wanted, and of one more. */
function drawSenders(seed: number, wanted: number) {
  const best: DrawnSender[] = []
  let tooShort = 0
  let current: DrawnSender | undefined

  function settle(): void {
    if (current === undefined) return
    if (current.mail.length < leastMessages) tooShort += 1
    else {
      const place = best.findIndex((other) => isBefore(current, other))
      best.splice(place < 0 ? best.length : place, 0, current)
      if (best.length > wanted) best.pop()
    }
    current = undefined
  }

  return {
    add(sender: string, most: number, mail: () => UnreadMail): void {
      if (current?.sender !== sender) {
        settle()
        current = { sender, lot: bucketOf(sender, buckets, seed), mail: [] }
      }
      if (current.mail.length < most) current.mail.push(mail())
    },
    end() {
      settle()
      return { senders: best.toSorted((one, other) => (one.sender < other.sender ? -1 : 1)), tooShort }
    }
  }
}

function isBefore(one: DrawnSender | undefined, other: DrawnSender): boolean {
  if (one === undefined) return false
  return one.lot === other.lot ? one.sender < other.sender : one.lot < other.lot
}

/** Keys end in that of the domain: senders of one domain are neighbours in training, too. */
function asAddress(sender: string): string {
  const dot = sender.lastIndexOf('.')
  return dot < 0 ? sender : `${sender.slice(0, dot)}@${sender.slice(dot + 1)}`
}

/** The key that a sender of the installation goes by everywhere else, and is erased by. */
export function installationKeyOf({ sender }: Pick<SenderHistory, 'sender'>): string {
  return sender.replace('@', '.')
}

/** Tokens take the memory: here they take the least. */
interface UnreadMail extends Pick<StoredMessage, 'content_model' | 'content_reading'> {
  readonly observation: Observation
  readonly tokens: Uint32Array
  readonly passages: readonly Uint32Array[]
}

function unread({ row, observation }: LabelledRow): UnreadMail {
  const { content_model, content_reading } = row
  const { tokens, structure, passages } = observation.content
  return {
    content_model,
    content_reading,
    observation: { ...observation, content: { tokens: [], structure, passages: [] } },
    tokens: Uint32Array.from(tokens),
    passages: passages.map((passage) => Uint32Array.from(passage))
  }
}

/** What this model says, or said when it judged the message. */
async function readBy(content: OpenContentModel | null, mail: UnreadMail): Promise<TrainingMail> {
  const { observation, tokens, passages } = mail
  if (mail.content_model === content?.version && mail.content_reading.length > 0)
    return { observation, reading: readingOf(mail) }
  if (content === null || observation.shows === 'envelope') return { observation, reading: null }
  const text = { tokens: [...tokens], passages: passages.map((passage) => [...passage]) }
  return { observation, reading: await readContent(content, { ...observation.content, ...text }) }
}
