import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { bootstrapShare, poissonInterval } from '../../measure/intervals.ts'
import { percent, textTable } from '../../text-table.ts'
import { countHeld, countsAsHonest, type HoldRates, type Lens, type ScoredRow } from './measure-takeover.ts'
import { attackFamilies, knowledges, sourceNames } from '../corpus/sender-history.ts'

type ByFold = ReadonlyMap<number, HoldRates>

export interface Thresholds {
  readonly takeover: ByFold
  readonly risk: ByFold
}

const lenses: readonly Lens[] = ['takeover', 'risk']
const rates: readonly (keyof HoldRates)[] = ['tenth', 'one']

/** Family × knowledge: recall at 0.1 % and 1 % held, with 95 % intervals over senders. Repeated walks count for nothing. */
export function recallTable(scored: readonly ScoredRow[], thresholds: Thresholds): string {
  const rows = attackFamilies.flatMap((family) =>
    knowledges.flatMap((knowledge) => {
      const own = scored.filter(
        ({ row }) => row.family === family && row.knowledge === knowledge && !row.repeated
      )
      return own.length === 0
        ? []
        : [[`${family} ${knowledge}`, String(own.length), ...recallCells(own, thresholds)]]
    })
  )
  return textTable(['attack', 'messages', 'takeover 0.1 %', 'takeover 1 %', 'risk 0.1 %', 'risk 1 %'], rows)
}

function recallCells(own: readonly ScoredRow[], thresholds: Thresholds): readonly string[] {
  return lenses.flatMap((lens) => {
    const held = countHeld(own, lens, thresholds[lens])
    return rates.map((rate) => {
      const groups = bySender(own).map((group) => ({
        hits: countHeld(group, lens, thresholds[lens])[rate],
        trials: group.length
      }))
      const { low, high } = bootstrapShare(groups, createRandom(1), 200)
      return `${percent(held[rate] / own.length)} (${percent(low, 0)}-${percent(high, 0)})`
    })
  })
}

/** Per source: honest messages held per 10,000, with Poisson intervals. */
export function falseHoldTable(scored: readonly ScoredRow[], thresholds: Thresholds): string {
  const honest = scored.filter(countsAsHonest)
  const slices: readonly (readonly [string, readonly ScoredRow[]])[] = [
    ['all', honest],
    ...sourceNames.map((name) => [name, honest.filter(({ row }) => row.source === name)] as const),
    ['first 5 messages', honest.filter(({ row }) => row.seen < 5)],
    ['first message', honest.filter(({ row }) => row.seen === 0)]
  ]
  const rows = slices
    .filter(([, own]) => own.length > 0)
    .map(([name, own]) => [name, String(own.length), ...falseCells(own, thresholds)])
  return textTable(
    [
      'honest mail',
      'messages',
      'takeover, budget 10',
      'takeover, budget 100',
      'risk, budget 10',
      'risk, budget 100'
    ],
    rows
  )
}

function falseCells(own: readonly ScoredRow[], thresholds: Thresholds): readonly string[] {
  return lenses.flatMap((lens) => {
    const held = countHeld(own, lens, thresholds[lens])
    return rates.map((rate) => {
      const { low, high } = poissonInterval(held[rate])
      const [count, least, most] = [held[rate], low, high].map((events) =>
        ((10_000 * events) / own.length).toFixed(1)
      )
      return `${count} (${least}-${most})`
    })
  })
}

function bySender(scored: readonly ScoredRow[]): readonly (readonly ScoredRow[])[] {
  const groups = new Map<number, ScoredRow[]>()
  for (const one of scored) {
    const own = groups.get(one.row.sender)
    if (own === undefined) groups.set(one.row.sender, [one])
    else own.push(one)
  }
  return [...groups.values()]
}
