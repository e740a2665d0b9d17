import type { ActiveVersions } from '../../models/shelf/active-file.ts'
import type { GateReport } from '../../models/frozen/gate-report.ts'
import type { ModelEvent } from '../../models/shelf/model-event.ts'
import type { ModelRegistry } from '../../models/shelf/model-registry.ts'
import type { ModelShelf } from '../../models/shelf/model-shelf.ts'
import type { WindowFill } from '../../scoring/window-fill.ts'
import type { ModelComparisons } from '../../senders/model-comparisons.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { RunGate } from './run-gate.ts'

export type ModelName = GateReport['name']

export interface ModelActsOptions {
  readonly registry: ModelRegistry
  readonly shelf: Pick<ModelShelf, 'reload' | 'current' | 'describe'>
  readonly runGate: RunGate
  /** Where frozen messages of a model may lie, the best first. */
  readonly frozenSets: (name: ModelName) => readonly string[]
  /** Of a window by its version. */
  readonly windowFill: (version: string) => WindowFill
  readonly comparisons: Pick<ModelComparisons, 'drop'>
  /** Shadows are loaded at all. */
  readonly shadows: boolean
  readonly holdBudgetPer10k: number
  readonly keepVersions: number
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** Inside the transaction: what history keeps of it. */
  readonly onEvent: (event: ModelEvent, by: string) => void
  readonly log: Logger
}

export interface Actor {
  /** A token's id. */
  readonly by: string
}

export interface UnderWay {
  readonly name: ModelName
  readonly version: string
  readonly step: string
  readonly done: number
  readonly total: number
}

export interface Busy {
  readonly kind: 'busy'
}

export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly versions: ActiveVersions }
  /** The sentence says why. */
  | { readonly kind: 'impossible'; readonly detail: string }
  | { readonly kind: 'unusable'; readonly fault: UnusableFault }

/** A code of ModelError, and what it is about. */
export interface UnusableFault {
  readonly code: string
  readonly facts: Readonly<Record<string, string>>
}
