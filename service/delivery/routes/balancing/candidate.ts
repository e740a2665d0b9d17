/** A route of a pool that could take the mail. */
export interface Candidate {
  readonly name: string
  /** Above 0. */
  readonly weight: number
  /** Jobs that wait or run on it. */
  readonly outstanding: number
  /** Mean time of its transactions, ms; null: not known yet. */
  readonly latencyMs: number | null
}
