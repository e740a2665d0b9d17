import { createHmac } from 'node:crypto'
import type { HabitObservation } from '../profile/fold-observation.ts'
import type { Storage, Table } from '../storage/storage.ts'
import { packObservation, unpackObservation, type PackedObservation } from './habits/packed-observation.ts'
import type { SenderKey, VerdictRecord } from './sender-store.ts'

/**
 * What feedback needs besides the verdict's record: the way from a Message-ID to its verdicts, and what a message showed that was not
 * allowed, so that it can be learned once somebody vouches for it, whether or not its bytes are still here. Kept 30 days. All writes
 * belong inside `Storage.transaction`.
 */
export interface VerdictMemory {
  /** `observation`: of a message that was held or blocked; null for all others, and where nobody proved who sent it. */
  note(record: NotedVerdict, observation: HabitObservation | null): void
  /** Ids of the verdicts on messages with this Message-ID, newest first, at most `maxOfOneId`. */
  byMessageId(messageId: string): readonly string[]
  /** What it showed to the sender's habits; the content model's input is not kept. */
  observation(record: Pick<VerdictRecord, 'id' | 'sender'>): HabitObservation | undefined
  forget(record: NotedVerdict): void
  /** Drops what is past its time; bounded work, gives the number dropped. */
  expire(now: number): number
}

export type NotedVerdict = Pick<VerdictRecord, 'id' | 'sender' | 'at' | 'messageId'>

export interface VerdictMemoryOptions {
  readonly storage: Pick<Storage, 'table'>
  /** The installation's. */
  readonly key: Uint8Array
}

const lifeMs = 30 * 86_400_000
/** A Message-ID is the sender's to choose: one that comes a thousand times is no name. */
const maxOfOneId = 20
/** Messages held of one sender whose observations are kept (some 3 kB each): the newest. */
const maxObservations = 50
const maxExpired = 500

export function createVerdictMemory({ storage, key }: VerdictMemoryOptions): VerdictMemory {
  /** By [keyed hash of the Message-ID, epoch ms, verdict id]. */
  const byMessageId: Table<true> = storage.table('senders.message_ids')
  /** By [sender, verdict id]. */
  const observations: Table<PackedObservation> = storage.table('senders.held_observations')
  /** By [epoch ms of its end, sender, verdict id, hash of the Message-ID or '']. */
  const expiry: Table<true> = storage.table('senders.verdict_memory_expiry')
  const hashOf = (messageId: string | null): string => keyedHash(messageId, key)

  return {
    note({ id, sender, at, messageId }, observation) {
      const message = hashOf(messageId)
      if (message === '' && observation === null) return
      if (message !== '') byMessageId.put([message, at, id], true)
      if (observation !== null) keep(sender, id, observation)
      expiry.put([at + lifeMs, sender, id, message], true)
    },
    byMessageId(messageId) {
      const message = hashOf(messageId)
      if (message === '') return []
      const newestFirst = {
        start: [message, Number.MAX_SAFE_INTEGER],
        end: [message],
        reverse: true,
        limit: maxOfOneId
      }
      return Array.from(byMessageId.range(newestFirst), ({ key: found }) => partOf(found, 2))
    },
    observation({ id, sender }) {
      const packed = observations.get([sender, id])
      return packed === undefined ? undefined : unpackObservation(packed)
    },
    forget({ id, sender, at, messageId }) {
      remove(sender, id, at, hashOf(messageId))
    },
    expire(now) {
      const due = Array.from(expiry.range({ end: [now + 1], limit: maxExpired }), ({ key: found }) => found)
      for (const found of due) {
        if (typeof found !== 'object') continue
        remove(partOf(found, 1), partOf(found, 2), Number(found[0]) - lifeMs, partOf(found, 3))
      }
      return due.length
    }
  }

  function keep(sender: SenderKey, id: string, observation: HabitObservation): void {
    observations.put([sender, id], packObservation(observation))
    const all = { start: [sender], end: [sender, '\uffff'] }
    const surplus = observations.count(all) - maxObservations
    if (surplus <= 0) return
    const oldest = Array.from(observations.range({ ...all, limit: surplus }), ({ key: found }) => found)
    for (const found of oldest) observations.remove(found)
  }

  function remove(sender: SenderKey, id: string, at: number, message: string): void {
    if (message !== '') byMessageId.remove([message, at, id])
    observations.remove([sender, id])
    expiry.remove([at + lifeMs, sender, id, message])
  }
}

/** With or without its angle brackets: both are in use where people copy one. '' for none. */
function keyedHash(messageId: string | null, key: Uint8Array): string {
  const bare = (messageId ?? '').trim().replace(/^<|>$/gu, '')
  if (bare === '') return ''
  return createHmac('sha256', key)
    .update(`message-id\0${bare}`)
    .digest()
    .subarray(0, 12)
    .toString('base64url')
}

function partOf(key: unknown, index: number): string {
  return Array.isArray(key) ? String(key[index]) : ''
}
