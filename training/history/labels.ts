import type { EvidenceReader, StoredEvidence } from '../../service/history/reader/evidence-reader.ts'
import type { RowSpan } from '../../service/history/reader/stream-rows.ts'
import type { StoredMessage } from '../../service/history/rows/read-message-row.ts'
import { parseEnhancedStatus } from '../../service/message/enhanced-status.ts'
import { outcomeKind } from '../../service/senders/outcome-kind.ts'

/** What a message counts as in training, and how much. docs/train/labels.md says where the figures come from. */
export interface TrainingLabel {
  readonly isBad: boolean
  /** 0 to 1. */
  readonly weight: number
  /** What it rests on: `feedback/operator`, `hold/released`, `unlabelled`. */
  readonly basis: string
  /** Others said the opposite. */
  readonly isContested: boolean
}

/** How much one kind of evidence says. */
interface Standing {
  readonly isBad: boolean
  /** Who knows better wins, whenever it was said; among equals the last word. */
  readonly trust: number
  readonly weight: number
  readonly basis: string
}

/** By whose word it is. */
const feedback: Readonly<Record<string, Omit<Standing, 'isBad' | 'basis'>>> = {
  operator: { trust: 4, weight: 1 },
  sender: { trust: 3, weight: 0.9 },
  fbl: { trust: 2, weight: 0.6 },
  recipient: { trust: 1, weight: 0.4 },
  system: { trust: 0, weight: 0.3 }
}

/** Ourselves: a deadline passed, or another hold of the sender was released. */
const decidedByItself = new Set(['', 'deadline', 'vouching'])

/** Released, it was looked at and found honest; rejected, it may only have been unwanted. */
const decisions: Readonly<Record<string, Omit<Standing, 'basis'>>> = {
  released: { isBad: false, trust: 3.5, weight: 0.9 },
  rejected: { isBad: true, trust: 2.5, weight: 0.7 }
}

/** A host that refused it as spam or by policy may be wrong, and often means the network. */
const refused: Standing = { isBad: true, trust: 0.5, weight: 0.3, basis: 'delivery/refused' }

/** It left and nobody said anything. */
const unlabelled: TrainingLabel = { isBad: false, weight: 0.2, basis: 'unlabelled', isContested: false }

/** By id of the message; all of them fit into memory, as few are ever spoken of. */
export type Labels = ReadonlyMap<string, TrainingLabel>

export async function readLabels(reader: EvidenceReader, span: RowSpan = {}): Promise<Labels> {
  const labels = new Map<string, TrainingLabel>()
  let own: StoredEvidence[] = []
  const settle = (): void => {
    const [first] = own
    const label = labelOf(own)
    if (first !== undefined && label !== null) labels.set(first.submission_id, label)
    own = []
  }
  for await (const one of reader.evidence(span)) {
    const [first] = own
    if (first?.submission_id !== one.submission_id || first.sender !== one.sender) settle()
    own.push(one)
  }
  settle()
  return labels
}

/** Of one message's evidence, in order of time. null: none of it says anything. */
export function labelOf(evidence: readonly StoredEvidence[]): TrainingLabel | null {
  const said = evidence.flatMap((one) => standingOf(one) ?? [])
  const winner = said.reduce<Standing | null>(
    (best, one) => (best === null || one.trust >= best.trust ? one : best),
    null
  )
  if (winner === null) return null
  const { isBad, weight, basis } = winner
  const against = Math.max(0, ...said.filter((one) => one.isBad !== isBad).map((one) => one.weight))
  return { isBad, weight: Math.max(leastWeight, weight - against / 2), basis, isContested: against > 0 }
}

/** A contested label still says more than silence. */
const leastWeight = 0.25

/** What nobody spoke of is honest if it was let pass; null: it was stopped, and who knows. */
export function labelFor(
  { submission_id: id, judged }: Pick<StoredMessage, 'submission_id' | 'judged'>,
  labels: Labels
): TrainingLabel | null {
  return labels.get(id) ?? (judged === 'allow' ? unlabelled : null)
}

function standingOf(one: StoredEvidence): Standing | null {
  if (one.kind === 'feedback') return feedbackStanding(one)
  if (one.kind === 'delivery') return isRefusal(one) ? refused : null
  const decision = decisions[one.said]
  if (decision === undefined || decidedByItself.has(one.by)) return null
  return { ...decision, basis: `hold/${one.said}` }
}

function feedbackStanding({ said, by }: StoredEvidence): Standing | null {
  const standing = feedback[by]
  return standing === undefined
    ? null
    : { ...standing, isBad: said !== 'legitimate', basis: `feedback/${by}` }
}

function isRefusal({ status, reply, by }: StoredEvidence): boolean {
  const settled = {
    state: 'bounced' as const,
    status: parseEnhancedStatus(status) ?? null,
    reply,
    mx: by === '' ? null : by
  }
  return outcomeKind(settled) === 'refused'
}
