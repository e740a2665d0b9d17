import { isIP } from 'node:net'
import type { Client } from '../../../message/submission.ts'
import type { FilterReport } from './filter-lines.ts'

/** What smtpd has told of one of its sessions. */
export interface SmtpSession {
  client: Client
  /** Who authenticated, or null. */
  user: string | null
  transaction: Transaction
}

export interface Transaction {
  /** As smtpd logs it, eight hexadecimal digits; null: it has not begun. */
  readonly id: string | null
  mailFrom: string
  /** smtpd bounds them (`limit max-recipients`). */
  readonly rcptTo: string[]
}

export function newSession(): SmtpSession {
  return { client: { ip: null, helo: null, port: null, tls: null }, user: null, transaction: begin(null) }
}

/** Notes what a report tells; `link-disconnect` is the keeper's. */
export function noteReport(session: SmtpSession, { event, rest, version }: FilterReport): void {
  if (Object.hasOwn(notes, event)) notes[event]?.(session, rest, version)
}

type Note = (session: SmtpSession, rest: string, version: string) => void

const notes: Readonly<Record<string, Note>> = {
  'link-connect'(session, rest) {
    const [, , source = ''] = rest.split('|')
    session.client = { ...session.client, ...addressOf(source) }
  },
  'link-identify'(session, rest) {
    const [, helo] = parted(rest)
    session.client = { ...session.client, helo: helo || null }
  },
  'link-tls'(session, rest) {
    const [version = '', cipher] = rest.split(':')
    session.client = { ...session.client, tls: { version, cipher: cipher ?? null } }
  },
  'link-auth'(session, rest, version) {
    const [result, user] = loginOf(rest, version)
    if (result === 'pass') session.user = user
  },
  'tx-begin'(session, rest) {
    session.transaction = begin(rest)
  },
  'tx-mail'(session, rest) {
    const { result, address } = envelopePart(rest)
    if (result === 'ok') session.transaction.mailFrom = address
  },
  'tx-rcpt'(session, rest) {
    const { result, address } = envelopePart(rest)
    if (result === 'ok') session.transaction.rcptTo.push(address)
  },
  'tx-reset'(session, rest) {
    if (session.transaction.id === rest) session.transaction = begin(null)
  }
}

function begin(id: string | null): Transaction {
  return { id, mailFrom: '', rcptTo: [] }
}

/** `192.0.2.7:40123`, `[2001:db8::7]:40123`, `unix:/var/run/smtpd.sock`. */
function addressOf(source: string): { ip: string | null; port: number | null } {
  const [, address = '', port = ''] = /^(?<address>.*):(?<port>\d{1,5})$/u.exec(source) ?? []
  const ip = address.replace(/^\[(?<bare>.*)\]$/u, '$<bare>')
  return isIP(ip) === 0 ? { ip: null, port: null } : { ip, port: Number(port) }
}

/** Protocol 0.7 moved the name to the end, as it may hold bars. */
function loginOf(rest: string, version: string): readonly [result: string, user: string] {
  if (version !== '0.6') return parted(rest)
  const at = rest.lastIndexOf('|')
  return [rest.slice(at + 1), rest.slice(0, Math.max(0, at))]
}

function envelopePart(rest: string): { result: string; address: string } {
  const [, outcome] = parted(rest)
  const [result, address] = parted(outcome)
  return { result, address }
}

/** At the first bar: the last field may hold some itself. */
function parted(text: string): readonly [string, string] {
  const at = text.indexOf('|')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
