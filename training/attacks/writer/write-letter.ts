import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import { inventPerson } from '../../../datasets/synthetic-mail/people.ts'
import { splitAuthored } from '../../../service/observation/split-authored.ts'
import { readableText } from './mail-template.ts'
import type { AttackFamily } from '../attack-cell.ts'
import type { BadTexts } from '../bad-texts.ts'
import { withoutPrefix } from './renew-field.ts'
import { freshLike } from './fresh-identifier.ts'
import { recipientFields } from '../impostor-mail.ts'
import { hasQuote } from './thread-text.ts'
import { isAnswer, parentsOf, recipientsOf, subjectOf, type Mailbox, type ReadMail } from '../victim.ts'
import type { WrittenMailbox } from './write-fields.ts'

/** What a thief writes, before it is dressed in headers. What is left out is as the sender's next message has it. */
export interface Letter {
  /** Own words with what they quote, `\n` line ends, not wrapped. */
  readonly text: string
  /** `whole`: instead of the next message's text. `above-quote`: instead of its own words. `line`: one paragraph more. */
  readonly manner: 'whole' | 'above-quote' | 'line'
  readonly subject?: string
  /** Envelope recipients. */
  readonly recipients?: readonly WrittenMailbox[]
  /** Those whom the header names; default: all. */
  readonly shown?: readonly WrittenMailbox[]
  readonly parents?: readonly string[]
}

export interface LetterOptions {
  readonly family: AttackFamily
  readonly next: ReadMail
  readonly mailbox: Mailbox
  readonly texts: BadTexts
  /** For A6 and A6H: somebody else's message. */
  readonly other: ReadMail | null
  /** What that person has sent besides: people for a header that names more than this message went to. */
  readonly othersMail: readonly ReadMail[]
  /** Make of Message-IDs that the thief invents. */
  readonly foreignId: string
  readonly chance: Chance
}

/** The letter of this family for the place before `next`; null where it can't be written there. */
export function writeLetter(options: LetterOptions): Letter | null {
  const { family, mailbox, texts, chance } = options
  const { language } = mailbox
  switch (family) {
    case 'A1':
      return badLetter(options, 'A1', bulk(strangers(options, chance.int(20, 200)), chance))
    case 'A2':
      return badLetter(options, 'A1', bulk(severalOf(mailbox.contacts, chance.int(5, 50), chance), chance))
    case 'A3':
      return badLetter(options, 'A3', oneOf(severalOf(mailbox.contacts, 1, chance)))
    case 'A5':
      return badLetter(options, 'A5', oneOf(chance.happens(0.7) ? severalOf(mailbox.contacts, 1, chance) : strangers(options, 1)))
    case 'A4':
      return inThread(options)
    case 'A4L':
      return { manner: 'line', text: texts.line(language, chance) }
    case 'A6':
    case 'A6H':
      return swapped(options)
  } // prettier-ignore
}

type Audience = Pick<Letter, 'recipients' | 'shown'>

/** Three bulk mailings in ten show everybody, the others one address. */
function bulk(recipients: readonly WrittenMailbox[], chance: Chance): Audience {
  return { recipients, shown: chance.happens(0.3) ? recipients : recipients.slice(0, 1) }
}

function oneOf(recipients: readonly WrittenMailbox[]): Audience {
  return { recipients, shown: recipients }
}

/** Where nearly all mail is an answer, whatever is none stands out: a fake `Re:` in seven of ten. */
const answerShare = 0.7
/** Web mail and phones add the account's signature by themselves. Always copied, it would be a mark of its own. */
const signatureShare = 0.5

function badLetter(options: LetterOptions, story: 'A1' | 'A3' | 'A5', audience: Audience): Letter | null {
  const { texts, mailbox, next, chance } = options
  if (audience.recipients?.length === 0) return null
  const { subject, text } = texts.letter(story, mailbox.language, chance)
  const answers = isAnswer(next) && chance.happens(answerShare)
  const signature = chance.happens(signatureShare) ? signatureOf(next) : ''
  return {
    manner: 'whole',
    text: text + signature,
    subject: answers ? `Re: ${withoutPrefix(subject)}` : subject,
    parents: answers ? parentsLike(next, knownIds(options), options) : [],
    ...audience
  }
}

