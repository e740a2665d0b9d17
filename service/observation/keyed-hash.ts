import { createHmac } from 'node:crypto'

/** HMAC-SHA-256 with the installation's key, first 8 bytes as base64url: 11 characters. The empty text stays empty. */
export type KeyedHash = (text: string) => string

const maxRemembered = 4_096

/** People, hosts and threads leave the parser as these. The last few thousand are remembered: senders write to the same people. */
export function createKeyedHash(key: Uint8Array): KeyedHash {
  const remembered = new Map<string, string>()
  return (text) => {
    if (text === '') return ''
    const known = remembered.get(text)
    if (known !== undefined) return known
    const hashed = createHmac('sha256', key).update(text).digest().subarray(0, 8).toString('base64url')
    if (remembered.size >= maxRemembered) remembered.clear()
    if (text.length <= 256) remembered.set(text, hashed)
    return hashed
  }
}
