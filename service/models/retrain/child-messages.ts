import { z } from 'zod'
import { backendChoices } from '../tensor/backend-names.ts'

const name = z.enum(['content', 'takeover'])

/** Where a process of its own finds history; told over the channel, never in arguments that others can list. */
const historyPlaceSchema = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  database: z.string(),
  user: z.string(),
  password: z.string().optional()
})

export type HistoryPlace = Readonly<z.output<typeof historyPlaceSchema>>

export const trainRequestSchema = z.object({
  name,
  history: historyPlaceSchema,
  /** Epoch ms; until now. */
  since: z.number(),
  now: z.number(),
  /** Fewer messages are not worth a run. */
  minMessages: z.int(),
  /** The model lands in `<out>/<name>`. */
  out: z.string(),
  version: z.string(),
  seed: z.int(),
  /** The content model in use. */
  contentDirectory: z.string(),
  /** Default: `auto`. */
  backend: z.enum(backendChoices).optional()
})

export type TrainRequest = Readonly<z.output<typeof trainRequestSchema>>

export const driftRequestSchema = z.object({
  history: historyPlaceSchema,
  now: z.number(),
  holdBudgetPer10k: z.number(),
  badPrior: z.number(),
  /** Of the registry. */
  models: z.string(),
  /** Where the report goes. */
  report: z.string()
})

export type DriftRequest = Readonly<z.output<typeof driftRequestSchema>>

const progress = z.object({
  kind: z.literal('progress'),
  step: z.string(),
  done: z.number(),
  total: z.number()
})
/** A sentence, with its remedy where there is one. */
const fault = z.object({ kind: z.literal('fault'), code: z.string(), detail: z.string() })

export const trainMessageSchema = z.discriminatedUnion('kind', [
  progress,
  fault,
  z.object({ kind: z.literal('few'), messages: z.int() }),
  z.object({ kind: z.literal('trained'), directory: z.string(), messages: z.int() })
])

export type TrainMessage = z.output<typeof trainMessageSchema>

const driftSummarySchema = z.object({
  name,
  version: z.string().nullable(),
  judgedWeek: z.string().nullable(),
  states: z.object({ few: z.int(), stable: z.int(), watch: z.int(), drifted: z.int() }),
  drifted: z.array(z.string()),
  /** The furthest first; a handful. */
  worst: z.array(z.object({ column: z.string(), psi: z.number() })),
  calibration: z.enum(['few', 'plausible', 'too-low']).nullable(),
  /** Of the week. */
  held: z.enum(['few', 'under', 'within', 'over']).nullable()
})

export const driftMessageSchema = z.discriminatedUnion('kind', [
  progress,
  fault,
  z.object({ kind: z.literal('measured'), messages: z.int(), items: z.array(driftSummarySchema) })
])

/** One model's last whole week, in short. */
export type DriftSummary = z.output<typeof driftSummarySchema>
export type DriftMessage = z.output<typeof driftMessageSchema>
