import { parseArgs } from 'node:util'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { textTable } from '../text-table.ts'
import { compareLearners, contentTable } from './compare-learners.ts'
import type { ContentExample } from './content-example.ts'
import { contentDefaults } from './fit-content.ts'
import { loadContentCorpus } from './load-content-corpus.ts'
import { contentShape, sourceShares } from './content-network-choices.ts'
import { networkLearner } from './train-content.ts'
import { probeTraits } from './trait-probe.ts'
import { leaveSourcesOut, transferTable } from './transfer.ts'

/**
 * `npm run eval:content -- [--data DIR] [--seed N] [--folds K] [--only folds|transfer|traits]`: the content network beside hashed logistic
 * regression on the same folds; with data also each source judged by the others, and whether header traits tell the corpora apart.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    folds: { type: 'string', default: '5' },
    only: { type: 'string' }
  }
})
const [data, seed] = [values.data ?? null, Number(values.seed)]
const wanted = (part: string): boolean => values.only === undefined || values.only === part

await selectBackend('wasm')
if (wanted('folds'))
  print(contentTable(await compareLearners({ data, seed, folds: Number(values.folds), progress })))
if (data !== null && (wanted('transfer') || wanted('traits'))) {
  const { examples, passages } = await loadContentCorpus({ data, seed, progress })
  const learn = networkLearner({ ...contentDefaults, shape: contentShape, seed, passages })
  if (wanted('transfer'))
    print(`\nTrained without the source:\n${transferTable(leaveSourcesOut(examples, learn, sourceShares))}`)
  if (wanted('traits'))
    print(`\nArea under the curve of header traits alone (0.5: no difference):\n${traitTable(examples)}`)
}

function traitTable(examples: readonly ContentExample[]): string {
  const honest = [
    ...Map.groupBy(
      examples.filter(({ isBad }) => !isBad),
      ({ source }) => source
    )
  ]
  const bad = Map.groupBy(
    examples.filter(({ isBad }) => isBad),
    ({ source }) => source
  )
  const rows = honest.map(([source, own]) => {
    const others = honest.map(([other, theirs]) =>
      other === source ? '' : probeTraits(own, theirs).toFixed(2)
    )
    const spam = bad.get(source)
    return [source, ...others, spam === undefined ? '' : probeTraits(own, spam).toFixed(2)]
  })
  return textTable(['honest mail of', ...honest.map(([source]) => source), 'its own bad mail'], rows)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function progress(step: string, done: number, total: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${step} ${done}/${total}\u001b[K${done === total ? '\n' : ''}`)
}
