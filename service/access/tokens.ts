import { createHash, timingSafeEqual } from 'node:crypto'
import type { Storage } from '../storage/storage.ts'
import { AccessError } from './access-error.ts'
import { writePrivateFile } from './private-file.ts'
import type { Scope, Token } from './scope.ts'
import { openTokenTable, type StoredToken } from './token-table.ts'

export interface Bearer {
  readonly id: string
  readonly scopes: readonly Scope[]
}

export interface Tokens {
  /** Durable when it resolves. The secret is given here and never again. */
  create(name: string, granted: readonly Scope[]): Promise<{ readonly id: string; readonly secret: string }>
  verify(secret: string): Bearer | undefined
  list(): readonly Token[]
  /** Throws TOKEN_UNKNOWN, TOKEN_LAST_ADMIN. Takes effect at once. */
  revoke(id: string): Promise<void>
  /** Makes the first admin token and writes it to `file` (mode 0600). Gives the secret only when it was newly made. */
  ensureAdmin(file: string): Promise<string | undefined>
  /** Nobody has made a token yet, besides the first admin token: scoring on loopback is still open. */
  onlyFirstAdmin(): boolean
}

export interface TokensOptions {
  readonly storage: Storage
  /** 256 random bits as text. */
  readonly newSecret: () => string
  /** Epoch ms. */
  readonly clock: () => number
  /** An admin secret that the operator has set (`SLUICE_ADMIN_TOKEN`); it is compared, never stored. */
  readonly adminToken?: string
}

const firstAdmin = 'admin'
const prefix = 'slc_'

/** Bearer tokens. Kept as sha256: the secrets are 256 random bits, so there is nothing that a slow hash would protect. */
export function createTokens({ storage, newSecret, clock, adminToken }: TokensOptions): Tokens {
  const kept = openTokenTable(storage)
  const configured = adminToken === undefined ? undefined : sha256(adminToken)

  async function create(name: string, granted: readonly Scope[]): Promise<{ id: string; secret: string }> {
    const secret = prefix + newSecret()
    const hash = sha256(secret)
    const id = `tok_${hash.slice(0, 12)}`
    await storage.transaction(() => kept.put({ id, name, scopes: [...granted], createdAt: clock(), hash }))
    return { id, secret }
  }

  function verify(secret: string): Bearer | undefined {
    const hash = sha256(secret)
    if (configured !== undefined && sameText(hash, configured)) return { id: firstAdmin, scopes: ['admin'] }
    const token = kept.byHash(hash)
    return token === undefined ? undefined : { id: token.id, scopes: token.scopes }
  }

  function list(): readonly Token[] {
    return kept.list().map(toToken)
  }

  async function revoke(id: string): Promise<void> {
    await storage.transaction(() => {
      const token = kept.get(id)
      if (token === undefined) throw new AccessError('TOKEN_UNKNOWN', { id })
      if (configured === undefined && isLastAdmin(token, list()))
        throw new AccessError('TOKEN_LAST_ADMIN', { id })
      kept.remove(token)
    })
  }

  async function ensureAdmin(file: string): Promise<string | undefined> {
    if (configured !== undefined || list().some(isAdmin)) return undefined
    const secret = prefix + newSecret()
    // The file first: after a crash in between, the next start makes a new pair; the other way round the secret would be lost.
    await writePrivateFile(file, `${secret}\n`)
    const token = {
      id: firstAdmin,
      name: 'first admin token',
      scopes: ['admin'] as const,
      createdAt: clock()
    }
    await storage.transaction(() => kept.put({ ...token, hash: sha256(secret) }))
    return secret
  }

  return {
    create,
    verify,
    list,
    revoke,
    ensureAdmin,
    onlyFirstAdmin: () => list().every(({ id }) => id === firstAdmin)
  }
}

/** `admin` implies every other scope. */
export function hasScope(bearer: Bearer, scope: Scope): boolean {
  return bearer.scopes.includes(scope) || bearer.scopes.includes('admin')
}

function toToken({ id, name, scopes: granted, createdAt }: StoredToken): Token {
  return { id, name, scopes: granted, createdAt }
}

function isAdmin(token: Token): boolean {
  return token.scopes.includes('admin')
}

function isLastAdmin(token: Token, all: readonly Token[]): boolean {
  return isAdmin(token) && all.filter(isAdmin).length === 1
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
