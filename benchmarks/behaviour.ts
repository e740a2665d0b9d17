// `npm run bench:behaviour`: what a message costs step by step on one core, from its bytes to its sender's profile on disk.
import { parseArgs } from 'node:util'
import type { Cost } from './behaviour/measure.ts'
import { timeMemories } from './behaviour/time-memories.ts'
import { timeModels, type Timed } from './behaviour/time-models.ts'
import { timeStore, type StoreCost } from './behaviour/time-store.ts'
import { warmedTo, warmSenders } from './behaviour/warmed-senders.ts'

const { values } = parseArgs({
  options: {
    /** Sizes of the sender store, ascending; a million takes 10 GB of disk and two minutes. Empty: without it. */
    senders: { type: 'string', default: '10000,100000,1000000' }
  }
})
const sizes = values.senders.split(',').filter(Boolean).map(Number)
const profileBudgetMs = 0.15

const { sent, meanBytes } = await warmSenders()
console.log(
  `${sent.length} honest messages of the SpamAssassin corpus, mean ${Math.round(meanBytes)} bytes, their senders' profiles warmed to ${warmedTo} messages`
)
report([...(await timeModels(sent)), ...(await timeMemories(sent))])
if (sizes.length > 0) reportStore(await timeStore(sizes, sent))

function report(timed: readonly Timed[]): void {
  console.table(
    Object.fromEntries(
      timed.map(({ what, cost, budgetMs }) => [what, { ...shown(cost), ...against(cost, budgetMs) }])
    )
  )
}

function reportStore(costs: readonly StoreCost[]): void {
  const [smallest] = costs
  console.log('Profile: read + fold + write in the LMDB store; CPU with the commits, 16 messages each')
  console.table(
    Object.fromEntries(
      costs.map(({ senders, cost, fillSeconds }) => [
        `${senders} senders`,
        {
          ...shown(cost),
          ...against(cost, profileBudgetMs),
          'p50 to smallest': ratio(cost.p50, smallest?.cost.p50),
          'CPU to smallest': ratio(cost.cpu, smallest?.cost.cpu),
          'filled in s': fillSeconds.toFixed(1)
        }
      ])
    )
  )
}

function shown({ p50, mean, p99, cpu }: Cost): Record<string, string> {
  return {
    'p50 ms': p50.toFixed(3),
    'mean ms': mean.toFixed(3),
    'p99 ms': p99.toFixed(3),
    'CPU ms': cpu.toFixed(3)
  }
}

/** Budgets are of processor time: wall time is the neighbours' too. */
function against({ cpu }: Cost, budgetMs: number | undefined): Record<string, string> {
  if (budgetMs === undefined) return {}
  return { budget: `${budgetMs} ms: ${cpu <= budgetMs ? 'met' : 'missed'}` }
}

function ratio(one: number, other = Number.NaN): string {
  return (one / other).toFixed(2)
}
