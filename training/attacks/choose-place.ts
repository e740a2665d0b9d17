import type { Chance } from '../../datasets/synthetic-mail/chance.ts'
import type { LanguageCode } from '../../datasets/synthetic-mail/language.ts'
import { isSwap, type AttackCell, type AttackFamily } from './attack-cell.ts'
import { recipientFields } from './impostor-mail.ts'
import { hasQuote } from './writer/thread-text.ts'
import { isAnswer, type ReadMail } from './victim.ts'
import { holdsEverything } from './writer/write-body.ts'

/** Honest message number `at` of a history is the one that the attack comes before, and copies. */
export interface Place {
  readonly at: number
  readonly next: ReadMail
}

const draws = 12

export interface PlaceOptions {
  /** First number, and the one behind the last. */
  readonly from: number
  readonly to: number
  /** That the attack will be written in. */
  readonly language: LanguageCode
}

/**
 * A place whose honest message has a header that the attack can take over as it is: one recipient needs one address field, an answer
 * in a thread needs a thread, other letters a charset that has them. Any place where the sender writes none of that kind.
 */
export function choosePlace(
  { family }: AttackCell,
  read: (at: number) => ReadMail | null,
  { from, to, language }: PlaceOptions,
  chance: Chance
): Place | null {
  if (to <= from) return null
  let last: Place | null = null
  for (let draw = 0; draw < draws; draw += 1) {
    const at = chance.int(from, to - 1)
    const next = read(at)
    if (next === null || next.line.recipients.length === 0) continue
    last = { at, next }
    if (fits(family, next, language)) break
  }
  return last
}

function fits(family: AttackFamily, next: ReadMail, language: LanguageCode): boolean {
  const { plain, html } = next.template
  const holds =
    language === 'en' ||
    isSwap(family) ||
    [plain, html].every((body) => body === null || holdsEverything(body))
  return holds && (wants[family]?.(next) ?? true)
}

const oneField = (next: ReadMail): boolean => recipientFields(next) < 2

const wants: Partial<Record<AttackFamily, (next: ReadMail) => boolean>> = {
  A1: oneField,
  A3: oneField,
  A5: oneField,
  A4: (next) => isAnswer(next) && hasQuote(next),
  A4L: ({ template: { plain, html } }) => (plain ?? html)?.text.trim() !== ''
}
