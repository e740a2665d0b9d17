import type { BacktestLine } from '../../../service/contracts/backtest-line.ts'
import { areaUnderCurve } from '../../measure/ranking.ts'
import { bucketOf } from '../../split/assign-folds.ts'
import { fitTrees } from '../../trees/fit-trees.ts'
import { scoreForest } from '../../../service/models/forest/forest.ts'
import { headerTraitsOf, type HeaderTraits } from './header-traits.ts'

export interface HeaderProbe {
  readonly pairs: number
  readonly senders: number
  /** Area under the ROC curve, cross-validated by sender: 0.5 where the headers give nothing away. */
  readonly areaUnderCurve: number
  /** What the trees looked at, the weightiest trait first. */
  readonly leaks: readonly { readonly trait: string; readonly share: number }[]
}

/** Changes an attack so that its headers give it away: what the probe has to see. `earlier`: the sender's mail before it. */
export type PlantLeak = (attack: BacktestLine, earlier: readonly BacktestLine[]) => BacktestLine

/**
 * How well header traits alone tell attacks (probes) from the honest messages that follow them, by boosted trees on each trait as such and against what
 * the sender did before.
 */
export async function probeHeaders(
  lines: AsyncIterable<BacktestLine>,
  { seed, plant = (attack) => attack }: { readonly seed: number; readonly plant?: PlantLeak }
): Promise<HeaderProbe> {
  const pairs = await collectPairs(lines, plant)
  const names = new Map<string, number>()
  const table = pairs.flatMap(({ sender, attack, honest }) => [
    { sender, isBad: true, row: toRow(attack, names) },
    { sender, isBad: false, row: toRow(honest, names) }
  ])
  const rows = table.map(({ row }) => Float32Array.from({ length: names.size }, (_, at) => row[at] ?? 0))
  const labels = table.map(({ isBad }) => Number(isBad))
  const fold = table.map(({ sender }) => bucketOf(sender, folds, seed))
  const gain = new Float64Array(names.size)
  const scored = Array.from({ length: folds }, (_, held) => {
    const all = [...rows.keys()]
    const train = all.filter((at) => fold[at] !== held)
    const test = all.filter((at) => fold[at] === held)
    if (train.length === 0 || test.length === 0) return []
    const forest = fitTrees(train.map((at) => rows[at] ?? new Float32Array()), train.map((at) => labels[at] ?? 0), { ...treeOptions, seed })
    for (const [column, value] of forest.gain.entries()) gain[column] = (gain[column] ?? 0) + value
    return test.map((at) => ({ score: scoreForest(forest, rows[at] ?? new Float32Array()), isBad: labels[at] === 1 }))
  }) // prettier-ignore
  return {
    pairs: pairs.length,
    senders: new Set(pairs.map(({ sender }) => sender)).size,
    areaUnderCurve: areaUnderCurve(scored.flat()),
    leaks: leaksOf(gain, [...names.keys()])
  }
}

const folds = 4
/** Enough for a trait, or a pair of them, and little to remember single messages by. */
const treeOptions = { trees: 60, depth: 3, shrinkage: 0.1, minChildWeight: 4, columnShare: 0.5, bins: 32 }

type Encoded = ReadonlyMap<string, number>

interface Pair {
  readonly sender: string
  readonly attack: Encoded
  readonly honest: Encoded
}

/** Each attack with the honest message after it, both seen against the mail before. */
async function collectPairs(lines: AsyncIterable<BacktestLine>, plant: PlantLeak): Promise<readonly Pair[]> {
  const senders = new Map<string, SenderTraits>()
  const pairs: Pair[] = []
  for await (const line of lines) {
    const known = senders.get(line.sender) ?? openSender()
    senders.set(line.sender, known)
    const traits = await headerTraitsOf(line.role === 'probe' ? plant(line, known.earlier) : line)
    if (traits === null) continue
    if (line.role === 'probe') {
      known.waiting.push(known.encode(traits))
      continue
    }
    const honest = known.encode(traits)
    for (const attack of known.waiting.splice(0)) pairs.push({ sender: line.sender, attack, honest })
    known.learn(traits)
    known.earlier.push(line)
  }
  return pairs
}

interface SenderTraits {
  readonly earlier: BacktestLine[]
  readonly waiting: Encoded[]
  encode(traits: HeaderTraits): Encoded
  learn(traits: HeaderTraits): void
}

function openSender(): SenderTraits {
  const seen = new Map<string, { count: number; last: number }>()
  let messages = 0
  return {
    earlier: [],
    waiting: [],
    encode({ named, numbers }) {
      const encoded = new Map(numbers)
      for (const [trait, value] of named) {
        const habit = seen.get(`${trait} ${value}`)
        encoded.set(`${trait} share`, (habit?.count ?? 0) / (messages + 1))
        encoded.set(`${trait} age`, habit === undefined ? 20 : Math.log1p(messages - habit.last))
        encoded.set(`${trait} code`, codeOf(value))
      }
      return encoded
    },
    learn({ named }) {
      for (const [trait, value] of named)
        seen.set(`${trait} ${value}`, { count: (seen.get(`${trait} ${value}`)?.count ?? 0) + 1, last: messages })
      messages += 1
    }
  } // prettier-ignore
}

/** The value itself, for what is the same at all senders: a number that equal values share. */
function codeOf(value: string): number {
  let hash = 0
  for (let at = 0; at < value.length; at += 1) hash = (Math.imul(hash, 31) + value.charCodeAt(at)) | 0
  return (hash >>> 0) % 9_973
}

function toRow(encoded: Encoded, names: Map<string, number>): readonly number[] {
  const row: number[] = []
  for (const [name, value] of encoded) {
    const at = names.get(name) ?? names.size
    names.set(name, at)
    row[at] = value
  }
  return row
}

function leaksOf(gain: Float64Array, names: readonly string[]): HeaderProbe['leaks'] {
  const whole = gain.reduce((sum, one) => sum + one, 0) || 1
  return Array.from(gain, (value, at) => ({ trait: names[at] ?? '', share: value / whole }))
    .filter(({ share }) => share > 0.01)
    .toSorted((one, other) => other.share - one.share)
    .slice(0, 8)
}
