import { readFrozenRows, type FrozenHead, type FrozenRowOf } from '../../service/models/frozen/frozen-set.ts'
import type { LoadedModel, ModelOf } from '../../service/models/load-model.ts'
import { fuseRisk } from '../../service/verdict/fuse-risk.ts'
import type { Progress } from '../progress.ts'

/** A frozen message as both versions score it: log-odds, higher is worse. */
export interface FrozenScore {
  readonly sender: string
  readonly slice: string
  readonly isBad: boolean
  readonly active: number
  readonly candidate: number
}

type Name = keyof FrozenRowOf

interface ScoreFrozenOptions<N extends Name> {
  readonly candidate: LoadedModel<N>
  readonly active: LoadedModel<N>
  readonly directory: string
  readonly head: FrozenHead
  readonly progress: Progress
}

/** What is held against the budget: of a takeover model its risk beside what the content model said when the set was frozen. */
const askers: {
  readonly [N in Name]: (model: ModelOf[N], rows: readonly FrozenRowOf[N][]) => Promise<readonly number[]>
} = {
  content: (model, rows) =>
    model.predict(rows.map(({ tokens, structure }) => ({ tokens, structure: [...structure] }))),
  takeover: async (model, rows) => {
    const logits = await model.predict(rows.map(({ features }) => features))
    return rows.map(({ spamLogit }, index) => fuseRisk(logits[index] ?? Number.NaN, spamLogit))
  }
}

const batchRows = 256

/** Both versions on every row. Of the rows only scores and names stay in memory. */
export async function scoreFrozen<N extends Name>(
  name: N,
  { candidate, active, directory, head, progress }: ScoreFrozenOptions<N>
): Promise<readonly FrozenScore[]> {
  const ask = askers[name]
  const scored: FrozenScore[] = []
  const score = async (rows: readonly FrozenRowOf[N][]): Promise<void> => {
    const byCandidate = await ask(candidate.model, rows)
    const byActive = await ask(active.model, rows)
    for (const [index, { sender, slice, isBad }] of rows.entries())
      scored.push({
        sender,
        slice,
        isBad,
        active: numberAt(byActive, index),
        candidate: numberAt(byCandidate, index)
      })
    progress('score', scored.length, head.rows)
  }
  let batch: FrozenRowOf[N][] = []
  for await (const row of readFrozenRows(directory, name, head)) {
    batch.push(row)
    if (batch.length < batchRows) continue
    await score(batch)
    batch = []
  }
  if (batch.length > 0) await score(batch)
  return scored
}

/** A model that gives no number for a message lets it pass: nothing is below it. */
function numberAt(logits: readonly number[], index: number): number {
  const logit = logits[index]
  return logit === undefined || Number.isNaN(logit) ? -Infinity : logit
}
