import { AuthenticationError } from '../../authentication/authentication-error.ts'
import { missingRecords } from '../../authentication/dkim/check-dkim.ts'
import { makeGeneration, type DomainKeys, type KeyChoice } from '../../authentication/dkim/domain-keys.ts'
import { advance, type RotationStep } from '../../authentication/dkim/rotation.ts'
import type { Domains } from './open-domains.ts'

export interface RotateOptions {
  readonly domain: string
  readonly choice: KeyChoice
  /** `add` makes the first keys and never begins a rotation; `rotate` is for a domain that has keys. */
  readonly act: 'add' | 'rotate'
  readonly hurry: boolean
  /** Epoch ms. */
  readonly now: number
}

export interface Rotated {
  readonly keys: DomainKeys
  readonly step: RotationStep
}

type Place = Pick<Domains, 'store' | 'resolve'>

/** One step with the keys of a domain, on disk when it resolves. Throws KEYS_MISSING, KEYS_DAMAGED. */
export async function rotateKeys(options: RotateOptions, place: Place): Promise<Rotated> {
  const { domain } = options
  const version = await place.store.version(domain)
  const { before, ...rotated } = await nextStep(options, place)
  if (rotated.keys === before) return rotated
  // Somebody else took the step meanwhile: keys that were just shown must not be lost
  return (await place.store.save(rotated.keys, version)) ? rotated : rotateKeys(options, place)
}

async function nextStep(
  { domain, choice, act, hurry, now }: RotateOptions,
  { store, resolve }: Place
): Promise<Rotated & { readonly before: DomainKeys }> {
  const known = await store.read(domain)
  if (known === undefined && act === 'rotate') throw new AuthenticationError('KEYS_MISSING', { domain })
  const before: DomainKeys = known ?? { version: 1, domain, generations: [] }
  const advanced = await advance(before, {
    now,
    hurry,
    begin: act === 'rotate',
    missing: (records) => missingRecords(records, resolve),
    make: (number, at) => makeGeneration(number, choice, at)
  })
  return { ...advanced, before }
}
