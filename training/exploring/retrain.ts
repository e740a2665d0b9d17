import { fileURLToPath } from 'node:url'
import type { GateReport } from '../../service/models/frozen/gate-report.ts'
import type { Manifest } from '../../service/models/manifest.ts'
import type { ModelName } from '../../service/models/model-directory.ts'
import { runGate } from '../gate/run-gate.ts'
import { trainContentOnHistory } from '../history/train-content-on-history.ts'
import { trainTakeoverOnHistory } from '../history/train-takeover-on-history.ts'
import type { TrainOnHistoryOptions } from '../history/train-on-history.ts'
import { directoryInUse } from './models-in-use.ts'
import { smallContentCorpus, smallTakeoverCorpus } from './small-corpora.ts'

export interface TryRetrainingOptions extends Pick<
  TrainOnHistoryOptions,
  'reader' | 'span' | 'now' | 'out' | 'progress'
> {
  readonly seed?: number
  readonly version?: string
  /** What the manifest says, so that a run can be repeated to the byte. RFC 3339. */
  readonly createdAt?: string
}

const installation = { senders: 28, messages: 30, bad: 100 } as const
const unlabelled = 500

/**
 * Models of this history beside little invented mail, in a minute: what `sluice train --history` does with all that is bundled. The
 * directories lie under `out`.
 */
export async function tryRetraining(name: ModelName, options: TryRetrainingOptions): Promise<Manifest> {
  const { seed = 1, version = 'try.1', createdAt = '2026-11-22T00:00:00Z', ...more } = options
  const run = { ...more, seed, version, createdAt, command: 'notebooks/04-retrain-and-compare.ipynb' }
  return name === 'content'
    ? trainContentOnHistory({ ...run, bundled: await smallContentCorpus(seed), maxUnlabelled: unlabelled })
    : trainTakeoverOnHistory({ ...run, bundled: await smallTakeoverCorpus(seed), limits: installation })
}

const bundledFrozen = fileURLToPath(new URL('../gate/frozen/', import.meta.url))

export interface CompareWithUsedOptions {
  /** Directory of the model that wants to serve. */
  readonly candidate: string
  /** Of the installation whose model serves. */
  readonly dataDir?: string | undefined
  readonly budgetPer10k?: number
}

/** What `sluice models promote` would ask: the same gate, on the frozen messages that came with the release. Nothing is promoted. */
export async function compareWithUsed(
  name: ModelName,
  { candidate, dataDir, budgetPer10k = 10 }: CompareWithUsedOptions
): Promise<GateReport> {
  const active = await directoryInUse(name, dataDir)
  return await runGate({ name, candidate, active, sets: [`${bundledFrozen}${name}`], budgetPer10k })
}
