import { printTable } from '../views/table.ts'
import type { Terminal } from '../views/terminal.ts'
import type { Compared, Seen, ShadowReport } from './compare-shadow.ts'
import { mtaOutcomes } from './mta-log.ts'

const columns: readonly Seen[] = [...mtaOutcomes, 'unknown']
const said = { allow: 'allowed', hold: 'held', block: 'blocked' } as const

/** What we would have done, by what the mail server did; then the messages over which the two differ. */
export function printShadowReport(report: ShadowReport, mta: string, terminal: Terminal): void {
  const { messages, senders, sendersStopped, table, stoppedByUsAlone, stoppedByOthersAlone } = report
  const stopped = [...Object.values(table.hold), ...Object.values(table.block)].reduce((sum, n) => sum + n, 0)
  const per10k = ((stopped / messages) * 10_000).toFixed(1)
  terminal.print(
    `${mta}: ${counted(messages, 'message')} of ${counted(senders, 'sender')} in shadow mode. Sluice would have stopped ${stopped} (${per10k} of 10,000), of ${counted(sendersStopped, 'sender')}.\n`
  )
  const used = columns.filter((name) => (['allow', 'hold', 'block'] as const).some((row) => table[row][name]))
  printTable(
    terminal,
    [{ title: 'Sluice' }, ...used.map((title) => ({ title, align: 'right' as const }))],
    (['allow', 'hold', 'block'] as const).map((row) => [
      said[row],
      ...used.map((name) => table[row][name] ?? 0)
    ])
  )
  list('Stopped by Sluice alone, the riskiest first:', stoppedByUsAlone, terminal)
  list('Let through by Sluice alone:', stoppedByOthersAlone, terminal)
}

const maxPrinted = 20

function list(title: string, compared: readonly Compared[], terminal: Terminal): void {
  if (compared.length === 0) return
  terminal.print(`\n${title}\n`)
  printTable(
    terminal,
    [
      { title: 'queue id', width: 18 },
      { title: 'sender', width: 24 },
      { title: 'risk', align: 'right' },
      { title: 'server' },
      { title: 'because', width: 36, isWrapped: true }
    ],
    compared
      .slice(0, maxPrinted)
      .map(({ queueId, sender, risk, outcome, reasons }) => [
        queueId ?? '-',
        sender,
        `${(risk * 100).toFixed(1)} %`,
        outcome,
        reasons.slice(0, 3).join(' ')
      ])
  )
  if (compared.length > maxPrinted) terminal.print(`… and ${compared.length - maxPrinted} more: see --json`)
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
