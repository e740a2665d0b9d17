/** So many an hour and key. */
export interface Allowance {
  /** Counts this one; false: it is one too many. */
  take(key: string): boolean
}
