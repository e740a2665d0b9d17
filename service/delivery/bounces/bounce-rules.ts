import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { bounceKinds, isBounceKind, type BounceKind } from '../../message/bounce-kind.ts'

/** One rule: all that it names must hold. Within `code`, `status` and `text` any one is enough. */
export interface BounceRule {
  readonly name: string
  readonly kind: BounceKind
  /** Of `providers`. */
  readonly provider?: string | undefined
  /** `550`, `4xx`, `5xx`. */
  readonly code?: readonly string[] | undefined
  /** `5.1.1`, `5.7.*`. */
  readonly status?: readonly string[] | undefined
  /** Phrases, whatever their case; `*` stands for some characters between. */
  readonly text?: readonly string[] | undefined
  /** A reply that the rule is the first to match, from the host of `host`. */
  readonly example: string
  readonly host?: string | undefined
}

export interface BounceRules {
  /** Name → what the names of its exchangers end with. */
  readonly providers: Readonly<Record<string, readonly string[]>>
  /** The first that matches decides. */
  readonly rules: readonly BounceRule[]
}

const kind = z
  .string()
  .refine(isBounceKind, `is none of ${Object.keys(bounceKinds).join(', ')}`)
  .transform((text): BounceKind => (isBounceKind(text) ? text : 'other'))
const phrase = z
  .string()
  .min(2)
  .max(120)
  .refine((text) => (text.match(/\*/gu)?.length ?? 0) <= 1, 'holds more than one *')

const schema = z
  .strictObject({
    providers: z.record(z.string(), z.array(z.string().min(3)).max(50)).default({}),
    rules: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          kind,
          provider: z.string().optional(),
          code: z.array(z.string().regex(/^(?:[45]\d\d|[45]xx)$/u, 'is not like 550 or 5xx')).optional(),
          status: z
            .array(z.string().regex(/^[45]\.\d{1,3}\.(?:\d{1,3}|\*)$/u, 'is not like 5.1.1 or 5.7.*'))
            .optional(),
          text: z.array(phrase).max(100).optional(),
          example: z.string(),
          host: z.string().optional()
        })
      )
      .max(1_000)
  })
  .superRefine(({ providers, rules }, context) => {
    for (const [index, { provider, code, status, text }] of rules.entries()) {
      if (provider !== undefined && !Object.hasOwn(providers, provider))
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'provider'],
          message: 'is not in providers'
        })
      if (code === undefined && status === undefined && text === undefined)
        context.addIssue({ code: 'custom', path: ['rules', index], message: 'would match everything' })
    }
  })

export class BounceRulesError extends Error {
  readonly code = 'BOUNCE_RULES_INVALID'
}

/** Reads rules from a file: the service's own, or those of the installation, which are asked first. Throws `BOUNCE_RULES_INVALID`. */
export function readBounceRules(path: string | URL): BounceRules {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new BounceRulesError(`${String(path)} cannot be read as JSON`, { cause: error })
  }
  const read = schema.safeParse(content)
  if (read.success) return read.data
  throw new BounceRulesError(`${String(path)}: ${z.prettifyError(read.error)}`)
}

/** The rules that come with the service; those of `path` go before them. */
export function loadBounceRules(path: string | null): BounceRules {
  const own = readBounceRules(new URL('rules.json', import.meta.url))
  if (path === null) return own
  const added = readBounceRules(path)
  return { providers: { ...own.providers, ...added.providers }, rules: [...added.rules, ...own.rules] }
}
