import type { LabelledMail } from '../../datasets/labelled-mail.ts'
import { threadLine } from '../../datasets/synthetic-mail/attack-text.ts'
import { createChance } from '../../datasets/synthetic-mail/chance.ts'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../../datasets/synthetic-mail/persona.ts'
import { bodyStart, isPlainText } from './plain-mail.ts'

/** English lines that a thief slips into a thread: invented ones, and paragraphs of real spam that ask for something. */
export function collectBadLines(spam: readonly LabelledMail[], seed: number): readonly string[] {
  const paragraphs = spam.flatMap(({ raw }) => askingParagraphs(raw).slice(0, 2))
  return [...inventedLines(seed), ...paragraphs.slice(0, 400)]
}

function inventedLines(seed: number): readonly string[] {
  const chance = createChance(`takeover lines ${seed}`)
  const personas = createPersonas({ seed: `takeover lines ${seed}`, count: 40, languages: ['en'] })
  return personas.flatMap((persona) => {
    const plans = generateHistory(persona, { from: Date.UTC(2026, 1, 2), days: 5 }).map(({ plan }) => plan)
    return plans
      .slice(0, 15)
      .map((plan) =>
        chance.happens(0.5) ? threadLine(persona, plan, chance).line : threadLine(persona, plan, chance).bare
      )
  })
}

const asks =
  /https?:\/\/|www\.|\bclick\b|\baccount|\bverify|\bpassword|\binvest|\bmillion|\bbank\b|\btransfer\b/iu

function askingParagraphs(raw: string): readonly string[] {
  if (!isPlainText(raw)) return []
  const paragraphs = raw.slice(bodyStart(raw)).split(/\r\n[ \t]*\r\n/u)
  return paragraphs
    .map((paragraph) => paragraph.trim())
    .filter((text) => text.length > 60 && text.length < 500 && asks.test(text) && !/<[a-z/]/iu.test(text))
}
