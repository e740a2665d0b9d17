import { z } from 'zod'

const rhythm = z.enum(['off', 'daily', 'weekly'])

/** What is done with models by itself. Each in a process of its own, of low priority, and one at a time. */
export const trainingSchema = z.strictObject({
  /** When models are trained anew on the installation's history; weekly: on Mondays. */
  schedule: rhythm.default('off'),
  /** Time of day, UTC. */
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'is not a time of day such as 03:00')
    .default('03:00'),
  /** Which, in this order. */
  models: z
    .array(z.enum(['content', 'takeover']))
    .min(1, 'names no model')
    .default(['content', 'takeover']),
  /** `propose`: somebody decides; `when-better`: what the gate finds not worse serves. */
  promote: z.enum(['propose', 'when-better']).default('propose'),
  /** Fewer messages of the span are not worth a run. */
  minMessages: z.int().min(1).default(5_000),
  /** How much of history is learned from. */
  sinceDays: z.int().min(1).max(10_000).default(180),
  /** A run that takes longer is ended, and has failed. */
  maxMinutes: z.int().min(1).max(1_440).default(120),
  /** Likewise for its memory. */
  maxMemoryMiB: z.int().min(512).default(3_072),
  /** How often mail is compared with what the models know. */
  driftCheck: rhythm.default('weekly')
})
