import type { RecipientOutcome } from '../../queue/records/queued-message.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { destinationKey, type Destination } from '../routes/route.ts'
import { openSlowdowns } from './slowdowns.ts'
import { currentShare, isQuiet, slowedDown, type BackOffRules, type Slowdown } from './slowdown.ts'

/** Told of what a destination answered. */
export type Heed = (destination: Destination, recipients: readonly RecipientOutcome[]) => void

/** Who asked us to slow down, and how much each gets of what it would get. */
export interface BackOff {
  readonly heed: Heed
  /** In (0, 1]: by which rate and connections of the destination are to be multiplied now. */
  readonly share: (destination: Destination) => number
  /** Those that get less, the slowest first. */
  list(): readonly BackOffEntry[]
  /** Waits for what is being written. */
  close(): Promise<void>
}

export interface BackOffEntry {
  /** Route and domain, as `destinationKey` writes them. */
  readonly destination: string
  readonly share: number
  readonly slowdown: Slowdown
}

export interface BackOffOptions {
  readonly storage: Storage
  readonly rules: BackOffRules
  /** Under which name a destination is counted: domains of one provider share its patience. Default `destinationKey`. */
  readonly keyOf?: ((destination: Destination) => string) | undefined
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'warn' | 'info' | 'error'>
  readonly metrics?: Pick<Metrics, 'count'> | undefined
  /** The destination gets another share from now on: for a throttle that wants to be told. */
  readonly onAdjusted?: ((destination: string, share: number) => void) | undefined
}

/**
 * Automatic back-off instead of a fixed table of limits, which nobody publishes: multiplicative decrease at each request, additive
 * increase while it is quiet (AIMD; Chiu and Jain 1989). Kept on disk, so that a restart does not begin at full speed.
 */
export function createBackOff(options: BackOffOptions): BackOff {
  const { rules, clock, log, metrics, onAdjusted, keyOf = destinationKey } = options
  const book = openSlowdowns(options)
  return { heed, share, list, close: () => book.close() }

  function share(destination: Destination): number {
    const key = keyOf(destination)
    const known = book.get(key)
    if (known === undefined) return 1
    if (!isQuiet(known, rules, clock())) return currentShare(known, rules, clock())
    book.remove(key)
    metrics?.count('sluice_back_off_total', { change: 'recovered' })
    log.info('delivery.back_off_ended', { destination: key })
    onAdjusted?.(key, 1)
    return 1
  }

  function heed(destination: Destination, recipients: readonly RecipientOutcome[]): void {
    const said = recipients.find(({ bounceKind, mx }) => bounceKind === 'rate-limited' && mx !== null)
    if (said === undefined) return
    const key = keyOf(destination)
    const known = book.get(key)
    const next = slowedDown(known, said.reply ?? '', rules, clock())
    if (next === known) return
    book.put(key, next)
    metrics?.count('sluice_back_off_total', { change: 'slowed' })
    log.warn('delivery.back_off', { destination: key, share: next.share, mx: said.mx, reply: said.reply })
    onAdjusted?.(key, next.share)
  }

  function list(): readonly BackOffEntry[] {
    const now = clock()
    return Array.from(book.entries(), ([destination, slowdown]) => ({
      destination,
      share: currentShare(slowdown, rules, now),
      slowdown
    }))
      .filter((one) => one.share < 1)
      .toSorted((one, other) => one.share - other.share)
  }
}
