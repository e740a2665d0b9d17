import { isProven } from '../message/sender-identity.ts'
import type { ContainmentEventKind } from '../message/containment-rule.ts'
import type { Queue } from '../queue/queue.ts'
import type { ContainmentLedger } from '../senders/containment-ledger.ts'
import type {
  FeedbackLabel,
  FeedbackRecord,
  FeedbackRecords,
  FeedbackSource
} from '../senders/feedback-records.ts'
import type { SenderStore, VerdictRecord } from '../senders/sender-store.ts'
import type { VerdictMemory } from '../senders/verdict-memory.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { findVerdicts, givenVerdict, type Subject } from './find-verdicts.ts'
import type { ObserveHeld } from './holds/observe-held.ts'
import type { OnActed } from './history/remember-feedback.ts'

export interface Feedback {
  readonly subject: Subject
  readonly label: FeedbackLabel
  readonly source: FeedbackSource
  readonly note: string | null
  /** Who hands it in: the token's id. */
  readonly by: string
}

export type FeedbackEffect = 'learned' | 'unlearned' | 'rewound' | 'contained' | 'relieved'

export type FeedbackOutcome =
  | { readonly kind: 'unknown' }
  /** Messages of several senders carry this Message-ID. */
  | { readonly kind: 'ambiguous'; readonly verdictIds: readonly string[] }
  /** So many people disagree about one message that nothing more is taken. */
  | { readonly kind: 'too-many' }
  | {
      readonly kind: 'taken'
      readonly record: FeedbackRecord
      /** The same source had said the same before: nothing was done. */
      readonly repeated: boolean
      readonly effects: readonly FeedbackEffect[]
    }

/** Rejects only when the store fails; nothing was changed then. */
export type GiveFeedback = (feedback: Feedback) => Promise<FeedbackOutcome>

export interface GiveFeedbackOptions {
  readonly queue: Pick<Queue, 'get' | 'byVerdict'>
  readonly senders: SenderStore
  readonly memory: VerdictMemory
  readonly records: FeedbackRecords
  readonly ledger: ContainmentLedger
  readonly observeHeld: ObserveHeld
  /** Somebody vouched: the sender's other holds are looked at again. */
  readonly vouched: (senderId: string) => void
  /** Who else remembers a label that stands: called inside the transaction. `proven`: the sender's identity was. */
  readonly onActed?: OnActed
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
}

/** Whose word counts more. */
const trust = { operator: 4, sender: 3, fbl: 2, recipient: 1, system: 0 } as const satisfies Record<
  FeedbackSource,
  number
>

/** Feedback on one message that is kept; more is a quarrel, or somebody who fills the disk. */
const maxPerVerdict = 50

/**
 * Takes what somebody says of a message: kept as a label, and, where nobody more trusted said otherwise, acted on. `legitimate` teaches
 * (operator and sender only) and relieves; everything else un-learns and counts against the sender; an operator's `takeover` also
 * forgets all that was learned since. Saying the same again changes nothing.
 */
export function createGiveFeedback(options: GiveFeedbackOptions): GiveFeedback {
  const { accept, log, metrics, vouched } = options
  return async function giveFeedback(feedback) {
    const found = findVerdicts(feedback.subject, options)
    const [newest] = found
    if (newest === undefined) return { kind: 'unknown' }
    if (found.some(({ sender }) => sender !== newest.sender))
      return { kind: 'ambiguous', verdictIds: found.map(({ id }) => id) }
    const vouches = feedback.label === 'legitimate' && trust[feedback.source] >= trust.sender
    const observations = new Map<string, Observed>()
    if (vouches) for (const one of found) observations.set(one.id, await observationOf(one, options))

    const outcomes = await accept(() =>
      found.map((verdict) => take(verdict, feedback, observations.get(verdict.id), options))
    )
    const outcome = outcomes[0] ?? { kind: 'unknown' }
    if (outcome.kind !== 'taken' || outcome.repeated) return outcome
    const { label, source, by } = feedback
    metrics.count('sluice_feedback_total', { label, source })
    log.info('operations.feedback_taken', {
      verdictId: newest.id,
      label,
      source,
      by,
      effects: outcome.effects
    })
    if (outcome.record.stands && vouches) vouched(givenVerdict(newest).sender.id)
    return outcome
  }
}

