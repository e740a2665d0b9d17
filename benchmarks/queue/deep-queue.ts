import { join } from 'node:path'
import type { Address } from '../../service/message/address.ts'
import { parseAddress } from '../../service/message/address.ts'
import type { NewMessage } from '../../service/queue/records/new-message.ts'
import { createQueue, type Queue } from '../../service/queue/queue.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../service/storage/storage.ts'

export interface DeepQueue {
  readonly storage: Storage
  readonly queue: Queue
}

export async function openDeepQueue(directory: string): Promise<DeepQueue> {
  const storage = await openStorage({ directory })
  const queue = await createQueue({ storage, spoolDirectory: join(directory, 'spool'), clock: Date.now })
  return { storage, queue }
}

/** Domains of the recipients: a few large ones get half of the mail, as it is in the world. */
const domains = 5_000
const largeDomains = 5
const senders = 2_000
const labels = ['normal', 'normal', 'normal', 'bulk', 'bulk', 'urgent'] as const
const text = Buffer.from(`From: a@sender.test\r\nSubject: benchmark\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(12))

/** Message number `at`: small, so that the disk of a million stays bounded. */
export function messageNumber(at: number): NewMessage {
  const from = address(`user${at % senders}@sender.test`)
  const domain = at % 2 === 0 ? `large${at % largeDomains}.test` : `d${at % domains}.test`
  const acceptedAt = Date.now()
  const id = `bench-${at}`
  return {
    id,
    submissionId: id,
    verdictId: '',
    senderId: from,
    envelope: { mailFrom: from, rcptTo: [address(`someone@${domain}`)] },
    label: labels[at % labels.length] ?? 'normal',
    raw: text,
    messageId: null,
    subject: 'benchmark',
    origin: {
      client: { ip: null, helo: null, port: null, tls: null },
      auth: null,
      sender: null,
      receivedAt: acceptedAt,
      trace: ''
    },
    acceptedAt
  }
}

function address(of: string): Address {
  const parsed = parseAddress(of)
  if (parsed === undefined) throw new Error(`${of} is no address`)
  return parsed
}
