import type { Fingerprint } from './body-fingerprint.ts'
import type { SenderKey } from '../sender-store.ts'

/** What campaigns are recognised by, of one submission. Keyed hashes and counts only. */
export interface Sighting {
  readonly sender: SenderKey
  /** The sender's domain as a number: colleagues send on the same announcement. 0 for none, or one that strangers share. */
  readonly circle: number
  /** Epoch ms. */
  readonly at: number
  /** null: too little text of its own to be recognised by. */
  readonly fingerprint: Fingerprint | null
  /** Most of its recipients were never written to by the sender. */
  readonly toStrangers: boolean
  readonly links: readonly SightedLink[]
}

export interface SightedLink {
  /** Keyed hash of the registrable domain. */
  readonly domain: string
  /** `fresh`: its sender has a history without it. `habitual`: the history has it. `unknown`: too little history to tell. */
  readonly use: 'fresh' | 'habitual' | 'unknown'
}

/** The operators' word on a body. */
export type BodyMark = 'none' | 'bad' | 'good'

/**
 * What others sent lately. Weights decay with a half-life of the window, each other sender counts at most 1; all are 0 where nothing is
 * remembered, where the body or the domain is established here, or where it is the sender's own habit.
 */
export interface CampaignEvidence {
  readonly bodyMark: BodyMark
  /** Other senders of nearly the same body, whoever they are. */
  readonly sameBodySenders: number
  /** Weight of those from other domains who, as this message, reach out: to strangers, or (half) with a link domain new to them. */
  readonly sameBodyWeight: number
  /** Weight of those whose message was held or blocked. */
  readonly sameBodyStopped: number
  /** Other senders, of other domains, to whom a link domain was as new as it is to this one; and their weight. */
  readonly linkDomainFreshSenders: number
  readonly linkDomainWeight: number
  /** How well the installation's ordinary mail is known, 0 to 1: on the first day every template is new. */
  readonly familiarity: number
}

/**
 * What an installation's senders have in common lately: bodies and link domains. Bounded in entries and in senders an entry. Reads answer
 * at once; writes are synchronous and allowed only inside `Storage.transaction`. Implementations: LMDB, in memory.
 */
export interface CampaignMemory {
  recall(sighting: Sighting): CampaignEvidence
  /** `stopped`: it was judged to be held or blocked. */
  record(sighting: Sighting, stopped: boolean): void
  /** Feedback: the body is a known campaign from now on (for 90 days), or known to be harmless. `none` takes the word back. */
  mark(fingerprint: Fingerprint, mark: BodyMark, at: number): void
  /** Forgets a sender in a bounded stretch of the entries; give the answer back until it is null. Start with 0. */
  forget(sender: SenderKey, from: number): number | null
}

export const nothingRecalled: CampaignEvidence = {
  bodyMark: 'none',
  sameBodySenders: 0,
  sameBodyWeight: 0,
  sameBodyStopped: 0,
  linkDomainFreshSenders: 0,
  linkDomainWeight: 0,
  familiarity: 0
}
