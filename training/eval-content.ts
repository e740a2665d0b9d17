import { parseArgs } from 'node:util'
import { contentTable, evaluateContent } from './content/evaluate-content.ts'

/** `node training/eval-content.ts [--data DIR] [--seed N] [--folds K] [--json]`: content network and hashed logistic regression side by side. */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    folds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false }
  }
})
const results = await evaluateContent({
  data: values.data ?? null,
  seed: Number(values.seed),
  folds: Number(values.folds),
  progress
})
process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : `${contentTable(results)}\n`)

function progress(step: string, done: number, total: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${step} ${done}/${total}\u001b[K${done === total ? '\n' : ''}`)
}
