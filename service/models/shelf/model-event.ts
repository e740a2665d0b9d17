import type { ModelName } from '../model-directory.ts'

/** What happened to a model. */
export interface ModelEvent {
  readonly name: ModelName
  /** '' where it is not known: a directory that could not be read. */
  readonly version: string
  readonly event:
    | 'loaded'
    | 'refused'
    | 'trained'
    | 'training_failed'
    | 'drift_changed'
    | 'shadowed'
    | 'promoted'
    | 'rolled_back'
  /** Why, from where, how well. */
  readonly facts: Readonly<Record<string, unknown>>
}
