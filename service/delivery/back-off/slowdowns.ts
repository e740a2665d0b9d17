import type { Storage, Table } from '../../storage/storage.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Slowdown } from './slowdown.ts'

/** Who asked us to slow down, by destination: in memory for the next message, on disk for the next start. */
export interface Slowdowns {
  get(destination: string): Slowdown | undefined
  put(destination: string, slowdown: Slowdown): void
  remove(destination: string): void
  /** The one that asked longest ago first. */
  entries(): Iterable<readonly [string, Slowdown]>
  /** Waits for what is being written. */
  close(): Promise<void>
}

/** Beyond it the one that asked longest ago is let go. */
const maxRemembered = 5_000

export function openSlowdowns({
  storage,
  log
}: {
  readonly storage: Storage
  readonly log: Pick<Logger, 'error'>
}): Slowdowns {
  const table: Table<Slowdown> = storage.table('delivery.back_off')
  const kept = Array.from(table.range(), ({ key, value }) => [String(key), value] as const)
  const known = new Map(kept.toSorted(([, one], [, other]) => one.at - other.at))
  let writing: Promise<unknown> = Promise.resolve()
  return { get: (key) => known.get(key), put, remove, entries: () => known, close }

  function put(key: string, slowdown: Slowdown): void {
    known.delete(key)
    known.set(key, slowdown)
    keep(key)
    const [oldest] = known.keys()
    if (known.size > maxRemembered && oldest !== undefined) remove(oldest)
  }

  function remove(key: string): void {
    known.delete(key)
    keep(key)
  }

  async function close(): Promise<void> {
    await writing
  }

  /** As it stands in memory when its turn comes. A disk that refuses loses a memory, not mail. */
  function keep(key: string): void {
    const written = writing.then(() =>
      storage.transaction(() => {
        const now = known.get(key)
        if (now === undefined) table.remove(key)
        else table.put(key, now)
      })
    )
    writing = written.catch((error: unknown) =>
      log.error('delivery.back_off_not_kept', { destination: key, error })
    )
  }
}
