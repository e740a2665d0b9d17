/**
 * Every address that a field of the header could be read to name. Readers differ where the grammar is broken (RFC 5322 section 3.4 and its
 * obsolete forms in 4.4), and whoever wants to look like somebody else writes just there: so all readings count, and what cannot be
 * read at all is said.
 */
export interface FieldAddresses {
  readonly addresses: readonly string[]
  /** Why it cannot be said whom the field names; null: it can. */
  readonly problem: string | null
}

/** Longer fields name nobody in particular. */
const maxLength = 64 * 1024
const maxAddresses = 1_000

type Token =
  | { readonly kind: 'word' | 'quoted'; readonly text: string }
  /** The inside of `<…>`, comments taken out. */
  | { readonly kind: 'angle'; readonly text: string }
  | { readonly kind: 'end' }

export function fieldAddresses(value: string): FieldAddresses {
  if (value.length > maxLength) return { addresses: [], problem: 'it is too long' }
  if (/[^\P{Cc}\t]/u.test(value)) return { addresses: [], problem: 'it holds control characters' }
  const tokens = readTokens(value)
  if (typeof tokens === 'string') return { addresses: [], problem: tokens }
  const addresses = [...new Set(mailboxesOf(tokens).flatMap(addressesOf))]
  return { addresses: addresses.slice(0, maxAddresses), problem: problemOf(addresses) }
}

function problemOf(addresses: readonly string[]): string | null {
  if (addresses.length === 0) return 'it names no address'
  if (addresses.length > maxAddresses) return 'it names too many addresses'
  // RFC 2047 section 5: not allowed there; some programs decode it all the same, and show another address
  return addresses.some((address) => address.includes('=?')) ? 'an address is encoded' : null
}

/** The tokens, or what is wrong with them. */
function readTokens(value: string): readonly Token[] | string {
  const tokens: Token[] = []
  for (let at = 0; at < value.length;) {
    const read = readToken(value, at)
    if (typeof read === 'string') return read
    if (read.token !== null) tokens.push(read.token)
    at = read.next
  }
  return tokens
}

interface Read {
  readonly token: Token | null
  readonly next: number
}

function readToken(value: string, at: number): Read | string {
  const sign = value[at] ?? ''
  if (sign === ' ' || sign === '\t') return { token: null, next: at + 1 }
  // A group names its members (RFC 5322 section 3.4); what stands before its colon is read like any other
  if (',;:'.includes(sign)) return { token: { kind: 'end' }, next: at + 1 }
  if ('>)'.includes(sign)) return 'a bracket was never opened'
  return (readers[sign] ?? readWord)(value, at)
}

const readers: Readonly<Record<string, (value: string, at: number) => Read | string>> = {
  '(': readComment,
  '"': readQuoted,
  '<': readAngle
}

function readComment(value: string, at: number): Read | string {
  const next = endOfComment(value, at)
  return next === -1 ? 'a comment does not end' : { token: null, next }
}

function readQuoted(value: string, at: number): Read | string {
  const next = endOfQuotes(value, at)
  if (next === -1) return 'a quoted string does not end'
  return { token: { kind: 'quoted', text: value.slice(at, next) }, next }
}

function readWord(value: string, at: number): Read {
  const end = /[\s"(),:;<>]/u
  let next = at
  // The colons of `[IPv6:…]` belong to the word
  for (let inLiteral = false; next < value.length; next += 1) {
    const sign = value[next] ?? ''
    if (sign === '[') inLiteral = true
    if (sign === ']') inLiteral = false
    if (end.test(sign) && !(inLiteral && sign === ':')) break
  }
  return { token: { kind: 'word', text: value.slice(at, next) }, next }
}

function readAngle(value: string, from: number): Read | string {
  let text = ''
  for (let at = from + 1; at < value.length;) {
    const sign = value[at] ?? ''
    if (sign === '>') return { token: { kind: 'angle', text }, next: at + 1 }
    if (sign === '<') return 'an angle bracket stands inside another'
    const next = sign === '"' ? endOfQuotes(value, at) : sign === '(' ? endOfComment(value, at) : at + 1
    if (next === -1) break
    if (sign !== '(' && sign !== ' ' && sign !== '\t') text += value.slice(at, next)
    at = next
  }
  return 'an angle bracket does not close'
}

/** The place behind the closing quote; -1: there is none. */
function endOfQuotes(value: string, from: number): number {
  for (let at = from + 1; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1
    else if (value[at] === '"') return at + 1
  }
  return -1
}

/** Comments nest (RFC 5322 section 3.2.2). */
function endOfComment(value: string, from: number): number {
  let depth = 0
  for (let at = from; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1
    else if (value[at] === '(') depth += 1
    else if (value[at] === ')') depth -= 1
    if (depth === 0) return at + 1
  }
  return -1
}

function mailboxesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const mailboxes: Token[][] = [[]]
  for (const token of tokens) {
    if (token.kind === 'end') mailboxes.push([])
    else mailboxes.at(-1)?.push(token)
  }
  return mailboxes
}

/** With brackets: what is inside, and whatever looks like an address beside them. Without: all of it, and each word by itself. */
function addressesOf(mailbox: readonly Token[]): readonly string[] {
  const angles = mailbox.flatMap((token) => (token.kind === 'angle' ? [token.text] : []))
  const words = mailbox.flatMap((token) => (token.kind === 'word' ? [token.text] : []))
  const spelled = words.filter((word) => /.@.*\../u.test(word))
  if (angles.length > 0) return [...angles.flatMap(withoutRoute), ...spelled]
  if (!words.some((word) => word.includes('@'))) return []
  const whole = mailbox.map((token) => (token.kind === 'end' ? '' : token.text)).join('')
  return [whole, ...spelled]
}

/** RFC 5322 section 4.4: `<@a.example,@b.example:alice@example.org>`. A null path names nobody. */
function withoutRoute(inside: string): readonly string[] {
  if (inside === '') return []
  return [inside.startsWith('@') ? inside.slice(inside.lastIndexOf(':') + 1) : inside]
}
