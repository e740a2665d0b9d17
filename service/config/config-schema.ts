import { z } from 'zod'
import { authSchema } from './auth-schema.ts'
import { calloutsSchema } from './callouts-schema.ts'
import { clickhouseSchema } from './clickhouse-schema.ts'
import { deliverySchema } from './delivery-schema.ts'
import { dnsSchema, domainsSchema } from './domains-schema.ts'
import { backOffSchema, blocklistsSchema, feedbackSchema } from './feedback-schema.ts'
import { aliasesSchema, identitySchema } from './identity-schema.ts'
import { trainingSchema } from './training-schema.ts'
import { limitsSchema, policySchema } from './policy-schema.ts'
import { malwareSchema } from './malware-schema.ts'
import { detoursSchema, poolSchema, routeSchema } from './routes-schema.ts'
import { count, host, port } from './schema-values.ts'
import { throttlesSchema } from './throttles-schema.ts'
import { smtpSchema } from './smtp-schema.ts'

const httpSchema = z.strictObject({
  host: host.default('127.0.0.1'),
  /** 0 = any free port. */
  port: port.default(8080),
  publicUrl: z.url().optional(),
  /** 25 MiB of mail is 34 MiB as base64 in JSON. */
  bodyLimitBytes: count.default(36_700_160),
  /** Requests that may wait for scoring before the next gets 503. */
  maxPending: count.default(2_000)
})

const parseSchema = z.strictObject({
  /** 0 = one less than the processors, at least one. */
  workers: z.int().min(0).max(64).default(0),
  timeLimitMs: count.default(5_000),
  workerMemoryMiB: count.default(512)
})

const modelsSchema = z.strictObject({
  /** `cpu`: plain JavaScript for everything. Else WebAssembly serves; `tensorflow` trains on the native library, `auto` does where that is quicker. */
  backend: z.enum(['auto', 'wasm', 'cpu', 'tensorflow']).default('auto'),
  /** Takes what `active.json` names when somebody else has changed it. */
  autoReload: z.boolean().default(true),
  /** Shadow versions score beside those in use, after the answers. */
  shadow: z.boolean().default(true),
  /** Versions kept on disk besides the active one, its shadow and the one before: the newest. */
  keepVersions: z.int().min(0).max(1_000).default(5)
})

/** Every key, its default and its unit. Unknown keys are faults. Environment: `SLUICE_` + path in capitals (`http.port` → SLUICE_HTTP_PORT). */
export const configSchema = z.strictObject({
  dataDir: z.string().min(1).default('./data'),
  http: httpSchema.prefault({}),
  callouts: calloutsSchema.prefault({}),
  smtp: smtpSchema.prefault({}),
  identity: identitySchema.prefault({}),
  aliases: aliasesSchema,
  policy: policySchema.prefault({}),
  limits: limitsSchema.prefault({}),
  routes: z.array(routeSchema).default([]),
  pools: z.array(poolSchema).default([]),
  detours: detoursSchema.prefault({}),
  domains: domainsSchema,
  dns: dnsSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  throttles: throttlesSchema,
  feedback: feedbackSchema.prefault({}),
  backOff: backOffSchema.prefault({}),
  blocklists: blocklistsSchema.prefault({}),
  parse: parseSchema.prefault({}),
  malware: malwareSchema.prefault({}),
  clickhouse: clickhouseSchema.prefault({}),
  models: modelsSchema.prefault({}),
  training: trainingSchema.prefault({}),
  auth: authSchema.prefault({}),
  log: z
    .strictObject({
      level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
      /** Subjects and addresses are left out of the log unless this is off. */
      redact: z.boolean().default(true)
    })
    .prefault({})
})

export type Config = z.output<typeof configSchema>
export type Route = Config['routes'][number]
