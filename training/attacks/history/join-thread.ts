import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { Observation, ObservedThread } from '../../../service/observation/observation.ts'
import { isAnswer } from './draw-lent.ts'
import type { ObservedMailbox } from './observed-mailbox.ts'
import { quotedCharsOf, valueOf, withStructure } from './slip-in-line.ts'

export interface ObservedPlace {
  /** The sender's honest message that the attack comes just before. */
  readonly next: Observation
  readonly mailbox: ObservedMailbox
}

/** Where nearly all mail is an answer, whatever is none stands out: a fake `Re:` in seven of ten, half of them to a thread of the mailbox. */
const answerShare = 0.7
const knownShare = 0.5
/** Web mail and phones add the account's signature by themselves. Always copied, it would be a mark of its own. */
const signatureShare = 0.5

export function asAnswerOrNot(letter: Observation, { next, mailbox }: ObservedPlace, chance: Chance): Observation {
  const answers = isAnswer(next) && chance.happens(answerShare)
  const known = mailbox.sent.length > 0 && chance.happens(knownShare) ? chance.pick(mailbox.sent).thread.parents : []
  const attributes = {
    ...letter.attributes,
    kind: answers ? next.attributes.kind : 'new',
    signature: chance.happens(signatureShare) ? next.attributes.signature : ''
  }
  return { ...letter, attributes, thread: threadLike(letter, answers ? next.thread.parents.length : 0, known, chance) }
} // prettier-ignore

/** Kind, number of ancestors and signature are the next message's own. */
export function inItsPlace(words: Observation, next: Observation, chance: Chance): Observation {
  const { kind, signature } = next.attributes
  return {
    ...words,
    attributes: { ...words.attributes, kind, signature },
    thread: threadLike(words, next.thread.parents.length, words.thread.parents, chance)
  }
}

/** As many ancestors: those given, the rest invented. */
function threadLike(
  { thread }: Observation,
  count: number,
  given: readonly string[],
  chance: Chance
): ObservedThread {
  const kept = count === 0 ? [] : given.slice(-count)
  const invented = Array.from({ length: count - kept.length }, () => freshId(chance))
  return { messageId: freshId(chance), parents: [...invented, ...kept], subject: thread.subject }
}

/** As a keyed hash looks. */
function freshId(chance: Chance): string {
  return Buffer.from(chance.bytes(8)).toString('base64url')
}

/** Where less is quoted, there is nothing that an answer could be written above. */
const leastQuoted = 0.05
const latest = 12

/** An answer in the thread of the sender's next message, or of an earlier one, with its people, References and quotation. */
export function inThread(
  { next, mailbox }: ObservedPlace,
  line: Observation,
  chance: Chance
): Observation | null {
  const isOpen = isAnswer(next) && next.style.quotedFraction > leastQuoted
  const earlier = mailbox.sent.slice(-latest).filter(canBeAnswered)
  if (!isOpen && earlier.length === 0) return null
  const answered = isOpen ? next : chance.pick(earlier)
  const { thread, style, attributes, recipients, links } = answered
  const quoted = isOpen ? quotedCharsOf(style) : quotedCharsOf(style) + style.authoredChars
  const parents = isOpen ? thread.parents : [...thread.parents, thread.messageId].slice(-8)
  const { content } = line
  const share = quoted / Math.max(1, quoted + line.style.authoredChars)
  return {
    ...line,
    recipients,
    links: [...links, ...line.links],
    thread: { messageId: freshId(chance), parents, subject: thread.subject },
    style: { ...line.style, quotedFraction: share },
    attributes: {
      ...line.attributes,
      kind: 'reply',
      recipientsBucket: attributes.recipientsBucket,
      selfCopied: attributes.selfCopied,
      subjectBracket: attributes.subjectBracket
    },
    content: {
      ...content,
      tokens: withSubjectOf(answered, content.tokens, chance),
      structure: quoting(content.structure, answered, { quoted, share })
    }
  }
}

/** Tokens of a subject: words, pairs and pieces of them. */
const subjectTokens = 60

/**
 * The subject stays that of the thread. Its tokens can't be told from the pieces of words of the text below it: as many are drawn of what is
 * in no passage as a subject has.
 */
function withSubjectOf({ content }: Observation, line: readonly number[], chance: Chance): readonly number[] {
  const authored = new Set(content.passages.flat())
  const others = content.tokens.filter((token) => !authored.has(token))
  const share = subjectTokens / Math.max(subjectTokens, others.length)
  const drawn = others.filter(() => chance.happens(share))
  return [...new Set([...line, ...drawn])].toSorted((one, other) => one - other)
}

function canBeAnswered({ thread, recipients }: Observation): boolean {
  return thread.messageId !== '' && recipients.length > 0
}

function quoting(
  structure: readonly number[],
  { content: { structure: answered } }: Observation,
  { quoted, share }: { readonly quoted: number; readonly share: number }
): readonly number[] {
  return withStructure(structure, {
    quotedFraction: share,
    textLengthLog: Math.log1p(Math.expm1(valueOf(structure, 'textLengthLog')) + quoted),
    subjectUpper: valueOf(answered, 'subjectUpper'),
    subjectExclamation: valueOf(answered, 'subjectExclamation'),
    subjectEmpty: valueOf(answered, 'subjectEmpty')
  })
}
