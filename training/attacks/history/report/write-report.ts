import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { dayOf } from '../../../history/day-of.ts'
import { textTable } from '../../../text-table.ts'
import type { HistorySimulation } from '../simulate-history.ts'
import { drawRecall } from './draw-recall.ts'
import { simulationSentence } from './simulation-sentence.ts'
import { simulationTables } from './simulation-tables.ts'

/** Writes `takeovers.md` and the picture that it shows into the directory, which need not exist. */
export async function writeSimulationReport(directory: string, found: HistorySimulation): Promise<void> {
  await mkdir(directory, { recursive: true })
  await writeFile(path.join(directory, 'stopped.svg'), drawRecall(found.cells))
  await writeFile(path.join(directory, 'takeovers.md'), simulationPage(found))
}

/** The page, in Markdown. */
export function simulationPage(found: HistorySimulation): string {
  const { span, summary, seed, thresholdsFrom, lenders, notHonest, notMade } = found
  const { models, thresholds } = summary
  const origin = { window: 'moved by this installation’s own mail', manifest: 'the models’ own' }[thresholdsFrom]
  const tables = simulationTables(found).map(
    ({ title, about, head, rows }) => `## ${title}\n\n${about}\n\n${textTable(head, rows)}\n`
  )
  return `# What would have happened, ${dayOf(span.from)} to ${dayOf(span.to)}

**${simulationSentence(found)}**

![First messages stopped, by family and knowledge](stopped.svg)

${tables.join('\n')}
## How it was measured

Attacks were put before ${span.messages} messages of ${span.senders} senders, each compared with the habits and the neighbours of that moment;
${lenders} other senders lent words, programs and networks. Families count alike, and three of five thieves know everything.
Models: takeover ${models.takeover ?? 'none'}, content ${models.content ?? 'none'}. Thresholds: hold ${thresholds?.last.hold ?? '–'}, block ${thresholds?.last.block ?? '–'}, ${origin}. Seed ${seed}.
${caution(found)}Left out: ${notHonest} messages that count as bad or of which nobody knows; ${notMade} attacks that found no place. Mail that left and that nobody complained of counts as honest.
No text is kept: attacks are put together of what messages show. Limits, containment and campaign memory, which stop later messages, have no say.
`
} // prettier-ignore

function caution({ knownByHeart }: HistorySimulation): string {
  return knownByHeart.length === 0
    ? ''
    : `**${knownByHeart.join(' and ')} learned from mail of this very span: the figures flatter them.** Ask for a span after it.\n`
}
