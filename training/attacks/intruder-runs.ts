import { createChance, type Chance } from '../../datasets/synthetic-mail/chance.ts'
import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import { labelOf, type AttackCell } from './attack-cell.ts'
import type { BadText, BadTexts } from './bad-texts.ts'
import { makeAttack, type AttackSources } from './make-attack.ts'
import {
  collectSources,
  inOrderOfTime,
  type Cast,
  type History,
  type SimulateOptions
} from './simulate-takeovers.ts'
import { openMailbox, readMail, type Mailbox, type ReadMail } from './victim.ts'

/** What one intruder does in one mailbox, message after message from the same machine. */
export interface IntruderOptions extends Pick<SimulateOptions, 'seed' | 'texts' | 'warmUp'> {
  readonly cell: AttackCell
}

/** Messages of one intruder. */
export const runLength = 10
const minuteMs = 60_000
/** Before patience is rewarded. */
export const patienceMs = 72 * 60 * minuteMs

/**
 * The honest mail of each victim up to some message, then ten bad ones by one intruder within hours; then that sender falls silent. They are
 * `observe` lines, for what is let through teaches the profile. Labels: `run/A3/M1/1` to `/10`.
 */
export async function* simulateRuns(cast: Cast, options: IntruderOptions): AsyncGenerator<BacktestLine> {
  yield* inTime(cast, options, (intrusion) => {
    const { history, from, chance } = intrusion
    let at = history[from]?.receivedAt ?? 0
    const run = Array.from({ length: runLength }, (_, sent) => {
      const line = oneOf(intrusion, options.cell, sent, at)
      at += chance.int(1, 40) * minuteMs
      return line === null ? [] : [as(line, 'observe', `run/${labelOf(options.cell)}/${sent + 1}`, sent)]
    })
    return [...history.slice(0, from), ...run.flat()]
  })
}

/**
 * Ten harmless messages by the intruder, three days of ordinary honest mail, then the bad one as a probe: neither number nor patience may make a
 * new client or network an established one. Labels: `patience/harmless`, `patience/A3/M1`.
 */
export async function* simulatePatience(cast: Cast, options: IntruderOptions): AsyncGenerator<BacktestLine> {
  const harmless: AttackCell = { family: 'A6', knowledge: options.cell.knowledge }
  yield* inTime(cast, options, (intrusion) => {
    const { history, from, chance } = intrusion
    const start = history[from]?.receivedAt ?? 0
    let at = start
    const shown = Array.from({ length: runLength }, (_, sent) => {
      const line = oneOf(intrusion, harmless, sent, at)
      at += chance.int(1, 40) * minuteMs
      return line === null ? [] : [as(line, 'observe', 'patience/harmless', sent)]
    })
    const later = history.slice(from).filter(({ receivedAt }) => receivedAt < start + patienceMs)
    const end = Math.max(at, start) + patienceMs
    const bad = oneOf(intrusion, options.cell, later.length, end)
    const between = [...shown.flat(), ...later].toSorted((one, other) => one.receivedAt - other.receivedAt)
    const last = bad === null ? [] : [as(bad, 'probe', `patience/${labelOf(options.cell)}`, runLength)]
    return [...history.slice(0, from), ...between, ...last]
  })
}

interface Intrusion {
  readonly history: History
  /** Number of the first honest message that comes after the intruder. */
  readonly from: number
  readonly mailbox: Mailbox
  readonly sources: AttackSources
  readonly chance: Chance
}

async function* inTime(
  cast: Cast,
  options: IntruderOptions,
  intrude: (intrusion: Intrusion) => History
): AsyncGenerator<BacktestLine> {
  const sources = collectSources(cast, options)
  const histories = cast.victims.flatMap((history, victim) => {
    const intrusion = openIntrusion(history, sources(victim), options)
    return intrusion === null ? [] : [intrude(intrusion)]
  })
  const next = histories.map((history) => history.values())
  for (const at of inOrderOfTime(histories)) {
    const line = next[at]?.next()
    if (line?.done === false) yield line.value
  }
}

/** Somewhere in the second half of a history; null where it is too short to have habits. One thief with one machine. */
function openIntrusion(history: History, sources: AttackSources, { seed, warmUp }: IntruderOptions): Intrusion | null {
  const chance = createChance(`intruder ${seed} ${history[0]?.sender ?? ''}`)
  const first = Math.max(warmUp, Math.floor(history.length / 2))
  if (history.length <= first) return null
  const from = chance.int(first, history.length - 1)
  const mailbox = openMailbox(sources.language)
  for (const line of history.slice(0, from)) {
    const mail = readMail(line)
    if (mail !== null) mailbox.add(mail)
  }
  const answering = sources.drawThief(true, chance)
  const opening = sources.drawThief(false, chance)
  const own = answering ?? opening
  if (own === null) return null
  const drawThief = (isAnswer: boolean) => ({ ...own, mail: (isAnswer ? answering : opening)?.mail ?? own.mail })
  const texts = chance.happens(campaignShare) ? sayingOnce(sources.texts) : sources.texts
  return { history, from, mailbox: mailbox.view, sources: { ...sources, texts, drawThief }, chance }
} // prettier-ignore

/** Half of the intruders write the same to everybody. */
const campaignShare = 0.5

function sayingOnce(texts: BadTexts): BadTexts {
  const said = new Map<string, BadText>()
  return {
    letter(family, language, chance) {
      const text = said.get(family) ?? texts.letter(family, language, chance)
      said.set(family, text)
      return text
    },
    line(language, chance) {
      const text = said.get('line') ?? { subject: '', text: texts.line(language, chance) }
      said.set('line', text)
      return text.text
    }
  }
}

/** The intruder's message number `sent`; headers copied from the honest message that stands there, or the next that serves. */
function oneOf({ history, from, mailbox, sources, chance }: Intrusion, cell: AttackCell, sent: number, at: number): BacktestLine | null {
  for (let step = 0; step < runLength; step += 1) {
    const line = history[from + ((sent + step) % (history.length - from))]
    const next: ReadMail | null = line === undefined ? null : readMail(line)
    const made = next === null ? null : makeAttack(cell, { next, after: at, mailbox, at }, sources, chance)
    if (made !== null) return made
  }
  return null
} // prettier-ignore

function as(line: BacktestLine, role: BacktestLine['role'], label: string, sent: number): BacktestLine {
  return { ...line, role, label, id: `${label} ${sent} ${line.id}`.slice(0, 998) }
}
