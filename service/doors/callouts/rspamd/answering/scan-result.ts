import { blockScore, holdScore } from '../../../../verdict/budget/score-scale.ts'
import type { CalloutAnswer, Disposition } from '../../asking/callout-answer.ts'
import type { ClientKindName } from '../../clients/client-kinds.ts'
import type { LabelField } from '../../asking/label-fields.ts'
import { symbolsOf, type ScanSymbol } from './scan-symbols.ts'

/** What rspamd calls it. Of its other actions none holds a message. */
export type RspamdAction = 'no action' | 'quarantine' | 'soft reject' | 'reject'

/** An answer in rspamd's terms, whatever the format that it is written in. */
export interface ScanResult {
  readonly action: RspamdAction
  /** What rspamd's milter makes of the action `reject`. */
  readonly onReject: 'reject' | 'quarantine'
  readonly isSpam: boolean
  /** Two decimals, on rspamd's scale: the sum of the symbols' scores. Only of a message that is to be refused it reaches `requiredScore`. */
  readonly score: number
  readonly requiredScore: number
  readonly symbols: readonly ScanSymbol[]
  /** What the SMTP client is to read in place of the mail server's own words; null: the message passes. */
  readonly smtpMessage: string | null
  readonly labels: readonly LabelField[]
}

export function toScanResult(answer: CalloutAnswer): ScanResult {
  const disposition = expressible(answer)
  const [least, most] = rangeOf(disposition, answer.profile.hold === 'label')
  const score = Math.min(most, Math.max(least, answer.verdict?.score ?? 0))
  const action = actions[disposition]
  // The milter knows only the actions of its own configuration, and of these `quarantine` is none: it would say 451
  const isRenamed = action === 'quarantine' && answer.profile.kind === 'rspamd-proxy'
  return {
    action: isRenamed ? 'reject' : action,
    onReject: isRenamed ? 'quarantine' : 'reject',
    isSpam: disposition !== 'accept',
    score,
    requiredScore: blockScore,
    symbols: symbolsOf(answer, score),
    smtpMessage: disposition === 'accept' ? null : answer.reply.text,
    labels: answer.labels
  }
}

const actions = {
  accept: 'no action',
  quarantine: 'quarantine',
  // rspamd has no word for it: the message stays where it is
  route: 'quarantine',
  tempfail: 'soft reject',
  reject: 'reject'
} as const satisfies Record<Disposition, RspamdAction>

/** They read the score, or mark what is a `soft reject`: nothing but a refusal keeps a message from leaving. */
const refusesOnly: ReadonlySet<ClientKindName> = new Set(['postal', 'zonemta'])

function expressible({ disposition, profile }: CalloutAnswer): Disposition {
  return disposition === 'tempfail' && refusesOnly.has(profile.kind) ? 'reject' : disposition
}

const step = 0.01

/** Clients that compare the score do the same as those that read the action. */
function rangeOf(disposition: Disposition, holdIsLabel: boolean): readonly [least: number, most: number] {
  switch (disposition) {
    case 'accept':
      return [-Infinity, (holdIsLabel ? blockScore : holdScore) - step]
    case 'quarantine':
    case 'route':
    case 'tempfail':
      return [holdScore, blockScore - step]
    case 'reject':
      return [blockScore, Infinity]
  }
}
