import type { DriftReport, ModelDrift } from '../../../service/contracts/drift.ts'
import type { DriftSummary } from '../../../service/models/retrain/child-messages.ts'

/** As many as a metric may name. */
const mostWorst = 10

/** What alarms and metrics go by. */
export function summariseDrift({ items }: DriftReport): readonly DriftSummary[] {
  return items.map((item) => ({
    name: item.name,
    version: item.version,
    judgedWeek: item.judgedWeek,
    states: item.states,
    drifted: item.drifted,
    worst: worstOf(item),
    calibration: item.calibration?.state ?? null,
    held: item.held.find(({ week }) => week === item.judgedWeek)?.state ?? null
  }))
}

function worstOf({ columns, judgedWeek }: ModelDrift): DriftSummary['worst'] {
  return columns
    .flatMap(({ name, cells, isAlarming }) => {
      const cell = cells.find(({ week }) => week === judgedWeek)
      return !isAlarming || cell?.psi === undefined || cell.psi === null
        ? []
        : [{ column: name, psi: cell.psi }]
    })
    .toSorted((a, b) => b.psi - a.psi)
    .slice(0, mostWorst)
}
