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
  /**
   * Mail whose From, Sender, Resent-* or MAIL FROM names somebody whom its user may not write as. `allow` says so in the verdict: until
   * `aliases` and `identities` are written down, anything else would stop honest mail. Then `reject` is what providers want.
   */
  onForeignIdentity: z.enum(['allow', 'hold', 'reject']).default('allow'),
  mode: z.enum(['enforce', 'shadow']).default('enforce'),
  /** What decides while no usable model is loaded: `limits` allows within limits and holds strangers' bulk. */
  withoutModels: z.enum(['limits', 'hold', 'allow']).default('limits')
})

/** How limits follow what a sender usually sends, once that is known. */
const personalSchema = z.strictObject({
  /** Off: the configured limits are everybody's. */
  enabled: z.boolean().default(true),
  /** Days with mail. With a month of working days, the one big mailing of a month is among them. */
  minDays: z.int().min(5).max(60).default(20),
  /**
   * On this share of its days a sender sends at most what is usual. Of 60 days the last two are above it: what comes every month is usual,
   * what came once is not.
   */
  quantile: z.number().min(0.5).max(1).default(0.97),
  /** How often as much as usual is still no surprise. A hijacker wants hundreds of times as much. */
  headroom: z.number().min(1).max(1_000).default(5),
  /** Of the configured limit: that much everybody may send. It keeps quiet people from being held for one invitation. */
  minShare: z.number().min(0).max(1).default(0.25)
})

/**
 * Per sender, in the 60 seconds, 60 minutes and 24 hours before a message. For a person who writes by hand they are far away; what a
 * program sends beyond them needs limits of its own (`PUT /v1/senders/{id}/limits`). Where nothing stands for the minute or for new
 * recipients an hour, the next longer window bounds it: an honest mail merge sends all it has at once.
 */
export const limitsSchema = z.strictObject({
  messagesPerMinute: count.optional(),
  messagesPerHour: count.default(100),
  messagesPerDay: count.default(500),
  recipientsPerMinute: count.optional(),
  recipientsPerHour: count.default(300),
  recipientsPerDay: count.default(1_000),
  newRecipientsPerMinute: count.optional(),
  newRecipientsPerHour: count.optional(),
  newRecipientsPerDay: count.default(200),
  /** What SMTP does with mail above a limit: `hold` keeps it until there is room again, `tempfail` leaves it with the client (452 4.7.1). */
  onExceeded: z.enum(['hold', 'tempfail']).default('hold'),
  personal: personalSchema.prefault({}).transform(({ enabled, ...rule }) => (enabled ? rule : undefined))
})
