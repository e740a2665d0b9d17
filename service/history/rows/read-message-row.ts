import type { Observation } from '../../observation/observation.ts'

/** A row of `messages` as ClickHouse's JSONEachRow gives it, with 64-bit integers and times as numbers. */
export interface StoredMessage {
  readonly submission_id: string
  readonly verdict_id: string
  /** Epoch ms. */
  readonly received_at: number
  readonly sender: string
  readonly strength: string
  readonly caller: string
  readonly size_bytes: number
  readonly shows: 'whole' | 'envelope' | 'unreadable'
  readonly attributes: Readonly<Record<string, string>>
  readonly hour: number
  readonly weekday: number
  readonly recipients: readonly string[]
  readonly recipient_domains: readonly string[]
  readonly thread_message_id: string
  readonly thread_parents: readonly string[]
  readonly thread_subject: string
  readonly link_hosts: readonly string[]
  readonly link_domains: readonly string[]
  readonly as_name: string
  readonly claims: Observation['claims']
  readonly authored_chars: number
  readonly authored_words: number
  readonly quoted_fraction: number
  readonly style_words: readonly number[]
  readonly style_grams: readonly number[]
  readonly style_gram_counts: readonly number[]
  readonly style_rates: readonly number[]
  readonly content_tokens: readonly number[]
  readonly content_structure: readonly number[]
  readonly content_passages: readonly (readonly number[])[]
  readonly features: readonly number[]
  readonly feature_digest: string
  readonly risk_logit: number | null
  readonly takeover_logit: number | null
  readonly spam_logit: number | null
  readonly verdict: string
  readonly judged: string
  /** Codes of the verdict's reasons. */
  readonly reasons: readonly string[]
  readonly learned: boolean
  readonly charged: boolean
  readonly takeover_model: string
  readonly content_model: string
  readonly priors: number
  /** Of the message, then of each passage; empty: no content model was asked. */
  readonly content_reading: readonly number[]
  /** 0 where an older version wrote the row. */
  readonly habits: number
  readonly habits_made: number
}

/** The observation that the row was made of; undefined: the message could not be read. `noAttributes`: what an older row lacks. */
export function toObservation(
  row: StoredMessage,
  noAttributes: Observation['attributes']
): Observation | undefined {
  if (row.shows === 'unreadable') return undefined
  return {
    version: 1,
    ...(row.shows === 'envelope' && { shows: 'envelope' }),
    receivedAt: row.received_at,
    sizeBytes: row.size_bytes,
    attributes: { ...noAttributes, ...row.attributes },
    hour: row.hour,
    weekday: row.weekday,
    recipients: pairs(row.recipients, row.recipient_domains, (person, domain) => ({ person, domain })),
    thread: {
      messageId: row.thread_message_id,
      parents: row.thread_parents,
      subject: row.thread_subject
    },
    links: pairs(row.link_hosts, row.link_domains, (host, domain) => ({ host, domain })),
    asName: row.as_name,
    claims: row.claims,
    style: {
      authoredChars: row.authored_chars,
      authoredWords: row.authored_words,
      quotedFraction: row.quoted_fraction,
      words: row.style_words,
      grams: row.style_grams,
      gramCounts: row.style_gram_counts,
      rates: row.style_rates
    },
    content: {
      tokens: row.content_tokens,
      structure: row.content_structure,
      passages: row.content_passages
    }
  }
}

function pairs<Pair>(
  left: readonly string[],
  right: readonly string[],
  join: (left: string, right: string) => Pair
): readonly Pair[] {
  return left.map((value, index) => join(value, right[index] ?? ''))
}
