import type { BackendOptions } from './accelerator/choose-backend.ts'
import type { Progress } from './progress.ts'

/** What every training run is told. */
export interface TrainRunOptions extends BackendOptions {
  /** Directory of the optional data sets, null for none. */
  readonly data: string | null
  /** The model lands in `<out>/<name of the model>`. */
  readonly out: string
  readonly seed: number
  readonly version: string
  /** RFC 3339 UTC; handed in so that a run can be repeated to the byte. */
  readonly createdAt: string
  readonly command: string
  readonly progress?: Progress
  /** See `openWorkers`. The result is the same to the byte. */
  readonly threads?: number
}
