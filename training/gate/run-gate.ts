import { selectBackend } from '../../service/models/tensor/backend.ts'
import { readFrozenHead, type FrozenHead } from '../../service/models/frozen/frozen-set.ts'
import type { GateReport, GateRequest } from '../../service/models/frozen/gate-report.ts'
import { featureDigestOf, loadModel } from '../../service/models/load-model.ts'
import { noProgress, type Progress } from '../progress.ts'
import { compareVersions } from './compare-versions.ts'
import { scoreFrozen } from './score-frozen.ts'

export interface RunGateOptions extends GateRequest {
  readonly progress?: Progress
}

/**
 * Whether a version may take the place of the active one: measured on messages that neither has learned from, at the same share of honest mail
 * held. Throws ModelError when either cannot be loaded or the set cannot be read.
 */
export async function runGate(options: RunGateOptions): Promise<GateReport> {
  const { name, progress = noProgress, budgetPer10k } = options
  await selectBackend('wasm')
  const candidate = await loadModel(name, options.candidate)
  const active = await loadModel(name, options.active)
  const names = { name, version: candidate.manifest.version, against: active.manifest.version }
  try {
    const found = await firstFitting(options)
    if (found === null) return { ...names, ...unmeasured, set: null }
    const { directory, head } = found
    const scored = await scoreFrozen(name, { candidate, active, directory, head, progress })
    const set = { source: head.source, createdAt: head.createdAt, ...countsOf(scored) }
    if (set.honest < leastHonest || set.bad < leastBad) return { ...names, ...unmeasured, set }
    return { ...names, set, ...compareVersions(scored, { budgetPer10k, progress }) }
  } finally {
    candidate.model.close()
    active.model.close()
  }
}

/** Fewer say nothing about shares of a few per thousand. */
const leastHonest = 300
const leastBad = 50

const unmeasured = {
  result: 'unmeasured' as const,
  reasons: ['There are no frozen messages that tell enough: no versions can be compared.'],
  heldPer10k: null,
  slices: []
}

async function firstFitting({
  name,
  sets
}: GateRequest): Promise<{ readonly directory: string; readonly head: FrozenHead } | null> {
  for (const directory of sets) {
    const head = await readFrozenHead(directory)
    if (head?.name === name && head.featureDigest === featureDigestOf(name)) return { directory, head }
  }
  return null
}

function countsOf(scored: readonly { readonly isBad: boolean; readonly sender: string }[]) {
  const bad = scored.filter(({ isBad }) => isBad).length
  return { honest: scored.length - bad, bad, senders: new Set(scored.map(({ sender }) => sender)).size }
}
