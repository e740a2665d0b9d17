import type { Observation } from '../../observation/observation.ts'
import type { Verdict } from '../../verdict/verdict.ts'
import type { HistoryEntry } from './history-entry.ts'
import {
  bool,
  defineRow,
  f32,
  f32s,
  f64,
  f64s,
  optionalF64,
  text,
  texts,
  time,
  u32s,
  u64,
  u8,
  type Column
} from './row-definition.ts'

/** What one scored submission leaves in history. Logits and features as the models gave and saw them: training must find the same bits. */
export interface MessageFacts {
  readonly submissionId: string
  /** Keyed hash. */
  readonly sender: string
  /** Who handed it in: `smtp`, `mta:mx1`, a token's id. */
  readonly caller: string
  /** Epoch ms. */
  readonly receivedAt: number
  readonly decidedAt: number
  /** Keyed hash of the Message-ID; '' for none. */
  readonly messageIdHash: string
  readonly shadow: boolean
  readonly sizeBytes: number
  /** null: the message could not be read. */
  readonly observation: Observation | null
  readonly features: Float32Array | null
  /** Names and order of the features. */
  readonly featureDigest: string
  readonly riskLogit: number | null
  readonly takeoverLogit: number | null
  readonly spamLogit: number | null
  readonly verdict: Verdict
  readonly judged: Verdict['verdict']
  readonly learned: boolean
  readonly charged: boolean
  /** Version of the installation's counts that it was judged by. */
  readonly priors: number
  /** What the content model said of the message and of each of its passages; null: it was not asked. */
  readonly reading: { readonly whole: number; readonly passages: readonly number[] } | null
  /** Number of the last change of the sender's habits that it was judged by. */
  readonly habits: number
  /** Number of the change that it made; 0: none. */
  readonly habitsMade: number
}

export function toMessageEntry(facts: MessageFacts): HistoryEntry {
  return messageRow.toEntry(facts.sender, [facts])
}

type Message = MessageFacts

/** What a message shows that could not be read. */
const nothing = {
  attributes: {},
  hour: 0,
  weekday: 0,
  recipients: [],
  thread: { messageId: '', parents: [], subject: '' },
  links: [],
  asName: '',
  claims: [],
  style: {
    authoredChars: 0,
    authoredWords: 0,
    quotedFraction: 0,
    words: [],
    grams: [],
    gramCounts: [],
    rates: []
  },
  content: { tokens: [], structure: [], passages: [] }
} as const

type Shown = Omit<Observation, 'attributes' | 'version' | 'shows' | 'receivedAt' | 'sizeBytes'> & {
  readonly attributes: Readonly<Record<string, string>>
}

const shown = ({ observation }: Message): Shown => observation ?? nothing
const noFeatures = new Float32Array()

/** As migrations 0001 and 0008 name them. */
export const messageRow = defineRow<Message>('messages', {
  submission_id: text((m) => m.submissionId),
  verdict_id: text((m) => m.verdict.id),
  received_at: time((m) => m.receivedAt),
  decided_at: time((m) => m.decidedAt),
  sender: text((m) => m.sender),
  strength: text((m) => m.verdict.sender.strength),
  caller: text((m) => m.caller),
  message_id_hash: text((m) => m.messageIdHash),
  size_bytes: u64((m) => m.sizeBytes),
  shows: text(({ observation }) => (observation === null ? 'unreadable' : (observation.shows ?? 'whole'))),
  shadow: bool((m) => m.shadow),

  attributes: attributes(),
  hour: u8((m) => shown(m).hour),
  weekday: u8((m) => shown(m).weekday),
  recipients: texts((m) => shown(m).recipients.map(({ person }) => person)),
  recipient_domains: texts((m) => shown(m).recipients.map(({ domain }) => domain)),
  thread_message_id: text((m) => shown(m).thread.messageId),
  thread_parents: texts((m) => shown(m).thread.parents),
  thread_subject: text((m) => shown(m).thread.subject),
  link_hosts: texts((m) => shown(m).links.map(({ host }) => host)),
  link_domains: texts((m) => shown(m).links.map(({ domain }) => domain)),
  as_name: text((m) => shown(m).asName),
  claims: texts((m) => shown(m).claims),
  authored_chars: f64((m) => shown(m).style.authoredChars),
  authored_words: f64((m) => shown(m).style.authoredWords),
  quoted_fraction: f64((m) => shown(m).style.quotedFraction),
  style_words: u32s((m) => shown(m).style.words),
  style_grams: u32s((m) => shown(m).style.grams),
  style_gram_counts: u32s((m) => shown(m).style.gramCounts),
  style_rates: f64s((m) => shown(m).style.rates),
  content_tokens: u32s((m) => shown(m).content.tokens),
  content_structure: f64s((m) => shown(m).content.structure),
  content_passages: passages(),

  features: f32s((m) => m.features ?? noFeatures),
  feature_digest: text((m) => m.featureDigest),
  risk_logit: optionalF64((m) => m.riskLogit),
  takeover_logit: optionalF64((m) => m.takeoverLogit),
  spam_logit: optionalF64((m) => m.spamLogit),
  verdict: text((m) => m.verdict.verdict),
  judged: text((m) => m.judged),
  learned: bool((m) => m.learned),
  charged: bool((m) => m.charged),
  containment: text((m) => m.verdict.sender.containment),
  priority: text((m) => m.verdict.priority.label),
  reasons: texts((m) => m.verdict.reasons.map(({ code }) => code)),
  contributions: f64s((m) => m.verdict.reasons.map(({ contribution }) => contribution)),
  hold_threshold: f64((m) => m.verdict.thresholds.hold),
  block_threshold: f64((m) => m.verdict.thresholds.block),
  takeover_model: text((m) => m.verdict.models.takeover ?? ''),
  content_model: text((m) => m.verdict.models.content ?? ''),
  priors: u64((m) => m.priors),
  duration_ms: f32((m) => m.verdict.durationMs),

  content_reading: f64s(({ reading }) => (reading === null ? [] : [reading.whole, ...reading.passages])),
  habits: u64((m) => m.habits),
  habits_made: u64((m) => m.habitsMade)
})

/** Map(LowCardinality(String), String). */
function attributes(): Column<Message> {
  return (bytes, message) => {
    const values = shown(message).attributes
    const names = Object.keys(values)
    bytes.size(names.length)
    for (const name of names) {
      bytes.text(name)
      bytes.text(values[name] ?? '')
    }
  }
}

/** Array(Array(UInt32)). */
function passages(): Column<Message> {
  return (bytes, message) => {
    const stretches = shown(message).content.passages
    bytes.size(stretches.length)
    for (const stretch of stretches) bytes.u32s(stretch)
  }
}
