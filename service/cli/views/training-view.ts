import type { ModelList } from '../../contracts/model.ts'
import type { Terminal } from './terminal.ts'

type Training = NonNullable<ModelList['training']>

/** What has run by itself: the last trainings, what accepts a proposal, and drift. Nothing where nothing has. */
export function printRuns(
  { items, training }: Pick<ModelList, 'items' | 'training'>,
  terminal: Terminal
): void {
  const lines = [
    ...(training?.items ?? []).flatMap(trainedLines),
    ...items.flatMap(({ name, drift }) => (drift === null ? [] : driftLines(name, drift)))
  ]
  if (training !== null && training.next !== null)
    lines.push(`Training is scheduled ${training.schedule}; the next one is due ${training.next}.`)
  if (lines.length > 0) terminal.print(`\n${lines.join('\n')}`)
}

const outcomes: Readonly<Record<Training['items'][number]['outcome'], string>> = {
  proposed: 'is proposed: the gate finds it not worse than the active version',
  promoted: 'was trained and promoted',
  refused: 'was trained, and the gate speaks against it',
  few: 'was not trained',
  failed: 'could not be trained'
}

function trainedLines({ name, at, outcome, version, reasons, accept }: Training['items'][number]): string[] {
  const told = `${at.slice(0, 'yyyy-mm-dd'.length)}: ${name}${version === null ? '' : ` ${version}`} ${outcomes[outcome]}.`
  return [
    told,
    ...reasons.map((reason) => `  ${reason}`),
    ...(accept === null ? [] : [`  To let it serve: \`${accept}\`.`])
  ]
}

type Drift = NonNullable<ModelList['items'][number]['drift']>

function driftLines(name: string, { fault, week, drifted, watched, calibration, held }: Drift): string[] {
  return [
    ...(fault === null ? [] : [`Drift could not be measured: ${fault}`]),
    ...(week === null ? [] : [`${name}: in the week of ${week} ${drifted} columns had drifted, ${watched} are watched; see \`sluice models drift\`.`]), // prettier-ignore
    ...(calibration === 'too-low' ? [`${name}: more mail was bad than its risks said.`] : []),
    ...(held === 'over' ? ['More was held than the budget allows.'] : [])
  ]
}
