import type { AttributeName, Observation } from '../../../service/observation/observation.ts'
import type { Random } from '../../../service/verdict/budget/seeded-random.ts'
import type { Knowledge } from '../corpus/sender-history.ts'

/** Where it comes from. */
const network = [
  'network24',
  'network16',
  'asn',
  'country',
  'heloDomain',
  'heloShape',
  'tls'
] as const satisfies readonly AttributeName[]

/** What the mail program does by itself. */
const program = [
  'zone', 'clientFamily', 'clientFull', 'headerOrder', 'headerSpelling', 'messageIdShape', 'messageIdDomain',
  'mimeShape', 'boundaryShape', 'charset', 'transferEncoding', 'wrapBucket'
] as const satisfies readonly AttributeName[] // prettier-ignore

export interface DisguiseOptions {
  readonly knowledge: Knowledge
  /** The sender's next honest message. Copying a header at random from the history could be told: this is what will really stand there. */
  readonly next: Observation
  /** Somebody else's message out of which the thief's own network is taken. */
  readonly elsewhere: Observation
  /** Somebody else's message whose program the thief uses; for text made in the victim's own client. */
  readonly thief: Observation
  readonly random: Random
}

/** The message as it arrives when the thief knows this much of the victim's headers. */
export function disguise(
  text: Observation,
  { knowledge, next, elsewhere, thief, random }: DisguiseOptions
): Observation {
  const attributes = {
    ...text.attributes,
    fromAddress: next.attributes.fromAddress,
    fromName: next.attributes.fromName
  }
  const from = networkSource(knowledge, next, elsewhere)
  for (const name of network) attributes[name] = from.attributes[name]
  const made = knowledge === 'M0' ? thief : next
  for (const name of program) attributes[name] = made.attributes[name]
  if (knowledge === 'M0' && random() < 0.4) attributes.fromName = thief.attributes.fromName
  const { receivedAt } = next
  const { hour, weekday } = knowledge === 'M2' ? next : thief
  return { ...text, attributes, receivedAt, hour, weekday }
}

/** Where the archive lost the honest message's address the thief's is lost too: absence must not tell them apart. */
function networkSource(knowledge: Knowledge, next: Observation, elsewhere: Observation): Observation {
  const isKnown = next.attributes.network16 !== ''
  return knowledge !== 'M2' && isKnown ? elsewhere : next
}

/**
 * Gives the message the kind of the next honest one, as a fake `Re:` does: where nearly all mail is an answer, whatever is none would
 * stand out. An answer that was none before has no parents, or an invented one.
 */
export function withKindOf(text: Observation, next: Observation, random: Random): Observation {
  const kind = next.attributes.kind
  const usable = kind === 'new' || kind === 'reply' || kind === 'forward'
  if (!usable || kind === text.attributes.kind) return text
  const invented = kind === 'reply' && random() < 0.6 ? [`invented ${random()}`] : []
  const parents = kind === 'reply' && text.thread.parents.length > 0 ? text.thread.parents : invented
  return { ...text, attributes: { ...text.attributes, kind }, thread: { ...text.thread, parents } }
}
