/** The moments at which a test may end the process to see what is left. */
export type FailpointName =
  | 'before-spool-write'
  | 'after-spool-write'
  | 'before-250'
  | 'after-250'
  | 'during-delivery'
  | 'before-outcome-recorded'
  /** The report to the sender is written, and not on disk yet. */
  | 'before-report-kept'
  /** Between two finished messages that are forgotten together. */
  | 'during-forgetting'

/** Called at each of those moments; the service hands in one that does nothing. */
export type Failpoint = (name: FailpointName) => void

export const noFailpoint: Failpoint = () => undefined
