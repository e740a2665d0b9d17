import { outcomeKinds, type ImportAnswer, type ImportOutcomeKind } from '../../contracts/history-import.ts'
import { placeOf, type PastEntry } from './catalogue.ts'
import type { PastFault, PastFaultCode, PastFaultLog } from './past-faults.ts'

export interface ImportReport {
  /** Messages met in the files. */
  readonly found: number
  readonly outcomes: Readonly<Record<ImportOutcomeKind, number>>
  /** Why others were not imported, and files that cannot be read. */
  readonly faults: Readonly<Partial<Record<PastFaultCode, number>>>
  /** The first hundred. */
  readonly listedFaults: readonly PastFault[]
  /** The busiest first. */
  readonly owners: readonly OwnerReport[]
  readonly seconds: number
}

export interface OwnerReport {
  readonly owner: string
  readonly imported: number
  readonly known: number
  readonly late: number
  /** RFC 3339, of what was imported; null: nothing was. */
  readonly first: string | null
  readonly last: string | null
}

/** Counts answers as they come. */
export interface ImportTally {
  add(entry: PastEntry, answer: ImportAnswer): void
  report(found: number, seconds: number): ImportReport
}

interface OwnerTally {
  imported: number
  known: number
  late: number
  first: number
  last: number
}

export function createImportTally(faults: PastFaultLog): ImportTally {
  const outcomes = new Map<ImportOutcomeKind, number>()
  const owners = new Map<string, OwnerTally>()

  function addOwner(sender: string, kind: ImportOutcomeKind, at: number): void {
    const tally = owners.get(sender) ?? { imported: 0, known: 0, late: 0, first: Infinity, last: -Infinity }
    owners.set(sender, tally)
    if (kind === 'known' || kind === 'late') tally[kind] += 1
    if (kind !== 'imported') return
    tally.imported += 1
    tally.first = Math.min(tally.first, at)
    tally.last = Math.max(tally.last, at)
  }

  return {
    add(entry, answer) {
      if ('code' in answer) {
        const errors = (answer.errors ?? []).map(({ path, message }) => `${path}: ${message}`).join('; ')
        return faults.add('REFUSED', placeOf(entry), errors || (answer.detail ?? answer.title))
      }
      const { outcome, sender, detail } = answer
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (outcome === 'unreadable') faults.add('UNREADABLE', placeOf(entry), detail)
      addOwner(sender, outcome, entry.at)
    },
    report: (found, seconds) => ({
      found,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each kind
      outcomes: Object.fromEntries(
        outcomeKinds.map((kind) => [kind, outcomes.get(kind) ?? 0])
      ) as ImportReport['outcomes'],
      faults: faults.counts(),
      listedFaults: faults.listed(),
      owners: Array.from(owners, toOwnerReport).toSorted((one, other) => other.imported - one.imported),
      seconds
    })
  }
}

function toOwnerReport([owner, { imported, known, late, first, last }]: [string, OwnerTally]): OwnerReport {
  const time = (at: number): string | null => (imported === 0 ? null : new Date(at).toISOString())
  return { owner, imported, known, late, first: time(first), last: time(last) }
}
