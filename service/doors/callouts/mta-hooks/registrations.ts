import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { fetchProperties, type FetchProperty } from './discovery.ts'

/** What a mail server and we have agreed on. Times are epoch ms. */
export interface Registration {
  readonly id: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly properties: readonly FetchProperty[]
}

export type FoundRegistration =
  | { readonly kind: 'active'; readonly registration: Registration }
  | { readonly kind: 'unknown' | 'mismatch' | 'expired' | 'deregistered' }

/**
 * Registrations that nobody has to keep: the id says all of it, and is signed. So it holds after a restart and on every pod that has the
 * installation's key, and a thousand mail servers that register every second fill no memory. It is no credential: every call shows one.
 */
export interface Registrations {
  /** `owner`: whose it is; nobody else may use it. `until`: epoch ms; it may end earlier than we would end it. */
  create(owner: string, properties: readonly FetchProperty[], until: number | null): Registration
  find(id: string, owner: string): FoundRegistration
  /** Only remembered here and until a restart: what is lost with it is that a client is told that it said good-bye. */
  end(registration: Registration): void
}

export interface RegistrationsOptions {
  /** The installation's. */
  readonly key: Uint8Array
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
}

const lifeMs = 86_400_000
const maxEnded = 10_000

export function createRegistrations({ key, newId, clock }: RegistrationsOptions): Registrations {
  const ticketKey = createHmac('sha256', key).update('mta-hooks registrations').digest()
  const ended = new Map<string, number>()

  function create(owner: string, properties: readonly FetchProperty[], until: number | null): Registration {
    // Whole seconds, as the id says them
    const createdAt = Math.floor(clock() / 1_000) * 1_000
    const expiresAt = Math.floor(Math.min(until ?? Infinity, createdAt + lifeMs) / 1_000) * 1_000
    const fields = [
      'mh1',
      (createdAt / 1_000).toString(36),
      (expiresAt / 1_000).toString(36),
      toMask(properties).toString(36),
      fingerprint(owner),
      newId().replaceAll('-', '')
    ].join('-')
    return { id: `${fields}-${sign(fields, ticketKey)}`, createdAt, expiresAt, properties }
  }

  function find(id: string, owner: string): FoundRegistration {
    const parts = ticket.exec(id)?.groups
    if (parts === undefined || !isSigned(id, ticketKey)) return { kind: 'unknown' }
    const { created = '', expires = '', mask = '', of = '' } = parts
    if (of !== fingerprint(owner)) return { kind: 'mismatch' }
    if (ended.has(id)) return { kind: 'deregistered' }
    const expiresAt = Number.parseInt(expires, 36) * 1_000
    if (expiresAt <= clock()) return { kind: 'expired' }
    const createdAt = Number.parseInt(created, 36) * 1_000
    const properties = fromMask(Number.parseInt(mask, 36))
    return { kind: 'active', registration: { id, createdAt, expiresAt, properties } }
  }

  function end({ id, expiresAt }: Registration): void {
    for (const [other, until] of ended)
      if (until <= clock() || ended.size >= maxEnded) ended.delete(other)
      else break
    ended.set(id, expiresAt)
  }

  return { create, find, end }
}

/** Letters, digits and hyphens, 255 at most: what clients take for an id. */
const ticket =
  /^mh1-(?<created>[0-9a-z]{1,8})-(?<expires>[0-9a-z]{1,8})-(?<mask>[0-9a-z]{1,4})-(?<of>[0-9a-f]{16})-[0-9a-z]{1,64}-[0-9a-f]{32}$/u

function sign(fields: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(fields).digest('hex').slice(0, 32)
}

function isSigned(id: string, key: Uint8Array): boolean {
  const at = id.lastIndexOf('-')
  return timingSafeEqual(Buffer.from(id.slice(at + 1)), Buffer.from(sign(id.slice(0, at), key)))
}

function fingerprint(owner: string): string {
  return hash('sha256', owner).slice(0, 16)
}

/** One bit a property, by its place in our list: new ones go to its end. */
function toMask(properties: readonly FetchProperty[]): number {
  return fetchProperties.reduce((mask, one, bit) => (properties.includes(one) ? mask | (1 << bit) : mask), 0)
}

function fromMask(mask: number): readonly FetchProperty[] {
  return fetchProperties.filter((_, bit) => (mask & (1 << bit)) !== 0)
}
