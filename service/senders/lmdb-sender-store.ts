import { packProfile, unpackProfile, type PackedProfile } from '../profile/pack-profile.ts'
import type { Storage, Table } from '../storage/storage.ts'
import { createRecentProfiles } from './habits/recent-profiles.ts'
import type { SenderStore } from './sender-store.ts'
import type { SenderTables } from './sender-tables.ts'
import { createStoreWithPriors } from './priors/store-with-priors.ts'
import type { SenderListeners } from './sender-listeners.ts'

export interface LmdbSenderStoreOptions {
  readonly storage: Storage
  /** The installation's key: senders are stored under its HMAC. */
  readonly key: Uint8Array
  readonly listeners?: SenderListeners
}

/** The sender store of one process. Writes are allowed inside `storage.transaction` only. */
export function createLmdbSenderStore({ storage, key, listeners = {} }: LmdbSenderStoreOptions): SenderStore {
  return createStoreWithPriors(
    {
      profiles: checkpoints(storage.table('senders.profiles')),
      bases: bases(storage.table('senders.bases')),
      usage: storage.table('senders.usage'),
      containment: storage.table('senders.containment'),
      journal: storage.table('senders.journal'),
      answers: storage.table('senders.answers'),
      verdicts: storage.table('senders.verdicts'),
      verdictsOf: storage.table('senders.verdictsOf'),
      expiry: storage.table('senders.expiry')
    },
    key,
    {
      tables: {
        notes: storage.table('senders.priors.notes'),
        chunks: storage.table('senders.priors.chunks'),
        head: storage.table('senders.priors.head')
      }
    },
    listeners
  )
}

type PackedCheckpoint = PackedProfile & {
  readonly last?: number
  readonly revision?: number
  readonly changes?: number
}
type PackedBase = PackedProfile & { readonly through: number }

function checkpoints(table: Table<PackedCheckpoint>): SenderTables['profiles'] {
  const recent = createRecentProfiles()
  return {
    get(sender) {
      const packed = table.get(sender)
      if (packed === undefined) return undefined
      const { last = null, revision = 0, changes } = packed
      return {
        profile: recent.unpack(String(sender), packed),
        last,
        revision,
        ...(changes !== undefined && { changes })
      }
    },
    put: (sender, { profile, last, revision = 0, changes = 0 }) =>
      table.put(sender, {
        ...recent.pack(String(sender), profile),
        ...(last !== null && { last }),
        ...(revision > 0 && { revision }),
        ...(changes > 0 && { changes })
      }),
    remove: (sender) => table.remove(sender)
  }
}

function bases(table: Table<PackedBase>): SenderTables['bases'] {
  return {
    get(sender) {
      const packed = table.get(sender)
      return packed === undefined ? undefined : { profile: unpackProfile(packed), through: packed.through }
    },
    put: (sender, { profile, through }) => table.put(sender, { ...packProfile(profile), through }),
    remove: (sender) => table.remove(sender)
  }
}
