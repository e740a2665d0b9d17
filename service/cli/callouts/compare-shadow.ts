import type { ShadowVerdict } from '../../contracts/callouts.ts'
import type { MtaOutcome, MtaOutcomes } from './mta-log.ts'

export type Judged = ShadowVerdict['judged']
/** `unknown`: the log does not say, or the mail server gave no queue id. */
export type Seen = MtaOutcome | 'unknown'

export interface ShadowReport {
  readonly messages: number
  readonly senders: number
  /** Senders of whom at least one message would have been held or blocked. */
  readonly sendersStopped: number
  /** Messages by what we judged and what the mail server did. */
  readonly table: Readonly<Record<Judged, Readonly<Partial<Record<Seen, number>>>>>
  /** We would have stopped it, the mail server let it go: the riskiest first. */
  readonly stoppedByUsAlone: readonly Compared[]
  /** We would have let it go, the mail server or the world refused it. */
  readonly stoppedByOthersAlone: readonly Compared[]
}

export interface Compared extends ShadowVerdict {
  readonly outcome: Seen
}

/** As many as somebody reads. */
const maxListed = 50

/** Joins verdicts and outcomes by queue id. A message that was asked about twice counts once: by its last verdict. */
export function compareShadow(verdicts: readonly ShadowVerdict[], outcomes: MtaOutcomes): ShadowReport {
  const compared = lastOfEach(verdicts).map((verdict): Compared => ({
    ...verdict,
    outcome: outcomes.get(verdict.queueId ?? '') ?? 'unknown'
  }))
  const table = { allow: {}, hold: {}, block: {} } as Record<Judged, Partial<Record<Seen, number>>>
  for (const { judged, outcome } of compared) table[judged][outcome] = (table[judged][outcome] ?? 0) + 1
  const stopped = compared.filter(({ judged }) => judged !== 'allow')
  return {
    messages: compared.length,
    senders: new Set(compared.map(({ sender }) => sender)).size,
    sendersStopped: new Set(stopped.map(({ sender }) => sender)).size,
    table,
    stoppedByUsAlone: riskiest(stopped.filter(({ outcome }) => !refused.has(outcome))),
    stoppedByOthersAlone: riskiest(
      compared.filter(({ judged, outcome }) => judged === 'allow' && refused.has(outcome))
    )
  }
}

const refused: ReadonlySet<Seen> = new Set(['held', 'marked', 'bounced', 'rejected'])

function lastOfEach(verdicts: readonly ShadowVerdict[]): readonly ShadowVerdict[] {
  const last = new Map<string, ShadowVerdict>()
  for (const verdict of verdicts)
    last.set(verdict.queueId === null ? verdict.verdictId : `${verdict.sender} ${verdict.queueId}`, verdict)
  return [...last.values()]
}

function riskiest(compared: readonly Compared[]): readonly Compared[] {
  return compared.toSorted((a, b) => b.risk - a.risk).slice(0, maxListed)
}
