import { packProfile, unpackProfile, type PackedProfile } from '../profile/pack-profile.ts'
import type { Profile } from '../profile/profile.ts'
import type { Storage, Table } from '../storage/storage.ts'
import type { SenderStore } from './sender-store.ts'
import { createTableSenderStore } from './table-sender-store.ts'

export interface LmdbSenderStoreOptions {
  readonly storage: Storage
  /** The installation's key: senders are stored under its HMAC. */
  readonly key: Uint8Array
}

/** The sender store of one process. Writes are allowed inside `storage.transaction` only. */
export function createLmdbSenderStore({ storage, key }: LmdbSenderStoreOptions): SenderStore {
  return createTableSenderStore(
    {
      profiles: packedProfiles(storage.table('senders.profiles')),
      usage: storage.table('senders.usage'),
      containment: storage.table('senders.containment'),
      journal: storage.table('senders.journal'),
      answers: storage.table('senders.answers'),
      verdicts: storage.table('senders.verdicts'),
      expiry: storage.table('senders.expiry')
    },
    key
  )
}

function packedProfiles(table: Table<PackedProfile>): Pick<Table<Profile>, 'get' | 'put'> {
  return {
    get(sender) {
      const packed = table.get(sender)
      return packed === undefined ? undefined : unpackProfile(packed)
    },
    put: (sender, profile) => table.put(sender, packProfile(profile))
  }
}
