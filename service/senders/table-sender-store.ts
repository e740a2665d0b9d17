import { createHmac } from 'node:crypto'
import { foldObservation } from '../profile/fold-observation.ts'
import { emptyProfile } from '../profile/profile.ts'
import { packObservation, unpackObservation } from './packed-observation.ts'
import type { JournalEntry, SenderKey, SenderStore } from './sender-store.ts'
import { expiringOf, expiryKey, journalRange, type Expiring, type SenderTables } from './sender-tables.ts'
import { chargeUsage, noUsage, usageBefore } from './usage.ts'

const day = 86_400_000
export const answerLifeMs = day
export const journalLifeMs = 30 * day
export const verdictLifeMs = 30 * day

/** About a month of a busy person; beyond it the oldest go. */
export const maxJournalEntries = 2_000

/** Things dropped by one `expire`: some ten milliseconds of work. */
const maxExpired = 500

/** The sender store over tables of any kind. `key` is the installation's. */
export function createTableSenderStore(tables: SenderTables, key: Uint8Array): SenderStore {
  const { profiles, usage, containment, journal, answers, verdicts, expiry } = tables
  const newcomer = emptyProfile()

  return {
    keyOf: (senderId) =>
      createHmac('sha256', key).update(`sender\0${senderId}`).digest().subarray(0, 12).toString('base64url'),
    snapshot: (sender, at) => ({
      profile: profiles.get(sender) ?? newcomer,
      containment: containment.get(sender) ?? 'normal',
      usage: usageBefore(usage.get(sender) ?? noUsage, at)
    }),
    usage: (sender, at) => usageBefore(usage.get(sender) ?? noUsage, at),
    charge(sender, charge) {
      usage.put(sender, chargeUsage(usage.get(sender) ?? noUsage, charge))
    },
    learn(sender, submissionId, observation) {
      const profile = foldObservation(profiles.get(sender) ?? newcomer, observation)
      profiles.put(sender, profile)
      const place = [sender, profile.messagesSeen]
      journal.put(place, { submissionId, observation: packObservation(observation) })
      journal.remove([sender, profile.messagesSeen - maxJournalEntries])
      expiry.put(expiryKey(observation.receivedAt + journalLifeMs, 'journal', place), true)
    },
    journal: (sender) => entriesOf(tables, sender),
    contain(sender, state) {
      if (state === 'normal') containment.remove(sender)
      else containment.put(sender, state)
    },
    remembered(answerKey, at) {
      const answer = answers.get(answerKey)
      return answer === undefined || at - answer.at >= answerLifeMs ? undefined : answer
    },
    remember(answerKey, answer) {
      answers.put(answerKey, answer)
      expiry.put(expiryKey(answer.at + answerLifeMs, 'answers', answerKey), true)
    },
    recordVerdict(record) {
      verdicts.put(record.id, record)
      expiry.put(expiryKey(record.at + verdictLifeMs, 'verdicts', record.id), true)
    },
    verdict: (id) => verdicts.get(id),
    expire: (now) => expire(tables, now)
  }
}

function* entriesOf({ journal }: SenderTables, sender: SenderKey): Generator<JournalEntry> {
  for (const { key, value } of journal.range(journalRange(sender))) {
    const number = typeof key === 'object' ? Number(key[1]) : 0
    yield { number, submissionId: value.submissionId, observation: unpackObservation(value.observation) }
  }
}

function expire(tables: SenderTables, now: number): number {
  const due = Array.from(tables.expiry.range({ end: [now + 1], limit: maxExpired }), ({ key }) => key)
  for (const stored of due) {
    const expiring = expiringOf(stored)
    if (expiring !== undefined && isOver(tables, expiring, now)) tables[expiring.kind].remove(expiring.key)
    tables.expiry.remove(stored)
  }
  return due.length
}

/** A key may have been given anew since: then its newer entry ends it. */
function isOver({ answers, verdicts }: SenderTables, { kind, key }: Expiring, now: number): boolean {
  if (kind === 'answers') return now - (answers.get(key)?.at ?? 0) >= answerLifeMs
  if (kind === 'verdicts') return now - (verdicts.get(key)?.at ?? 0) >= verdictLifeMs
  return true
}
