import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { Observation } from '../../../service/observation/observation.ts'
import type { AttackFamily } from '../attack-cell.ts'
import type { Lender } from './lenders.ts'

/** A message, and who lent it. */
export interface Lent {
  readonly observation: Observation
  readonly of: Lender
}

export interface LentBy {
  readonly lenders: readonly Lender[]
  /** Those who write the victim's language, where there are any: in another one anybody's words are a mark. */
  readonly writers: readonly Lender[]
  /** Who among them writes most like the victim. */
  readonly nearest: Lender
}

const draws = 24

/** Somebody else's message that fits the place best: an answer for an answer, of the same script, about as many people and lines as long. */
export function drawWords(
  family: AttackFamily,
  next: Observation,
  { writers, nearest }: LentBy,
  chance: Chance
): Lent | null {
  let best: (Lent & { readonly fit: number }) | null = null
  for (let draw = 0; draw < draws; draw += 1) {
    const of = family === 'A6H' ? nearest : chance.pick(writers)
    const observation = chance.pick(of.mail)
    if (observation.recipients.length === 0) continue
    const fit = fitOf(observation, next)
    if (best === null || fit > best.fit) best = { observation, of, fit }
  }
  return best
}

function fitOf(observation: Observation, next: Observation): number {
  const alike = (['language', 'script', 'wrapBucket', 'recipientsBucket'] as const).filter(
    (name) => observation.attributes[name] === next.attributes[name]
  )
  return alike.length + 2 * Number(isAnswer(observation) === isAnswer(next))
}

export function drawProgram(letter: Observation, { lenders }: LentBy, chance: Chance): Lent {
  const of = chance.pick(lenders)
  const alike = of.mail.filter((mail) => isAnswer(mail) === isAnswer(letter))
  return { of, observation: chance.pick(alike.length > 0 ? alike : of.mail) }
}

/** Somebody else's message that shows as much of its network as the next one does; null: there is none. */
export function drawNetwork(next: Observation, { lenders }: LentBy, chance: Chance): Lent | null {
  const asMuch = ({ attributes }: Observation): boolean =>
    (attributes.network16 === '') === (next.attributes.network16 === '') &&
    (attributes.asn === '') === (next.attributes.asn === '')
  let any: Lent | null = null
  for (let draw = 0; draw < 2 * draws; draw += 1) {
    const of = chance.pick(lenders)
    any = { of, observation: chance.pick(of.mail) }
    if (asMuch(any.observation)) return any
  }
  return any
}

export function isAnswer({ attributes, thread }: Observation): boolean {
  return attributes.kind === 'reply' || thread.parents.length > 0
}
