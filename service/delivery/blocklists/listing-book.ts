import type { Logger } from '../../telemetry/logger.ts'
import type { BlocklistAnswer } from './ask-blocklist.ts'

/** One address asked about at one list. */
export interface Question {
  readonly address: string
  readonly zone: string
}

/** A list that names one of our addresses. */
export interface Listing extends Question {
  readonly codes: readonly string[]
  /** The list's own words, '' for none. */
  readonly why: string
  /** Epoch ms at which we first saw it. */
  readonly since: number
}

/** What the lists said last. */
export interface ListingBook {
  note(question: Question, answer: BlocklistAnswer): void
  /** Whatever is not asked any more is forgotten. */
  keepOnly(questions: readonly Question[]): void
  listings(): readonly Listing[]
  /** What is wrong, in words; null: nothing. */
  fault(): string | null
}

export interface ListingBookOptions {
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export function createListingBook({ clock, log }: ListingBookOptions): ListingBook {
  const listed = new Map<string, Listing>()
  /** Questions without an answer, and their lists. */
  const deaf = new Map<string, string>()
  return { note, keepOnly, listings: () => [...listed.values()], fault }

  function note(question: Question, answer: BlocklistAnswer): void {
    const key = keyOf(question)
    switch (answer.kind) {
      case 'refused':
      case 'unanswered':
        // No answer changes nothing: a listing does not end because its list is out of reach
        if (![...deaf.values()].includes(question.zone))
          log.warn('blocklists.not_answered', { zone: question.zone, kind: answer.kind, code: answer.code })
        deaf.set(key, question.zone)
        return
      case 'listed':
        deaf.delete(key)
        add(key, question, answer)
        return
      case 'clean':
        deaf.delete(key)
        if (listed.delete(key)) log.info('blocklists.listing_ended', { ...question })
    }
  }

  function add(
    key: string,
    question: Question,
    { codes, why }: Extract<BlocklistAnswer, { kind: 'listed' }>
  ): void {
    const known = listed.get(key)
    if (known === undefined) log.error('blocklists.listed', { ...question, codes, why })
    listed.set(key, { ...question, codes, why, since: known?.since ?? clock() })
  }

  function keepOnly(questions: readonly Question[]): void {
    const asked = new Set(questions.map(keyOf))
    const gone = [...listed.keys(), ...deaf.keys()].filter((key) => !asked.has(key))
    for (const key of gone) {
      listed.delete(key)
      deaf.delete(key)
    }
  }

  function fault(): string | null {
    const names = Array.from(listed.values(), tellListing)
    const silent = [...new Set(deaf.values())].map((zone) => `${zone} does not answer us`)
    return [...names, ...silent].join('; ') || null
  }
}

export function tellListing({ address, zone }: Question): string {
  return `${address} is listed by ${zone}`
}

function keyOf({ address, zone }: Question): string {
  return `${zone}|${address}`
}
