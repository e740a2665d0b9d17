import { lowerOf } from './characters.ts'
import { contentBuckets, maxPassages } from './observation.ts'
import type { ResolvedLink } from './observe-links.ts'
import { addUnit, combine, emptyHash, finish, hash32 } from './public-hash.ts'
import { shapeOf } from './masks.ts'
import { anyDigit, wordKind, type Words } from './scan-words.ts'
import { createTokenSet, type TokenSet } from './token-set.ts'

/** Distinct tokens by family: together 1,500. A long text must not crowd out its subject or its links. */
const budget = { subject: 150, links: 150, words: 450, pairs: 400, grams: 350 }
const maxTokens = 1_500

/** Families have their own hash: `free` in the subject is another token than `free` in the body. */
const salt = {
  subject: hash32('subject'),
  subjectPair: hash32('subject-pair'),
  subjectGram: hash32('subject-gram'),
  word: hash32('word'),
  pair: hash32('pair'),
  gram: hash32('gram'),
  link: hash32('link')
}

/** What names the people of this message: masked, so that no model learns a corpus by its people. */
const nameMask = hash32('\u0001name')

export interface ContentText {
  readonly subject: Words
  readonly body: Words
  readonly links: readonly ResolvedLink[]
  /** Hashes of words that name sender or recipients. */
  readonly names: ReadonlySet<number>
}

/**
 * The content model's input: distinct hashed word 1-2-grams and character 3-5-grams, of subject, body and link hosts, below
 * `contentBuckets`, ascending.
 */
export function contentTokens({ subject, body, links, names }: ContentText): readonly number[] {
  const tokens = createTokenSet(maxTokens)
  addSubject(tokens, subject, names)
  addLinks(tokens, links)
  addWords(tokens, body, names)
  addPairs(tokens, body, names)
  addGrams(tokens, body, names)
  return tokens.ascending()
}

/** Words of a passage: a sentence or two, so that a line put into a message fills most of one. */
const passageWords = 30
const passageStep = 15

/**
 * The authored text as overlapping passages. A long text has longer ones, so that they always cover it: what is put in can't be
 * pushed out of view by padding, only thinned.
 */
export function passagesOf(words: Words, names: ReadonlySet<number>): readonly (readonly number[])[] {
  const { count } = words
  if (count === 0) return []
  const width = Math.min(count, Math.max(passageWords, Math.ceil((1.5 * count) / (maxPassages - 1))))
  const passages = Math.min(maxPassages, Math.ceil((count - width) / passageStep) + 1)
  const between = passages === 1 ? 0 : (count - width) / (passages - 1)
  return Array.from({ length: passages }, (_, index) => {
    const from = Math.round(index * between)
    return passageAt(words, from, from + width, names)
  })
}

function passageAt(words: Words, from: number, to: number, names: ReadonlySet<number>): readonly number[] {
  const tokens = createTokenSet(2 * passageTokens)
  for (let index = from; index < to && tokens.size() < passageTokens; index += 1) {
    const hash = nameless(words, index, names)
    put(tokens, salt.word, hash)
    if (index + 1 < to) put(tokens, salt.pair, combine(hash, nameless(words, index + 1, names)))
  }
  return tokens.ascending()
}

const passageTokens = 400

function addSubject(tokens: TokenSet, subject: Words, names: ReadonlySet<number>): void {
  const end = budget.subject
  let before = 0
  for (let index = 0; index < subject.count && tokens.size() < end; index += 1) {
    const hash = nameless(subject, index, names)
    put(tokens, salt.subject, hash)
    if (index > 0) put(tokens, salt.subjectPair, combine(before, hash))
    before = hash
    if (subject.kinds[index] === wordKind.word) addWordGrams(tokens, salt.subjectGram, subject, index, end)
  }
}

function addWords(tokens: TokenSet, body: Words, names: ReadonlySet<number>): void {
  visitBothEnds(body.count, tokens, budget.words, (index) =>
    put(tokens, salt.word, nameless(body, index, names))
  )
}

