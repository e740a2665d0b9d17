import { dayOf } from '../../../history/day-of.ts'
import type { HistorySimulation } from '../simulate-history.ts'

/** What would have happened, in a sentence or two that stand by themselves. */
export function simulationSentence({ victims, span, summary }: Pick<HistorySimulation, 'victims' | 'span' | 'summary'>): string {
  const { recall, falseHolds } = summary
  const when = `between ${dayOf(span.from)} and ${dayOf(span.to)}`
  const honest = heldSentence(falseHolds)
  if (recall.share === null) return `No attack found a place in the mail of ${victims} senders ${when}. ${honest}`
  const range = recall.interval === null ? '' : ` (95 % of draws: ${percent(recall.interval.low)} to ${percent(recall.interval.high)})`
  return `Had thieves sent from ${recall.senders} of your mailboxes ${when}, ${percent(recall.share)} of their first messages would have been stopped${range}. ${honest}`
} // prettier-ignore

function heldSentence({ stopped, per10k, per10kInterval }: HistorySimulation['summary']['falseHolds']): string {
  if (per10k === null) return 'No honest message was there to be held.'
  const range = per10kInterval === null ? '' : ` (95 %: ${per10kInterval.low.toFixed(1)} to ${per10kInterval.high.toFixed(1)})`
  return `Of the ${stopped.messages} honest messages that their owners really sent, ${stopped.hits} would have been held: ${per10k.toFixed(1)} in 10,000${range}.`
} // prettier-ignore

export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}
