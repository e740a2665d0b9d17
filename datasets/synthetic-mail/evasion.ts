import type { Chance } from './chance.ts'

/** How bad mail hides from filters. Most of it does nothing of the kind. */
export type Evasion = 'none' | 'zero-width' | 'homoglyph' | 'spaced' | 'image-only' | 'padding'

export function drawEvasion(chance: Chance): Evasion {
  const kinds: readonly Evasion[] = ['none', 'zero-width', 'homoglyph', 'spaced', 'image-only', 'padding']
  return kinds[chance.weighted([80, 4, 5, 3, 5, 3])] ?? 'none'
}

const lookAlikes: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', i: 'і', A: 'А', E: 'Е', O: 'О', P: 'Р', C: 'С', T: 'Т' } // prettier-ignore

/** Disguises words of the text; addresses are left whole, else nobody could follow them. */
export function disguise(text: string, evasion: Evasion, chance: Chance, padding: string): string {
  if (evasion === 'padding') return `${text}${'\n'.repeat(chance.int(8, 25))}${padding}`
  const change = changes[evasion]
  if (change === undefined) return text
  return text.replaceAll(/https?:\/\/\S+|\S+@\S+|[\p{L}\p{M}]{4,}/gu, (word) => (/[/@]/u.test(word) || !chance.happens(0.35) ? word : change(word, chance))) // prettier-ignore
}

const changes: Partial<Record<Evasion, (word: string, chance: Chance) => string>> = {
  'zero-width': (word, chance) => inserted(word, '\u200b', chance),
  homoglyph: (word) => Array.from(word, (letter) => lookAlikes[letter] ?? letter).join(''),
  spaced: (word, chance) =>
    chance.happens(0.4) ? inserted(word, chance.pick(['.', '-', ' ', '_']), chance) : word
}

function inserted(word: string, mark: string, chance: Chance): string {
  const letters = Array.from(word)
  letters.splice(chance.int(1, letters.length - 1), 0, mark)
  return letters.join('')
}
