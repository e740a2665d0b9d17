import type { Client } from '../message/submission.ts'

/** How ciphers are named by OpenSSL (`ECDHE-RSA-AES256-GCM-SHA384`) and by RFC 8446 (`TLS_AES_256_GCM_SHA384`) → their family. */
const families: readonly (readonly [mark: RegExp, family: string])[] = [
  [/chacha20/iu, 'chacha20'],
  [/aes[-_]?256[-_]gcm/iu, 'aes256-gcm'],
  [/aes[-_]?128[-_]gcm/iu, 'aes128-gcm'],
  [/aes[-_]?\d{3}[-_]ccm/iu, 'aes-ccm'],
  [/aes[-_]?256/iu, 'aes256-cbc'],
  [/aes[-_]?128/iu, 'aes128-cbc'],
  [/3des|des[-_]cbc3|rc4/iu, 'outdated']
]

/** Version and cipher family of a client's TLS session: `TLSv1.3 aes256-gcm`; '' without TLS or where it is not known. */
export function tlsFamily(tls: Client['tls']): string {
  if (tls === null) return ''
  const version = /^TLS\s?v?(1(?:\.\d)?)$/iu.exec(tls.version)?.[1]
  if (version === undefined) return ''
  const cipher = (tls.cipher ?? '').slice(0, 128)
  const family = cipher === '' ? '' : (families.find(([mark]) => mark.test(cipher))?.[1] ?? 'other')
  return `TLSv${version} ${family}`.trim()
}
