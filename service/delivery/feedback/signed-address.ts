import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SignedRecipient } from '../../message/world-report.ts'
import { base32, fromBase32 } from './base32.ts'

/** Addresses at the feedback domain (variable envelope return paths), each signed with the installation's key. */
export interface SignedAddresses {
  /** The return path of a message that leaves now; null: its id has no such form. */
  readonly returnPath: (messageId: string, recipient: number | null, now: number) => string | null
  /** The address to register with a feedback loop. `name`: letters and digits, at most 20. */
  readonly forReporter: (name: string, until: number) => string
  /** null: not ours, forged, or past its time. */
  readonly read: (address: string, now: number) => SignedRecipient | null
}

export interface SignedAddressesOptions {
  readonly domain: string
  /** The installation's. */
  readonly key: Uint8Array
  /** How long after its message left a return path is good. */
  readonly validDays: number
}

const dayMs = 86_400_000
/** 80 bits: guessing takes a connection a guess. The whole stays below the 64 octets of a local part (RFC 5321 section 4.5.3.1.1). */
const macBytes = 10
/** Hosts may write a local part in lower case, and none in capitals: nothing here knows the difference. */
const shape =
  /^(?:sb-(?<id>[a-z2-7]{26})-(?<place>[0-9a-z]{1,4})|sf-(?<name>[a-z0-9]{1,20}))-(?<day>[0-9a-z]{1,5})-(?<mac>[a-z2-7]{16})$/u
export const reporterName = /^[a-z0-9]{1,20}$/u

export function createSignedAddresses({ domain, key, validDays }: SignedAddressesOptions): SignedAddresses {
  const signed = (text: string): string => `${text}-${base32(macOf(text, key))}@${domain}`
  return { returnPath, forReporter, read }

  function returnPath(messageId: string, recipient: number | null, now: number): string | null {
    const id = uuidBytes(messageId)
    const place = recipient === null ? 0 : recipient + 1
    if (id === null || place >= 36 ** 4) return null
    return signed(`sb-${base32(id)}-${place.toString(36)}-${dayOf(now).toString(36)}`)
  }

  function forReporter(name: string, until: number): string {
    if (!reporterName.test(name)) throw new RangeError(`not a reporter's name: ${name}`)
    return signed(`sf-${name}-${dayOf(until).toString(36)}`)
  }

  function read(address: string, now: number): SignedRecipient | null {
    const [local, host] = split(address.toLowerCase())
    const found = host === domain ? shape.exec(local)?.groups : undefined
    if (found === undefined || !isSigned(local, key)) return null
    const daysLeft = Number.parseInt(found['day'] ?? '', 36) - dayOf(now)
    const { id, place, name } = found
    if (name !== undefined) return daysLeft >= 0 ? { kind: 'reporter', name } : null
    // A day ahead: clocks of two machines differ around midnight
    return daysLeft > 1 || daysLeft < -validDays ? null : toMessage(id, place)
  }
}

function toMessage(id = '', place = '0'): SignedRecipient {
  const number = Number.parseInt(place, 36)
  const messageId = uuidText(fromBase32(id))
  return { kind: 'message', messageId, recipient: number === 0 ? null : number - 1 }
}

/** In constant time: how much of a guess was right is nobody's business. */
function isSigned(local: string, key: Uint8Array): boolean {
  const at = local.lastIndexOf('-')
  const mac = fromBase32(local.slice(at + 1))
  return mac.length === macBytes && timingSafeEqual(mac, macOf(local.slice(0, at), key))
}

/** The key serves several ends: the text in front keeps their signatures apart. */
function macOf(text: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`feedback-address\0${text}`).digest().subarray(0, macBytes)
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs)
}

function split(address: string): readonly [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return [address.slice(0, Math.max(at, 0)), address.slice(at + 1)]
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u

function uuidBytes(id: string): Buffer | null {
  return uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : null
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
