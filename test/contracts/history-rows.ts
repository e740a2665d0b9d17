import { toContainmentEntry } from '../../service/history/rows/containment-row.ts'
import { toDeliveryEntry } from '../../service/history/rows/delivery-row.ts'
import { toFeedbackEntry } from '../../service/history/rows/feedback-row.ts'
import type { HistoryEntry } from '../../service/history/rows/history-entry.ts'
import { toHoldEntry } from '../../service/history/rows/hold-row.ts'
import { toMessageEntry, type MessageFacts } from '../../service/history/rows/message-row.ts'
import { toModelEventEntry } from '../../service/history/rows/model-event-row.ts'
import type { FeedbackRecord } from '../../service/senders/feedback-records.ts'
import { verdictOf } from '../helpers/fixed-score.ts'
import { observation } from '../profile/observations.ts'

/** Epoch ms. */
export const at = Date.UTC(2026, 10, 22, 8, 15, 0, 7)
const when = '2026-11-22 08:15:00.007'

export function messageOf(
  sender: string,
  submissionId: string,
  more: Partial<MessageFacts> = {}
): HistoryEntry {
  return toMessageEntry({
    submissionId,
    sender,
    caller: 'smtp',
    receivedAt: at,
    decidedAt: at,
    messageIdHash: '',
    shadow: false,
    sizeBytes: 1_000,
    observation: observation({}),
    features: Float32Array.of(0.25),
    featureDigest: 'd',
    riskLogit: -3,
    takeoverLogit: -4,
    spamLogit: null,
    verdict: verdictOf('allow', sender),
    judged: 'allow',
    learned: true,
    charged: true,
    priors: 7,
    reading: null,
    habits: 0,
    habitsMade: 0,
    ...more
  })
}

export function label(
  sender: string,
  submissionId: string,
  more: Partial<FeedbackRecord> = {}
): HistoryEntry {
  const verdictId = `v-${submissionId}`
  const said = { label: 'spam', source: 'recipient', by: 'token', note: 'seen', at, stands: true } as const
  return toFeedbackEntry({ id: 'l', verdictId, submissionId, sender, ...said, ...more })
}

const hold = { reasons: ['RISK_HIGH', 'LINK_NEW'], risk: 0.42, heldAt: at, deadline: at + 1, isSoft: true }
const decision = { kind: 'released', by: 'token', at, note: null } as const
const ids = { verdictId: 'v', submissionId: 'm', sender: 's1' }

/** One of each table but `messages`, with what is read back. */
export const everyKindOfRow: readonly {
  readonly entry: HistoryEntry
  readonly stored: readonly Readonly<Record<string, unknown>>[]
}[] = [
  {
    entry: toDeliveryEntry('s1', [
      {
        queueId: 'q',
        submissionId: 'm',
        sender: 's1',
        recipient: 'r1',
        recipientDomain: 'd1',
        at,
        outcome: 'deferred',
        attempt: 2,
        reply: '451 später',
        status: '4.3.0',
        route: 'mx',
        mx: 'mx1.example.net',
        durationMs: 12.5
      },
      {
        queueId: 'q',
        submissionId: 'm',
        sender: 's1',
        recipient: 'r2',
        recipientDomain: 'd1',
        at,
        outcome: 'delivered',
        attempt: 2,
        reply: '',
        status: '',
        route: 'mx',
        mx: '',
        durationMs: 0
      }
    ]),
    stored: [
      {
        queue_id: 'q',
        submission_id: 'm',
        at: when,
        sender: 's1',
        recipient: 'r1',
        recipient_domain: 'd1',
        outcome: 'deferred',
        attempt: 2,
        reply: '451 später',
        status: '4.3.0',
        route: 'mx',
        mx: 'mx1.example.net',
        duration_ms: 12.5
      },
      {
        queue_id: 'q',
        submission_id: 'm',
        at: when,
        sender: 's1',
        recipient: 'r2',
        recipient_domain: 'd1',
        outcome: 'delivered',
        attempt: 2,
        reply: '',
        status: '',
        route: 'mx',
        mx: '',
        duration_ms: 0
      }
    ]
  },
  {
    entry: label('s1', 'm'),
    stored: [
      {
        id: 'l',
        verdict_id: 'v-m',
        submission_id: 'm',
        sender: 's1',
        at: when,
        label: 'spam',
        source: 'recipient',
        stands: true
      }
    ]
  },
  {
    entry: toHoldEntry({ ...ids, holdId: 'h', at, event: 'released', hold: { ...hold, decision } }),
    stored: [
      {
        hold_id: 'h',
        verdict_id: 'v',
        submission_id: 'm',
        sender: 's1',
        at: when,
        event: 'released',
        kind: 'soft',
        risk: 0.42,
        reasons: ['RISK_HIGH', 'LINK_NEW'],
        decided_by: 'token'
      }
    ]
  },
  {
    entry: toContainmentEntry({
      sender: 's1',
      at,
      from: 'normal',
      to: 'watched',
      cause: 'complaint',
      ref: 'v'
    }),
    stored: [{ sender: 's1', at: when, state: 'watched', before: 'normal', cause: 'complaint', ref: 'v' }]
  },
  {
    entry: toModelEventEntry({
      at,
      name: 'content',
      version: '1',
      event: 'loaded',
      by: 'start',
      facts: { source: 'bundled' }
    }),
    stored: [
      {
        at: when,
        name: 'content',
        version: '1',
        event: 'loaded',
        by: 'start',
        facts: '{"source":"bundled"}'
      }
    ]
  }
]
