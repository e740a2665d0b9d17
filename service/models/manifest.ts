import { z } from 'zod'
import { ModelError } from './model-error.ts'
import { backendNames } from './tensor/backend-names.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u)
const probability = z.number().min(0).max(1)

/** What a model is, what it needs and how good it was. Lies as `manifest.json` beside the files that it vouches for. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  name: z.enum(['content', 'takeover']),
  version: z.string().regex(/^\w[\w.-]{0,39}$/u),
  kind: z.enum(['content-network', 'behaviour-network']),
  createdAt: z.iso.datetime(),
  tfjs: z.string(),
  /** What it was trained on; older manifests don't say. The same seed gives the same bytes on the same backend only. */
  backend: z
    .strictObject({
      name: z.enum(backendNames),
      version: z.string().max(100),
      library: z.string().max(100).optional()
    })
    .optional(),
  seed: z.number().int(),
  /** Digest over feature names, order, bucket counts and versions: another digest is refused. */
  featureDigest: sha256,
  inputs: z.array(
    z.strictObject({ name: z.string(), shape: z.array(z.number().int().nullable()), dtype: z.string() })
  ),
  /** Platt scaling of the raw logit, fitted on out-of-fold scores with balanced classes, then shifted to `prior`. */
  calibration: z.strictObject({
    method: z.literal('platt'),
    slope: z.number().positive(),
    intercept: z.number(),
    prior: z.number().gt(0).lt(1)
  }),
  /** Probabilities, ascending by budget. */
  thresholds: z
    .array(z.strictObject({ budgetPer10k: z.number().positive(), hold: probability, block: probability }))
    .refine(isAscending, 'budgets must ascend'),
  /** Takeover: the row of an unremarkable honest message; what a feature group is replaced by to find its contribution. */
  neutralRow: z.array(z.number()).default([]),
  /**
   * Takeover: its log-odds where only the envelope is known, times `slope` plus `intercept`, are as sure as they may be. `envelopeModel` says what
   * holds where a manifest does not tell.
   */
  envelope: z.strictObject({ slope: z.number().positive(), intercept: z.number() }).optional(),
  /** Slice → measure → value. */
  metrics: z.record(z.string(), z.record(z.string(), z.number().nullable())),
  data: z.array(
    z.strictObject({
      source: z.string(),
      licence: z.string(),
      use: z.enum(['train', 'measure']),
      honest: z.number().int(),
      bad: z.number().int(),
      sha256,
      /** First and last message, of an installation's own mail. */
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional()
    })
  ),
  files: z.record(
    z.string().regex(/^[\w.-]+$/u),
    z.strictObject({ sha256, bytes: z.number().int().nonnegative() })
  ),
  /** The exact command that made the model; `DIR` stands for where the data lay. */
  command: z.string()
})

export type Manifest = Readonly<z.infer<typeof manifestSchema>>

function isAscending(thresholds: readonly { readonly budgetPer10k: number }[]): boolean {
  return thresholds.every(
    ({ budgetPer10k }, index) => budgetPer10k > (thresholds[index - 1]?.budgetPer10k ?? 0)
  )
}

/** Throws ModelError MODEL_MANIFEST_INVALID with the first fault's path. */
export function parseManifest(text: string, directory: string): Manifest {
  const parsed = manifestSchema.safeParse(jsonOrNull(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.') ?? ''
  const fault = `${place === '' ? '' : `${place}: `}${issue?.message ?? 'unknown'}`
  throw new ModelError('MODEL_MANIFEST_INVALID', { directory, file: 'manifest.json', fault }, parsed.error)
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
