import { createHash, sign, type KeyObject } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { dkimBody } from 'mailauth/lib/dkim/body/index.js'
import { generateCanonicalizedHeader } from 'mailauth/lib/dkim/header/index.js'
import { formatSignatureHeaderLine, parseHeaders, type ParsedField } from 'mailauth/lib/tools.js'
import { headerLength } from '../../message/header-block.ts'
import { signatureFields } from './signature-fields.ts'

/** RFC 8301 section 3.1 and RFC 8463: nothing else is used for signing. */
export type DkimAlgorithm = 'rsa-sha256' | 'ed25519-sha256'

export interface SigningKey {
  /** `d=`, as A-labels. */
  readonly domain: string
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  readonly privateKey: KeyObject
}

const signAsync = promisify(sign)

/**
 * One DKIM-Signature field a key, each ending with CRLF, to go before the message (RFC 6376, relaxed/relaxed, never `l=`). `raw` are the
 * bytes as they leave. The private key operations run in Node's thread pool. A message without From cannot be signed: the answer is empty.
 */
export async function signMessage(
  raw: Uint8Array,
  keys: readonly SigningKey[],
  /** Epoch seconds, for `t=`. */
  timestamp: number
): Promise<string> {
  const head = raw.subarray(0, headerLength(raw))
  const covered = coverFields(parseHeaders(head).parsed)
  if (keys.length === 0 || !covered.headers.some(({ key }) => key === 'from')) return ''
  const bodyHash = await hashBody(bodyOf(raw, head.length))
  const fields = await Promise.all(keys.map((key) => signatureField(key, covered, bodyHash, timestamp)))
  return fields.map((field) => `${field}\r\n`).join('')
}

interface Covered {
  readonly keys: string
  readonly headers: readonly ParsedField[]
}

/** Several fields of a name are signed from the last to the first (RFC 6376 section 5.4.2). */
function coverFields(parsed: readonly ParsedField[]): Covered {
  const byName = Map.groupBy(parsed, ({ key }) => key)
  const named = Object.entries(signatureFields).map(([name, how]) => {
    const headers = (byName.get(name) ?? []).toReversed()
    const names = headers.map(({ casedKey }) => casedKey)
    return { headers, names: how === 'over-signed' ? [...names, name] : names }
  })
  return {
    keys: named.flatMap(({ names }) => names).join(': '),
    headers: named.flatMap(({ headers }) => headers)
  }
}

const lineFeed = 0x0a

/** What follows the empty line. */
function bodyOf(raw: Uint8Array, headEnd: number): Uint8Array {
  const end = raw.indexOf(lineFeed, headEnd)
  return end === -1 ? raw.subarray(raw.length) : raw.subarray(end + 1)
}

/** A slice takes about a millisecond: others have their turn in between. */
const sliceBytes = 128 * 1024

async function hashBody(body: Uint8Array): Promise<string> {
  const hash = dkimBody('relaxed', 'sha256')
  for (let at = 0; at < body.length; at += sliceBytes) {
    if (at > 0) await nextTurn()
    hash.update(Buffer.from(body.subarray(at, at + sliceBytes)))
  }
  return hash.digest('base64')
}

async function signatureField(
  { domain, selector, algorithm, privateKey }: SigningKey,
  covered: Covered,
  bodyHash: string,
  timestamp: number
): Promise<string> {
  const { canonicalizedHeader, dkimHeaderOpts } = generateCanonicalizedHeader('DKIM', covered, {
    signingDomain: domain,
    selector,
    algorithm,
    canonicalization: 'relaxed/relaxed',
    bodyHash,
    timestamp
  })
  // RFC 8463 section 3: PureEdDSA over the SHA-256 of the data
  const signature =
    algorithm === 'rsa-sha256'
      ? await signAsync('sha256', canonicalizedHeader, privateKey)
      : await signAsync(null, createHash('sha256').update(canonicalizedHeader).digest(), privateKey)
  const values = { ...dkimHeaderOpts, b: signature.toString('base64') }
  return formatSignatureHeaderLine('DKIM', values, true)
}
