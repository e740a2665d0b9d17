import { parseAddress, type Address } from '../service/message/address.ts'
import type { Client } from '../service/message/submission.ts'
import { createKeyedHash } from '../service/observation/keyed-hash.ts'
import type { NetworkOrigin } from '../service/observation/network.ts'
import { observeMessage } from '../service/observation/observe-message.ts'
import type { Observation } from '../service/observation/observation.ts'
import type { ParsedMessage } from '../service/parse/parsed-message.ts'
import { parseMessage } from '../service/parse/parse-message.ts'

/** What a submission server knows beside the bytes; whatever is missing is read off the message itself. */
export interface MailContext {
  readonly sender?: string
  readonly receivedAt?: number
  readonly client?: { readonly ip: string | null; readonly helo: string | null }
  readonly recipients?: readonly string[]
  /** Who operates the client's network: from `openNetworkLookup`, as the service knows it. */
  readonly network?: NetworkOrigin | undefined
}

/** Any key does: training compares hashes with each other, and nothing that carries the key leaves it. */
const keyedHash = createKeyedHash(new Uint8Array(32).fill(7))

/** The observation that the service would make of this mail: the same code. null if the message can't be read. */
export async function observeMail(raw: string, context: MailContext = {}): Promise<Observation | null> {
  const outcome = await parseMessage(Buffer.from(raw, 'latin1'))
  if (outcome.kind !== 'parsed') return null
  const { message } = outcome
  const mailFrom = parseAddress(message.from[0]?.address ?? '') ?? null
  const client: Client = { ip: null, helo: null, ...context.client, port: null, tls: null }
  return observeMessage(message, {
    receivedAt: context.receivedAt ?? message.date?.at ?? 0,
    client,
    envelope: { mailFrom, rcptTo: recipientsOf(message, context.recipients) },
    sender: context.sender ?? mailFrom ?? '',
    keyedHash,
    network: context.network
  })
}

function recipientsOf({ to, cc }: ParsedMessage, given: readonly string[] | undefined): readonly Address[] {
  const texts = given ?? [...to, ...cc].map(({ address }) => address)
  return texts.flatMap((text) => parseAddress(text) ?? [])
}
