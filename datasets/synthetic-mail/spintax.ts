import { hash32, type Chance } from './chance.ts'

export interface ExpandOptions {
  readonly chance: Chance
  /** The value of `{slot}`. */
  readonly slot: (name: string) => string
  /** A writer's name: four times of ten, the same writer chooses the same wording. Without it every wording is as likely. */
  readonly taste?: string
}

const tasteShare = 0.4

/** Writes out a template: `a|b` and `[a|b]` are alternatives (they nest), `[|a]` may be empty, `{slot}` is filled in. */
export function expand(template: string, options: ExpandOptions): string {
  const chosen = choose(splitAlternatives(template), options)
  let text = ''
  for (let index = 0; index < chosen.length; index += 1) {
    const mark = chosen.charAt(index)
    if (mark !== '[' && mark !== '{') {
      text += mark
      continue
    }
    const end = mark === '[' ? closing(chosen, index) : chosen.indexOf('}', index)
    if (end < 0) throw new Error(`template has an open ${mark}: ${chosen}`)
    const inner = chosen.slice(index + 1, end)
    text += mark === '[' ? expand(inner, options) : options.slot(inner)
    index = end
  }
  return text
}

function choose(alternatives: readonly string[], { chance, taste }: ExpandOptions): string {
  if (taste === undefined || !chance.happens(tasteShare)) return chance.pick(alternatives)
  return alternatives[hash32(taste + alternatives.join('|')) % alternatives.length] ?? ''
}

/** Splits at the `|` that stand outside of brackets. */
export function splitAlternatives(template: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < template.length; index += 1) {
    const mark = template.charAt(index)
    if (mark === '[') depth += 1
    else if (mark === ']') depth -= 1
    else if (mark === '|' && depth === 0) {
      found.push(template.slice(start, index))
      start = index + 1
    }
  }
  found.push(template.slice(start))
  return found
}

function closing(template: string, open: number): number {
  let depth = 0
  for (let index = open; index < template.length; index += 1) {
    if (template.charAt(index) === '[') depth += 1
    if (template.charAt(index) === ']') depth -= 1
    if (depth === 0) return index
  }
  return -1
}

/** Fills `{slot}` only. */
export function fillWords(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/gu, (_all, name: string) => values[name] ?? '')
}
