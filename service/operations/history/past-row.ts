import type { MessageFacts } from '../../history/rows/message-row.ts'
import type { SenderIdentity } from '../../message/sender-identity.ts'
import type { SenderKey } from '../../senders/sender-store.ts'

/** Where rows of imported mail go. */
export interface PastHistory {
  /** Inside the transaction. */
  record(facts: Omit<MessageFacts, 'messageIdHash' | 'featureDigest'>, messageId: string | null): void
  /** Epoch ms: older rows would be dropped at once. */
  keptSince(): number
  /** Waits while too many rows wait for ClickHouse: an import must not push others out. Rejects if it does not answer. */
  makeRoom(): Promise<void>
}

export interface PastRow {
  readonly submissionId: string
  readonly sender: SenderKey
  readonly identity: SenderIdentity
  readonly observation: NonNullable<MessageFacts['observation']>
  readonly learned: boolean
  /** Number of the last change of the sender's habits before it. */
  readonly habits: number
}

/** The row of a message that nobody judged: it left, and its owner wrote it. */
export function createPastRow(clock: () => number) {
  return function rowOf({
    submissionId,
    sender,
    identity,
    observation,
    learned,
    habits
  }: PastRow): Omit<MessageFacts, 'messageIdHash' | 'featureDigest'> {
    return {
      submissionId,
      sender,
      caller: 'import',
      receivedAt: observation.receivedAt,
      decidedAt: clock(),
      shadow: false,
      sizeBytes: observation.sizeBytes,
      observation,
      features: null,
      riskLogit: null,
      takeoverLogit: null,
      spamLogit: null,
      verdict: unjudged(submissionId, identity),
      judged: 'allow',
      learned,
      charged: false,
      priors: 0,
      reading: null,
      habits,
      habitsMade: 0
    }
  }
}

function unjudged(id: string, { id: name, strength }: SenderIdentity): MessageFacts['verdict'] {
  return {
    id,
    verdict: 'allow',
    risk: 0,
    priority: { label: 'normal', mtPriority: 0, confidence: 0 },
    scores: { takeover: null, spam: null },
    score: 0,
    requiredScore: 0,
    sender: { id: name, strength, messagesSeen: 0, containment: 'normal' },
    reasons: [],
    models: { takeover: null, content: null, priority: null },
    thresholds: { hold: 1, block: 1 },
    hold: null,
    limits: { remainingToday: 0 },
    submissionId: null,
    holdId: null,
    duplicate: false,
    degraded: false,
    durationMs: 0
  }
}
