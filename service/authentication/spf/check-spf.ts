import { isIP } from 'node:net'
import { find, type Resolve } from '../dns/resolve.ts'
import type { Egress } from '../hosts/egress.ts'
import { judged, unanswered, type RecordCheck, type Wanted } from '../publishing/record-check.ts'
import { countLookups, isSpf, maxLookups, termsOf, type LookupCount } from './count-lookups.ts'
import { evaluateSpf } from './forecast-spf.ts'

/** That the domain lets every address that we leave from send in its name (RFC 7208), and nobody else by accident. */
export async function checkSpf(
  domain: string,
  ways: readonly Egress[],
  resolve: Resolve
): Promise<RecordCheck> {
  const addresses = [...new Set(ways.flatMap((way) => way.addresses ?? []))]
  const wanted = ['v=spf1', ...addresses.map(mechanismOf), '-all'].join(' ')
  const record: Wanted = { kind: 'SPF', name: domain, type: 'TXT', wanted, required: addresses.length > 0 }
  const found = await find(resolve, domain, 'TXT')
  if (found.kind === 'unanswered') return unanswered(record, found.code)
  const texts = found.kind === 'records' ? found.texts.filter(isSpf) : []
  const [text] = texts
  if (text === undefined) return judged(record, 'missing', [], `Publish at ${domain}: TXT "${wanted}".`)
  if (texts.length > 1)
    return judged(
      record,
      'dangerous',
      texts,
      `Join the ${texts.length} SPF records of ${domain} into one: with several, SPF fails for all mail (RFC 7208 section 4.5).`
    )
  const count = await countLookups(domain, text, resolve)
  const fault = faultOf(domain, text, count)
  if (fault !== null) return judged(record, fault.state, texts, fault.change)
  return checkAddresses({ ...record, wanted: text }, texts, { addresses, ways, count }, resolve)
}

function mechanismOf(address: string): string {
  return isIP(address) === 6 ? `ip6:${address}` : `ip4:${address}`
}

interface Fault {
  readonly state: 'dangerous' | 'differs' | 'unknown'
  readonly change: string
}

function faultOf(
  domain: string,
  text: string,
  { lookups, broken, unanswered: silent }: LookupCount
): Fault | null {
  const terms = termsOf(text)
  const all = terms.find(({ name }) => name === 'all')
  if (all?.qualifier === '+')
    return {
      state: 'dangerous',
      change: `Replace "+all" at ${domain} by "-all": now everybody may send in its name.`
    }
  const unlimited = terms.find(({ name, value }) => name.startsWith('ip') && value.endsWith('/0'))
  if (unlimited !== undefined)
    return {
      state: 'dangerous',
      change: `Take "${unlimited.name}:${unlimited.value}" out of the record of ${domain}: it names the whole Internet.`
    }
  if (broken.length > 0)
    return {
      state: 'dangerous',
      change: `Take ${broken.map((name) => `include:${name}`).join(', ')} out of the record of ${domain}: it has no single SPF record, or leads in a circle, and SPF fails for all mail (permerror).`
    }
  if (lookups > maxLookups)
    return {
      state: 'dangerous',
      change: `The record of ${domain} needs ${lookups} look-ups; more than ${maxLookups} make SPF fail for all mail (RFC 7208 section 4.6.4). Write addresses as ip4: and ip6: instead of include, a and mx.`
    }
  if (silent.length > 0)
    return { state: 'unknown', change: `Ask again: DNS did not answer for ${silent.join(', ')}.` }
  return null
}

interface Ours {
  readonly addresses: readonly string[]
  readonly ways: readonly Egress[]
  readonly count: LookupCount
}

async function checkAddresses(
  record: Wanted,
  texts: readonly string[],
  { addresses, ways, count }: Ours,
  resolve: Resolve
): Promise<RecordCheck> {
  const helo = ways[0]?.helo ?? record.name
  const results = await Promise.all(
    addresses.map(async (ip) => ({
      ip,
      result: await evaluateSpf({ mailFrom: `postmaster@${record.name}`, helo, ip }, resolve)
    }))
  )
  const refused = results.filter(({ result }) => result !== 'pass')
  if (refused.some(({ result }) => result === 'temperror')) return unanswered(record, 'temperror')
  if (refused.length > 0) {
    const missing = refused.map(({ ip }) => mechanismOf(ip)).join(' ')
    const change = `Put ${missing} before the last term of the record of ${record.name}: "${withTerms(texts[0] ?? '', missing)}".`
    return judged(record, 'differs', texts, change)
  }
  return judged(record, 'ok', texts, adviceOf(texts[0] ?? '', record.name, count, ways))
}

/** `all` and `redirect` end a record: what comes after them is not read. */
function withTerms(text: string, terms: string): string {
  const end = /\s[+?~-]?(?:all|redirect=\S+)\s*$/iu.exec(text)
  return end === null ? `${text} ${terms} -all` : `${text.slice(0, end.index)} ${terms}${end[0].trimEnd()}`
}

function adviceOf(
  text: string,
  domain: string,
  { lookups }: LookupCount,
  ways: readonly Egress[]
): string | null {
  const hidden = ways.find(({ addresses }) => addresses === null)
  if (hidden?.kind === 'smarthost')
    return `Mail also leaves by the smart host of route ${hidden.route}: include its SPF record as its operator says.`
  if (hidden !== undefined)
    return `The address of route ${hidden.route} is not known: set its sourceAddress, or publish an address for ${hidden.helo}.`
  const terms = termsOf(text)
  if (
    !terms.some(({ name, qualifier }) => name === 'redirect' || (name === 'all' && '-~'.includes(qualifier)))
  )
    return `End the record of ${domain} with "-all": now it says nothing about other senders.`
  return lookups > maxLookups - 2 ? `${lookups} of ${maxLookups} look-ups are used.` : null
}
