import type { Background } from '../features/background.ts'
import { decodeBackground } from '../features/background-codec.ts'
import { calibrate } from './calibration.ts'
import { microBatch } from './micro-batch.ts'
import type { ModelFiles } from './model-directory.ts'
import type { TakeoverModel } from './model-ports.ts'
import { createTakeoverNetwork } from './takeover-network.ts'
import { readWeights } from './weights.ts'

const maxBatch = 1024

/** Networks of different seeds, averaged: one alone is off by several points of recall, by luck. */
export const takeoverMembers = 2

/** The takeover model of these files, on the current backend, with the background it was trained beside. Throws ModelError. */
export function loadTakeoverModel(
  files: ModelFiles
): TakeoverModel & { readonly background: Background; close(): void } {
  const { version, calibration, neutralRow, thresholds } = files.manifest
  const weights = readWeights(files)
  try {
    const network = createTakeoverNetwork(weights, neutralRow.length, takeoverMembers)
    const run = (rows: readonly Float32Array[]) => network.run(rows).map((raw) => calibrate(raw, calibration))
    return {
      version,
      predict: microBatch(run, maxBatch),
      neutralRow: Float32Array.from(neutralRow),
      thresholds,
      background: decodeBackground(files.read('background.bin')),
      close: () => network.dispose()
    }
  } finally {
    weights.dispose()
  }
}
