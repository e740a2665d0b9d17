import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { DkimAlgorithm } from './sign-message.ts'

/** The TXT record of a private key's public half (RFC 6376 section 3.6.1; RFC 8463 section 4: Ed25519 keys stand there as they are). */
export function keyRecordOf(privateKey: string, algorithm: DkimAlgorithm): string {
  return algorithm === 'rsa-sha256'
    ? `v=DKIM1; k=rsa; h=sha256; p=${publicKeyOf(privateKey, algorithm)}`
    : `v=DKIM1; k=ed25519; h=sha256; p=${publicKeyOf(privateKey, algorithm)}`
}

function publicKeyOf(privateKey: string, algorithm: DkimAlgorithm): string {
  const key: KeyObject = createPublicKey(createPrivateKey(privateKey))
  if (algorithm === 'rsa-sha256') return key.export({ type: 'spki', format: 'der' }).toString('base64')
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
}

/** Where it is published. */
export function keyRecordName(selector: string, domain: string): string {
  return `${selector}._domainkey.${domain}`
}

export type Tags = ReadonlyMap<string, string>

/** A tag-list (RFC 6376 section 3.2). The first of two equal tags counts. */
export function parseTags(text: string): Tags {
  const tags = new Map<string, string>()
  for (const part of text.split(';')) {
    const equals = part.indexOf('=')
    if (equals === -1) continue
    const name = part.slice(0, equals).trim().toLowerCase()
    if (!tags.has(name)) tags.set(name, part.slice(equals + 1).trim())
  }
  return tags
}

/** How a published key record compares with the key that signs. */
export type KeyRecordState =
  | 'ok'
  /** `p=` is empty: every signature fails (RFC 6376 section 3.6.1). */
  | 'revoked'
  | 'other-key'
  /** Another key type, hash or service than the signatures need. */
  | 'unusable'
  /** `t=y`: verifiers may treat signed mail as unsigned. */
  | 'testing'

export function compareKeyRecord(published: string, wanted: string): KeyRecordState {
  const tags = parseTags(published)
  const want = parseTags(wanted)
  const key = tags.get('p')?.replaceAll(/\s/gu, '')
  if (key === '') return 'revoked'
  if (key !== want.get('p')) return 'other-key'
  const allows = (name: string, value: string): boolean => {
    const list = tags.get(name)
    return (
      list === undefined ||
      list
        .toLowerCase()
        .split(':')
        .some((one) => [value, '*'].includes(one.trim()))
    )
  }
  const isUsable =
    (tags.get('v') ?? 'DKIM1') === 'DKIM1' &&
    (tags.get('k') ?? 'rsa') === want.get('k') &&
    allows('h', 'sha256') &&
    allows('s', 'email')
  if (!isUsable) return 'unusable'
  return tags.has('t') && allows('t', 'y') ? 'testing' : 'ok'
}