type Observed = ReturnType<VerdictMemory['observation']>

/** What the message showed: as it was kept with its verdict, else read again from the spool. */
async function observationOf(
  verdict: VerdictRecord,
  { memory, queue, observeHeld }: GiveFeedbackOptions
): Promise<Observed> {
  const kept = memory.observation(verdict)
  const message = queue.byVerdict(verdict.id)
  if (kept !== undefined || message?.state !== 'held') return kept
  return (await observeHeld(message)) ?? undefined
}

/** Inside the transaction. */
function take(
  verdict: VerdictRecord,
  { label, source, note, by }: Feedback,
  observation: Observed,
  options: GiveFeedbackOptions
): FeedbackOutcome {
  const { records, newId, clock } = options
  const earlier = records.of(verdict.sender, verdict.id)
  const same = earlier.findLast((one) => one.source === source)
  if (same?.label === label) return { kind: 'taken', record: same, repeated: true, effects: [] }
  if (earlier.length >= maxPerVerdict) return { kind: 'too-many' }

  const standing = records.standing(verdict.sender, verdict.id)
  const stands = standing === undefined || trust[source] >= trust[standing.source]
  const { id: verdictId, submissionId, sender } = verdict
  const record = {
    id: newId(),
    verdictId,
    submissionId,
    sender,
    label,
    source,
    by,
    note,
    at: clock(),
    stands
  }
  records.add(record)
  const effects = stands ? act(verdict, record, observation, options) : []
  return { kind: 'taken', record, repeated: false, effects }
}

function act(
  verdict: VerdictRecord,
  record: FeedbackRecord,
  observation: Observed,
  options: GiveFeedbackOptions
): readonly FeedbackEffect[] {
  options.onActed?.(verdict, record, isProven(givenVerdict(verdict).sender))
  return record.label === 'legitimate'
    ? clear(verdict, record, observation, options)
    : convict(verdict, record, options)
}

/** The word of the people who know, operator and owner, teaches; a recipient's is only a label. */
function clear(
  { id, sender, submissionId }: VerdictRecord,
  { source, at }: FeedbackRecord,
  observation: Observed,
  { senders, ledger }: GiveFeedbackOptions
): readonly FeedbackEffect[] {
  if (trust[source] < trust.sender) return []
  const relieved = ledger.vouch(sender, id, at) === null ? [] : (['relieved'] as const)
  if (senders.confirm(sender, [submissionId]) > 0) return ['learned', ...relieved]
  if (observation === undefined) return relieved
  senders.learn(sender, submissionId, observation, { confirmed: true })
  return ['learned', ...relieved]
}

function convict(
  verdict: VerdictRecord,
  record: FeedbackRecord,
  { senders, memory, ledger }: GiveFeedbackOptions
): readonly FeedbackEffect[] {
  const { id, sender, submissionId } = verdict
  // Kept, so that a later word to the contrary can teach it again
  for (const entry of senders.journal(sender)) {
    if (entry.submissionId === submissionId) memory.note(verdict, entry.observation)
  }
  const effects: FeedbackEffect[] = []
  if (senders.unlearn(sender, [submissionId]) > 0) effects.push('unlearned')
  if (record.label === 'takeover' && record.source === 'operator' && senders.rewind(sender, verdict.at) > 0)
    effects.push('rewound')
  // What a stranger wrote under somebody's name is no evidence against that somebody
  if (!isProven(givenVerdict(verdict).sender)) return effects
  if (ledger.note(sender, kindOf(record), record.at, id) !== null) effects.push('contained')
  return effects
}

function kindOf({ label, source }: FeedbackRecord): ContainmentEventKind {
  if (source === 'operator') return label === 'takeover' ? 'takeover' : 'spam-confirmed'
  return source === 'sender' ? 'takeover-reported' : 'complaint'
}
