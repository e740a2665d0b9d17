import { isIP } from 'node:net'

/** The name under which a blocklist knows an address (RFC 5782 sections 2.1 and 2.4): octets or nibbles, the last first. */
export function listedName(address: string, zone: string): string | null {
  switch (isIP(address)) {
    case 4:
      return `${address.split('.').toReversed().join('.')}.${zone}`
    case 6:
      return `${nibbles(address).toReversed().join('.')}.${zone}`
    default:
      return null
  }
}

function nibbles(address: string): readonly string[] {
  const bare = address.replace(/%.*$/u, '')
  const [head = '', tail] = bare.split('::')
  const [before, after] = [groupsOf(head), tail === undefined ? [] : groupsOf(tail)]
  const missing = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...missing, ...after].flatMap((group) =>
    Array.from(group.padStart(4, '0').toLowerCase())
  )
}

/** The last group may be an IPv4 address (RFC 4291 section 2.2). */
function groupsOf(text: string): readonly string[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [group]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)]
  })
}
