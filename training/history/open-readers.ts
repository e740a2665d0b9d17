import { createHistoryClient } from '../../service/history/history-client.ts'
import { createDriftReader, type DriftReader } from '../../service/history/reader/drift-reader.ts'
import { createEvidenceReader, type EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import { createHistoryReader, type HistoryReader } from '../../service/history/reader/history-reader.ts'
import { createReplayReader, type ReplayReader } from '../../service/history/reader/replay-reader.ts'
import { createSpanReader, type SpanReader } from '../../service/history/reader/span-reader.ts'
import type { RowSpan } from '../../service/history/reader/stream-rows.ts'
import type { HistoryPlace } from '../../service/models/retrain/child-messages.ts'

/** Whatever training, backtests and notebooks ask of history. */
export type WholeReader = ReplayReader &
  EvidenceReader &
  DriftReader &
  SpanReader &
  Pick<HistoryReader, 'summary'>

export interface OpenedReaders {
  readonly reader: WholeReader
  readonly close: () => Promise<void>
}

/** Of a query that streams for as long as a model is fitted to it. */
const requestMs = 3_600_000

/** What training reads history with, outside the service. */
export function openReaders({ url, headers, database, user, password }: HistoryPlace): OpenedReaders {
  const client = createHistoryClient({ url, headers }, { user, password }, requestMs)
  const options = { connect: () => Promise.resolve(client), database }
  const counted = createHistoryReader(options)
  const reader = {
    ...createReplayReader(options),
    ...createEvidenceReader(options),
    ...createDriftReader(options),
    ...createSpanReader(options),
    summary: (span?: RowSpan) => counted.summary(span)
  }
  return { reader, close: () => client.close() }
}
