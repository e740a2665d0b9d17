import { createHash } from 'node:crypto'
import type { ResolveRecords } from './connect-options.ts'

export interface SitesOptions {
  readonly resolveRecords: ResolveRecords
  /** Epoch ms. */
  readonly clock: () => number
  /** Domains that are remembered; the oldest goes first. Default 20,000. */
  readonly maxEntries?: number
}

/**
 * Which domains are served by the same hosts (MX roll-up). A provider counts our connections by its hosts, not by the thousand domains
 * of its customers: throttles and lanes that are shared must go by this key.
 */
export interface Sites {
  /** The key of a domain's site, looked up if need be. Never rejects: without an answer the domain stands alone, for a minute. */
  siteOf(domain: string): Promise<string>
  /** What is known now, without asking; null: ask first. What is old is still better than nothing. */
  known(domain: string): string | null
}

interface Entry {
  readonly site: string
  readonly until: number
}

const defaultMaxEntries = 20_000
/** The system's resolver tells no time to live. Who moves to other hosts is followed in half an hour; a failed look-up is made again soon. */
const keepMs = 30 * 60_000
const keepFailedMs = 60_000
/** Longer lists of hosts are named by their digest. */
const maxKeyLength = 200

export function createSites(options: SitesOptions): Sites {
  const { clock, maxEntries = defaultMaxEntries } = options
  const entries = new Map<string, Entry>()
  const asking = new Map<string, Promise<string>>()
  return { siteOf, known: (domain) => entries.get(domain)?.site ?? null }

  function siteOf(domain: string): Promise<string> {
    const entry = entries.get(domain)
    if (entry !== undefined && entry.until > clock()) return Promise.resolve(entry.site)
    const already = asking.get(domain)
    if (already !== undefined) return already
    const answer = ask(domain).finally(() => asking.delete(domain))
    asking.set(domain, answer)
    return answer
  }

  async function ask(domain: string): Promise<string> {
    try {
      const site = siteKey(domain, await options.resolveRecords(domain, 'MX'))
      remember(domain, site, keepMs)
      return site
    } catch (error) {
      const isAnswer = error instanceof Error && 'code' in error && absent.has(String(error.code))
      const site = isAnswer ? domain : (entries.get(domain)?.site ?? domain)
      remember(domain, site, isAnswer ? keepMs : keepFailedMs)
      return site
    }
  }

  function remember(domain: string, site: string, forMs: number): void {
    entries.delete(domain)
    entries.set(domain, { site, until: clock() + forMs })
    const [oldest] = entries.keys()
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
  }
}

const absent: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND'])

/** Pure. Domains with the same exchangers have the same key, whatever their preferences; one without any is its own site. */
export function siteKey(domain: string, mx: readonly unknown[]): string {
  const hosts = mx.flatMap((record) => {
    const exchange =
      record !== null && typeof record === 'object' && 'exchange' in record ? record.exchange : ''
    return typeof exchange === 'string' && exchange !== '' && exchange !== '.' ? [exchange.toLowerCase()] : []
  })
  const key = [...new Set(hosts)].toSorted().join(',')
  if (key === '') return domain
  return key.length <= maxKeyLength ? key : createHash('sha256').update(key).digest('hex').slice(0, 32)
}