function addPairs(tokens: TokenSet, body: Words, names: ReadonlySet<number>): void {
  visitBothEnds(body.count - 1, tokens, budget.pairs, (index) => {
    put(tokens, salt.pair, combine(nameless(body, index, names), nameless(body, index + 1, names)))
  })
}

function addGrams(tokens: TokenSet, body: Words, names: ReadonlySet<number>): void {
  const end = tokens.size() + budget.grams
  const seen = new Set<number>()
  visitBothEnds(body.count, tokens, budget.grams, (index) => {
    const hash = body.hashes[index] ?? 0
    if (body.kinds[index] !== wordKind.word || seen.has(hash) || names.has(hash)) return
    seen.add(hash)
    addWordGrams(tokens, salt.gram, body, index, end)
  })
}

/**
 * Two thirds of the budget from the start on, the rest from the end backwards: the line that matters may be the last one, and
 * padding at one end hides nothing.
 */
function visitBothEnds(count: number, tokens: TokenSet, share: number, visit: (index: number) => void): void {
  const firstEnd = tokens.size() + Math.ceil((share * 2) / 3)
  const lastEnd = tokens.size() + share
  let index = 0
  for (; index < count && tokens.size() < firstEnd; index += 1) visit(index)
  for (let back = count - 1; back >= index && tokens.size() < lastEnd; back -= 1) visit(back)
}

const edge = 0x5f

/** 4-grams of `_word_`, and 3- and 5-grams at its two ends: spelling tricks leave most of them standing. */
function addWordGrams(tokens: TokenSet, family: number, words: Words, index: number, end: number): void {
  const start = words.starts[index] ?? 0
  const length = (words.ends[index] ?? 0) - start
  if (length < 3) return
  const last = length + 1
  const unit = (at: number): number => {
    if (at === 0 || at === last) return edge
    const raw = words.text.charCodeAt(start + at - 1)
    return raw >= 0x30 && raw <= 0x39 ? anyDigit : (lowerOf[raw] ?? raw)
  }
  const add = (from: number, size: number): void => {
    if (from < 0 || from + size > last + 1 || tokens.size() >= end) return
    let hash = emptyHash
    for (let at = from; at < from + size; at += 1) hash = addUnit(hash, unit(at))
    put(tokens, family, finish(hash))
  }
  for (let from = 0; from + 4 <= last + 1; from += 1) add(from, 4)
  for (const size of [3, 5]) {
    add(0, size)
    add(last + 1 - size, size)
  }
}

/** List archives and subscription pages say where a mail was found, not what it is. */
const listLink = /mailman|listinfo|\blists?\b|groups\.(?:yahoo|google)|\/pipermail\/|unsubscribe/iu
const maxDomains = 20

function addLinks(tokens: TokenSet, links: readonly ResolvedLink[]): void {
  const end = tokens.size() + budget.links
  const seen = new Set<string>()
  for (const { href, host, domain } of links) {
    if (seen.size >= maxDomains) return
    if (seen.has(host) || listLink.test(href.slice(0, 300))) continue
    seen.add(host)
    const dot = domain.indexOf('.')
    const label = dot < 0 ? domain : domain.slice(0, dot)
    putText(tokens, end, `tld:${dot < 0 ? '' : domain.slice(dot)}`)
    putText(tokens, end, `host:${shapeOf(host)}`)
    putText(tokens, end, `scheme:${href.slice(0, href.indexOf(':') + 1).toLowerCase()}`)
    const padded = `_${label.slice(0, 30)}_`
    for (let at = 0; at + 4 <= padded.length; at += 1)
      putText(tokens, end, `domain:${padded.slice(at, at + 4)}`)
  }
}

function putText(tokens: TokenSet, end: number, text: string): void {
  if (tokens.size() < end) put(tokens, salt.link, hash32(text))
}

function nameless(words: Words, index: number, names: ReadonlySet<number>): number {
  const hash = words.hashes[index] ?? 0
  return names.has(hash) ? nameMask : hash
}

function put(tokens: TokenSet, family: number, hash: number): void {
  tokens.add(combine(family, hash) % contentBuckets)
}
