import type { Policy } from '../../service/verdict/policy.ts'

/** The defaults of the configuration. */
export const policy: Policy = {
  holdBudgetPer10k: 10,
  blockBudgetPer10k: 1,
  badPrior: 0.001,
  holdHours: 72,
  softHoldMinutes: 0,
  onHoldExpiry: 'return',
  mode: 'enforce',
  onMisaligned: 'sign',
  onForeignIdentity: 'allow',
  withoutModels: 'limits'
}
