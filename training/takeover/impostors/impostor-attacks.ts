import type { Observation, ObservedRecipient } from '../../../service/observation/observation.ts'
import type { Random } from '../../../service/verdict/budget/seeded-random.ts'
import { withKindOf } from './header-knowledge.ts'
import type { AttackFamily, BadMail, TrainingMail } from '../corpus/sender-history.ts'

/** Families put together from observations; the others are written as mail first. */
export type ImpostorFamily = Exclude<AttackFamily, 'A4' | 'A4L'>

export interface ImpostorOptions {
  readonly family: ImpostorFamily
  readonly next: Observation
  /** Everybody the sender has written to so far. */
  readonly contacts: readonly ObservedRecipient[]
  readonly badMail: readonly BadMail[]
  /** For A6, A6H, A6K: harmless mail of somebody else. */
  readonly other: TrainingMail
  readonly random: Random
}

/** A message of this family before it is disguised; null where there is no text for it. */
export function composeAttack(options: ImpostorOptions): TrainingMail | null {
  const { family, next, random, other } = options
  const text = isSwap(family) ? other : badTextFor(options)
  if (text === null) return null
  const named = random() < 0.7 ? withKindOf(text.observation, next, random) : text.observation
  const recipients = recipientsFor(options) ?? named.recipients
  const attributes = {
    ...named.attributes,
    recipientsBucket: recipientsBucketOf(recipients.length),
    selfCopied: isSwap(family) ? named.attributes.selfCopied : 'no',
    // Web mail and phones add the account's signature by themselves.
    signature: !isSwap(family) && random() < 0.3 ? next.attributes.signature : named.attributes.signature
  }
  return { reading: text.reading, observation: { ...named, recipients, attributes } }
}

function isSwap(family: ImpostorFamily): boolean {
  return family === 'A6' || family === 'A6H' || family === 'A6K'
}

function badTextFor({ family, badMail, random }: ImpostorOptions): TrainingMail | null {
  for (let draw = 0; draw < 200; draw += 1) {
    const bad = badMail[Math.floor(random() * badMail.length)]
    const isPlain = bad?.observation.links.length === 0 && bad.observation.style.authoredWords > 10
    if (bad !== undefined && (family === 'A5' ? isPlain : !isPlain || family === 'A1')) return bad
  }
  return null
}

/** null: the text's own recipients. */
function recipientsFor({ family, contacts, random }: ImpostorOptions): readonly ObservedRecipient[] | null {
  switch (family) {
    case 'A1': return Array.from({ length: 20 + Math.floor(180 * random() ** 2) }, () => stranger(contacts, random))
    case 'A2': return several(contacts, 5 + Math.floor(46 * random()), random)
    case 'A3': return several(contacts, 1, random)
    case 'A5': return random() < 0.7 ? several(contacts, 1, random) : [stranger(contacts, random)]
    case 'A6K': return several(contacts, 1 + Math.floor(3 * random()), random)
    case 'A6':
    case 'A6H': return null
  } // prettier-ignore
}

/** Nobody written to before; now and then at a host written to. */
function stranger(contacts: readonly ObservedRecipient[], random: Random): ObservedRecipient {
  const known = contacts[Math.floor(random() * contacts.length)]
  const domain = known !== undefined && random() < 0.3 ? known.domain : `host ${Math.floor(random() * 1e6)}`
  return { person: `stranger ${random()}`, domain }
}

function several(
  contacts: readonly ObservedRecipient[],
  count: number,
  random: Random
): readonly ObservedRecipient[] {
  const left = [...contacts]
  const chosen: ObservedRecipient[] = []
  while (chosen.length < count && left.length > 0)
    chosen.push(...left.splice(Math.floor(random() * left.length), 1))
  return chosen.length > 0 ? chosen : [stranger(contacts, random)]
}

const buckets: readonly (readonly [limit: number, name: string])[] = [[1, '1'], [2, '2'], [5, '3-5'], [10, '6-10'], [50, '11-50']] // prettier-ignore

/** As service/observation names it. */
function recipientsBucketOf(count: number): string {
  return buckets.find(([limit]) => count <= limit)?.[1] ?? '>50'
}
