import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { Observation, ObservedRecipient } from '../../../service/observation/observation.ts'
import { composeAttack } from '../../takeover/impostors/impostor-attacks.ts'
import { disguise } from '../../takeover/impostors/header-knowledge.ts'
import { isSwap, type AttackCell, type AttackFamily, type Knowledge } from '../attack-cell.ts'
import { drawNetwork, drawProgram, drawWords, isAnswer, type Lent, type LentBy } from './draw-lent.ts'
import { asAnswerOrNot, inItsPlace, inThread, type ObservedPlace } from './join-thread.ts'
import type { Lender } from './lenders.ts'
import type { ObservedTexts } from './observed-texts.ts'
import { copiesOf, quotedCharsOf, slipInLine, valueOf, withStructure } from './slip-in-line.ts'

/** What attacks on one victim are made of besides its own mail. */
export interface ObservedSources extends LentBy {
  readonly texts: ObservedTexts
  /** Bad mail of other senders of this history, by feedback. */
  readonly badMail: readonly Observation[]
}

export interface ObservedAttack {
  readonly observation: Observation
  /** Lenders whose words, program or network it wears. */
  readonly wears: readonly Lender[]
}

/** A text may not serve in this place; another one does. */
const tries = 8

/** The first message of this takeover as the service would observe it; null where it can't be made here. */
export async function makeObservedAttack(
  cell: AttackCell,
  place: ObservedPlace,
  sources: ObservedSources,
  chance: Chance
): Promise<ObservedAttack | null> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const attack = await attackOnce(cell, place, sources, chance)
    if (attack !== null) return attack
  }
  return null
}

/** Half of the thieves' programs are other people's, half are invented ones that thieves use. */
const borrowedPrograms = 0.5

async function attackOnce(
  { family, knowledge }: AttackCell,
  { next, mailbox }: ObservedPlace,
  sources: ObservedSources,
  chance: Chance
): Promise<ObservedAttack | null> {
  const letter = await writeLetter(family, { next, mailbox }, sources, chance)
  if (letter === null) return null
  const lent = chance.happens(borrowedPrograms) ? drawProgram(letter.observation, sources, chance) : null
  const thief = lent?.observation ?? (await sources.texts.thief(isAnswer(letter.observation), chance))
  const network = drawNetwork(next, sources, chance)
  if (thief === null || network === null) return null
  const disguised = disguise(letter.observation, {
    knowledge,
    next,
    thief,
    elsewhere: network.observation,
    random: () => chance.number()
  })
  const program = knowledge === 'M0' ? thief : next
  const isGenuine = family === 'A4L' && knowledge !== 'M0'
  return {
    observation: isGenuine ? disguised : builtLike(disguised, program),
    wears: wornBy(knowledge, letter, lent, network)
  }
}

function wornBy(
  knowledge: Knowledge,
  letter: Letter,
  program: Lent | null,
  network: Lent
): readonly Lender[] {
  const lent = [
    letter.of,
    ...(knowledge === 'M0' ? [program?.of] : []),
    ...(knowledge === 'M2' ? [] : [network.of])
  ]
  return [...new Set(lent.filter((one) => one !== undefined))]
}

interface Letter {
  readonly observation: Observation
  /** Whose words these are. */
  readonly of?: Lender
}

async function writeLetter(
  family: AttackFamily,
  place: ObservedPlace,
  sources: ObservedSources,
  chance: Chance
): Promise<Letter | null> {
  if (family === 'A4' || family === 'A4L') return writeLine(family, place, sources, chance)
  const { next, mailbox } = place
  const other = isSwap(family) ? drawWords(family, next, sources, chance) : null
  const text = other?.observation ?? (await drawBadText(family, place, sources, chance))
  if (text === null) return null
  const mail = { observation: text, reading: null }
  const composed = composeAttack({
    family,
    next,
    contacts: mailbox.contacts,
    badMail: [{ ...mail, group: '' }],
    other: mail,
    random: () => chance.number()
  })
  if (composed === null) return null
  return other === null
    ? { observation: asAnswerOrNot(composed.observation, place, chance) }
    : { observation: inItsPlace(composed.observation, next, chance), of: other.of }
}

async function writeLine(
  family: 'A4' | 'A4L',
  place: ObservedPlace,
  { texts }: ObservedSources,
  chance: Chance
): Promise<Letter | null> {
  const line = await texts.line(place.mailbox.language, chance)
  if (line === null) return null
  const observation = family === 'A4L' ? slipInLine(place.next, line, chance) : inThread(place, line, chance)
  return observation === null ? null : { observation }
}

/** Of bad texts, those that people of this installation really met. */
const ownShare = 0.2

async function drawBadText(
  family: AttackFamily,
  { mailbox }: ObservedPlace,
  { texts, badMail }: ObservedSources,
  chance: Chance
): Promise<Observation | null> {
  const own = badMail.filter(({ attributes }) => attributes.language === mailbox.language)
  if (own.length > 0 && chance.happens(ownShare)) return chance.pick(own)
  return texts.letter(family === 'A3' || family === 'A5' ? family : 'A1', mailbox.language, chance)
}

/** The letter in the parts and the encoding of a message of that program: what the content model knows of its shape, and its size. */
function builtLike(letter: Observation, program: Observation): Observation {
  const own = program.content.structure
  const { structure } = letter.content
  const chars = letter.style.authoredChars + quotedCharsOf(letter.style)
  const replaced = program.style.authoredChars + quotedCharsOf(program.style)
  const sizeBytes = Math.max(leastBytes + chars, Math.round(program.sizeBytes + copiesOf(program) * (chars - replaced)))
  const { kind } = letter.attributes
  const { attachmentTypes } = program.attributes
  return {
    ...letter,
    sizeBytes,
    attributes: { ...letter.attributes, attachmentTypes },
    content: {
      ...letter.content,
      structure: withStructure(structure, {
        sizeLog: Math.log1p(sizeBytes),
        ...Object.fromEntries(ofProgram.map((name) => [name, valueOf(own, name)])),
        recipientCountLog: Math.log1p(distinct(letter.recipients)),
        subjectReplyWithoutThread: Number(kind === 'reply' && letter.thread.parents.length === 0)
      })
    }
  }
} // prettier-ignore

/** What does not change with the words. */
const ofProgram = ['htmlOnly', 'hasHtml', 'htmlRatio', 'base64Text', 'replyToDiffers', 'imageCountLog', 'imageToText', 'attachmentCountLog', 'attachmentArchive', 'attachmentHtml', 'attachmentExecutable'] as const // prettier-ignore
/** Of header fields. */
const leastBytes = 400

function distinct(recipients: readonly ObservedRecipient[]): number {
  return new Set(recipients.map(({ person }) => person)).size
}
