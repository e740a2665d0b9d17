import type { BounceKind } from '../message/bounce-kind.ts'
import type { EnhancedStatus } from '../message/enhanced-status.ts'
import type { OutcomeCounts } from './outcome-memory.ts'

/** What became of one recipient, as delivery recorded it. */
export interface SettledRecipient {
  readonly state: 'pending' | 'delivered' | 'bounced' | 'expired' | 'cancelled'
  readonly status: EnhancedStatus | null
  readonly reply: string | null
  /** The host that said so; null if we did. */
  readonly mx: string | null
  /** As delivery classified it; absent in old records and in logs of others. */
  readonly bounceKind?: BounceKind
}

/** What a recipient's outcome says of the sender; null: nothing (a full mailbox, a host that is down, a decision of our own). */
export function outcomeKind(settled: SettledRecipient): keyof OutcomeCounts | null {
  const { state, status, reply, mx, bounceKind = 'other' } = settled
  if (state === 'delivered') return 'delivered'
  if (state !== 'bounced') return null
  if (bounceKind !== 'other' && mx !== null) return isOfForm(bounceKind, status) ? null : evidence[bounceKind]
  if (status !== null && noSuchAddress.has(status)) return 'unknown'
  // The rest counts only as another host's word: a hold that ran out is 5.7.1 too
  return mx === null ? null : refusalKind(status ?? '5.0.0', (reply ?? '').slice(0, 500))
}

/** A message that is too large for somebody says nothing of who sends it. */
function isOfForm(kind: BounceKind, status: EnhancedStatus | null): boolean {
  return kind === 'policy' && status !== null && !/^5\.(?:7\.|0\.0$)/u.test(status)
}

/** What a host's refusal says of the sender. */
const evidence = {
  'unknown-user': 'unknown',
  'mailbox-full': null,
  policy: 'refused',
  'spam-suspected': 'refused',
  reputation: 'refused',
  'rate-limited': null,
  tls: null,
  'temporary-network': null
} as const satisfies Record<Exclude<BounceKind, 'other'>, keyof OutcomeCounts | null>

function refusalKind(status: EnhancedStatus, said: string): 'unknown' | 'refused' | null {
  const isPolicy = status.startsWith('5.7.')
  if (!isPolicy && status !== '5.0.0') return null
  if (unknownWords.test(said)) return 'unknown'
  return isPolicy || refusedWords.test(said) ? 'refused' : null
}

/** RFC 3463 section 3.2 (bad mailbox, system, syntax, moved) and RFC 7505 section 4 (null MX). */
const noSuchAddress: ReadonlySet<string> = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10'])

/** Hosts that say no enhanced status, or call a mailbox that does not exist a matter of policy. */
const unknownWords =
  /user unknown|unknown user|no such (?:user|recipient|mailbox|address|person)|(?:user|mailbox|recipient|account|address) (?:was )?(?:not found|does(?: not|n't) exist|unknown)|invalid (?:recipient|mailbox|user)|no mailbox|not our customer/iu
const refusedWords =
  /spam|blocked|block ?list|black ?list|reputation|policy|phish|malicious|abuse|content reject/iu

/** The outcomes of one attempt, counted. null: nothing worth recording. */
export function countOutcomes(recipients: readonly SettledRecipient[]): Partial<OutcomeCounts> | null {
  const counts: Partial<Record<keyof OutcomeCounts, number>> = {}
  for (const recipient of recipients) {
    const kind = outcomeKind(recipient)
    if (kind !== null) counts[kind] = (counts[kind] ?? 0) + 1
  }
  return Object.keys(counts).length === 0 ? null : counts
}
