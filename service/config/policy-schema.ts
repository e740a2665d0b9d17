import { z } from 'zod'
import { count } from './schema-values.ts'

/** How the hold threshold follows the installation's own mail, so that the budget is kept. */
export const budgetWindowSchema = z.strictObject({
  /** With fewer messages or senders the thresholds of the models' manifest hold. */
  minMessages: z.int().min(100).max(20_000).default(5_000),
  minSenders: z.int().min(5).default(200),
  /** No sender has more than this share of the weight. */
  maxSenderShare: z.number().positive().max(1).default(0.005),
  /** Log-odds that the threshold may lie above what it was a day before. */
  maxRisePerDayLogit: z.number().min(0).max(5).default(0.5)
})

export const policySchema = z.strictObject({
  holdBudgetPer10k: z.number().positive().max(1_000).default(10),
  blockBudgetPer10k: z.number().positive().max(1_000).default(1),
  badPrior: z.number().gt(0).lt(0.5).default(0.001),
  onHold: z.enum(['accept', 'tempfail', 'reject']).default('accept'),
  onHoldExpiry: z.enum(['return', 'release']).default('return'),
  holdHours: z.number().positive().default(72),
  /** Mail between one and ten hold budgets waits this long and is looked at again; 0 = it is sent at once, 10 is usual. */
  softHoldMinutes: z.number().min(0).max(1_440).default(0),
  budgetWindow: budgetWindowSchema.prefault({}),
  /**
   * Mail that we send and that receivers will not see aligned by DMARC. `sign` signs with any key of its organisation and lets go what is
   * still misaligned; `hold` holds that, where the published policy is quarantine or reject; `allow` signs as the domains say, and lets go.
   */
  onMisaligned: z.enum(['sign', 'hold', 'allow']).default('sign'),
  mode: z.enum(['enforce', 'shadow']).default('enforce'),
  /** What decides while no usable model is loaded: `limits` allows within limits and holds strangers' bulk. */
  withoutModels: z.enum(['limits', 'hold', 'allow']).default('limits')
})

export const limitsSchema = z.strictObject({
  messagesPerHour: count.default(100),
  messagesPerDay: count.default(500),
  recipientsPerHour: count.default(300),
  recipientsPerDay: count.default(1_000),
  newRecipientsPerDay: count.default(200)
})
