import { behaviourFeatureNames } from '../../../service/features/behaviour.ts'
import { poissonInterval } from '../../measure/intervals.ts'
import { thresholdAt } from '../../measure/ranking.ts'
import { percent, textTable } from '../../text-table.ts'
import type { Thresholds } from './evaluation-tables.ts'
import { countHeld, countsAsHonest, holdRates, type HoldRates, type ScoredRow } from './measure-takeover.ts'
import { attackFamilies, knowledges, type AttackFamily, type Knowledge } from '../corpus/sender-history.ts'

/** What honest senders notice: held messages per sender, and who meets one within 30 days. */
export function senderTable(scored: readonly ScoredRow[], { risk }: Thresholds): string {
  const senders = [...Map.groupBy(scored.filter(countsAsHonest), ({ row }) => row.sender).values()]
  const rows = (['tenth', 'one'] as const).map((rate) => {
    const isHeld = (one: ScoredRow): boolean => one.risk > (risk.get(one.fold)?.[rate] ?? Infinity)
    const shares = senders.map((own) => own.filter(isHeld).length / own.length).toSorted((a, b) => a - b)
    const at = (share: number): string => percent(shares[Math.floor(share * (shares.length - 1))] ?? 0)
    const months = senders.flatMap((own) => [...Map.groupBy(own, ({ row }) => monthOf(row.at)).values()])
    return [
      percent(holdRates[rate]),
      at(0.5),
      at(0.95),
      at(1),
      partOf(senders.filter((own) => own.some(isHeld)).length, senders.length),
      partOf(months.filter((own) => own.some(isHeld)).length, months.length)
    ]
  })
  return textTable(
    ['held', 'per sender p50', 'p95', 'max', 'senders ever held', 'sender months of 30 days with a hold'],
    rows
  )
}

function monthOf(at: number): number {
  return Math.floor(at / (30 * 86_400_000))
}

function partOf(part: number, whole: number): string {
  return `${part} of ${whole} (${percent(part / whole)})`
}

/** How many messages the profile has learned, around 5, 20, 50 and 150. */
const lengths = [[4, 6], [15, 25], [40, 60], [100, 200]] as const // prettier-ignore
const hardCells: readonly (readonly [AttackFamily, Knowledge])[] = [
  ['A3', 'M2'], ['A4', 'M1'], ['A4', 'M2'], ['A4L', 'M2'], ['A5', 'M2'], ['A6', 'M0'], ['A6', 'M2']
] // prettier-ignore

/** Recall and false holds by length of history; repeated walks, which begin in the middle of a history, count here. */
export function historyTable(scored: readonly ScoredRow[], thresholds: Thresholds): string {
  const rows = lengths.map(([from, to]) => {
    const own = scored.filter(({ row }) => row.seen >= from && row.seen <= to)
    const honest = own.filter(({ row }) => row.family === 'honest')
    const cells = hardCells.map(([family, knowledge]) =>
      recallOf(
        own.filter(({ row }) => row.family === family && row.knowledge === knowledge),
        thresholds
      )
    )
    const held = countHeld(honest, 'risk', thresholds.risk)
    const { low, high } = poissonInterval(held.tenth)
    const per10k = (count: number): string => ((10_000 * count) / Math.max(1, honest.length)).toFixed(1)
    return [`${from} to ${to}`, ...cells, `${per10k(held.tenth)} (${per10k(low)}-${per10k(high)})`]
  })
  const names = hardCells.map(([family, knowledge]) => `${family} ${knowledge}`)
  return textTable(['messages seen', ...names, 'honest held per 10,000'], rows)
}

function recallOf(own: readonly ScoredRow[], { risk }: Thresholds): string {
  if (own.length === 0) return 'n/a'
  const held = countHeld(own, 'risk', risk)
  return `${percent(held.tenth / own.length, 0)} / ${percent(held.one / own.length, 0)}`
}

/** A way to score a row; higher is worse. */
export interface Approach {
  readonly name: string
  readonly scores: ArrayLike<number>
}

/**
 * Recall of other ways beside ours at equal shares of honest mail held, thresholds from the other folds, and pooled over all (a little
 * optimistic). Scores run beside `scored`.
 */
export function approachTable(scored: readonly ScoredRow[], approaches: readonly Approach[]): string {
  const cells = attackFamilies.flatMap((family) =>
    knowledges.flatMap((knowledge) => {
      const own = scored.flatMap(({ row }, index) =>
        row.family === family && row.knowledge === knowledge && !row.repeated ? [index] : []
      )
      return own.length === 0 ? [] : [{ name: `${family} ${knowledge}`, own }]
    })
  )
  const measured = approaches.map(({ scores }) => cutsOf(scored, scores))
  const rows = cells.map(({ name, own }) => [
    name,
    ...measured.map(({ isHeld }) => {
      const caught = (rate: keyof HoldRates): string =>
        percent(own.filter((index) => isHeld(index, rate)).length / own.length, 0)
      return `${caught('tenth')} / ${caught('one')}`
    })
  ])
  const honest = measured.map(({ heldPer10k }) => `${heldPer10k('tenth')} / ${heldPer10k('one')}`)
  return textTable(
    ['recall at 0.1 % / 1 %', ...approaches.map(({ name }) => name)],
    [...rows, ['honest held per 10,000', ...honest]]
  )
}

function cutsOf(scored: readonly ScoredRow[], scores: ArrayLike<number>) {
  const honest = scored.flatMap((one, index) => (countsAsHonest(one) ? [index] : []))
  const cuts = new Map(
    Array.from(new Set(scored.map(({ fold }) => fold)), (fold) => {
      const others = honest.filter((index) => scored[index]?.fold !== fold).map((index) => scores[index] ?? 0)
      return [fold, { tenth: thresholdAt(others, holdRates.tenth), one: thresholdAt(others, holdRates.one) }]
    })
  )
  const isHeld = (index: number, rate: keyof HoldRates): boolean =>
    (scores[index] ?? 0) > (cuts.get(scored[index]?.fold ?? -1)?.[rate] ?? Infinity)
  const heldPer10k = (rate: keyof HoldRates): string =>
    ((10_000 * honest.filter((index) => isHeld(index, rate)).length) / honest.length).toFixed(1)
  return { isHeld, heldPer10k }
}

/**
 * What providers do today: hold whatever goes to somebody never written to; hold above 1,000 messages a day. The latter sees no first
 * message, by construction.
 */
export function ruleTable(scored: readonly ScoredRow[]): string {
  const column = behaviourFeatureNames.indexOf('recipients.new_fraction')
  const isNew = ({ row }: ScoredRow): boolean => (row.row[column] ?? 0) > 0
  const rate = (own: readonly ScoredRow[]): string =>
    percent(own.filter(isNew).length / Math.max(1, own.length))
  const rows = hardCells.map(([family, knowledge]) => {
    const own = scored.filter(
      ({ row }) => row.family === family && row.knowledge === knowledge && !row.repeated
    )
    return [`${family} ${knowledge}`, rate(own), percent(0)]
  })
  const honest = scored.filter(countsAsHonest)
  return textTable(
    ['held', 'a recipient never written to', 'limit of 1,000 a day'],
    [...rows, ['honest mail', rate(honest), percent(0)]]
  )
}
