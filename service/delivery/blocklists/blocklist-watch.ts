import type { Resolve } from '../../authentication/dns/resolve.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { LabelledValue, Metrics } from '../../telemetry/metrics.ts'
import { askBlocklist } from './ask-blocklist.ts'
import { createListingBook, tellListing, type Listing, type Question } from './listing-book.ts'

/** An address that receivers see us come from. */
export interface EgressAddress {
  readonly route: string
  readonly address: string
}

export interface BlocklistWatchOptions {
  /** Lists to ask; none: nothing is asked. */
  readonly zones: readonly string[]
  readonly intervalMs: number
  readonly addresses: () => Promise<readonly EgressAddress[]>
  readonly resolve: Resolve
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly metrics?: Pick<Metrics, 'count' | 'gauges'> | undefined
  /** Told after each round which routes leave by a listed address, and what of it. */
  readonly onLooked?: ((routes: ReadonlyMap<string, string>) => Promise<void>) | undefined
}

export interface BlocklistWatch {
  /** Asks now, and again after each interval. */
  start(): void
  /** One round; never rejects. */
  look(): Promise<void>
  listings(): readonly Listing[]
  /** What is wrong, for /health/ready; null: nothing. */
  fault(): string | null
  close(): Promise<void>
}

/** More are never asked in one round: addresses times lists. */
const maxQuestions = 500
const questionsAtOnce = 8

/** Whether blocklists name our egress addresses: alarm in log, metrics and health, and word to the routes. */
export function createBlocklistWatch(options: BlocklistWatchOptions): BlocklistWatch {
  const { zones, intervalMs, log, metrics } = options
  const book = createListingBook(options)
  const ending = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  metrics?.gauges('sluice_blocklist_listed', () => book.listings().map(toGauge))
  return { start, look, listings: () => book.listings(), fault: () => book.fault(), close }

  function start(): void {
    if (zones.length > 0 && !ending.signal.aborted) looking = lookAndWait()
  }

  async function lookAndWait(): Promise<void> {
    await look()
    if (ending.signal.aborted) return
    timer = setTimeout(start, intervalMs)
    timer.unref()
  }

  async function close(): Promise<void> {
    ending.abort()
    clearTimeout(timer)
    await looking
  }

  async function look(): Promise<void> {
    try {
      const ways = await options.addresses()
      const own = [...new Set(ways.map(({ address }) => address))]
      const all = own.flatMap((address) => zones.map((zone) => ({ address, zone })))
      const questions = all.slice(0, maxQuestions)
      if (all.length > questions.length)
        log.warn('blocklists.too_many', { asked: maxQuestions, of: all.length })
      for (let at = 0; at < questions.length && !ending.signal.aborted; at += questionsAtOnce)
        await Promise.all(questions.slice(at, at + questionsAtOnce).map(ask))
      book.keepOnly(questions)
      await options.onLooked?.(listedRoutes(ways, book.listings()))
    } catch (error) {
      log.error('blocklists.watch_failed', { error })
    }
  }

  async function ask(question: Question): Promise<void> {
    const answer = await askBlocklist(question.address, question.zone, options.resolve)
    metrics?.count('sluice_blocklist_lookups_total', { outcome: answer.kind })
    book.note(question, answer)
  }
}

/** Route → what of it. */
function listedRoutes(
  ways: readonly EgressAddress[],
  listings: readonly Listing[]
): ReadonlyMap<string, string> {
  const whyOf = new Map(listings.map((one) => [one.address, tellListing(one)]))
  return new Map(
    ways.flatMap(({ route, address }) => {
      const why = whyOf.get(address)
      return why === undefined ? [] : [[route, why] as const]
    })
  )
}

function toGauge({ address, zone }: Listing): LabelledValue {
  return { labels: { address, zone }, value: 1 }
}
