import { withoutMapping } from '../../../message/mapped-address.ts'
import { isIP } from 'node:net'
import type { Frame } from './frames.ts'
import { bareName, commandLetters as letters } from './milter-words.ts'

/** What the mail server says, read. */
export type Command =
  | { readonly kind: 'negotiate'; readonly version: number; readonly actions: number; readonly steps: number }
  /** `stage` is the letter of the command that follows. */
  | { readonly kind: 'macros'; readonly stage: string; readonly values: ReadonlyMap<string, string> }
  | { readonly kind: 'connect'; readonly ip: string | null; readonly port: number | null }
  | { readonly kind: 'helo'; readonly name: string }
  /** As in SMTP, with its angle brackets; the parameters are left out. */
  | { readonly kind: 'mail'; readonly address: string }
  | { readonly kind: 'part'; readonly part: MessagePart }
  | { readonly kind: 'abort' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'quit-new-connection' }
  /** Nothing that a verdict needs: DATA, the end of the header, an unknown SMTP command, a command of a protocol that is still to come. */
  | { readonly kind: 'other' }

/** What a message grows by, once MAIL has come. */
export type MessagePart =
  | { readonly kind: 'rcpt'; readonly address: string }
  /** latin1, one character a byte. */
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  /** The end of a message may bring the last of its body along. */
  | { readonly kind: 'body' | 'end'; readonly bytes: Buffer }

/** null: the frame is not what its letter promises. */
export function parseCommand({ letter, data }: Frame): Command | null {
  return (readers[letter] ?? other)(data)
}

type Reader = (data: Buffer) => Command | null

const other: Reader = () => ({ kind: 'other' })

const readers: Readonly<Record<string, Reader>> = {
  [letters.negotiate]: readNegotiation,
  [letters.macros]: readMacros,
  [letters.connect]: readConnect,
  [letters.helo]: readHelo,
  [letters.mail]: readMail,
  [letters.rcpt]: readRcpt,
  [letters.header]: readHeader,
  [letters.body]: (bytes) => partOf({ kind: 'body', bytes }),
  [letters.endOfMessage]: (bytes) => partOf({ kind: 'end', bytes }),
  [letters.abort]: () => ({ kind: 'abort' }),
  [letters.quit]: () => ({ kind: 'quit' }),
  [letters.quitNewConnection]: () => ({ kind: 'quit-new-connection' })
}

function partOf(part: MessagePart): Command {
  return { kind: 'part', part }
}

/** What comes after the three numbers is of versions that are still to come. */
function readNegotiation(data: Buffer): Command | null {
  if (data.length < 12) return null
  return {
    kind: 'negotiate',
    version: data.readUInt32BE(0),
    actions: data.readUInt32BE(4),
    steps: data.readUInt32BE(8)
  }
}

function readMacros(data: Buffer): Command | null {
  const stage = data.toString('latin1', 0, 1)
  const words = stringsOf(data.subarray(1), 'utf8')
  if (stage === '' || words === null || words.length % 2 !== 0) return null
  const values = new Map<string, string>()
  for (let at = 0; at < words.length; at += 2) values.set(bareName(words[at] ?? ''), words[at + 1] ?? '')
  return { kind: 'macros', stage, values }
}

/** Host name, NUL, family; for `4`, `6` and `L` a port and an address (or path) follow, for `U` (unknown) nothing. */
function readConnect(data: Buffer): Command | null {
  const family = data.indexOf(0) + 1
  if (family === 0 || family === data.length) return null
  const known = data.toString('latin1', family, family + 1)
  if (known === 'U') return { kind: 'connect', ip: null, port: null }
  const rest = data.subarray(family + 1)
  const [address, ...more] = (rest.length > 2 && stringsOf(rest.subarray(2), 'latin1')) || []
  if (address === undefined || more.length > 0 || !'46L'.includes(known)) return null
  const ip = toIp(address)
  return { kind: 'connect', ip, port: (ip !== null && rest.readUInt16BE()) || null }
}

/** Sendmail writes `IPv6:2001:db8::1`. */
export function toIp(text: string): string | null {
  const bare = withoutMapping(text.replace(/^IPv6:/iu, ''))
  return isIP(bare) === 0 ? null : bare
}

function readHelo(data: Buffer): Command | null {
  const [name, ...more] = stringsOf(data, 'utf8') ?? []
  return name === undefined || more.length > 0 ? null : { kind: 'helo', name }
}

function readMail(data: Buffer): Command | null {
  const [address] = stringsOf(data, 'utf8') ?? []
  return address === undefined ? null : { kind: 'mail', address }
}

function readRcpt(data: Buffer): Command | null {
  const [address] = stringsOf(data, 'utf8') ?? []
  return address === undefined ? null : partOf({ kind: 'rcpt', address })
}

function readHeader(data: Buffer): Command | null {
  const [name, value, ...more] = stringsOf(data, 'latin1') ?? []
  if (name === undefined || value === undefined || more.length > 0) return null
  return partOf({ kind: 'header', name, value })
}

/** Strings with a NUL at the end of each; null if the last has none. */
function stringsOf(data: Buffer, encoding: 'utf8' | 'latin1'): readonly string[] | null {
  if (data.length === 0) return []
  return data.at(-1) === 0 ? data.toString(encoding, 0, data.length - 1).split('\0') : null
}
