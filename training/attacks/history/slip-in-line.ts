import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import {
  maxPassages,
  structureNames,
  type Observation,
  type ObservedContent,
  type ObservedStyle,
  type StructureName
} from '../../../service/observation/observation.ts'

/** Bounds of what an observation holds (service/observation). */
const most = { words: 300, grams: 400, tokens: 1_500 }

/**
 * What the sender's message would have shown with one paragraph more in it: words, character n-grams and links of both, rates by their length,
 * and the line in two of the passages, beside the words that stand around it there.
 */
export function slipInLine(own: Observation, line: Observation, chance: Chance): Observation {
  const { style, content } = own
  const added = line.style.authoredChars
  return {
    ...own,
    sizeBytes: own.sizeBytes + copiesOf(own) * added,
    links: [...own.links, ...line.links],
    style: mixStyles(style, line.style),
    content: {
      tokens: union(content.tokens, line.content.tokens, most.tokens),
      structure: mixStructures(own, line),
      passages: passagesWith(content.passages, line.content.passages, chance)
    }
  }
}

/** A text stands twice in a message that has it as HTML, too. */
export function copiesOf({ content: { structure } }: Pick<Observation, 'content'>): number {
  return valueOf(structure, 'hasHtml') > 0 && valueOf(structure, 'htmlOnly') === 0 ? 2 : 1
}

export function valueOf(structure: readonly number[], name: StructureName): number {
  return structure[structureNames.indexOf(name)] ?? 0
}

/** The structure with some of its values exchanged. */
export function withStructure(
  structure: readonly number[],
  values: Partial<Readonly<Record<StructureName, number>>>
): readonly number[] {
  return structureNames.map((name, index) => values[name] ?? structure[index] ?? 0)
}

/** Characters that are quoted, by those that are not. */
export function quotedCharsOf({ authoredChars, quotedFraction }: ObservedStyle): number {
  return quotedFraction >= 1 ? authoredChars : (authoredChars * quotedFraction) / (1 - quotedFraction)
}

function mixStyles(own: ObservedStyle, line: ObservedStyle): ObservedStyle {
  const authoredChars = own.authoredChars + line.authoredChars
  const quoted = quotedCharsOf(own)
  const share = authoredChars === 0 ? 0 : line.authoredChars / authoredChars
  const grams = mixGrams(own, line)
  return {
    authoredChars,
    authoredWords: own.authoredWords + line.authoredWords,
    quotedFraction: quoted + authoredChars === 0 ? 0 : quoted / (quoted + authoredChars),
    words: union(own.words, line.words, most.words),
    grams: grams.map(([gram]) => gram),
    gramCounts: grams.map(([, count]) => count),
    rates: own.rates.map((rate, index) => (1 - share) * rate + share * (line.rates[index] ?? 0))
  }
}

/** The heaviest, ascending by their number. */
function mixGrams(...styles: readonly ObservedStyle[]): readonly (readonly [number, number])[] {
  const counts = new Map<number, number>()
  for (const { grams, gramCounts } of styles)
    for (const [index, gram] of grams.entries())
      counts.set(gram, (counts.get(gram) ?? 0) + (gramCounts[index] ?? 0))
  const heaviest = [...counts].toSorted(([a, one], [b, other]) => other - one || a - b).slice(0, most.grams)
  return heaviest.toSorted(([one], [other]) => one - other)
}

function union(one: readonly number[], other: readonly number[], limit: number): readonly number[] {
  return [...new Set([...other, ...one])].slice(0, limit).toSorted((a, b) => a - b)
}

/** Logarithms of counts, which add up. */
const counted = ['sizeLog', 'textLengthLog', 'linkCountLog', 'linkDomainsLog', 'bodyExclamation', 'money', 'urgency', 'credential'] as const satisfies readonly StructureName[] // prettier-ignore
/** What is there as soon as one of both has it. */
const either = ['linkIp', 'linkShortener', 'linkPunycode', 'linkLongHost', 'phone', 'cryptoAddress', 'mixedScript', 'zeroWidth', 'unsubscribe'] as const satisfies readonly StructureName[] // prettier-ignore

function mixStructures(own: Observation, line: Observation): ObservedContent['structure'] {
  const [a, b] = [own.content.structure, line.content.structure]
  const sum = (name: StructureName): number =>
    Math.log1p(Math.expm1(valueOf(a, name)) + copies(name) * Math.expm1(valueOf(b, name)))
  const copies = (name: StructureName): number => (name === 'sizeLog' ? copiesOf(own) : 1)
  const share = line.style.authoredChars / Math.max(1, own.style.authoredChars + line.style.authoredChars)
  const authored = own.style.authoredChars + line.style.authoredChars
  const quoted = quotedCharsOf(own.style)
  return withStructure(a, {
    ...Object.fromEntries(counted.map((name) => [name, sum(name)])),
    ...Object.fromEntries(either.map((name) => [name, Math.max(valueOf(a, name), valueOf(b, name))])),
    bodyUpper: (1 - share) * valueOf(a, 'bodyUpper') + share * valueOf(b, 'bodyUpper'),
    quotedFraction: quoted / Math.max(1, quoted + authored),
    authoredEmpty: 0
  })
}

type Passages = ObservedContent['passages']

/** Words of a passage at least (service/observation/content-tokens.ts); its tokens are words and pairs of them. */
const passageWords = 30

function passagesWith(own: Passages, line: Passages, chance: Chance): Passages {
  const [first] = line
  if (first === undefined) return own
  if (own.length === 0) return line
  const at = chance.int(0, own.length - 1)
  const around = own[at] ?? []
  const width = Math.max(passageWords, around.length / 2)
  const shareOfLine = Math.min(1, first.length / 2 / width)
  const placed = line.length > 1 ? line : [mixed(around, first, shareOfLine, chance)]
  const again = own[at + 1] === undefined ? [] : [mixed(own[at + 1] ?? [], first, shareOfLine, chance)]
  return [...own.slice(0, at), ...placed, ...again, ...own.slice(at + 2)].slice(0, maxPassages)
}

/** The line, and as much of what stood there as leaves room for it. */
function mixed(around: readonly number[], line: readonly number[], share: number, chance: Chance): readonly number[] {
  const left = around.filter(() => !chance.happens(share))
  return union(left, line, most.tokens)
} // prettier-ignore
