import { createPrivateKey } from 'node:crypto'
import { AuthenticationError } from '../authentication-error.ts'
import { organisationOf } from '../dmarc/organisation.ts'
import type { KeyStore } from './key-store.ts'
import { newest } from './rotation.ts'
import type { SigningKey } from './sign-message.ts'

/** A domain of `[[domains]]`, by name. */
export interface OwnDomain {
  readonly name: string
  /** Its keys also sign mail from the names below it that stand nowhere themselves. */
  readonly subdomains: boolean
}

export interface KeyringOptions {
  readonly store: Pick<KeyStore, 'read' | 'version'>
  readonly domains: readonly OwnDomain[]
  /**
   * Also where `subdomains` is off, keys of the same organisation sign: a signature that aligns relaxed is better than none
   * (`policy.onMisaligned`).
   */
  readonly anyAligned: boolean
  /** Epoch ms. */
  readonly clock: () => number
}

export type KeysFound =
  | { readonly kind: 'keys'; readonly domain: string; readonly keys: readonly SigningKey[] }
  /** `domain`: of ours, that would sign; null: none of ours has to do with it. */
  | { readonly kind: 'none'; readonly domain: string | null; readonly why: string }

/** Which keys sign mail from a domain. */
export interface Keyring {
  /** `domain` as A-labels, lower case. Never rejects. */
  keysFor(domain: string): Promise<KeysFound>
  /** Of exactly this domain of ours. */
  keysOf(own: string): Promise<KeysFound>
  /** The domain of ours whose keys would sign; undefined: none. */
  signerOf(domain: string): string | undefined
}

/** A key file is looked at again after this: a rotation on the command line takes effect within a second. */
const lookAgainMs = 1_000

interface Read {
  readonly lookedAt: number
  readonly version: string | null
  readonly found: KeysFound
}

export function createKeyring({ store, domains, anyAligned, clock }: KeyringOptions): Keyring {
  const names = new Map(domains.map((one) => [one.name, one]))
  const read = new Map<string, Read>()
  return { keysFor, keysOf, signerOf }

  function keysFor(domain: string): Promise<KeysFound> {
    const own = signerOf(domain)
    if (own === undefined) return Promise.resolve({ kind: 'none', domain: null, why: `no key for ${domain}` })
    return keysOf(own)
  }

  function signerOf(domain: string): string | undefined {
    if (names.has(domain)) return domain
    return parentsOf(domain).find((parent) => {
      const own = names.get(parent)
      return own !== undefined && (own.subdomains || (anyAligned && isOneOrganisation(domain, parent)))
    })
  }

  async function keysOf(own: string): Promise<KeysFound> {
    const known = read.get(own)
    const now = clock()
    if (known !== undefined && Math.abs(now - known.lookedAt) < lookAgainMs) return known.found
    try {
      const version = await store.version(own)
      const found = known?.version === version ? known.found : await load(own)
      read.set(own, { lookedAt: now, version, found })
      return found
    } catch (error) {
      const why = error instanceof AuthenticationError ? error.message : 'its keys cannot be read'
      const found: KeysFound = { kind: 'none', domain: own, why }
      read.set(own, { lookedAt: now, version: null, found })
      return found
    }
  }

  async function load(own: string): Promise<KeysFound> {
    const keys = await store.read(own)
    if (keys === undefined) return { kind: 'none', domain: own, why: `no key for ${own}` }
    const active = newest(keys, 'active')
    if (active === undefined) return { kind: 'none', domain: own, why: `the key of ${own} is not in DNS yet` }
    return {
      kind: 'keys',
      domain: own,
      keys: active.keys.map(({ selector, algorithm, privateKey }) => ({
        domain: own,
        selector,
        algorithm,
        privateKey: createPrivateKey(privateKey)
      }))
    }
  }
}

/** `a.b.example.org` → `b.example.org`, `example.org`, `org`. */
function parentsOf(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'))
}

function isOneOrganisation(one: string, other: string): boolean {
  return organisationOf(one) === organisationOf(other)
}
