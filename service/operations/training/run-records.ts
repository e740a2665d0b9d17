import type { Storage, Table } from '../../storage/storage.ts'
import type { DriftSummary } from '../../models/retrain/child-messages.ts'

/** What came of a model's last scheduled training. */
export interface TrainedRecord {
  /** Epoch ms. */
  readonly at: number
  readonly outcome: 'proposed' | 'promoted' | 'refused' | 'few' | 'failed'
  /** null: none was made. */
  readonly version: string | null
  /** Sentences: what the gate says, why it failed. */
  readonly reasons: readonly string[]
}

/** What the last check of drift found. */
export interface DriftRecord {
  /** Epoch ms. */
  readonly at: number
  /** Of the check itself; null: it went well. */
  readonly fault: string | null
  readonly items: readonly DriftSummary[]
}

/** One job's slot: noted before it begins, so that it never begins twice. */
export interface SlotRecord {
  /** Epoch ms. */
  readonly slot: number
  readonly state: 'waiting' | 'running' | 'done'
}

/** What jobs that run by themselves have done, across restarts. All writes belong inside `Storage.transaction`. */
export interface RunRecords {
  slot(job: string): SlotRecord | undefined
  setSlot(job: string, record: SlotRecord): void
  trained(name: string): TrainedRecord | undefined
  setTrained(name: string, record: TrainedRecord): void
  drift(): DriftRecord | undefined
  setDrift(record: DriftRecord): void
}

export function createRunRecords(storage: Pick<Storage, 'table'>): RunRecords {
  const slots: Table<SlotRecord> = storage.table('operations.slots')
  const trained: Table<TrainedRecord> = storage.table('operations.trained')
  const drift: Table<DriftRecord> = storage.table('operations.drift')
  return {
    slot: (job) => slots.get(job),
    setSlot: (job, record) => slots.put(job, record),
    trained: (name) => trained.get(name),
    setTrained: (name, record) => trained.put(name, record),
    drift: () => drift.get('last'),
    setDrift: (record) => drift.put('last', record)
  }
}
