import { behaviourFeatureNames } from '../../../service/features/behaviour.ts'
import { behaviourDigest } from '../../../service/features/digest.ts'
import type { JudgedMessage, JudgingVersions } from '../../../service/history/reader/drift-reader.ts'
import type { StoredEvidence } from '../../../service/history/reader/evidence-reader.ts'
import { structureNames } from '../../../service/observation/observation.ts'
import { createRandom, type Random } from '../../../service/verdict/budget/seeded-random.ts'
import { weekMs } from '../../../training/drift/week.ts'

/** Monday 2026-03-02 00:00 UTC. */
export const firstWeek = Date.UTC(2026, 2, 2)

export interface SeededOptions {
  readonly seed: number
  readonly senders?: number
  readonly weeks?: number
  /** Of a sender in a week, on average. */
  readonly messages?: number
  /** Columns that move by so many standard deviations, from this week (0, 1, …) on. */
  readonly planted?: { readonly columns: readonly string[]; readonly from: number; readonly by: number }
}

/** Of senders with some hundred messages behind them. */
const formed = 6

/** Mail of senders who differ from each other, have better and worse weeks, and go on as they always did but for what is planted. */
export function seededHistory(options: SeededOptions): readonly JudgedMessage[] {
  const { seed, senders = 60, weeks = 10, messages = 8, planted } = options
  const random = createRandom(seed)
  const moving = new Set(planted?.columns)
  const rows: JudgedMessage[] = []
  for (let sender = 0; sender < senders; sender += 1) {
    const habits = behaviourFeatureNames.map(() => normal(random))
    const busy = messages * Math.exp(0.7 * normal(random) - 0.25)
    for (let week = 0; week < weeks; week += 1) {
      const mood = behaviourFeatureNames.map(() => 0.4 * normal(random))
      const count = Math.round(busy * (0.4 + 1.2 * random()))
      for (let index = 0; index < count; index += 1) {
        const features = behaviourFeatureNames.map((name, column) => {
          const shift = moving.has(name) && week >= (planted?.from ?? 0) ? (planted?.by ?? 0) : 0
          if (name.startsWith('history.')) return formed
          const value = (habits[column] ?? 0) + (mood[column] ?? 0) + normal(random) + 1.5 * shift
          // Every third one is rarely seen at all
          return Math.fround(column % 3 === 0 ? Math.max(0, value - 2) : value)
        })
        const at = firstWeek + week * weekMs + Math.floor(random() * weekMs)
        rows.push(judged(`s${sender}.d${sender % 7}`, rows.length, at, features, random))
      }
    }
  }
  return rows
}

function judged(
  sender: string,
  number: number,
  at: number,
  features: readonly number[],
  random: Random
): JudgedMessage {
  const logit = -8 + 1.2 * normal(random)
  return {
    sender,
    submission_id: `m${String(number).padStart(6, '0')}`,
    received_at: at,
    features,
    feature_digest: behaviourDigest,
    content_structure: structureNames.map(() => Math.fround(Math.max(0, normal(random) - 1))),
    risk_logit: logit,
    takeover_logit: logit - 0.5,
    spam_logit: logit - 1,
    judged: logit > -4.2 ? 'hold' : 'allow',
    hold_threshold: 1 / (1 + Math.exp(4.2)),
    takeover_model: 't1',
    content_model: 'c1'
  }
}

/** Box and Muller (1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** As the reader of history gives it, from memory. */
export function readerOf(rows: readonly JudgedMessage[], evidence: readonly StoredEvidence[] = []) {
  const within = ({ since = -Infinity, until = Infinity }) =>
    rows.filter(({ received_at: at }) => at >= since && at < until)
  return {
    async *judged(span: { readonly since?: number; readonly until?: number } = {}) {
      yield* within(span)
    },
    versions(span: { readonly since?: number; readonly until?: number } = {}) {
      return Promise.resolve(versionsIn(within(span)))
    },
    async *evidence() {
      yield* evidence
    }
  }
}

function versionsIn(rows: readonly JudgedMessage[]): readonly JudgingVersions[] {
  const groups = Map.groupBy(rows, (row) => `${row.takeover_model} ${row.content_model}`)
  return [...groups.values()]
    .map((own) => ({
      takeover: own[0]?.takeover_model ?? '',
      content: own[0]?.content_model ?? '',
      messages: own.length,
      first: Math.min(...own.map(({ received_at: at }) => at)),
      last: Math.max(...own.map(({ received_at: at }) => at))
    }))
    .toSorted((a, b) => b.last - a.last)
}
