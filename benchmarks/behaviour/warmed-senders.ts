import type { Installation } from '../../service/features/installation.ts'
import { parseAddress } from '../../service/message/address.ts'
import type { Observation } from '../../service/observation/observation.ts'
import type { Profile } from '../../service/profile/profile.ts'
import { installationAround } from '../../service/scoring/judging/installation-around.ts'
import { observeInProcess, type Observable } from '../../service/scoring/observing/observe-in-process.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import type { SenderKey, SenderStore } from '../../service/senders/sender-store.ts'
import { spamAssassinMessages, type BenchmarkMessage } from '../corpus.ts'

export const key = new Uint8Array(32).fill(7)
const start = Date.UTC(2026, 0, 5, 8)
const minutesApart = 37

/** A message, and the habits of the sender who is about to send it. */
export interface Sent {
  readonly submission: Observable
  readonly observation: Observation
  readonly sender: SenderKey
  readonly profile: Profile
  readonly installation: Installation
}

export interface WarmedSenders {
  readonly sent: readonly Sent[]
  readonly senders: SenderStore
  /** Mean bytes of a message. */
  readonly meanBytes: number
}

const people = 8
/** Of 200 messages of a sender every fourth is measured, the others are its history. */
const each = 200
export const warmedTo = 150
export const messagesOf = each - warmedTo

/**
 * Honest mail of the SpamAssassin corpus. Few of its authors wrote much: in the order of their addresses, each run of 200 messages is one
 * sender's, so that most habits come again and some don't.
 */
export async function warmSenders(): Promise<WarmedSenders> {
  const byAuthor = spamAssassinMessages(people * each, 'ham').toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const senders = createMemorySenderStore({ key })
  const measured: Omit<Sent, 'profile' | 'installation'>[] = []
  for (const [index, message] of byAuthor.entries()) {
    const sender = senders.keyOf(nameOf(index))
    const submission = toSubmission(message, index)
    const outcome = await observeInProcess(submission, key)
    if (outcome.kind !== 'observed') continue
    const { observation } = outcome
    if (index % 4 === 3) measured.push({ submission, observation, sender })
    else senders.learn(sender, `${index}`, observation, { confirmed: true })
  }
  const sent = measured.map((one) => {
    const { profile } = senders.snapshot(one.sender, one.submission.receivedAt)
    return { ...one, profile, installation: installationAround(senders, one.sender, profile) }
  })
  const meanBytes = sent.reduce((sum, { submission }) => sum + submission.raw.length, 0) / sent.length
  return { sent, senders, meanBytes }
}

function nameOf(index: number): string {
  return `person${Math.floor(index / each)}@example.org`
}

function toSubmission({ to, raw }: BenchmarkMessage, index: number): Observable {
  const mailFrom = parseAddress(nameOf(index)) ?? null
  const rcptTo = parseAddress(to)
  return {
    receivedAt: start + (index % each) * minutesApart * 60_000,
    sender: null,
    client: { ip: '203.0.113.7', helo: 'laptop.local', port: null, tls: null },
    auth: { user: nameOf(index), method: 'PLAIN' },
    envelope: { mailFrom, rcptTo: rcptTo === undefined ? [] : [rcptTo] },
    raw
  }
}
