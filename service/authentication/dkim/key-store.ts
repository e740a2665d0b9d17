import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AuthenticationError } from '../authentication-error.ts'
import { domainKeysSchema, type DomainKeys } from './domain-keys.ts'

export interface KeyStoreOptions {
  /** `<dataDir>/keys/dkim`. */
  readonly directory: string
  /** Replaces a file whole, readable by its owner alone, durably. */
  readonly write: (file: string, text: string) => Promise<void>
}

/** The DKIM keys of an installation: one file a domain. */
export interface KeyStore {
  /** undefined: there are none. Throws KEYS_DAMAGED. */
  read(domain: string): Promise<DomainKeys | undefined>
  /** On disk when it resolves. `false`: the file is no longer as `expected` (a version), and stays as it is. */
  save(keys: DomainKeys, expected: string | null): Promise<boolean>
  /** Changes whenever the file does; null: there is none. */
  version(domain: string): Promise<string | null>
  domains(): Promise<readonly string[]>
  /** For messages. */
  fileOf(domain: string): string
}

const ending = '.json'

export function createKeyStore({ directory, write }: KeyStoreOptions): KeyStore {
  const fileOf = (domain: string): string => join(directory, `${checked(domain)}${ending}`)
  return {
    fileOf,
    async read(domain) {
      const text = await ifThere(readFile(fileOf(domain), 'utf8'))
      return text === undefined ? undefined : parse(text, fileOf(domain))
    },
    version,
    async save(keys, expected) {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const file = fileOf(keys.domain)
      const text = `${JSON.stringify(keys, null, 2)}\n`
      if (expected === null) return writeFirst(file, text)
      if ((await version(keys.domain)) !== expected) return false
      await write(file, text)
      return true
    },
    async domains() {
      const names = (await ifThere(readdir(directory))) ?? []
      return names
        .flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []))
        .toSorted()
    }
  }

  async function version(domain: string): Promise<string | null> {
    const found = await ifThere(stat(fileOf(domain), { bigint: true }))
    return found === undefined ? null : `${found.ino} ${found.mtimeNs} ${found.size}`
  }

  /** Of two who make the first keys of a domain at once one wins: a link is made once, or not at all. */
  async function writeFirst(file: string, text: string): Promise<boolean> {
    const draft = `${file}.${randomUUID()}`
    await write(draft, text)
    try {
      await link(draft, file)
      // Once more, as only this has the name itself on disk
      await write(file, text)
      return true
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
      throw error
    } finally {
      await rm(draft, { force: true })
    }
  }
}

/** The domain becomes a file's name: nothing but a host name may pass. */
function checked(domain: string): string {
  if (!isDomain(domain)) throw new AuthenticationError('DOMAIN_INVALID', { domain })
  return domain
}

/** A host name of at least two labels, lower case, as A-labels. */
export function isDomain(text: string): boolean {
  return (
    text.length <= 253 &&
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/u.test(text)
  )
}

function parse(text: string, file: string): DomainKeys {
  try {
    return domainKeysSchema.parse(JSON.parse(text))
  } catch (cause) {
    // Without the cause's text: it may quote a private key
    throw new AuthenticationError('KEYS_DAMAGED', { file }, cause instanceof SyntaxError ? undefined : cause)
  }
}

async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
