import { createChance, type Chance } from '../../datasets/synthetic-mail/chance.ts'
import type { LanguageCode } from '../../datasets/synthetic-mail/language.ts'
import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import { attackDeck, type AttackCell } from './attack-cell.ts'
import type { BadTexts } from './bad-texts.ts'
import { choosePlace } from './choose-place.ts'
import { makeAttack, type AttackSources } from './make-attack.ts'
import { nearestWriter, wordVectors } from './nearest-writer.ts'
import { createThieves } from './thieves.ts'
import { languageOfMail, openMailbox, readMail, type ReadMail } from './victim.ts'

/** One sender's submissions in their order. */
export type History = readonly BacktestLine[]

export interface SimulateOptions {
  readonly seed: number
  readonly attacksPerSender: number
  readonly texts: BadTexts
  /** Messages of a history before which there is no attack; half of it, where it is shorter than twice that. */
  readonly warmUp: number
  /** Which cells, as often as they stand here. */
  readonly deck?: readonly AttackCell[]
}

/** Histories that are attacked, and others that lend words, programs and networks to the thieves. */
export interface Cast {
  readonly victims: readonly History[]
  readonly donors: readonly History[]
}

/** Of the senders that are used, those who lend. They are left out of the run, so that no prior of the installation knows what is theirs. */
const donorShare = 0.25
const fewestDonors = 3

/** Splits histories by a seeded draw; at most `victims` of them are attacked. */
export function castHistories(histories: readonly History[], seed: number, victims = Infinity): Cast {
  const chance = createChance(`cast ${seed}`)
  const drawn = histories
    .map((history) => ({ history, order: chance.number() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ history }) => history)
  const donors = donorsAmong(histories.length, victims)
  return { victims: drawn.slice(donors, donors + victims), donors: drawn.slice(0, donors) }
}

/** How many of these senders lend, where at most `victims` are attacked. */
export function donorsAmong(senders: number, victims: number): number {
  const used = Math.min(senders, victims / (1 - donorShare))
  return Math.max(Math.round(donorShare * used), Math.min(fewestDonors, Math.floor(used / 2)))
}

/** Lines of one file, by sender, in their order. Probes and bad lines are no history. */
export function historiesOf(lines: readonly BacktestLine[]): readonly History[] {
  return Array.from(Map.groupBy(lines, ({ sender }) => sender).values())
}

/**
 * The honest mail of all victims in order of time, as it stands, and probes of attacks just before the honest messages they copy. The same
 * histories, seed and texts give the same bytes.
 */
export async function* simulateTakeovers(
  { victims, donors }: Cast,
  options: SimulateOptions
): AsyncGenerator<BacktestLine> {
  const sources = collectSources({ victims, donors }, options)
  const walks = victims.map((history, index) => walkVictim(history, sources(index), options))
  for (const at of inOrderOfTime(victims)) yield* walks[at]?.next().value ?? []
}

/** What attacks on the victim of that number are made of: words of people who write its language, where there are any. */
export function collectSources(
  { victims, donors }: Cast,
  { seed, texts }: Pick<SimulateOptions, 'seed' | 'texts'>
): (victim: number) => AttackSources {
  const lent = donors.map(readSome)
  const own = victims.map(readSome)
  const drawThief = createThieves(`simulation ${seed}`, lent.flat())
  const vectors = wordVectors([...lent, ...own])
  const languages = lent.map(languageOfMail)
  return (victim) => {
    const language = languageOfMail(own[victim] ?? [])
    const alike = lent.map((_, donor) => donor).filter((donor) => languages[donor] === language)
    const usable = alike.length > 0 ? alike : lent.map((_, donor) => donor)
    const near = nearestWriter(vectors[lent.length + victim] ?? new Map(), usable.map((donor) => vectors[donor] ?? new Map()))
    const others = usable.flatMap((donor) => lent[donor] ?? [])
    return { texts, drawThief, others, nearest: lent[usable[near] ?? 0] ?? [], language }
  }
} // prettier-ignore

const readPerSender = 60

/** Enough of a long history to borrow from. */
export function readSome(history: History): readonly ReadMail[] {
  const step = Math.max(1, history.length / readPerSender)
  return Array.from({ length: Math.min(readPerSender, history.length) }, (_, index) => history[Math.floor(index * step)]).flatMap((line) => (line === undefined ? [] : (readMail(line) ?? []))) // prettier-ignore
}

/** Gives, step by step, each honest message with the attacks before it. */
function* walkVictim(
  history: History,
  sources: AttackSources,
  options: SimulateOptions
): Generator<readonly BacktestLine[]> {
  const chance = createChance(`attacks ${options.seed} ${history[0]?.sender ?? ''}`)
  const plan = planAttacks(history, sources.language, options, chance)
  const mailbox = openMailbox(sources.language)
  for (const [at, line] of history.entries()) {
    const mail = readMail(line)
    const after = history[at - 1]?.receivedAt ?? line.receivedAt
    const cells = mail === null ? [] : (plan.get(at) ?? [])
    const probes = cells.flatMap((cell) => mail === null ? [] : (makeAttack(cell, { next: mail, after, mailbox: mailbox.view }, sources, chance) ?? [])) // prettier-ignore
    yield [...probes, line]
    if (mail !== null) mailbox.add(mail)
  }
}

/** Cells by the number of the message that they come before: dealt from a shuffled deck, so that each cell gets its share. */
function planAttacks(
  history: History,
  language: LanguageCode,
  { attacksPerSender, warmUp, deck = attackDeck }: SimulateOptions,
  chance: Chance
): ReadonlyMap<number, readonly AttackCell[]> {
  const from = Math.min(warmUp, Math.floor(history.length / 2))
  const known = new Map<number, ReadMail | null>()
  const read = (at: number): ReadMail | null => {
    const line = history[at]
    const mail = known.has(at) || line === undefined ? (known.get(at) ?? null) : readMail(line)
    known.set(at, mail)
    return mail
  }
  const plan = new Map<number, AttackCell[]>()
  let cards: AttackCell[] = []
  for (let dealt = 0; dealt < attacksPerSender; dealt += 1) {
    if (cards.length === 0) cards = [...deck]
    const [cell] = cards.splice(chance.int(0, cards.length - 1), 1)
    const place =
      cell === undefined ? null : choosePlace(cell, read, { from, to: history.length, language }, chance)
    if (cell !== undefined && place !== null) plan.set(place.at, [...(plan.get(place.at) ?? []), cell])
  }
  return plan
}

/** Numbers of the histories, each as often as it has messages, so that all of them advance together. A history keeps its own order. */
export function inOrderOfTime(histories: readonly History[]): readonly number[] {
  const moments = histories.flatMap((history, number) => {
    let latest = 0
    return history.map(({ receivedAt }) => ({ number, at: (latest = Math.max(latest, receivedAt)) }))
  })
  return moments.toSorted((one, other) => one.at - other.at).map(({ number }) => number)
}