/** An answer in the thread of the sender's next message, or of an earlier one, with the right quotation, people and References. */
function inThread({ next, mailbox, texts, chance }: LetterOptions): Letter | null {
  const line = texts.line(mailbox.language, chance)
  if (isAnswer(next) && hasQuote(next)) return { manner: 'above-quote', text: line }
  const earlier = mailbox.sent.slice(-12)
  if (earlier.length === 0) return null
  const answered = chance.pick(earlier)
  const own = /<[^<>\s]+>/u.exec(answered.template.fields.find(({ lowerName }) => lowerName === 'message-id')?.value ?? '')?.[0] // prettier-ignore
  const recipients = recipientsOf(answered)
  if (own === undefined || recipients.length === 0) return null
  const quoted = readableText(answered.template).trimEnd().split('\n').slice(0, 60)
  return {
    manner: 'whole',
    text: `${line}\n\n${quoted.map((one) => (one.startsWith('>') ? `>${one}` : `> ${one}`)).join('\n')}\n`,
    subject: `Re: ${withoutPrefix(subjectOf(answered))}`,
    recipients,
    parents: [...parentsOf(answered), own].slice(-8)
  }
}

/** Somebody else's words to the people they went to. Kind, number of ancestors and signature are the next message's own. */
function swapped(options: LetterOptions): Letter | null {
  const { next, other } = options
  if (other === null) return null
  const recipients = atLeast(recipientFields(next), recipientsOf(other), options)
  const written = withoutSignature(readableText(other.template))
  if (recipients.length === 0 || written.trim() === '') return null
  const topic = withoutPrefix(subjectOf(other))
  return {
    manner: 'whole',
    text: written + signatureOf(next),
    subject: isAnswer(next) ? `Re: ${topic}` : topic,
    recipients,
    parents: parentsLike(next, parentsOf(other), options)
  }
}

/** Fills up with others to whom that person has written. */
function atLeast(
  count: number,
  recipients: readonly WrittenMailbox[],
  { othersMail, chance }: LetterOptions
): readonly WrittenMailbox[] {
  if (recipients.length >= count) return recipients
  const named = new Set(recipients.map(({ address }) => address))
  const more = othersMail.flatMap(recipientsOf).filter(({ address }) => !named.has(address))
  const distinct = [...new Map(more.map((one) => [one.address, one])).values()]
  return [...recipients, ...severalOf(distinct, count - recipients.length, chance)]
}

/** As many ancestors as the next message has: those given, the rest invented. */
function parentsLike(
  next: ReadMail,
  given: readonly string[],
  { foreignId, chance }: LetterOptions
): readonly string[] {
  const count = parentsOf(next).length
  const kept = count === 0 ? [] : given.slice(-count)
  const invented = Array.from({ length: count - kept.length }, () =>
    freshLike(foreignId, () => chance.number())
  )
  return [...invented, ...kept]
}

/** Of a thread that the mailbox holds, for half of the fake answers. */
function knownIds({ mailbox, chance }: LetterOptions): readonly string[] {
  return mailbox.sent.length > 0 && chance.happens(0.5) ? parentsOf(chance.pick(mailbox.sent)) : []
}

function signatureOf({ template }: ReadMail): string {
  const { signature } = splitAuthored(readableText(template))
  return signature === '' ? '' : `\n\n-- \n${signature}`
}

function withoutSignature(text: string): string {
  const at = /^--[ ]?$/mu.exec(text)?.index
  return (at === undefined ? text : text.slice(0, at)).trimEnd()
}

/** Nobody written to before; three of ten at a host written to. */
function strangers({ mailbox, chance }: LetterOptions, count: number): readonly WrittenMailbox[] {
  const known = new Set(mailbox.contacts.map(({ address }) => address))
  return Array.from({ length: count }, () => {
    const host =
      chance.happens(0.3) && mailbox.contacts.length > 0 ? chance.pick(mailbox.contacts).address : ''
    const person = inventPerson(mailbox.language, chance, host === '' ? undefined : host.slice(host.lastIndexOf('@') + 1)) // prettier-ignore
    const address = person.address.toLowerCase()
    return { address, text: address }
  }).filter(({ address }) => !known.has(address))
}

function severalOf<T>(list: readonly T[], count: number, chance: Chance): readonly T[] {
  const left = [...list]
  const chosen: T[] = []
  while (chosen.length < count && left.length > 0)
    chosen.push(...left.splice(chance.int(0, left.length - 1), 1))
  return chosen
}
