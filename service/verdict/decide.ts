import type { AlignmentForecast } from '../message/alignment.ts'
import type { Containment } from '../message/containment.ts'
import { probabilityOf } from './fuse-risk.ts'
import type { MalwareFinding } from '../message/malware.ts'
import type { Policy } from './policy.ts'
import { foreignReason, type ForeignIdentity } from './foreign-identity.ts'
import type { PolicyReason } from './reasons/reason.ts'
import { alignmentReason } from './reasons/alignment-reason.ts'
import { leastHeld, type Thresholds } from './budget/thresholds.ts'
import type { Hold, VerdictKind } from './verdict.ts'

/** Everything a verdict follows from. The models' numbers are calibrated log-odds; null: no such model, or nothing it could read. */
export interface Findings {
  readonly riskLogit: number | null
  readonly spamLogit: number | null
  readonly thresholds: Thresholds
  readonly policy: Policy
  readonly containment: Containment
  /** Some recipient is outside the sender's own domain. */
  readonly external: boolean
  /** Its text is that of a campaign which feedback confirmed. */
  readonly knownCampaign: boolean
  /** Why the message could not be read; null when it was. */
  readonly unreadable: { readonly cause: string; readonly detail: string } | null
  readonly brokenLimits: readonly PolicyReason[]
  /** Messages learned of this sender, and recipients of this one never written to: all that is known without models. */
  readonly messagesSeen: number
  readonly newRecipients: number
  /** Only the envelope was shown. */
  readonly contentUnseen?: boolean
  /** The caller lets the message pass whatever is judged. */
  readonly shadow?: boolean
  /** Id of the verdict that held it when a mail server asked, which was told to hand it to us. */
  readonly heldBefore?: string | undefined
  /** What receivers will see of it; absent: it does not leave through us. */
  readonly alignment?: AlignmentForecast | null
  /** Whom it names that its sender may not write as. */
  readonly foreign?: readonly ForeignIdentity[]
  /** What a virus scanner found. */
  readonly malware?: MalwareFinding | null
  /** What an earlier question about the same message was judged, with fewer recipients or without its content. */
  readonly earlier?: Judged | null
}

export type Judged = Pick<Decision, 'judged' | 'hold'>

export interface Decision {
  /** What the caller is told. */
  readonly verdict: VerdictKind
  /** What was judged; in shadow mode the verdict is `allow` all the same, and nothing is learned from what would have been held. */
  readonly judged: VerdictKind
  /** Of what was judged: `soft` if nothing but its risk between one and ten budgets holds it. null: not held. */
  readonly hold: Hold['kind'] | null
  /** Nothing but limits holds it: it may leave once there is room. */
  readonly isLimited: boolean
  readonly reasons: readonly PolicyReason[]
}

interface Finding {
  readonly verdict: VerdictKind
  readonly isSoft?: true
  readonly isLimit?: true
  readonly reason: PolicyReason
}

type Rule = (findings: Findings) => readonly Finding[]

/**
 * The first anomaly holds. Only a suspended sender, a known campaign, or content that is certain by itself, blocks: whoever is merely unlike himself
 * may still be himself (DESIGN.md section 4).
 */
export function decide(findings: Findings): Decision {
  const fresh = rules.flatMap((rule) => rule(findings))
  const found = [...standing(fresh, findings), ...fresh]
  const judged = gravest(found)
  const reasons = found.map((finding) => finding.reason)
  const hold = judged === 'hold' ? kindOf(found) : null
  const isLimited = hold === 'hard' && isHeldByLimits(found)
  const isShadow = findings.policy.mode === 'shadow' || findings.shadow === true
  if (!isShadow || judged === 'allow') return { verdict: judged, judged, hold, isLimited, reasons }
  return {
    verdict: 'allow',
    judged,
    hold,
    isLimited,
    reasons: [{ code: 'SHADOW_MODE', evidence: { verdict: judged } }, ...reasons]
  }
}

/** What was said of a message is not taken back: with more recipients, or once its content is seen, it can only get worse. */
function standing(fresh: readonly Finding[], { earlier }: Findings): readonly Finding[] {
  if (earlier === undefined || earlier === null) return []
  const { judged, hold } = earlier
  if (gravity[judged] <= gravity[gravest(fresh)]) return []
  const reason = { code: 'EARLIER_VERDICT', evidence: { verdict: judged } } as const
  return [{ verdict: judged, reason, ...(hold === 'soft' && { isSoft: true }) }]
}

function kindOf(found: readonly Finding[]): Hold['kind'] {
  return found.every(({ verdict, isSoft }) => verdict === 'allow' || isSoft === true) ? 'soft' : 'hard'
}

function isHeldByLimits(found: readonly Finding[]): boolean {
  return found.every(({ verdict, isLimit }) => verdict === 'allow' || isLimit === true)
}

const rules: readonly Rule[] = [
  suspended,
  restricted,
  unreadable,
  limited,
  campaign,
  infected,
  certainContent,
  anomalous,
  withoutModels,
  heldBefore,
  foreignIdentity,
  misaligned,
  unseen
]

const gravity = { allow: 0, hold: 1, block: 2 } as const

function gravest(found: readonly Finding[]): VerdictKind {
  return found.map(({ verdict }) => verdict).reduce(graver, 'allow')
}

function graver(a: VerdictKind, b: VerdictKind): VerdictKind {
  return gravity[b] > gravity[a] ? b : a
}

