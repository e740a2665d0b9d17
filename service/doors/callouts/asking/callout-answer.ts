import type { EnhancedStatus } from '../../../message/enhanced-status.ts'
import type { Verdict } from '../../../verdict/verdict.ts'
import type { ClientProfile } from '../clients/client-profile.ts'
import { labelsOf, type LabelField } from './label-fields.ts'

/** What the mail server is to do. Each protocol says it in its own words. */
export type Disposition = 'accept' | 'quarantine' | 'tempfail' | 'reject' | 'route'

export interface CalloutAnswer {
  readonly disposition: Disposition
  /** For `tempfail` and `reject`: what the SMTP client reads. For `quarantine`: why, for whoever looks at the queue. */
  readonly reply: CalloutReply
  /** To be put on top of the message; every field of these names that came with it is to be removed (`labelNames`). */
  readonly labels: readonly LabelField[]
  /** null: it could not be judged in time; `disposition` is then the profile's `onFailure`. */
  readonly verdict: Verdict | null
  readonly profile: ClientProfile
}

export interface CalloutReply {
  readonly code: 250 | 451 | 550
  readonly status: EnhancedStatus
  /** Printable ASCII in one line, without code and status. */
  readonly text: string
}

/** Why there is no verdict. */
export type FailureCause = 'deadline' | 'overloaded' | 'failed'

export function answerOf(verdict: Verdict, profile: ClientProfile): CalloutAnswer {
  const disposition = dispositionOf(verdict, profile)
  return {
    disposition,
    reply: replyOf(verdict, disposition),
    labels: profile.labels ? labelsOf(verdict) : [],
    verdict,
    profile
  }
}

/** Nobody judged it: the client's own setting decides (DESIGN.md section 8). */
export function failureOf(cause: FailureCause, profile: ClientProfile): CalloutAnswer {
  const isClosed = profile.onFailure === 'closed' && profile.mode === 'enforce'
  const text = cause === 'overloaded' || cause === 'deadline' ? 'Too busy' : 'Local error'
  return {
    disposition: isClosed ? 'tempfail' : 'accept',
    reply: isClosed ? { code: 451, status: '4.3.2', text: `${text}, try again later` } : ok,
    labels: [],
    verdict: null,
    profile
  }
}

const ok: CalloutReply = { code: 250, status: '2.0.0', text: 'Ok' }

function dispositionOf({ verdict }: Verdict, { hold }: ClientProfile): Disposition {
  switch (verdict) {
    case 'allow':
      return 'accept'
    case 'hold':
      return hold === 'label' ? 'accept' : hold
    case 'block':
      return 'reject'
  }
}

/** Verdict ids are ours: no text of the message comes into a reply. */
function replyOf({ id, verdict }: Verdict, disposition: Disposition): CalloutReply {
  if (verdict === 'allow' || disposition === 'accept') return ok
  if (verdict === 'block') return { code: 550, status: '5.7.1', text: `Message refused (verdict ${id})` }
  switch (disposition) {
    case 'tempfail':
      return { code: 451, status: '4.7.1', text: `Message needs review, try again later (verdict ${id})` }
    case 'reject':
      return {
        code: 550,
        status: '5.7.1',
        text: `Message needs review and was not accepted (verdict ${id})`
      }
    case 'quarantine':
    case 'route':
      return { code: 250, status: '2.0.0', text: `Held for review (verdict ${id})` }
  }
}
