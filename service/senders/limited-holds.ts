import type { Storage, Table } from '../storage/storage.ts'

/** Held messages that wait for nothing but room in their sender's limits, by when that may be. Writes belong inside `Storage.transaction`. */
export interface LimitedHolds {
  /** `dueAt`: epoch ms. Once a message. */
  note(holdId: string, dueAt: number): void
  /** Those whose time has come, the longest waiting first. */
  due(now: number, limit: number): readonly LimitedHold[]
  /** It waits longer. */
  postpone(hold: LimitedHold, dueAt: number): void
  /** Nothing but a decision ends it any more, or something did. */
  forget(hold: LimitedHold): void
  count(): number
}

export interface LimitedHold {
  readonly id: string
  readonly dueAt: number
}

export function createLimitedHolds(storage: Pick<Storage, 'table'>): LimitedHolds {
  /** By [due time, hold id]; ids rise with time, so that who came first is looked at first. */
  const holds: Table<true> = storage.table('senders.limited_holds')

  function note(id: string, dueAt: number): void {
    holds.put([dueAt, id], true)
  }

  function forget({ id, dueAt }: LimitedHold): void {
    holds.remove([dueAt, id])
  }

  return {
    note,
    forget,
    due: (now, limit) => Array.from(holds.range({ end: [now + 1], limit }), ({ key }) => toHold(key)),
    postpone(hold, dueAt) {
      forget(hold)
      note(hold.id, dueAt)
    },
    count: () => holds.count()
  }
}

function toHold(key: unknown): LimitedHold {
  return Array.isArray(key) ? { id: String(key[1]), dueAt: Number(key[0]) } : { id: String(key), dueAt: 0 }
}
