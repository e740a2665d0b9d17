import { generateAttack } from '../../datasets/synthetic-mail/attack.ts'
import type { Chance } from '../../datasets/synthetic-mail/chance.ts'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import type { SyntheticSubmission } from '../../datasets/synthetic-mail/mail.ts'
import { createPersonas } from '../../datasets/synthetic-mail/persona.ts'
import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import { isAnswer, readMail, type ReadMail } from './victim.ts'

/** What a thief sends with: a message out of his own program, his network, and when he is awake. */
export interface Thief {
  readonly mail: ReadMail
  readonly client: BacktestLine['client']
  /** ms after midnight UTC. */
  readonly timeOfDayMs: number
}

/** A thief whose program can write an answer, where one is wanted. */
export type DrawThief = (isAnswer: boolean, chance: Chance) => Thief | null

/** Half of the programs are other people's, half are invented ones that thieves use; networks likewise. */
export function createThieves(seed: string, others: readonly ReadMail[]): DrawThief {
  const invented = inventedMail(seed)
  const connected = [...others, ...invented].filter(({ line }) => line.client.ip !== null)
  const pools = [others, invented].map((mail) => Map.groupBy(mail, isAnswer))
  return (wantsAnswer, chance) => {
    const usable = pools.flatMap((pool) => [pool.get(wantsAnswer) ?? []]).filter(({ length }) => length > 0)
    if (usable.length === 0 || connected.length === 0) return null
    const { client, receivedAt } = chance.pick(connected).line
    return { mail: chance.pick(chance.pick(usable)), client, timeOfDayMs: receivedAt % 86_400_000 }
  }
}

const personas = 13
const messagesEach = 5

/** Mail of mail programs in many languages, of honest people and of thieves: only its headers are used. */
function inventedMail(seed: string): readonly ReadMail[] {
  const start = Date.UTC(2026, 2, 2)
  return createPersonas({ seed: `${seed} thieves`, count: personas }).flatMap((victim) => {
    const days = Math.min(20, Math.ceil((2 * messagesEach) / victim.messagesPerDay))
    const honest = generateHistory(victim, { from: start, days }).slice(0, messagesEach)
    const stolen = honest.flatMap((next) => {
      const at = next.receivedAt
      return generateAttack('A3', { victim, knowledge: 'M0', seed: `${seed} ${at}`, at, history: [], next })
    })
    return [...honest, ...stolen].flatMap((one) => readMail(toLine(one)) ?? [])
  })
}

function toLine({ id, sender, receivedAt, client, raw }: SyntheticSubmission): BacktestLine {
  return { id, sender, receivedAt, client, recipients: [], raw, role: 'probe', label: null }
}
