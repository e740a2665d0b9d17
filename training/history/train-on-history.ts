import type { Provenance } from '../../datasets/labelled-mail.ts'
import type { EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import type { ReplayReader } from '../../service/history/reader/replay-reader.ts'
import type { RowSpan } from '../../service/history/reader/stream-rows.ts'
import type { TrainRunOptions } from '../train-run-options.ts'
import type { HistoryFacts } from './labelled-rows.ts'

/** What a training run on history is told. */
export interface TrainOnHistoryOptions extends Omit<TrainRunOptions, 'data'> {
  readonly reader: Pick<ReplayReader, 'messages'> & EvidenceReader
  readonly span: RowSpan
  /** Epoch ms. */
  readonly now: number
  /** About how many messages the span has. */
  readonly expected?: number
}

/** Where the installation's part of a model comes from, for its manifest. */
export function installationProvenance({ sha256, from, to }: HistoryFacts): Provenance {
  return {
    source: 'installation',
    licence: 'the installation’s own mail',
    sha256,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString()
  }
}
