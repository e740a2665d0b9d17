import { importOutcomes } from '../../contracts/history-import.ts'
import { printTable } from '../views/table.ts'
import { factLines, type Terminal } from '../views/terminal.ts'
import { neutralise } from '../views/neutralise.ts'
import type { ImportReport } from './import-report.ts'
import { pastFaults } from './past-faults.ts'

const maxOwners = 20
const maxFaults = 20

/** What was imported, for whom, and what was not. */
export function printImport(report: ImportReport, terminal: Terminal): void {
  const { found, outcomes, faults, owners, listedFaults, seconds } = report
  const perSecond = Math.round(found / Math.max(seconds, 0.001))
  terminal.print(
    `${terminal.paint('bold', `${outcomes.imported} messages imported`)} of ${found} found, ` +
      `in ${seconds.toFixed(1)} s (${perSecond} a second)`
  )
  const counted = [
    ...entriesOf(outcomes)
      .filter(([kind, count]) => kind !== 'imported' && count > 0)
      .map(([kind, count]) => [String(count), importOutcomes[kind]] as const),
    ...entriesOf(faults)
      .filter(([code]) => code !== 'UNREADABLE')
      .map(([code, count]) => [String(count), pastFaults[code]] as const)
  ]
  if (counted.length > 0) terminal.print(factLines(terminal, counted))
  if (owners.length > 0) printOwners(report, terminal)
  for (const { code, place, detail } of listedFaults.slice(0, maxFaults))
    terminal.print(neutralise(`  ${place}: ${pastFaults[code]}${detail === undefined ? '' : ` (${detail})`}`))
  const more =
    Object.values(faults).reduce((sum, count) => sum + count, 0) - Math.min(listedFaults.length, maxFaults)
  if (listedFaults.length > 0 && more > 0) terminal.print(`  … and ${more} more; --json lists a hundred`)
  if (outcomes.late > 0)
    terminal.print(
      'Give all files of an owner in one run, before new mail comes: habits are learned in the order of time.'
    )
}

function printOwners({ owners }: ImportReport, terminal: Terminal): void {
  printTable(
    terminal,
    [
      { title: 'owner', width: 40 },
      { title: 'imported', align: 'right' },
      { title: 'known', align: 'right' },
      { title: 'late', align: 'right' },
      { title: 'from' },
      { title: 'to' }
    ],
    owners
      .slice(0, maxOwners)
      .map(({ owner, imported, known, late, first, last }) => [
        owner,
        imported,
        known,
        late,
        dayOf(first),
        dayOf(last)
      ])
  )
  if (owners.length > maxOwners) terminal.print(`… and ${owners.length - maxOwners} more owners`)
}

function dayOf(time: string | null): string {
  return time === null ? '' : time.slice(0, 10)
}

function entriesOf<Key extends string, Value>(
  record: Readonly<Partial<Record<Key, Value>>>
): readonly (readonly [Key, Value])[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tables have no other keys
  return Object.entries(record) as [Key, Value][]
}
