import type { Submission } from '../../message/submission.ts'
import { createKeyedHash, type KeyedHash } from '../../observation/keyed-hash.ts'
import type { NetworkOrigin } from '../../observation/network.ts'
import { observeEnvelope } from '../../observation/observe-envelope.ts'
import { observeMessage } from '../../observation/observe-message.ts'
import { parseMessage } from '../../parse/parse-message.ts'
import type { ParseOutcome } from '../../parse/parsed-message.ts'
import type { ObserveOutcome } from '../scoring-ports.ts'

export type ParseMessage = (raw: Uint8Array) => Promise<ParseOutcome>

/** What of a submission decides its observation: all that travels to a worker. */
export interface Observable extends Pick<
  Submission,
  'receivedAt' | 'sender' | 'client' | 'auth' | 'envelope' | 'raw' | 'shows'
> {
  /** Asked of envelopes only: the size of what is shown is known. */
  readonly sizeBytes?: number
  /** Of the client's address; looked up beforehand, where the table is. */
  readonly network?: NetworkOrigin | undefined
}

/** The worker's work without a thread, for tests, training and backtest. The same code, so the same numbers. */
export async function observeInProcess(submission: Observable, key: Uint8Array): Promise<ObserveOutcome> {
  const keyedHash = keyedHashOf(key)
  if (submission.shows === 'envelope') return envelopeOutcome(submission, keyedHash)
  return observeWith(submission, keyedHash, parseMessage)
}

/** There is nothing to parse. */
export function envelopeOutcome(
  { receivedAt, client, envelope, network, sizeBytes = 0 }: Omit<Observable, 'raw'>,
  keyedHash: KeyedHash
): ObserveOutcome {
  const observation = observeEnvelope({ receivedAt, client, envelope, network, sizeBytes, keyedHash })
  return {
    kind: 'observed',
    observation,
    headline: { subject: '', messageId: null, fromAddress: null, language: '' }
  }
}

/** Bytes → observation. Every fault that the message causes becomes an outcome. */
export async function observeWith(
  { raw, receivedAt, client, envelope, sender, auth, network }: Observable,
  keyedHash: KeyedHash,
  parse: ParseMessage
): Promise<ObserveOutcome> {
  try {
    const parsed = await parse(raw)
    if (parsed.kind === 'unreadable') return parsed
    const { message } = parsed
    const context = {
      receivedAt,
      client,
      envelope,
      keyedHash,
      network,
      sender: sender ?? auth?.user ?? envelope.mailFrom ?? ''
    }
    const headline = {
      subject: message.subject,
      messageId: message.messageId,
      fromAddress: message.from[0]?.address ?? null
    }
    const observation = observeMessage(message, context)
    return {
      kind: 'observed',
      observation,
      headline: { ...headline, language: observation.attributes.language }
    }
  } catch (error) {
    return {
      kind: 'unreadable',
      cause: 'parser-failed',
      detail: error instanceof Error ? error.message : 'unknown'
    }
  }
}

/** Backtests call with one key a million times; its hash remembers what it has hashed. */
const hashes = new WeakMap<Uint8Array, KeyedHash>()

function keyedHashOf(key: Uint8Array): KeyedHash {
  const known = hashes.get(key)
  if (known) return known
  const created = createKeyedHash(key)
  hashes.set(key, created)
  return created
}
