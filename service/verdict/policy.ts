/** What the operator decides (`[policy]` of the configuration). */
export interface Policy {
  /** Honest messages per 10,000 that may be held, and blocked. */
  readonly holdBudgetPer10k: number
  readonly blockBudgetPer10k: number
  /** The share of bad mail at which risk is stated. */
  readonly badPrior: number
  readonly holdHours: number
  /** How long mail between one and ten budgets waits before it is looked at again; 0: it is sent at once. */
  readonly softHoldMinutes: number
  readonly onHoldExpiry: 'return' | 'release'
  /** Of mail that we send and that receivers will not see aligned: only `hold` changes the verdict. */
  readonly onMisaligned: 'sign' | 'hold' | 'allow'
  /** Of mail that names somebody whom its sender may not write as. */
  readonly onForeignIdentity: 'allow' | 'hold' | 'reject'
  /** `shadow`: answer allow, and say what would have been done. */
  readonly mode: 'enforce' | 'shadow'
  /** What decides while no usable model is loaded. */
  readonly withoutModels: 'limits' | 'hold' | 'allow'
}
