import { canonicalAddress, domainOf, type Address } from '../message/address.ts'
import type { Envelope } from '../message/envelope.ts'
import type { KeyedHash } from './keyed-hash.ts'
import type { ObservedRecipient } from './observation.ts'

/** Distinct people that the envelope names; +tags and Gmail's dots don't make a new one. */
export function observeRecipients(envelope: Envelope, keyedHash: KeyedHash): readonly ObservedRecipient[] {
  const people = new Map<string, Address>()
  for (const address of envelope.rcptTo) people.set(canonicalAddress(address), address)
  return [...people].map(([person, address]) => ({
    person: keyedHash(person),
    domain: keyedHash(domainOf(address))
  }))
}
