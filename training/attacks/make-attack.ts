import type { Chance } from '../../datasets/synthetic-mail/chance.ts'
import type { LanguageCode } from '../../datasets/synthetic-mail/language.ts'
import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import { labelOf, type AttackCell } from './attack-cell.ts'
import type { BadTexts } from './bad-texts.ts'
import { dressLetter } from './writer/dress-letter.ts'
import { fittingMail } from './impostor-mail.ts'
import { fieldOf } from './writer/mail-template.ts'
import type { DrawThief } from './thieves.ts'
import { isAnswer, type Mailbox, type ReadMail } from './victim.ts'
import { writeLetter } from './writer/write-letter.ts'

/** What attacks are made of besides the victim's own mail. */
export interface AttackSources {
  readonly texts: BadTexts
  readonly drawThief: DrawThief
  /** Mail of people whose own history is not part of the run: no prior may know them (else "known elsewhere" marks the attack). */
  readonly others: readonly ReadMail[]
  /** Mail of the one among them who writes most like this sender. */
  readonly nearest: readonly ReadMail[]
  /** The victim's. */
  readonly language: LanguageCode
}

export interface AttackPlace {
  /** Copied, and attacked just before it comes. */
  readonly next: ReadMail
  /** When the message before it came, epoch ms. */
  readonly after: number
  readonly mailbox: Mailbox
  /** When the attack comes, epoch ms; default: as its knowledge has it. */
  readonly at?: number
}

/** A text may not fit the charset of the headers it goes under; another one does. */
const tries = 8
const exactTries = 5

/** One probe of this cell; null where it can't be made here. `id` names the message that it comes before. */
export function makeAttack(
  cell: AttackCell,
  place: AttackPlace,
  sources: AttackSources,
  chance: Chance
): BacktestLine | null {
  const label = labelOf(cell)
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const line = attackOnce(cell, place, sources, chance, attempt < exactTries)
    const id = `${label} before ${place.next.line.id}`.slice(0, maxIdLength)
    if (line !== null) return { ...line, id, role: 'probe', label }
  }
  return null
}

/** As the format of backtests has it. */
const maxIdLength = 998

function attackOnce(
  { family, knowledge }: AttackCell,
  place: AttackPlace,
  { texts, drawThief, others, nearest }: AttackSources,
  chance: Chance,
  isExact: boolean
): BacktestLine | null {
  const { next, mailbox } = place
  if (others.length === 0) return null
  const thief = drawThief(family === 'A4' || isAnswer(next), chance)
  if (thief === null) return null
  const other = family === 'A6' ? fittingMail(others, next, chance) : family === 'A6H' ? fittingMail(nearest, next, chance) : null
  const letter = writeLetter({
    family, next, mailbox, texts, other, chance,
    othersMail: other === null ? [] : others.filter(({ line }) => line.sender === other.line.sender),
    foreignId: idOf(chance.pick(others)) || idOf(thief.mail)
  })
  return letter === null ? null : dressLetter({ ...place, letter, knowledge, thief, chance, isExact })
} // prettier-ignore

function idOf({ template }: ReadMail): string {
  return /<[^<>\s]+>/u.exec(fieldOf(template, 'message-id'))?.[0] ?? ''
}
