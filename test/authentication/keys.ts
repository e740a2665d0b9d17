import { createPrivateKey } from 'node:crypto'
import {
  keyRecordsOf,
  makeGeneration,
  type DomainKeys,
  type Generation
} from '../../service/authentication/dkim/domain-keys.ts'
import type { Keyring } from '../../service/authentication/dkim/keyring.ts'
import type { SigningKey } from '../../service/authentication/dkim/sign-message.ts'

export const now = Date.UTC(2026, 10, 22, 12)

/** Made once: an RSA key takes a tenth of a second. */
const made = makeGeneration(1, { selector: 'sluice', algorithm: 'both' }, now)

/** Keys as they are after `domains add` was published. */
export async function activeGeneration(): Promise<Generation> {
  return { ...(await made), state: 'active' }
}

export async function domainKeys(domain: string): Promise<DomainKeys> {
  return { version: 1, domain, generations: [await activeGeneration()] }
}

export async function signingKeys(domain: string): Promise<readonly SigningKey[]> {
  const { keys } = await activeGeneration()
  return keys.map(({ selector, algorithm, privateKey }) => ({
    domain,
    selector,
    algorithm,
    privateKey: createPrivateKey(privateKey)
  }))
}

export async function keyTexts(domain: string): Promise<Readonly<Record<string, string>>> {
  const records = keyRecordsOf(domain, await activeGeneration())
  return Object.fromEntries(records.map(({ name, text }) => [name, text]))
}

/** Signs for these domains alone. */
export function keyringOf(...domains: readonly string[]): Keyring {
  const keysOf: Keyring['keysOf'] = async (domain) =>
    domains.includes(domain)
      ? { kind: 'keys', domain, keys: await signingKeys(domain) }
      : { kind: 'none', domain: null, why: `no key for ${domain}` }
  return { keysFor: keysOf, keysOf, signerOf: (domain) => domains.find((one) => one === domain) }
}
