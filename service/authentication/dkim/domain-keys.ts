import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { keyRecordName, keyRecordOf } from './key-record.ts'
import type { DkimAlgorithm } from './sign-message.ts'

const algorithm = z.enum(['rsa-sha256', 'ed25519-sha256'])
const time = z.iso.datetime()

const keySchema = z.strictObject({ selector: z.string(), algorithm, privateKey: z.string() })

/**
 * Keys that were made together and take turns together: `prepared` (made, not yet seen in DNS) → `published` (every record seen) →
 * `active` (signs) → `retired` (signs no more; its records stay for mail under way) → `removed` (the private keys are destroyed).
 */
const generationSchema = z.strictObject({
  number: z.int().min(1),
  state: z.enum(['prepared', 'published', 'active', 'retired', 'removed']),
  /** When it came into each state. */
  since: z.strictObject({
    prepared: time,
    published: time.optional(),
    active: time.optional(),
    retired: time.optional(),
    removed: time.optional()
  }),
  /** Of a removed generation only the selectors are left; their `privateKey` is empty. */
  keys: z.array(keySchema).min(1)
})

/** The keys of one domain, oldest generation first: what stands in its file. */
export const domainKeysSchema = z.strictObject({
  version: z.literal(1),
  domain: z.string(),
  generations: z.array(generationSchema)
})

export type DomainKeys = z.output<typeof domainKeysSchema>
export type Generation = DomainKeys['generations'][number]
export type GenerationState = Generation['state']
export type DomainKey = Generation['keys'][number]

/** What `[[domains]]` says of keys. */
export interface KeyChoice {
  /** What the selectors begin with. */
  readonly selector: string
  readonly algorithm: 'both' | DkimAlgorithm
}

const makeKeys = promisify(generateKeyPair)
/** RFC 8301 section 3.2: signers SHOULD use at least 2048 bits; longer keys do not fit one UDP answer, and some hosts refuse them. */
const rsaBits = 2048

/** A new generation with keys nobody has seen. RSA and Ed25519 stand under selectors of their own, as a selector has one key. */
export async function makeGeneration(
  number: number,
  { selector, algorithm: chosen }: KeyChoice,
  now: number
): Promise<Generation> {
  const algorithms: readonly DkimAlgorithm[] = chosen === 'both' ? ['rsa-sha256', 'ed25519-sha256'] : [chosen]
  const keys = await Promise.all(
    algorithms.map(async (one) => ({
      selector: `${selector}${number}-${one === 'rsa-sha256' ? 'rsa' : 'ed'}`,
      algorithm: one,
      privateKey: await makePrivateKey(one)
    }))
  )
  return { number, state: 'prepared', since: { prepared: new Date(now).toISOString() }, keys }
}

async function makePrivateKey(one: DkimAlgorithm): Promise<string> {
  const { privateKey } =
    one === 'rsa-sha256' ? await makeKeys('rsa', { modulusLength: rsaBits }) : await makeKeys('ed25519')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** A record to publish for a key. */
export interface KeyRecord {
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  readonly name: string
  readonly text: string
}

/** Empty once the private keys are gone. */
export function keyRecordsOf(domain: string, { keys, state }: Generation): readonly KeyRecord[] {
  if (state === 'removed') return []
  return keys.map(({ selector, algorithm: one, privateKey }) => ({
    selector,
    algorithm: one,
    name: keyRecordName(selector, domain),
    text: keyRecordOf(privateKey, one)
  }))
}
