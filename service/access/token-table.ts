import type { Storage } from '../storage/storage.ts'
import type { Token } from './scope.ts'

/** A token as it is kept: with the sha256 of its secret. */
export interface StoredToken extends Token {
  readonly hash: string
}

/** Tokens by id, and ids by hash. Writes only inside `Storage.transaction`. */
export function openTokenTable(storage: Storage) {
  const byId = storage.table<StoredToken>('access.tokens')
  const idByHash = storage.table<string>('access.token-hashes')

  function put(token: StoredToken): void {
    const replaced = byId.get(token.id)
    if (replaced !== undefined) idByHash.remove(replaced.hash)
    byId.put(token.id, token)
    idByHash.put(token.hash, token.id)
  }

  function remove(token: StoredToken): void {
    byId.remove(token.id)
    idByHash.remove(token.hash)
  }

  function byHash(hash: string): StoredToken | undefined {
    const id = idByHash.get(hash)
    return id === undefined ? undefined : byId.get(id)
  }

  function list(): readonly StoredToken[] {
    return Array.from(byId.range(), ({ value }) => value)
  }

  return { put, remove, byHash, list, get: (id: string) => byId.get(id) }
}
