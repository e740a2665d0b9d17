import type { StoredMessage } from '../../../service/history/rows/read-message-row.ts'
import { probabilityOf } from '../../../service/verdict/fuse-risk.ts'
import type { VerdictKind } from '../../../service/verdict/verdict.ts'

/** What was said of a message as it came. */
export interface ServedThen {
  readonly verdict: VerdictKind
  /** null: no model was asked. */
  readonly risk: number | null
  readonly takeover: number | null
  readonly spam: number | null
  readonly models: { readonly takeover: string | null; readonly content: string | null }
  /** Stopped by a rule alone: a limit, containment, malware. Models have no say in it. */
  readonly isByRule: boolean
}

/** Reasons by which models stop a message (service/verdict/decide.ts). */
const byModels = new Set(['RISK_ABOVE_HOLD', 'RISK_ABOVE_SOFT_HOLD', 'CONTENT_CERTAIN'])

/** null: it was never judged, as mail that was imported. */
export function servedThen(row: StoredMessage): ServedThen | null {
  const { caller, judged, risk_logit: risk, takeover_logit: takeover, spam_logit: spam, reasons } = row
  const verdict = (['allow', 'hold', 'block'] as const).find((kind) => kind === judged)
  if (caller === 'import' || verdict === undefined) return null
  return {
    verdict,
    risk: risk === null || !Number.isFinite(risk) ? null : probabilityOf(risk),
    takeover,
    spam,
    models: { takeover: row.takeover_model || null, content: row.content_model || null },
    isByRule: verdict !== 'allow' && !reasons.some((code) => byModels.has(code))
  }
}
