import { isIP } from 'node:net'
import { find, type Resolve } from '../dns/resolve.ts'
import { judged, unanswered, type RecordCheck, type Wanted } from '../publishing/record-check.ts'
import { addressesOf, type Egress } from './egress.ts'

/** Reverse name and HELO name of every address that we leave from: receivers look at both before a word is said. */
export async function checkHosts(ways: readonly Egress[], resolve: Resolve): Promise<readonly RecordCheck[]> {
  const pairs = new Map(
    ways.flatMap(({ addresses, helo }) =>
      (addresses ?? []).map((address) => [`${address} ${helo}`, { address, helo }] as const)
    )
  )
  const checks = await Promise.all(
    Array.from(pairs.values(), ({ address, helo }) =>
      Promise.all([checkReverse(address, helo, resolve), checkHelo(address, helo, resolve)])
    )
  )
  return checks.flat()
}

/** Names that a reverse look-up may give before we stop asking back (as RFC 7208 section 4.6.4 does). */
const maxReverseNames = 10

/** Forward-confirmed reverse DNS: the name of the address has that address (RFC 1912 section 2.1). */
async function checkReverse(address: string, helo: string, resolve: Resolve): Promise<RecordCheck> {
  const name = reverseName(address)
  const record: Wanted = { kind: 'PTR', name, type: 'PTR', wanted: helo, required: true }
  const found = await find(resolve, name, 'PTR')
  if (found.kind === 'unanswered') return unanswered(record, found.code)
  if (found.kind === 'absent')
    return judged(
      record,
      'missing',
      [],
      `Have whoever gave you ${address} set its reverse name: ${name} PTR ${helo}.`
    )
  const names = found.texts.map((text) => text.replace(/\.$/u, '').toLowerCase())
  const forward = await Promise.all(names.slice(0, maxReverseNames).map((one) => addressesOf(one, resolve)))
  if (forward.some((addresses) => addresses !== null && hasAddress(addresses, address)))
    return judged(
      record,
      'ok',
      names,
      names.includes(helo)
        ? null
        : `${address} is called ${names[0] ?? ''} and says ${helo}: some receivers want one name for both.`
    )
  if (forward.includes(null)) return unanswered(record, 'ETIMEOUT')
  return judged(
    record,
    'differs',
    names,
    `${names[0] ?? ''} does not have the address ${address}. Publish it there, or set the reverse name to ${helo}.`
  )
}

/** RFC 5321 section 4.1.1.1: HELO names the host; receivers look whether it has the address that says so. */
async function checkHelo(address: string, helo: string, resolve: Resolve): Promise<RecordCheck> {
  const record: Wanted = { kind: 'HELO', name: helo, type: 'A/AAAA', wanted: address, required: true }
  if (!helo.includes('.') || isIP(helo) !== 0)
    return judged(
      record,
      'dangerous',
      [],
      `Set smtp.hostname, or ehlo of the route, to a full host name: many receivers refuse ${helo}.`
    )
  const found = await addressesOf(helo, resolve)
  if (found === null) return unanswered(record, 'ETIMEOUT')
  if (found.length === 0)
    return judged(record, 'missing', [], `Publish at ${helo}: ${typeOf(address)} ${address}.`)
  return hasAddress(found, address)
    ? judged(record, 'ok', found, null)
    : judged(record, 'differs', found, `Publish at ${helo} also: ${typeOf(address)} ${address}.`)
}

function typeOf(address: string): string {
  return isIP(address) === 6 ? 'AAAA' : 'A'
}

function hasAddress(addresses: readonly string[], address: string): boolean {
  return addresses.some((one) => canonical(one) === canonical(address))
}

/** Two spellings of an IPv6 address are one. */
function canonical(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]/`).hostname : address
}

/** RFC 1035 section 3.5, RFC 3596 section 2.5. */
export function reverseName(address: string): string {
  if (isIP(address) === 4) return `${address.split('.').toReversed().join('.')}.in-addr.arpa`
  const [head = '', tail = ''] = canonical(address).slice(1, -1).split('::')
  const [first, last] = [groupsOf(head), groupsOf(tail)]
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last]
  const nibbles = all.map((group) => group.padStart(4, '0')).join('')
  return `${Array.from(nibbles).toReversed().join('.')}.ip6.arpa`
}

function groupsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':')
}
