import { z } from 'zod'
import { calloutsSchema } from './callouts-schema.ts'
import { aliasesSchema, identitySchema } from './identity-schema.ts'

const port = z.int().min(0).max(65_535)
const host = z.string().min(1)
const count = z.int().min(1)
const network = z
  .string()
  .regex(/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/u, 'is not an address or network such as 127.0.0.0/8')

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

const smtpSchema = z.strictObject({
  host: host.default('127.0.0.1'),
  hostname: host.default('localhost'),
  submissionPort: port.default(2587),
  submissionsPort: port.default(2465),
  relayPort: port.default(2525),
  relayNetworks: z.array(network).default(['127.0.0.0/8', '::1/128']),
  identityNetworks: z.array(network).default([]),
  identityHeader: z.string().default('X-AuthUser'),
  maxMessageBytes: count.default(26_214_400),
  maxRecipients: count.default(1_000),
  maxConnections: count.default(500),
  /** RFC 5321 section 4.5.3.2.7 asks a server to wait at least 5 minutes for the next command. */
  idleTimeoutMs: count.default(300_000),
  certificateFile: z.string().optional(),
  keyFile: z.string().optional()
})

/** How the hold threshold follows the installation's own mail, so that the budget is kept. */
const budgetWindowSchema = z.strictObject({
  /** With fewer messages or senders the thresholds of the models' manifest hold. */
  minMessages: z.int().min(100).max(20_000).default(5_000),
  minSenders: z.int().min(5).default(200),
  /** No sender has more than this share of the weight. */
  maxSenderShare: z.number().positive().max(1).default(0.005),
  /** Log-odds that the threshold may lie above what it was a day before. */
  maxRisePerDayLogit: z.number().min(0).max(5).default(0.5)
})

const policySchema = z.strictObject({
  holdBudgetPer10k: z.number().positive().max(1_000).default(10),
  blockBudgetPer10k: z.number().positive().max(1_000).default(1),
  badPrior: z.number().gt(0).lt(0.5).default(0.001),
  onHold: z.enum(['accept', 'tempfail', 'reject']).default('accept'),
  onHoldExpiry: z.enum(['return', 'release']).default('return'),
  holdHours: z.number().positive().default(72),
  /** Mail between one and ten hold budgets waits this long and is looked at again; 0 = it is sent at once, 10 is usual. */
  softHoldMinutes: z.number().min(0).max(1_440).default(0),
  budgetWindow: budgetWindowSchema.prefault({}),
  mode: z.enum(['enforce', 'shadow']).default('enforce'),
  /** What decides while no usable model is loaded: `limits` allows within limits and holds strangers' bulk. */
  withoutModels: z.enum(['limits', 'hold', 'allow']).default('limits')
})

const limitsSchema = z.strictObject({
  messagesPerHour: count.default(100),
  messagesPerDay: count.default(500),
  recipientsPerHour: count.default(300),
  recipientsPerDay: count.default(1_000),
  newRecipientsPerDay: count.default(200)
})

const routeSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['mx', 'smarthost']),
  host: host.optional(),
  port: port.default(25),
  user: z.string().optional(),
  /** Better given as `passwordFile`: its first line is read at start. */
  password: z.string().optional(),
  passwordFile: z.string().optional(),
  ehlo: z.string().optional(),
  tls: z.enum(['opportunistic', 'required', 'implicit', 'off']).default('opportunistic'),
  /** Loopback, private and metadata addresses are refused unless the route says so (no SSRF by MX record). */
  allowPrivate: z.boolean().default(false),
  /** Empty = every domain. */
  domains: z.array(z.string()).default([])
})

const deliverySchema = z.strictObject({
  maxConnections: count.default(20),
  firstRetryDelayMs: count.default(300_000),
  maxRetryDelayMs: count.default(14_400_000),
  /** RFC 5321 section 4.5.4.1: the give-up time is at least 4-5 days. */
  maxAgeHours: z.number().positive().default(120),
  attemptTimeoutMs: count.default(600_000)
})

const parseSchema = z.strictObject({
  /** 0 = one less than the processors, at least one. */
  workers: z.int().min(0).max(64).default(0),
  timeLimitMs: count.default(5_000),
  workerMemoryMiB: count.default(512)
})

const clickhouseSchema = z
  .strictObject({
    /** `embedded`: a server of our own in a child process; `off`: no history; else the URL of a server or cluster. */
    url: z
      .union([z.enum(['embedded', 'off']), z.url({ protocol: /^https?$/u })], {
        error: 'must be "embedded", "off" or a URL such as http://clickhouse:8123'
      })
      .default('embedded'),
    database: z
      .string()
      .regex(/^\w{1,64}$/u, 'may hold letters, digits and underscores')
      .default('sluice'),
    user: z.string().default('default'),
    /** Its first line is the password. */
    passwordFile: z.string().optional(),
    password: z.string().optional(),
    /** Name of a ClickHouse cluster: tables are made on all of its servers, and replicated. */
    cluster: z
      .string()
      .regex(/^\w{1,64}$/u, 'may hold letters, digits and underscores')
      .optional(),
    /** Rows older than this are dropped; 27 years is what ClickHouse's clock bears. */
    retentionDays: z.int().min(1).max(10_000).default(400),
    /** Of the embedded server. */
    maxMemoryMiB: z.int().min(256).default(1_500),
    /** Rows that wait on disk while ClickHouse is away; beyond it the oldest are lost, and counted. Some 10 kB each. */
    maxWaitingRows: z.int().min(1_000).default(200_000)
  })
  .superRefine(({ url, cluster }, context) => {
    if (cluster !== undefined && (url === 'embedded' || url === 'off'))
      context.addIssue({ code: 'custom', path: ['cluster'], message: 'needs the url of a server' })
  })

const modelsSchema = z.strictObject({
  backend: z.enum(['wasm', 'cpu']).default('wasm'),
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
  delivery: deliverySchema.prefault({}),
  parse: parseSchema.prefault({}),
  clickhouse: clickhouseSchema.prefault({}),
  models: modelsSchema.prefault({}),
  auth: z
    .strictObject({ backend: z.literal('file').default('file'), usersFile: z.string().optional() })
    .prefault({}),
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
