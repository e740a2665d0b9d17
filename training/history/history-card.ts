import { dayOf } from './day-of.ts'
import type { HistoryFacts } from './labelled-rows.ts'

/** The part of a model card that says what was learned from an installation. `uses`: what the run made of the messages, a sentence. */
export function historyCard(facts: HistoryFacts, uses: string): string {
  const { senders, honest, bad, contested, leftOut, otherFeatures, bases } = facts
  const rested = Object.entries(bases)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([basis, count]) => `| ${basis} | ${count} |`)
  return `
## This installation's history
${honest + bad} messages of ${senders} senders, received from ${dayOf(facts.from)} to ${dayOf(facts.to)}: ${honest} count as honest, ${bad} as bad
(docs/train/labels.md). ${uses}

| label rests on | messages |
|---|---|
${rested.join('\n')}

Contested: ${contested}. Left out: ${leftOut.undecided} that were held or blocked and that nobody decided on, ${leftOut.skewed} received before 2000 or in the
future by a wrong clock, ${leftOut.unreadable} that could not be read, ${leftOut.notFinite} with a value that is no number. ${otherFeatures} were judged by features of other names; every feature was computed anew.
${bad === 0 ? '\nNobody has called any message bad here: all bad mail is that of the bundled sets.\n' : ''}
Checksum over their ids: \`${facts.sha256}\`.
`
}
