import type { Chance } from './chance.ts'
import type { Lexicon, Theme } from './language.ts'
import type { Slot } from './slots.ts'
import { expand, fillWords } from './spintax.ts'

/** How somebody types: habits that show in every message. */
export interface WritingStyle {
  /** Prefers the same wordings again and again; a writer's name. */
  readonly taste: string
  readonly lowerCase: boolean
  readonly exclaims: number
  readonly ellipsis: number
  readonly smiles: number
  readonly skipsFinalStop: number
  readonly paragraphEvery: number
}

export const plainStyle: Omit<WritingStyle, 'taste'> = {
  lowerCase: false, exclaims: 0, ellipsis: 0, smiles: 0, skipsFinalStop: 0, paragraphEvery: 2
} // prettier-ignore

export interface ComposeOptions {
  readonly theme: Theme
  readonly lexicon: Lexicon
  readonly chance: Chance
  readonly slot: Slot
  readonly style: WritingStyle
  readonly greeting: string
  readonly signOff: string
}

export interface Composed {
  readonly subject: string
  readonly text: string
}

/** Subject and text of one message; `\n` line ends, no signature. */
export function compose(options: ComposeOptions): Composed {
  const { theme, slot, chance, style } = options
  const [subject] = theme
  const how = { chance, slot, taste: style.taste }
  return { subject: tidy(expand(subject, how)).trim(), text: letter(options, composeSentences(options)) }
}

/** The sentences of a theme, joined to paragraphs. */
export function composeSentences({ theme, lexicon, chance, slot, style }: ComposeOptions): string {
  const [, ...steps] = theme
  let text = ''
  let inParagraph = 0
  for (const step of steps) {
    if (step.startsWith('?') && chance.happens(0.5)) continue
    const sentence = typed(
      expand(step.replace(/^\?/u, ''), { chance, slot, taste: style.taste }).trim(),
      style,
      chance
    )
    const breaks =
      inParagraph >= style.paragraphEvery || chance.happens(0.15) || `${text}${sentence}`.includes('\n1 x')
    text += text === '' ? sentence : `${breaks ? '\n\n' : lexicon.sentenceGap}${sentence}`
    inParagraph = breaks ? 1 : inParagraph + 1
  }
  return tidy(text).split('\n\n').map((paragraph) => (chance.happens(style.skipsFinalStop) ? paragraph.replace(/\.$/u, '') : paragraph)).join('\n\n') // prettier-ignore
}

/** Empty alternatives leave blanks behind. */
export function tidy(text: string): string {
  return text.replaceAll(/ {2,}/gu, ' ').replaceAll(/ +(?=[.,](?:\s|$))/gu, '')
}

function letter({ greeting, signOff, slot, chance, style, lexicon }: ComposeOptions, body: string): string {
  const greets =
    greeting === ''
      ? ''
      : `${typed(expandSlots(greeting, slot), { ...style, exclaims: 0, skipsFinalStop: 1 }, chance)}${greetingMark(lexicon)}\n\n`
  return `${greets}${body}${signOff === '' ? '' : `\n\n${expandSlots(signOff, slot)}`}`
}

function expandSlots(template: string, slot: Slot): string {
  const names = [...template.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? '')
  return fillWords(template, Object.fromEntries(names.map((name) => [name, slot(name)])))
}

function greetingMark({ code }: Lexicon): string {
  if (code === 'zh' || code === 'ja') return ''
  return code === 'th' ? '' : code === 'ru' || code === 'pl' ? '!' : code === 'ar' ? '،' : ','
}

const smiles = [':)', ';-)', '😊', '🙂', ':-)', '👍']

function typed(sentence: string, style: WritingStyle, chance: Chance): string {
  let text = sentence
  if (style.lowerCase && !/https?:/u.test(text)) text = text.charAt(0).toLowerCase() + text.slice(1)
  if (chance.happens(style.exclaims)) text = text.replace(/\.$/u, '!')
  else if (chance.happens(style.ellipsis)) text = text.replace(/\.$/u, '...')
  return chance.happens(style.smiles) ? `${text} ${chance.pick(smiles)}` : text
}
