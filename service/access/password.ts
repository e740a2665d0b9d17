import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** A password as it is kept: scrypt (RFC 7914) with its parameters, so that they can be raised later. */
export interface PasswordHash {
  readonly n: number
  readonly r: number
  readonly p: number
  readonly salt: string
  readonly hash: string
}

/** OWASP Password Storage Cheat Sheet (2024): N=2^14, r=8, p=5 costs an attacker as much as N=2^17, p=1, in 16 MiB. */
const cost = { n: 16_384, r: 8, p: 5 } as const
const hashLength = 32

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return { ...cost, salt: salt.toString('base64url'), hash: hash.toString('base64url') }
}

/** Takes as long for a wrong password as for the right one. */
export async function verifyPassword(password: string, kept: PasswordHash): Promise<boolean> {
  const expected = Buffer.from(kept.hash, 'base64url')
  const actual = await derive(password, Buffer.from(kept.salt, 'base64url'), kept)
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

/** A hash that no password fits: checked for users that do not exist, so that names cannot be told apart by time. */
export const nobodysPassword: PasswordHash = {
  ...cost,
  salt: randomBytes(16).toString('base64url'),
  hash: randomBytes(hashLength).toString('base64url')
}

/** RFC 8265 section 4.2: OpaqueString compares in Unicode normalization form C. */
function derive(
  password: string,
  salt: Buffer,
  { n, r, p }: { n: number; r: number; p: number }
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, hashLength, { N: n, r, p, maxmem: 256 * n * r }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
