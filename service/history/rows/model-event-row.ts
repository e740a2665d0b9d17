import type { ModelEvent } from '../../models/shelf/model-event.ts'
import type { HistoryEntry } from './history-entry.ts'
import { defineRow, text, time } from './row-definition.ts'

interface ModelEventFacts extends ModelEvent {
  /** Epoch ms. */
  readonly at: number
  /** Who did it: `start`, a token's id. */
  readonly by: string
}

export function toModelEventEntry(event: ModelEventFacts): HistoryEntry {
  return modelEventRow.toEntry('', [event])
}

/** As migration 0006 names them. */
export const modelEventRow = defineRow<ModelEventFacts>('model_events', {
  at: time((event) => event.at),
  name: text((event) => event.name),
  version: text((event) => event.version),
  event: text((event) => event.event),
  by: text((event) => event.by),
  facts: text((event) => JSON.stringify(event.facts))
})
