import { containmentRow } from './containment-row.ts'
import { deliveryRow } from './delivery-row.ts'
import { feedbackRow } from './feedback-row.ts'
import { habitsRow } from './habits-row.ts'
import type { HistoryTable } from './history-entry.ts'
import { holdRow } from './hold-row.ts'
import { messageRow } from './message-row.ts'
import { modelEventRow } from './model-event-row.ts'
import { priorsRow } from './priors-row.ts'

/** The columns of each table in the order in which rows carry them. */
export const rowColumns = {
  messages: messageRow.columns,
  deliveries: deliveryRow.columns,
  feedback: feedbackRow.columns,
  holds: holdRow.columns,
  containment: containmentRow.columns,
  model_events: modelEventRow.columns,
  habits: habitsRow.columns,
  priors: priorsRow.columns
} as const satisfies Record<HistoryTable, readonly string[]>
