import { createKeyedHash } from '../../observation/keyed-hash.ts'
import { compactHash } from '../../profile/compact-hash.ts'
import { emptyProfile } from '../../profile/profile.ts'
import type { Table } from '../../storage/storage.ts'
import { createPriors, type CreatePriorsOptions, type Priors } from './priors.ts'
import type { SenderListeners } from '../sender-listeners.ts'
import type { SenderKey, SenderStore } from '../sender-store.ts'
import type { Checkpoint, SenderTables } from '../sender-tables.ts'
import { createTableSenderStore } from '../table-sender-store.ts'

/**
 * A sender store that counts what its senders do. Whatever changes a profile, by learning, un-learning or erasing, is seen where the
 * profile is written, so that counts and profiles commit together; there its changes are numbered, too.
 */
export function createStoreWithPriors(
  tables: SenderTables,
  key: Uint8Array,
  options: CreatePriorsOptions,
  { onHabits, onPriors }: SenderListeners = {}
): SenderStore {
  const priors = createPriors({ ...options, ...(onPriors && { onMerged: onPriors }) })
  const hash = createKeyedHash(key)
  const profiles = notedProfiles(tables.profiles, priors)
  const store = createTableSenderStore({ ...tables, profiles }, key, onHabits)
  return {
    ...store,
    priors,
    keyOf(senderId) {
      const domain = hash(senderId.slice(senderId.lastIndexOf('@') + 1))
      return senderId.includes('@') ? `${store.keyOf(senderId)}.${domain}` : store.keyOf(senderId)
    }
  }
}

/** Number of the domain that a sender's key names: the same for all senders of a domain; 0 for none. */
export function domainOf(sender: SenderKey): number {
  const dot = sender.lastIndexOf('.')
  return dot < 0 ? 0 : compactHash(sender.slice(dot + 1))
}

type Profiles = SenderTables['profiles']

/** What was read last is what is about to be written: it is not read and decoded again to see the change. */
function notedProfiles(table: Pick<Table<Checkpoint>, 'get' | 'put' | 'remove'>, priors: Priors): Profiles {
  const nobody = emptyProfile()
  let latest: { readonly key: unknown; readonly checkpoint: Checkpoint | undefined } | null = null
  const read = (key: Parameters<Profiles['get']>[0]): Checkpoint | undefined => {
    const checkpoint = numbered(table.get(key))
    latest = { key, checkpoint }
    return checkpoint
  }
  const note = (key: Parameters<Profiles['get']>[0], after: Checkpoint | undefined): number => {
    const before = latest?.key === key ? latest.checkpoint : numbered(table.get(key))
    latest = null
    const domain = domainOf(typeof key === 'string' ? key : '')
    priors.note(before?.profile ?? nobody, after?.profile ?? nobody, domain)
    return (before?.changes ?? 0) + 1
  }
  return {
    get: read,
    put(key, checkpoint) {
      table.put(key, { ...checkpoint, changes: note(key, checkpoint) })
    },
    remove(key) {
      note(key, undefined)
      table.remove(key)
    }
  }
}

/** What was learned before changes were numbered counts, so that nobody takes the first number for the first message. */
function numbered(checkpoint: Checkpoint | undefined): Checkpoint | undefined {
  if (checkpoint?.changes !== undefined || checkpoint === undefined) return checkpoint
  return { ...checkpoint, changes: checkpoint.profile.messagesSeen }
}
