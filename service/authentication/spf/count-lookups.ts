import { find, type Resolve } from '../dns/resolve.ts'

/** RFC 7208 section 4.6.4: more make a permerror. */
export const maxLookups = 10
/** A record whose tree is larger than this is over the limit many times; nobody needs the exact number. */
const maxCounted = 40

export interface LookupCount {
  /** Terms that make a receiver ask DNS, in the worst case, over all records that are included. */
  readonly lookups: number
  /** Names that are included and have no record, or are part of a loop: permerror. */
  readonly broken: readonly string[]
  /** Names for which DNS did not answer. */
  readonly unanswered: readonly string[]
}

export function isSpf(text: string): boolean {
  return /^v=spf1(?: |$)/iu.test(text)
}

/** Counts what a receiver has to look up for a record when nothing matches before its end. */
export async function countLookups(domain: string, text: string, resolve: Resolve): Promise<LookupCount> {
  const broken: string[] = []
  const unanswered: string[] = []
  let lookups = 0
  await count(text, [domain])
  return { lookups, broken, unanswered }

  async function count(record: string, path: readonly string[]): Promise<void> {
    for (const { name, value } of termsOf(record)) {
      if (!asking.has(name)) continue
      lookups += 1
      if (lookups >= maxCounted) return
      // A macro stands for another name in every message
      if ((name === 'include' || name === 'redirect') && !value.includes('%')) await follow(value, path)
    }
  }

  async function follow(value: string, path: readonly string[]): Promise<void> {
    const target = value.toLowerCase().replace(/\.$/u, '')
    if (path.includes(target)) return void broken.push(target)
    const found = await find(resolve, target, 'TXT')
    if (found.kind === 'unanswered') return void unanswered.push(target)
    const records = found.kind === 'records' ? found.texts.filter(isSpf) : []
    const [only] = records
    if (only === undefined || records.length > 1) broken.push(target)
    else await count(only, [...path, target])
  }
}

const asking: ReadonlySet<string> = new Set(['include', 'a', 'mx', 'ptr', 'exists', 'redirect'])

export interface Term {
  /** Lower case. */
  readonly name: string
  readonly qualifier: string
  /** After `:` or `=`. */
  readonly value: string
}

/** The terms of a record after its version (RFC 7208 section 12). */
export function termsOf(record: string): readonly Term[] {
  return record
    .split(/\s+/u)
    .slice(1)
    .filter((term) => term !== '')
    .map((term) => {
      const [, qualifier = '', name = '', value = ''] =
        /^([+?~-]?)([a-z0-9_.-]+)[:=/]?(.*)$/iu.exec(term) ?? []
      return { name: name.toLowerCase(), qualifier: qualifier === '' ? '+' : qualifier, value }
    })
}
