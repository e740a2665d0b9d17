export function isIPv4Text(text: string): boolean {
  const parts = text.split('.', 5)
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/u.test(part) && Number(part) <= 255)
}

/** Eight groups without leading zeros (RFC 4291 section 2.2), undefined for anything that is no IPv6 address. */
export function ipv6Groups(text: string): readonly string[] | undefined {
  const bare = text.replace(/^\[|\]$/gu, '').split('%', 1)[0] ?? ''
  const halves = bare.split('::', 3)
  if (halves.length > 2 || !bare.includes(':')) return undefined
  const head = groupsOf(halves[0] ?? '')
  const tail = groupsOf(halves[1] ?? '')
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/iu.test(group))) return undefined
  return groups.map((group) => Number.parseInt(group, 16).toString(16))
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':', 9)
}
