// How often the measure of drift is wrong: invented senders who change nothing, and some who do. `node training/drift/stability/evaluate-chance.ts`; some seconds.
import { createRandom, type Random } from '../../../service/verdict/budget/seeded-random.ts'
import { textTable } from '../../text-table.ts'
import { quantileEdges } from './bins.ts'
import { compareWeeks, type DriftCell } from './compare-weeks.ts'
import { countWeeks } from './count-weeks.ts'
import { cutOffs } from './stability.ts'
import { weekMs } from '../week.ts'

interface Case {
  readonly senders: number
  /** Of a sender in a week, on average. */
  readonly messages: number
  /** How far senders differ, in standard deviations of a sender's own messages. */
  readonly spread: number
  /** How far the planted columns move, in standard deviations of all mail. */
  readonly moved: number
}

const cases: readonly Case[] = [
  { senders: 30, messages: 20, spread: 1, moved: 1 },
  { senders: 30, messages: 20, spread: 3, moved: 1 },
  { senders: 200, messages: 10, spread: 1, moved: 1 },
  { senders: 200, messages: 10, spread: 1, moved: 0.5 },
  { senders: 1_000, messages: 3, spread: 2, moved: 1 },
  { senders: 15, messages: 40, spread: 2, moved: 1 }
]
const runs = 6
const weeks = 10
const columns = 40
const planted = 4
const referenceWeeks = 4
const movesFrom = 6

interface Message {
  readonly sender: string
  readonly week: number
  readonly values: Float64Array
}

function* mailOf({ senders, messages, spread, moved }: Case, random: Random): Generator<Message> {
  const shift = moved * Math.sqrt(1 + spread * spread)
  for (let sender = 0; sender < senders; sender += 1) {
    const habit = Float64Array.from({ length: columns }, () => spread * normal(random))
    const busy = messages * Math.exp(normal(random) - 0.5)
    for (let week = 0; week < weeks; week += 1) {
      const mood = Float64Array.from({ length: columns }, () => 0.5 * normal(random))
      const count = Math.round(busy * (0.3 + 1.4 * random()))
      for (let index = 0; index < count; index += 1) {
        const values = habit.map((usual, column) => {
          const own = usual + (mood[column] ?? 0) + normal(random)
          const value = own + (column < planted && week >= movesFrom ? shift : 0)
          return column % 2 === 0 ? Math.max(0, value - 2) : value
        })
        yield { sender: `s${sender}`, week, values }
      }
    }
  }
}

/** Box and Muller (1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function cellsOf(one: Case, seed: number) {
  const mail = [...mailOf(one, createRandom(seed))]
  const reference = mail.filter(({ week }) => week < referenceWeeks)
  const edges = Array.from({ length: columns }, (_, column) =>
    quantileEdges(reference.map(({ values }) => values[column] ?? 0))
  )
  const counts = countWeeks({ edges, isReference })
  for (const { sender, week, values } of mail) counts.add(sender, firstWeek + week * weekMs, values)
  return compareWeeks(counts.end(), { isReference }).flatMap(({ week, cells }) =>
    cells.map((cell, column) => ({ ...cell, isPlanted: column < planted, isMoved: week >= firstMoved }))
  )
}

const firstWeek = Date.UTC(2026, 2, 2)
const firstMoved = firstWeek + movesFrom * weekMs

function isReference(week: number): boolean {
  return week < firstWeek + referenceWeeks * weekMs
}

const isTold = ({ psi, state }: DriftCell): boolean => psi !== null && state !== 'reference'
const isAlarm = ({ state }: DriftCell): boolean => state === 'watch' || state === 'drifted'

const rows = cases.map((one) => {
  const cells = Array.from({ length: runs }, (_, run) => cellsOf(one, run + 1))
    .flat()
    .filter(isTold)
  const still = cells.filter(({ isPlanted }) => !isPlanted)
  const moved = cells.filter(({ isPlanted, isMoved }) => isPlanted && isMoved)
  const { senders, messages, spread, moved: by } = one
  return [
    `${senders} × ${messages}`,
    String(spread),
    String(still.length),
    String(still.filter(({ psi }) => (psi ?? 0) >= cutOffs.watch).length),
    String(still.filter(isAlarm).length),
    String(by),
    `${moved.filter(isAlarm).length} of ${moved.length}`
  ]
})
const head = [
  'senders × messages',
  'senders differ by',
  'still cells',
  'reach 0.1',
  'alarms',
  'moved by',
  'found'
]
process.stdout.write(`${textTable(head, rows)}\n`)
