import { calibrate } from '../calibration.ts'
import { createContentNetwork } from './content-network.ts'
import { microBatch } from './micro-batch.ts'
import type { ModelFiles } from '../model-directory.ts'
import type { ContentInput, ContentModel } from '../model-ports.ts'
import { readWeights } from './weights.ts'

/** Lines of up to 1,500 ids: a pass of this many stays below a few milliseconds and a megabyte. */
const maxBatch = 64

/** The content model of these files, on the current backend. Throws ModelError. */
export function loadContentModel(files: ModelFiles): ContentModel & { close(): void } {
  const { version, calibration, inputs, thresholds } = files.manifest
  const weights = readWeights(files)
  try {
    const structureLength = inputs.find(({ name }) => name === 'structure')?.shape.at(-1) ?? 0
    const network = createContentNetwork(weights, structureLength)
    const neutral = { tokens: [], structure: [...weights.values('structure/mean', structureLength)] }
    const run = (batch: readonly ContentInput[]) =>
      network.run(batch).map((raw) => calibrate(raw, calibration))
    return {
      version,
      predict: microBatch(run, maxBatch),
      neutral,
      thresholds,
      close: () => network.dispose()
    }
  } finally {
    weights.dispose()
  }
}
