import { toBacktestSubmission } from '../../service/contracts/backtest-line.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import type { ReplayReader, StoredChange, StoredPriors } from '../../service/history/reader/replay-reader.ts'
import type { EvidenceReader, StoredEvidence } from '../../service/history/reader/evidence-reader.ts'
import type { RowSpan } from '../../service/history/reader/stream-rows.ts'
import type { SpanReader } from '../../service/history/reader/span-reader.ts'
import type { MessageFacts } from '../../service/history/rows/message-row.ts'
import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
import { fixedModels, type JudgingModels } from '../../service/models/model-ports.ts'
import { createRememberHistory } from '../../service/operations/history/remember-history.ts'
import { createScoreSubmission, type ScoreSubmissionOptions } from '../../service/scoring/score-submission.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { inOrderOfTime, type History } from '../../training/attacks/simulate-takeovers.ts'
import { backtestKey } from '../../training/backtest/open-workers.ts'
import { asStored } from '../../training/history/as-stored.ts'

export interface LivedHistory {
  readonly reader: ReplayReader & EvidenceReader & SpanReader
  /** Of a sender of the lines. */
  keyOf(sender: string): string
}

type Setting = Pick<
  ScoreSubmissionOptions,
  'observer' | 'policy' | 'limits' | 'resolveSender' | 'directionOf'
>

/** What history would hold had these senders sent this mail through the service: its own scoring, over stores in memory. What is held is released. */
export async function liveThrough(
  histories: readonly History[],
  { models, background }: Pick<JudgingModels, 'models' | 'background'>,
  setting: Setting
): Promise<LivedHistory> {
  const rows: StoredMessage[] = []
  const priors: StoredPriors[] = []
  const changes: StoredChange[] = []
  const evidence: StoredEvidence[] = []
  let now = 0
  const senders = createMemorySenderStore({
    key: backtestKey,
    listeners: {
      onPriors: ({ isWhole, ...step }) => priors.push({ ...step, whole: isWhole, keys: [...step.keys], counts: [...step.counts] }),
      onHabits: ({ submissionIds, shown, ...change }) => changes.push({ ...change, submissions: submissionIds, shown: shown === null ? '' : JSON.stringify(shown) })
    }
  })
  const remember = createRememberHistory({
    record: (facts) => rows.push(toStored(facts)),
    hashOf: () => '',
    featureDigest: behaviourDigest,
    habitsOf: (sender) => senders.habits(sender),
    clock: () => now
  })
  let verdicts = 0
  const score = createScoreSubmission({
    ...setting,
    senders,
    models: fixedModels(models, background),
    accept: (act) => Promise.resolve(act()),
    clock: () => now,
    newId: () => `verdict-${(verdicts += 1)}`,
    metrics: createMetrics(),
    log: silentLogger,
    maxPending: 1,
    onConcluded: (concluded) => {
      remember(concluded)
      if (concluded.decision.judged !== 'hold' || concluded.observation === null) return
      const { submission, record, observation } = concluded
      senders.learn(record.sender, submission.id, observation, { confirmed: true })
      evidence.push({ sender: record.sender, submission_id: submission.id, at: now, kind: 'hold', said: 'released', by: 'operator', status: '', reply: '' })
    }
  })
  const next = histories.map((history) => history.values())
  let sent = 0
  for (const at of inOrderOfTime(histories)) {
    const line = next[at]?.next()
    if (line?.done !== false) continue
    now = line.value.receivedAt
    await score({ ...toBacktestSubmission(line.value, `m${(sent += 1)}`), learn: 'auto' })
  }
  return { reader: readerOf({ rows, changes, priors, evidence }), keyOf: (sender) => senders.keyOf(sender) }
} // prettier-ignore

function toStored(facts: MessageFacts): StoredMessage {
  const {
    observation,
    submissionId: id,
    sender,
    judged,
    learned,
    habits,
    habitsMade,
    reading,
    verdict
  } = facts
  if (observation === null) throw new Error(`${id} could not be read`)
  return {
    ...asStored(observation, { id, sender, judged, learned, habits, habitsMade }),
    features: [...(facts.features ?? [])],
    feature_digest: facts.featureDigest,
    risk_logit: facts.riskLogit,
    takeover_logit: facts.takeoverLogit,
    spam_logit: facts.spamLogit,
    takeover_model: verdict.models.takeover ?? '',
    content_model: verdict.models.content ?? '',
    content_reading: reading === null ? [] : [reading.whole, ...reading.passages],
    priors: facts.priors,
    reasons: verdict.reasons.map(({ code }) => code)
  }
}

interface Kept {
  readonly rows: readonly StoredMessage[]
  readonly changes: readonly StoredChange[]
  readonly priors: readonly StoredPriors[]
  readonly evidence: readonly StoredEvidence[]
}

function readerOf({ rows, changes, priors, evidence }: Kept): LivedHistory['reader'] {
  return {
    async *messages(span = {}) {
      yield* bySender(rows.filter(within(span)), ({ habits }) => habits)
    },
    async *messagesOf(sender, ids) {
      yield* rows.filter((row) => row.sender === sender && ids.includes(row.submission_id))
    },
    async *changes({ senders } = {}) {
      yield* bySender(changes.filter(({ sender }) => senders?.includes(sender) ?? true), (change) => change.number)
    },
    async *priors() {
      yield* priors
    },
    async *evidence({ senders } = {}) {
      yield* bySender(evidence.filter(({ sender }) => senders?.includes(sender) ?? true), ({ at }) => at)
    },
    async *senders(span = {}) {
      const groups = [...Map.groupBy(rows.filter(within(span)), ({ sender }) => sender)]
      yield* bySender(groups.map(([sender, own]) => ({ sender, messages: own.length })), () => 0)
    },
    thresholds: () => Promise.resolve(undefined)
  }
} // prettier-ignore

function bySender<T extends { readonly sender: string }>(
  all: readonly T[],
  order: (one: T) => number
): readonly T[] {
  const keyOrder = (a: T, b: T): number => Number(a.sender > b.sender) - Number(a.sender < b.sender)
  return all.toSorted((a, b) => keyOrder(a, b) || order(a) - order(b))
}

function within({ since = 0, until = Infinity, senders }: RowSpan): (row: StoredMessage) => boolean {
  return ({ received_at: at, sender }) => at >= since && at < until && (senders?.includes(sender) ?? true)
}
