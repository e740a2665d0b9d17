import { z } from 'zod'

const count = z.int().min(0)
const time = z.iso.datetime()
const day = z.iso.date()

const cellSchema = z.object({
  week: day.describe('Its Monday, UTC'),
  psi: z.number().nullable().describe('Population stability index; null: too few messages'),
  byChance: z.number().nullable().describe('What it may reach by chance alone'),
  state: z.enum(['reference', 'few', 'stable', 'watch', 'drifted'])
})

const columnSchema = z.object({
  name: z.string(),
  kind: z.enum(['feature', 'score']),
  isAlarming: z.boolean().describe('false: it changes with the age of the installation, and alarms nobody'),
  cells: z.array(cellSchema)
})

const rangeSchema = z.object({ low: z.number(), high: z.number() }).describe('95 %')

const riskBinSchema = z.object({
  from: z.number(),
  to: z.number(),
  messages: count,
  said: z.number().describe('Bad messages to be expected, if every risk were right'),
  bad: count.describe('Of which somebody said so'),
  honest: count,
  unspoken: count,
  atLeast: rangeSchema.nullable().describe('Share of bad ones of all, if all that nobody spoke of is honest'),
  ofSpoken: rangeSchema.nullable().describe('Share of bad ones of what somebody spoke of')
})

const calibrationSchema = z.object({
  messages: count,
  spoken: count,
  bins: z.array(riskBinSchema),
  state: z
    .enum(['few', 'plausible', 'too-low'])
    .describe('`too-low`: more is known to be bad than all risks together say'),
  balanced: z
    .object({ bad: count, honest: count, error: z.number(), logLoss: z.number() })
    .nullable()
    .describe(
      'Of what somebody spoke of, both classes even: calibration error, and log-loss in nats (0.693: says nothing)'
    )
})

const heldSchema = z.object({
  week: day,
  messages: count.describe('Known bad ones left out'),
  held: count.describe('Of these, for their risk'),
  unspoken: count.describe('Of the held, which nobody decided'),
  per10k: z.number().nullable(),
  range: rangeSchema.nullable(),
  state: z.enum(['few', 'under', 'within', 'over'])
})

const modelDriftSchema = z.object({
  name: z.enum(['content', 'takeover']),
  version: z.string().nullable().describe('The last to judge; null: none has'),
  reference: z
    .object({
      source: z.enum(['training', 'first-weeks']),
      from: day,
      to: day.describe('Exclusive'),
      messages: count,
      senders: count
    })
    .nullable(),
  judgedWeek: day.nullable().describe('The last whole week: what alarms go by'),
  states: z.object({ few: count, stable: count, watch: count, drifted: count }),
  drifted: z.array(z.string()).describe('In that week, the furthest first; those that alarm'),
  watched: z.array(z.string()),
  weeks: z.array(z.object({ week: day, messages: count, senders: count, isWhole: z.boolean() })),
  columns: z.array(columnSchema),
  calibration: calibrationSchema.nullable(),
  held: z.array(heldSchema)
})

/** What `sluice models drift` measured: features, scores, risks and holds, week by week. */
export const driftReportSchema = z.object({
  createdAt: time,
  since: time.nullable(),
  until: time.nullable(),
  holdBudgetPer10k: z.number(),
  messages: count,
  items: z.array(modelDriftSchema)
})

export type DriftReport = z.output<typeof driftReportSchema>
export type ModelDrift = DriftReport['items'][number]
export type DriftColumn = ModelDrift['columns'][number]

/** `GET /v1/models/{name}/drift`: the last report, of one model. */
export const shownDriftSchema = modelDriftSchema.extend({
  createdAt: time,
  holdBudgetPer10k: z.number()
})

export type ShownDrift = z.output<typeof shownDriftSchema>
