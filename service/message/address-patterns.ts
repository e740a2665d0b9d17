import { comparableAddress, comparableDomain, type ComparableAddress } from './comparable-address.ts'

/** `alice@example.org`, `*@example.org`, `alice@*.example.org`, `*@*.example.org`, or `*` for every address. */
export const addressPatternShape = /^(?:\*|(?:\*|[^\s@*<>",;]+)@(?:\*\.)?[^\s@*<>",;]+)$/u

export type CoversAddress = (address: ComparableAddress) => boolean

/** Whether one of the patterns covers an address. What is no pattern covers nothing. `*.example.org` are the domains below it, not itself. */
export function createAddressPatterns(patterns: readonly string[]): CoversAddress {
  const known = new Set(patterns.flatMap(toComparablePattern))
  return function covers({ local, domain }) {
    if (known.size === 0) return false
    if (known.has('*') || known.has(`${local}@${domain}`) || known.has(`*@${domain}`)) return true
    return parentsOf(domain).some((parent) => known.has(`${local}@*.${parent}`) || known.has(`*@*.${parent}`))
  }
}

function toComparablePattern(text: string): readonly string[] {
  const pattern = text.trim()
  if (!addressPatternShape.test(pattern)) return []
  if (pattern === '*') return ['*']
  const at = pattern.lastIndexOf('@')
  const below = pattern.startsWith('*.', at + 1)
  const domain = comparableDomain(pattern.slice(at + (below ? 3 : 1)))
  const local = pattern.startsWith('*') ? '*' : comparableAddress(`${pattern.slice(0, at)}@x.invalid`)?.local
  return domain === undefined || local === undefined ? [] : [`${local}@${below ? '*.' : ''}${domain}`]
}

function parentsOf(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'))
}
