import { createHmac } from 'node:crypto'
import { createLearnedHabits } from './habits/learned-habits.ts'
import { createToldHabits } from './habits/told-habits.ts'
import { createRememberedVerdicts } from './remembered-verdicts.ts'
import type { SenderListeners } from './sender-listeners.ts'
import type { SenderKey, SenderStore } from './sender-store.ts'
import { expiringOf, type SenderTables } from './sender-tables.ts'
import { chargeUsage, freeAt, noUsage, usageBefore } from './usage.ts'

/** Things dropped by one `expire`, and of each kind by one `erase`: some ten milliseconds of work. */
const maxDropped = 500
/** What leaves the journal is folded into its sender's base: that takes as long as dropping ten other things. */
const maxSettled = 50

/** The sender store over tables of any kind. `key` is the installation's. */
export function createTableSenderStore(
  tables: SenderTables,
  key: Uint8Array,
  onHabits?: SenderListeners['onHabits']
): Omit<SenderStore, 'priors'> {
  const { usage, containment, expiry } = tables
  const habits = createLearnedHabits(tables)
  const numberOf = (sender: SenderKey): number => tables.profiles.get(sender)?.changes ?? 0
  const told = createToldHabits(habits, numberOf, onHabits)
  const verdicts = createRememberedVerdicts(tables)

  function erase(sender: SenderKey): number {
    usage.remove(sender)
    containment.remove(sender)
    return habits.erase(sender, maxDropped) + verdicts.erase(sender, maxDropped)
  }

  function expire(now: number): number {
    const due = Array.from(expiry.range({ end: [now + 1], limit: maxDropped }), ({ key: stored }) => stored)
    let settled = 0
    for (const [index, stored] of due.entries()) {
      const expiring = expiringOf(stored)
      if (expiring?.kind === 'journal') settled += habits.settle(expiring.sender, now, maxSettled - settled)
      else if (expiring !== undefined) verdicts.drop(expiring, now)
      // There may be more of this sender: its row is met again
      if (settled >= maxSettled) return index + 1
      expiry.remove(stored)
    }
    return due.length
  }

  return {
    keyOf: (senderId) =>
      createHmac('sha256', key).update(`sender\0${senderId}`).digest().subarray(0, 12).toString('base64url'),
    snapshot: (sender, at) => ({
      ...habits.standing(sender),
      containment: containment.get(sender) ?? 'normal',
      usage: usageBefore(usage.get(sender) ?? noUsage, at)
    }),
    usage: (sender, at) => usageBefore(usage.get(sender) ?? noUsage, at),
    charge(sender, charge) {
      usage.put(sender, chargeUsage(usage.get(sender) ?? noUsage, charge))
    },
    freeAt: (sender, at, ...wanted) => freeAt(usage.get(sender) ?? noUsage, at, ...wanted),
    containment: (sender) => containment.get(sender) ?? 'normal',
    contain(sender, state) {
      if (state === 'normal') containment.remove(sender)
      else containment.put(sender, state)
    },
    ...told,
    habits: numberOf,
    profileBefore: (sender, submissionId) => habits.profileBefore(sender, submissionId),
    journal: (sender) => habits.journal(sender),
    rewindsTo: (sender) => habits.rewindsTo(sender),
    rebuild: (sender) => habits.rebuild(sender),
    remembered: (sender, answerKey, at) => verdicts.remembered(sender, answerKey, at),
    remember: (sender, answerKey, answer) => verdicts.remember(sender, answerKey, answer),
    recordVerdict: (record) => verdicts.record(record),
    verdict: (id) => verdicts.verdict(id),
    verdictsOf: (sender, since) => verdicts.verdictsOf(sender, since),
    erase,
    expire
  }
}
