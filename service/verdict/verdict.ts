import type { Containment } from '../message/containment.ts'
import type { IdentityStrength } from '../message/sender-identity.ts'
import type { ReasonCode } from './reasons/reasons.ts'

export type VerdictKind = 'allow' | 'hold' | 'block'
export type PriorityLabel = 'urgent' | 'normal' | 'bulk'

/** A fact that an agent can repeat: plain values only, never message text. */
export type Evidence = Readonly<Record<string, string | number | boolean>>

export interface Reason {
  readonly code: ReasonCode
  readonly message: string
  /** Signed log-odds; 0 for policy. With the base they sum to the logit of risk. */
  readonly contribution: number
  readonly evidence: Evidence
}

export interface Priority {
  readonly label: PriorityLabel
  /** RFC 6710: 4, 0 or -4. */
  readonly mtPriority: number
  readonly confidence: number
}

/** A hard hold waits for a decision; a soft one is looked at again when its time is over, and released. */
export interface Hold {
  readonly kind: 'soft' | 'hard'
  /** RFC 3339 UTC. */
  readonly until: string
  readonly onTimeout: 'release' | 'return'
}

/** The answer of DESIGN.md section 7.1, as every door gives it. */
export interface Verdict {
  readonly id: string
  readonly verdict: VerdictKind
  readonly risk: number
  readonly priority: Priority
  readonly scores: { readonly takeover: number | null; readonly spam: number | null }
  readonly score: number
  readonly requiredScore: number
  readonly sender: {
    readonly id: string
    readonly strength: IdentityStrength
    readonly messagesSeen: number
    readonly containment: Containment
  }
  readonly reasons: readonly Reason[]
  readonly models: {
    readonly takeover: string | null
    readonly content: string | null
    readonly priority: string | null
  }
  readonly thresholds: { readonly hold: number; readonly block: number }
  readonly hold: Hold | null
  readonly limits: { readonly remainingToday: number }
  readonly submissionId: string | null
  readonly holdId: string | null
  readonly duplicate: boolean
  readonly degraded: boolean
  readonly durationMs: number
}
