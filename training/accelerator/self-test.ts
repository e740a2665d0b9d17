import * as tf from '@tensorflow/tfjs-core'
import { loadModel } from '../../service/models/load-model.ts'
import { bundledDirectoryOf } from '../../service/models/shelf/candidates.ts'
import type { BackendName } from '../../service/models/tensor/backend-names.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { loadLibrary } from '../../service/models/tensor/native/load-library.ts'
import { NativeError } from '../../service/models/tensor/native/native-fault.ts'
import type { ModelName } from '../../service/models/model-directory.ts'
import { contentDefaults, fitContent, scoreContent } from '../content/fit-content.ts'
import { fitTakeover, scoreTakeover, takeoverDefaults } from '../takeover/fit-takeover.ts'
import { fixedMessages, fixedRows, toContentInput } from './fixed-rows.ts'
import { structureNames } from '../../service/observation/observation.ts'
import type { SelfTestReport } from './self-test-report.ts'

/**
 * Our own networks, asked and trained on fixed rows, on WebAssembly and on the library. May kill the process: run it in one of its own.
 * Throws NativeError.
 */
export async function runSelfTest(directory: string): Promise<SelfTestReport> {
  // First, so that one that kills its process costs no more than that.
  const tensorflow = loadLibrary({ directory })
  const expected = await runChecks('wasm')
  const found = await runChecks('tensorflow')
  const differences = Object.fromEntries(
    [...expected].map(([check, values]) => [check, differenceOf(values, found.get(check) ?? [])])
  )
  return { kind: 'report', tensorflow, differences }
}

const rows = fixedRows(64)
const messages = fixedMessages(64, 60)

type Values = readonly number[]
type Check = () => Promise<Values> | Values

async function runChecks(backend: BackendName): Promise<ReadonlyMap<string, Values>> {
  const used = await selectBackend(backend)
  if (used !== backend) throw new NativeError('NATIVE_LOAD_FAILED', `${used} started instead of ${backend}`)
  const answers = new Map<string, Values>()
  for (const [check, run] of Object.entries(checks)) answers.set(check, await run())
  return answers
}

const checks: Readonly<Record<string, Check>> = {
  'whole numbers': () =>
    tf.tidy(() => {
      const ids = tf.tensor1d([4, 0, 2, 2], 'int32')
      const table = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2])
      return [tf.add(ids, ids), tf.gather(table, ids)].flatMap((tensor) => [...tensor.dataSync()])
    }),
  'takeover model': () => askBundled('takeover', (model) => model.predict(rows.map(({ row }) => row))),
  'content model': () => askBundled('content', (model) => model.predict(messages.map(toContentInput))),
  'takeover fit': () => {
    const { model, losses } = fitTakeover(rows, { ...takeoverDefaults, epochs: 2, batchSize: 16, seed: 1 })
    const logits = scoreTakeover(model, rows)
    model.dispose()
    return [...losses, ...logits]
  },
  'content fit': () => {
    const shape = {
      buckets: 4_096,
      bagRows: 1_024,
      bagUnits: 8,
      hiddenUnits: 16,
      structure: structureNames.length
    }
    const options = { ...contentDefaults, shape, epochs: 2, batchSize: 16, seed: 1 }
    const { model, losses } = fitContent(messages, new Float32Array(messages.length).fill(1), options)
    const logits = scoreContent(model, messages)
    model.dispose()
    return [...losses, ...logits]
  }
}

async function askBundled<Name extends ModelName>(
  name: Name,
  ask: (model: Awaited<ReturnType<typeof loadModel<Name>>>['model']) => Promise<Values>
): Promise<Values> {
  const { model } = await loadModel(name, bundledDirectoryOf(name))
  try {
    return await ask(model)
  } finally {
    model.close()
  }
}

function differenceOf(expected: Values, found: Values): number | null {
  if (expected.length !== found.length) return null
  const differences = expected.map((value, index) => Math.abs(value - (found[index] ?? Number.NaN)))
  return differences.every(Number.isFinite) ? Math.max(0, ...differences) : null
}
