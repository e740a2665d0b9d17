import type { AlignmentForecast, PublishedPolicy } from '../../message/alignment.ts'
import type { PolicyReason } from './reason.ts'

/** What is said of a forecast; null: nothing. */
export function alignmentReason(forecast: AlignmentForecast | null): PolicyReason | null {
  if (forecast === null) return null
  switch (forecast.kind) {
    case 'misaligned': {
      const { domain, policy, spf, dkim } = forecast
      return { code: 'DMARC_MISALIGNED', evidence: { domain, policy, asks: asked[policy], spf, dkim } }
    }
    case 'unattributable':
      return { code: 'DMARC_UNATTRIBUTABLE', evidence: { problem: forecast.why } }
    case 'unknown': {
      const { domain, why } = forecast
      return { code: 'DMARC_UNKNOWN', evidence: { problem: why, ...(domain !== null && { domain }) } }
    }
    case 'aligned':
      return { code: 'DMARC_ALIGNED', evidence: { domain: forecast.domain, by: forecast.by } }
    case 'unpublished':
      return { code: 'DMARC_UNPUBLISHED', evidence: { domain: forecast.domain } }
  }
}

const asked = {
  none: 'report',
  quarantine: 'quarantine',
  reject: 'reject'
} as const satisfies Record<PublishedPolicy, string>
