import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Progress } from '../../progress.ts'
import type { Workers } from '../../workers/open-workers.ts'
import { halfOf, type HalfToFit } from './fit-half.ts'
import { openContentModel, type ReaderFor } from './observe-training-mail.ts'

export interface CrossFitOptions extends Pick<HalfToFit, 'data' | 'seed' | 'calibration'> {
  readonly workers: Pick<Workers, 'run'>
  readonly progress: Progress
}

/**
 * Two content models, each from the mail of half of all origins; a message is read by the one that has not learned from its origin.
 * A model is much surer of what it was trained on: a takeover network that learned from such readings would trust them too much.
 */
export async function crossFitContent(options: CrossFitOptions): Promise<ReaderFor> {
  const { data, seed, calibration, workers, progress } = options
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-cross-fit-'))
  try {
    const asked = [0, 1].map((half) => ({ half, directory, data, seed, calibration }))
    const halves = await Promise.all(
      (await workers.run('content half', asked, progress)).map(openContentModel)
    )
    return (origin) => halves[halfOf(origin, seed)] ?? null
  } finally {
    await rm(directory, { recursive: true })
  }
}