/** It came here to be held: what it looks like on the way does not change that. */
function heldBefore({ heldBefore: verdictId }: Findings): readonly Finding[] {
  return verdictId === undefined
    ? []
    : [{ verdict: 'hold', reason: { code: 'ROUTED_TO_HOLD', evidence: { verdictId } } }]
}

function foreignIdentity({ foreign = [], policy: { onForeignIdentity } }: Findings): readonly Finding[] {
  const verdict = foreignVerdicts[onForeignIdentity]
  return foreign.map((found) => ({ verdict, reason: foreignReason(found) }))
}

const foreignVerdicts = { allow: 'allow', hold: 'hold', reject: 'block' } as const

/** Only `hold` holds, and only where receivers are asked to refuse or hide it, or cannot say whose mail it is. */
function misaligned({ alignment, policy: { onMisaligned } }: Findings): readonly Finding[] {
  const reason = alignmentReason(alignment ?? null)
  if (reason === null || alignment === null || alignment === undefined) return []
  const isRefusable =
    alignment.kind === 'unattributable' || (alignment.kind === 'misaligned' && alignment.policy !== 'none')
  return [{ verdict: onMisaligned === 'hold' && isRefusable ? 'hold' : 'allow', reason }]
}

function suspended({ containment }: Findings): readonly Finding[] {
  return containment === 'suspended'
    ? [{ verdict: 'block', reason: { code: 'SENDER_SUSPENDED', evidence: {} } }]
    : []
}

function restricted({ containment, external }: Findings): readonly Finding[] {
  if (containment !== 'restricted' || !external) return []
  return [{ verdict: 'hold', reason: { code: 'SENDER_RESTRICTED', evidence: {} } }]
}

function unreadable(findings: Findings): readonly Finding[] {
  if (findings.unreadable === null) return []
  const { cause, detail } = findings.unreadable
  return [{ verdict: 'hold', reason: { code: 'MESSAGE_UNREADABLE', evidence: { cause, detail } } }]
}

function limited({ brokenLimits }: Findings): readonly Finding[] {
  return brokenLimits.map((reason) => ({ verdict: 'hold', isLimit: true, reason }))
}

function campaign({ knownCampaign }: Findings): readonly Finding[] {
  return knownCampaign ? [{ verdict: 'block', reason: { code: 'CAMPAIGN_KNOWN', evidence: {} } }] : []
}

/** Nobody means to send malware; what a scanner could not say is the operator's to judge. */
function infected({ malware }: Findings): readonly Finding[] {
  if (malware === undefined || malware === null) return []
  if (malware.kind === 'infected') {
    const evidence = { signature: malware.signature }
    return [{ verdict: 'block', reason: { code: 'ATTACHMENT_MALWARE', evidence } }]
  }
  const reason = { code: 'ATTACHMENT_UNSCANNED', evidence: { cause: malware.cause } } as const
  return [{ verdict: malware.isHeld ? 'hold' : 'allow', reason }]
}

/** The content model alone is past the block threshold: no habit of the sender is needed to say so. */
function certainContent({ spamLogit, thresholds }: Findings): readonly Finding[] {
  if (spamLogit === null || probabilityOf(spamLogit) < thresholds.block) return []
  const evidence = { spam: rounded(probabilityOf(spamLogit)), threshold: rounded(thresholds.block) }
  return [{ verdict: 'block', reason: { code: 'CONTENT_CERTAIN', evidence } }]
}

function anomalous({ riskLogit, thresholds, policy }: Findings): readonly Finding[] {
  const risk = riskLogit === null ? 0 : probabilityOf(riskLogit)
  const least = leastHeld(thresholds, policy)
  if (riskLogit === null || risk < least) return []
  if (risk >= thresholds.hold) {
    const evidence = { risk: rounded(risk), threshold: rounded(thresholds.hold) }
    return [{ verdict: 'hold', reason: { code: 'RISK_ABOVE_HOLD', evidence } }]
  }
  const evidence = { risk: rounded(risk), threshold: rounded(least), minutes: policy.softHoldMinutes }
  return [{ verdict: 'hold', isSoft: true, reason: { code: 'RISK_ABOVE_SOFT_HOLD', evidence } }]
}

/** A sender with fewer messages than this is a stranger; this many people never written to make a message bulk. */
const strangerMessages = 20
const bulkRecipients = 10

/** `policy.withoutModels`: nobody judged the message, so all that is left is how many strangers a stranger writes to. */
function withoutModels(findings: Findings): readonly Finding[] {
  const { riskLogit, policy, messagesSeen, newRecipients } = findings
  if (riskLogit !== null || findings.unreadable !== null) return []
  const strangersBulk = messagesSeen < strangerMessages && newRecipients >= bulkRecipients
  const held = policy.withoutModels === 'hold' || (policy.withoutModels === 'limits' && strangersBulk)
  const missing: Finding = {
    verdict: 'allow',
    reason: { code: 'MODELS_MISSING', evidence: { policy: policy.withoutModels } }
  }
  if (!held) return [missing]
  if (!strangersBulk) return [{ ...missing, verdict: 'hold' }]
  return [
    missing,
    { verdict: 'hold', reason: { code: 'STRANGER_BULK', evidence: { messagesSeen, newRecipients } } }
  ]
}

function unseen({ contentUnseen }: Findings): readonly Finding[] {
  return contentUnseen === true
    ? [{ verdict: 'allow', reason: { code: 'CONTENT_UNSEEN', evidence: {} } }]
    : []
}

function rounded(probability: number): number {
  return Number(probability.toPrecision(4))
}
