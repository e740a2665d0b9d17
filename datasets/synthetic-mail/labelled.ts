import { attackKinds, generateAttack, type AttackKind, type Knowledge } from './attack.ts'
import { createChance, type Chance } from './chance.ts'
import { generateHistory } from './history.ts'
import type { LanguageCode } from './language.ts'
import { createPersonas, type Persona } from './persona.ts'
import type { SyntheticSubmission } from './mail.ts'

export interface LabelledOptions {
  readonly seed: string
  readonly count: number
  /** Default one half. */
  readonly spamShare?: number
  readonly languages?: readonly LanguageCode[]
}

/** One message for content training. Split by `group`, never by message: messages of one group share their templates. */
export interface LabelledMessage {
  readonly raw: Uint8Array
  readonly label: 'ham' | 'spam'
  readonly family: string
  readonly language: LanguageCode
  readonly group: string
  readonly submission: SyntheticSubmission
}

const start = Date.UTC(2026, 2, 2)
const messagesPerPersona = 24

/**
 * `count` messages, honest and bad mixed, without A6 (whose words are honest). The bad ones are written by the same senders'
 * devices as the honest ones three times of four, so that headers say little.
 */
export function toLabelled({ seed, count, spamShare = 0.5, languages }: LabelledOptions): LabelledMessage[] {
  const chance = createChance(`${seed} labelled`)
  const size = Math.max(26, Math.ceil(count / messagesPerPersona))
  const personas = createPersonas({ seed, count: size, ...(languages !== undefined && { languages }) })
  const spam = Math.round(count * spamShare)
  const histories = personas.map((persona) => ({
    persona,
    mail: generateHistory(persona, { from: start, days: daysFor(persona) })
  }))
  const usable = histories.filter(({ mail }) => mail.length > 6)
  const honest = usable.flatMap(({ mail }) => mail.slice(0, Math.ceil((2 * (count - spam)) / usable.length)))
  const bad = Array.from({ length: spam }, (_unused, index) => {
    const { persona, mail } = chance.pick(usable)
    return oneAttack(`${seed} bad ${index}`, persona, mail)
  })
  const chosen = [...shuffled(honest, chance).slice(0, count - spam), ...bad]
  return shuffled(chosen, chance).map(labelled)
}

const kinds: readonly AttackKind[] = attackKinds.filter((kind) => kind !== 'A6')
const kindShares = [5, 2, 5, 2, 1, 4]

function oneAttack(seed: string, victim: Persona, mail: readonly SyntheticSubmission[]): SyntheticSubmission {
  const chance = createChance(seed)
  const cut = chance.int(4, mail.length - 2)
  const next = mail[cut]
  const history = mail.slice(0, cut)
  const knowledge = chance.pick<Knowledge>(['M0', 'M1', 'M2', 'M2'])
  const kind = kinds[chance.weighted(kindShares)] ?? 'A3'
  const at = next?.receivedAt ?? start
  const [first] = generateAttack(kind, {
    victim,
    knowledge,
    seed,
    at,
    history,
    ...(next !== undefined && { next })
  })
  if (first === undefined) throw new Error(`toLabelled: ${kind} gave nothing`)
  return first
}

/** Enough days for two dozen messages. */
function daysFor({ messagesPerDay }: Persona): number {
  return Math.min(60, Math.ceil((2.2 * messagesPerPersona) / messagesPerDay))
}

function labelled(submission: SyntheticSubmission): LabelledMessage {
  const { raw, label, family, language } = submission
  return { raw, label, family, language, group: `${family}:${language}`, submission }
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  return list.map((item) => ({ item, order: chance.number() })).toSorted((one, other) => one.order - other.order).map(({ item }) => item) // prettier-ignore
}
