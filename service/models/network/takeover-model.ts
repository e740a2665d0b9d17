import type { Background } from '../../features/background.ts'
import { decodeBackground } from '../../features/background-codec.ts'
import { calibrate } from '../calibration.ts'
import { decodeForest } from '../forest/forest-codec.ts'
import { scoreCoalitions } from '../forest/forest-coalitions.ts'
import { scoreMasks, type MaskedParts } from '../forest/forest-masks.ts'
import { scoreForest, type Forest } from '../forest/forest.ts'
import { maskRow } from './mask-row.ts'
import { microBatch } from './micro-batch.ts'
import type { ModelFiles } from '../model-directory.ts'
import { ModelError } from '../model-error.ts'
import type { TakeoverModel } from '../model-ports.ts'
import { createTakeoverNetwork } from './takeover-network.ts'
import { readWeights } from './weights.ts'

const maxBatch = 1024

/** Below this it is quicker to walk trees again for each coalition than once for all. */
const fewCoalitions = 20

/** Networks of different seeds, averaged: one alone is off by several points of recall, by luck. */
export const takeoverMembers = 2

/**
 * The takeover model of these files, on the current backend, with the background it was trained beside: the mean of dense networks and of
 * boosted trees, which err differently. Throws ModelError.
 */
export function loadTakeoverModel(
  files: ModelFiles
): TakeoverModel & { readonly background: Background; close(): void } {
  const { version, calibration, thresholds, envelope } = files.manifest
  const neutralRow = Float32Array.from(files.manifest.neutralRow)
  const forest = decoded(files, 'forest.bin', (bytes) => decodeForest(bytes, neutralRow.length))
  const background = decoded(files, 'background.bin', decodeBackground)
  assertFinite(background, files)
  const weights = readWeights(files)
  try {
    const network = createTakeoverNetwork(weights, neutralRow.length, takeoverMembers)
    const runNetwork = microBatch((rows: readonly Float32Array[]) => network.run(rows), maxBatch)
    const together = (dense: number, trees: number): number => calibrate((dense + trees) / 2, calibration)
    return {
      version,
      async predict(rows) {
        const dense = await runNetwork(rows)
        return rows.map((row, index) => together(dense[index] ?? Number.NaN, scoreForest(forest, row)))
      },
      async predictCoalitions(row, groupOf, masks) {
        const rows = masks.map((mask) => maskRow(row, neutralRow, groupOf, mask))
        const dense = await runNetwork(rows)
        const trees = scoreTrees(forest, { row, neutral: neutralRow, groupOf }, masks)
        return masks.map((_, index) => together(dense[index] ?? Number.NaN, trees[index] ?? Number.NaN))
      },
      neutralRow,
      thresholds,
      ...(envelope && { envelope }),
      background,
      close: () => network.dispose()
    }
  } finally {
    weights.dispose()
  }
}

/** Throws ModelError in place of what the codec throws. */
function decoded<Value>(files: ModelFiles, file: string, decode: (bytes: Uint8Array) => Value): Value {
  const bytes = files.read(file)
  try {
    return decode(bytes)
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    throw new ModelError('MODEL_FILE_CORRUPT', { directory: files.directory, file, fault }, error)
  }
}

function assertFinite({ words, gramWeights }: Background, { directory }: ModelFiles): void {
  if (words.every(Number.isFinite) && gramWeights.every(Number.isFinite)) return
  throw new ModelError('MODEL_NOT_FINITE', { directory, file: 'background.bin' })
}

function scoreTrees(forest: Forest, parts: MaskedParts, masks: readonly number[]): ArrayLike<number> {
  if (masks.length < fewCoalitions) return scoreMasks(forest, parts, masks)
  const all = scoreCoalitions(forest, { ...parts, groups: 1 + Math.max(...parts.groupOf) })
  return masks.map((mask) => all[mask] ?? Number.NaN)
}
