import type { EvidenceReader, StoredEvidence } from '../../../service/history/reader/evidence-reader.ts'
import type { RowSpan } from '../../../service/history/reader/stream-rows.ts'
import type { StoredMessage } from '../../../service/history/rows/read-message-row.ts'
import { labelOf, type TrainingLabel } from '../../history/labels.ts'
import type { Truth } from '../label.ts'

/** What a message of history counts as. */
export interface SpokenLabel {
  readonly truth: Truth
  /** What was said (`takeover`, `spam`), or what it rests on: `hold/rejected`, `delivery/refused`, `unlabelled`, `undecided`. */
  readonly name: string
}

/** By id of the message: what anybody said of it. Few are ever spoken of. */
export type SpokenLabels = ReadonlyMap<string, SpokenLabel>

/** As training counts evidence (docs/train/labels.md), under the name of what was said. */
export async function readSpokenLabels(
  reader: EvidenceReader,
  { senders }: Pick<RowSpan, 'senders'>
): Promise<SpokenLabels> {
  const spoken = new Map<string, SpokenLabel>()
  let own: StoredEvidence[] = []
  const settle = (): void => {
    const label = labelOf(own)
    const [first] = own
    if (first !== undefined && label !== null) spoken.set(first.submission_id, nameOf(label, own))
    own = []
  }
  for await (const one of reader.evidence(senders === undefined ? {} : { senders })) {
    const [first] = own
    if (first?.submission_id !== one.submission_id || first.sender !== one.sender) settle()
    own.push(one)
  }
  settle()
  return spoken
}

function nameOf({ isBad, basis }: TrainingLabel, evidence: readonly StoredEvidence[]): SpokenLabel {
  const said = evidence.findLast(({ kind, by }) => kind === 'feedback' && basis === `feedback/${by}`)?.said
  return { truth: isBad ? 'bad' : 'honest', name: said ?? basis }
}

/** It left and nobody said anything. */
const unlabelled: SpokenLabel = { truth: 'honest', name: 'unlabelled' }
/** It was stopped and nobody decided: nobody knows. */
const undecided: SpokenLabel = { truth: 'unlabelled', name: 'undecided' }

export function spokenOf(
  { submission_id: id, judged }: Pick<StoredMessage, 'submission_id' | 'judged'>,
  labels: SpokenLabels
): SpokenLabel {
  return labels.get(id) ?? (judged === 'allow' ? unlabelled : undecided)
}
