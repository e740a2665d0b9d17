import type { ReasonEntry } from './reason-entry.ts'
import { reasons, type ReasonCode } from './reasons.ts'
import type { Evidence } from '../verdict.ts'

type Named = readonly [ReasonCode, ReasonEntry]

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a closed literal
const entries = Object.entries(reasons) as readonly Named[]

const byGroup: ReadonlyMap<string, readonly Named[]> = Map.groupBy(entries, ([, entry]) => entry.group)

/** The code for what a group did: the table's first one of that direction whose `when` facts the evidence shows. */
export function reasonForGroup(group: string, contribution: number, evidence: Evidence): ReasonCode {
  const fitting = (byGroup.get(group) ?? []).filter(
    ([, entry]) => (entry.lowers === true) === contribution < 0
  )
  const [code] =
    fitting.find(([, { when }]) =>
      Object.entries(when ?? {}).every(([name, wanted]) => shows(evidence, name, wanted))
    ) ?? []
  return code ?? (contribution < 0 ? 'SIGNAL_USUAL' : 'SIGNAL_UNUSUAL')
}

/** A fact that is missing says neither yes nor no. */
function shows(evidence: Evidence, name: string, wanted: 'yes' | 'no'): boolean {
  const fact = evidence[name]
  if (fact === undefined) return false
  const isYes = fact !== false && fact !== 0 && fact !== ''
  return isYes === (wanted === 'yes')
}
