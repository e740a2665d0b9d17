import type { Interval } from '../../../measure/intervals.ts'
import { attackFamilies, knowledges } from '../../attack-cell.ts'
import type { HistorySimulation } from '../simulate-history.ts'
import { percent } from './simulation-sentence.ts'

/** A table that a terminal and a page show alike. */
export interface FoundTable {
  readonly title: string
  /** What the figures are. */
  readonly about: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What families are, in a few words (docs/reference/takeovers.md has more). */
const families = {
  A1: 'bulk to strangers',
  A2: 'the same to known contacts',
  A3: 'one phish to one contact',
  A4: 'answer in a thread, with a bad line',
  A4L: 'own next message, with a bad line',
  A5: 'fraud in plain words',
  A6: 'another’s harmless mail',
  A6H: 'that of the nearest writer'
} as const satisfies Record<(typeof attackFamilies)[number], string>

/** All that was measured, most important first. */
export function simulationTables(found: HistorySimulation): readonly FoundTable[] {
  return [inForce(found), equalShares(found), bySender(found), byHistory(found)]
}

function inForce({ cells }: HistorySimulation): FoundTable {
  return {
    title: 'Stopped at the thresholds in force',
    about: 'Share of first messages that are held or blocked, with 95 % intervals over senders. M0: the thief has a program, network and hour of his own. M1: the victim’s program, but another network. M2: everything copied, as with a stolen web session.',
    head: ['family', 'first message', ...knowledges.flatMap((name) => [name, '95 %'])],
    rows: attackFamilies.map((family) => [
      family,
      families[family],
      ...knowledges.flatMap((knowledge) => {
        const cell = cells.find((one) => one.family === family && one.knowledge === knowledge)
        return cell === undefined ? ['–', '–'] : [percent(cell.stopped.share), range(cell.stopped.interval)]
      })
    ])
  }
} // prettier-ignore

function equalShares({ cells }: HistorySimulation): FoundTable {
  return {
    title: 'At equal shares of this honest mail held',
    about: 'Share stopped when exactly 0.1 % / 1 % of this very honest mail is held: what a budget kept by measuring could reach at best.',
    head: ['family', ...knowledges.flatMap((name) => [`${name} attacks`, '0.1 % / 1 %'])],
    rows: attackFamilies.map((family) => [
      family,
      ...knowledges.flatMap((knowledge) => {
        const cell = cells.find((one) => one.family === family && one.knowledge === knowledge)
        return cell === undefined ? ['–', '–'] : [String(cell.stopped.messages), cell.above.map(percent).join(' / ')]
      })
    ])
  }
} // prettier-ignore

function bySender({ bySender: spread, summary }: HistorySimulation): FoundTable {
  const { per10kBySender: held, sendersWithOne, stopped } = summary.falseHolds
  return {
    title: 'By sender',
    about: `${sendersWithOne} of ${stopped.senders} senders would have met a false hold.`,
    head: ['of each sender', 'least well off', 'p5', 'p25', 'median'],
    rows: [
      ['attacks stopped', ...[spread?.least, spread?.p5, spread?.p25, spread?.p50].map((value) => percent(value ?? null))],
      ['honest held per 10,000', figure(held?.max), `${figure(held?.p95)} (p95)`, '', figure(held?.p50)]
    ]
  }
} // prettier-ignore

function figure(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(1)
}

function byHistory({ byHistory: bins, summary }: HistorySimulation): FoundTable {
  const held = new Map(summary.byHistory.map((one) => [one.from, one.falseHolds]))
  return {
    title: 'By how much was known of the sender',
    about: 'Messages learned before, at least; share stopped of each family, whatever the thief knew, and honest messages held per 10,000.',
    head: ['from', 'attacks', ...attackFamilies, 'honest', 'held /10k'],
    rows: bins.map(({ from, families: own }) => {
      const { share = null, messages = 0 } = held.get(from) ?? {}
      const attacks = own.reduce((sum, { stopped }) => sum + stopped.messages, 0)
      const shares = own.map(({ stopped }) => (stopped.share === null ? '–' : `${(100 * stopped.share).toFixed(0)} %`))
      return [String(from), String(attacks), ...shares, String(messages), share === null ? '–' : (10_000 * share).toFixed(1)]
    })
  }
} // prettier-ignore

function range(found: Interval | null): string {
  return found === null ? '–' : `${(100 * found.low).toFixed(0)}-${(100 * found.high).toFixed(0)}`
}
