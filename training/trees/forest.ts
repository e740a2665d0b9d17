import type { Forest } from '../../service/models/forest/forest.ts'

/** What was grown, and what it looks at. */
export interface GrownForest extends Forest {
  /** Of a row. */
  readonly columns: number
  /** Total gain of the splits on each column. */
  readonly gain: Float64Array
}
