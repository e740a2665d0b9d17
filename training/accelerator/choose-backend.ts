import type { BackendChoice, BackendName } from '../../service/models/tensor/backend-names.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { loadLibrary } from '../../service/models/tensor/native/load-library.ts'
import {
  NativeError,
  remedyOf,
  sentenceOf,
  type NativeFault
} from '../../service/models/tensor/native/native-fault.ts'
import { proveAccelerator, type Accelerator } from './prove-accelerator.ts'

/** What a network is trained on. */
export interface ChosenBackend {
  readonly name: BackendName
  /** A sentence for people. */
  readonly why: string
  /** What to do where it is not what was asked for; null: nothing. */
  readonly remedy: string | null
}

/** What a training run is told of it. */
export interface BackendOptions {
  /** Default: `auto`. */
  readonly backend?: BackendChoice
  /** Told what was chosen, before the run begins. */
  readonly onBackend?: (chosen: ChosenBackend) => void
}

/** At the start of a training run, before its threads: they follow. */
export async function startBackend(
  { backend = 'auto', onBackend }: BackendOptions,
  work: number
): Promise<void> {
  const chosen = await chooseBackend(backend, work)
  onBackend?.(chosen)
}

export type Prove = () => Promise<Accelerator>

/**
 * Chooses what a network is trained on, and starts it in this thread. What can't be had is replaced by WebAssembly, and `why` says so.
 * Never throws because of the library. Call it in the main thread: see loadLibrary.
 *
 * `work`: multiplications a step, see fit-work.ts.
 */
export async function chooseBackend(
  choice: BackendChoice,
  work: number,
  prove: Prove = proveAccelerator
): Promise<ChosenBackend> {
  const { accelerator, ...chosen } = await decideBackend(choice, work, prove)
  try {
    if (accelerator?.kind === 'proven') loadLibrary(accelerator.library)
  } catch (error) {
    if (!(error instanceof NativeError)) throw error
    return start(insteadFor(error.fault))
  }
  return start(chosen)
}

async function start(chosen: ChosenBackend): Promise<ChosenBackend> {
  const name = await selectBackend(chosen.name)
  return name === chosen.name ? chosen : { name, why: `${chosen.name} does not start here`, remedy: null }
}

export interface DecidedBackend extends ChosenBackend {
  /** Present where the choice depended on it. */
  readonly accelerator?: Accelerator
}

/**
 * The choice without its effect. `auto`: the native library where a step is so much work that it is quicker; `tensorflow`: wherever it can
 * be had. The library is looked for only when it matters.
 */
export async function decideBackend(
  choice: BackendChoice,
  work: number,
  prove: Prove
): Promise<DecidedBackend> {
  if (choice === 'wasm' || choice === 'cpu')
    return { name: choice, why: `models.backend is "${choice}"`, remedy: null }
  if (choice === 'auto' && work < worthwhileWork)
    return {
      name: 'wasm',
      why: `a step is ${millions(work)} multiplications; below ${millions(worthwhileWork)} WebAssembly is quicker`,
      remedy: null
    }
  const accelerator = await prove()
  if (accelerator.kind === 'refused') return { ...insteadFor(accelerator.fault), accelerator }
  return { name: 'tensorflow', why: describeAccelerator(accelerator), remedy: null, accelerator }
}

/**
 * From here on a step takes a thread of WebAssembly about twice as long as the native library: two of them, which fit folds side by side,
 * are then no quicker. Measured by `npm run bench:accelerator` on the takeover network with wider layers: docs/train/accelerator.md.
 */
export const worthwhileWork = 500e6

/** A sentence on what was found. */
export function describeAccelerator(accelerator: Accelerator): string {
  if (accelerator.kind === 'refused')
    return `the native TensorFlow is not used: ${sentenceOf(accelerator.fault)}`
  const { library, tensorflow, greatestDifference } = accelerator
  return `tfjs-node ${library.version} with TensorFlow ${tensorflow} agrees with WebAssembly within ${greatestDifference.toExponential(0)}`
}

function insteadFor(fault: NativeFault): ChosenBackend {
  return { name: 'wasm', why: describeAccelerator({ kind: 'refused', fault }), remedy: remedyOf(fault) }
}

function millions(count: number): string {
  return `${(count / 1e6).toFixed(count < 1e6 ? 2 : 0)} million`
}
