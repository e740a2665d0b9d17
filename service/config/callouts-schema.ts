import { z } from 'zod'

const port = z.int().min(0).max(65_535)
const count = z.int().min(1)
const network = z
  .string()
  .regex(/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/u, 'is not an address or network such as 127.0.0.0/8')

/** How each kind of mail server can be made to hold a message; the first is what it does where nothing is said. */
export const holdsOf = {
  'postfix-milter': ['quarantine', 'tempfail', 'reject', 'route', 'label'],
  'postfix-policy': ['quarantine', 'tempfail', 'reject', 'route'],
  'rspamd-proxy': ['quarantine', 'tempfail', 'reject', 'label'],
  haraka: ['tempfail', 'reject', 'label'],
  zonemta: ['reject', 'label'],
  postal: ['reject', 'label'],
  kumomta: ['tempfail', 'reject', 'quarantine', 'label'],
  opensmtpd: ['tempfail', 'reject', 'label'],
  rspamd: ['tempfail', 'quarantine', 'reject', 'label'],
  'exim-rspamd': ['quarantine', 'tempfail', 'reject', 'label'],
  spamc: ['quarantine', 'label'],
  stalwart: ['tempfail', 'reject', 'label'],
  'mta-hooks': ['quarantine', 'tempfail', 'reject', 'label']
} as const satisfies Record<string, readonly [string, ...string[]]>

export type CalloutKind = keyof typeof holdsOf

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table
const kinds = Object.keys(holdsOf) as [CalloutKind, ...CalloutKind[]]

/** Characters of a secret that a mail server shows. */
export const minSharedPassword = 8

const clientFields = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/u, 'may hold letters, digits, dots, hyphens and underscores'),
  kind: z.enum(kinds),
  /** Several ways of asking of one mail server share this name, so that a message is scored once. Default: `name`. */
  mta: z.string().min(1).max(64).optional(),
  /** Whose questions these are: all that is given must fit. */
  networks: z.array(network).min(1).optional(),
  settingsId: z.string().min(1).optional(),
  userAgent: z.string().min(1).optional(),
  /** Its first line is what the client has to show (rspamd's `Password`, a hook's bearer token). Better than a network alone. */
  passwordFile: z.string().optional(),
  password: z.string().min(minSharedPassword).optional(),
  /** Only the mail of trusted clients teaches and is counted. */
  trusted: z.boolean().default(false),
  hold: z.enum(['quarantine', 'tempfail', 'reject', 'route', 'label']).optional(),
  /** With `hold = "route"`: Postfix's `transport:nexthop` to our relay port. */
  route: z
    .string()
    .regex(/^[!-~]{1,255}$/u, 'is not a transport and next hop such as smtp:[127.0.0.1]:2525')
    .optional(),
  /** Of postfix-policy: `rcpt` for mail servers that ask nothing at the end of the message. */
  decideAt: z.enum(['end-of-data', 'rcpt']).default('end-of-data'),
  onFailure: z.enum(['open', 'closed']).default('open'),
  mode: z.enum(['enforce', 'shadow']).default('enforce'),
  labels: z.boolean().default(true),
  /** For protocols that carry no login (spamc): the field in which the mail server itself writes who sends. */
  identityHeader: z
    .string()
    .toLowerCase()
    .regex(/^[!-9;-~]{1,80}$/u, 'is not the name of a header field')
    .optional()
})

const clientSchema = clientFields
  .superRefine((client, context) => {
    for (const [key, message] of [
      ...faultsOfHold(client),
      ...faultsOfFailure(client),
      ...faultsOfTrust(client)
    ])
      context.addIssue({ code: 'custom', path: [key], message })
  })
  .transform((client) => ({
    ...client,
    mta: client.mta ?? client.name,
    hold: client.hold ?? holdsOf[client.kind][0]
  }))

type Fault = readonly [key: keyof Client, message: string]
type Client = z.output<typeof clientFields>

function faultsOfHold({ kind, hold, route, decideAt, labels }: Client): readonly Fault[] {
  const holds: readonly string[] = holdsOf[kind]
  const isPolicy = kind === 'postfix-policy'
  const faults: readonly (readonly [isFault: boolean, ...Fault])[] = [
    [hold !== undefined && !holds.includes(hold), 'hold', `can be ${holds.join(', ')} with ${kind}`],
    [hold === 'route' && isPolicy && route === undefined, 'route', 'is needed with hold = "route"'],
    [hold === 'label' && !labels, 'labels', 'must be true with hold = "label"'],
    [decideAt === 'rcpt' && !isPolicy, 'decideAt', 'is for postfix-policy'],
    // One answer has no room for both: who sends is told at RCPT, the route at the end
    [
      decideAt === 'rcpt' && isPolicy && hold === 'route',
      'decideAt',
      'must be end-of-data with hold = "route"'
    ]
  ]
  return faults.flatMap(([isFault, ...fault]) => (isFault ? [fault] : []))
}

/** Mail servers that take every answer but yes for a refusal. */
const knowsNoLater: ReadonlySet<string> = new Set(['zonemta', 'postal'])

function faultsOfFailure({ kind, onFailure }: Client): readonly Fault[] {
  return onFailure === 'closed' && knowsNoLater.has(kind)
    ? [['onFailure', `must be open with ${kind}, which would refuse honest mail for good`]]
    : []
}

/** They ask on the port of the API, which others reach too. */
const kindsOverHttp: ReadonlySet<string> = new Set(['stalwart', 'mta-hooks'])

function faultsOfTrust({ kind, networks, password, passwordFile }: Client): readonly Fault[] {
  const isProven = [networks, password, passwordFile].some((proof) => proof !== undefined)
  return kindsOverHttp.has(kind) && !isProven ? [['passwordFile', 'is needed, or networks']] : []
}

/** Where mail servers ask, and who they are. */
export const calloutsSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  /** rspamd's HTTP, and RSPAMC and SPAMC by their first bytes. */
  rspamdPort: port.default(11_333),
  policyPort: port.default(10_040),
  milterPort: port.default(10_041),
  /** Unix sockets beside the ports. */
  rspamdSocket: z.string().optional(),
  policySocket: z.string().optional(),
  milterSocket: z.string().optional(),
  /** Without a verdict by then the client's `onFailure` is the answer. Mail servers wait 10 s (Haraka) to 100 s (Postfix). */
  deadlineMs: count.default(8_000),
  maxConnections: count.default(500),
  /** Of larger messages only the envelope is judged. */
  maxMessageBytes: count.default(26_214_400),
  clients: z
    .array(clientSchema)
    .default([])
    .superRefine((clients, context) => {
      const names = new Set<string>()
      for (const [index, { name }] of clients.entries()) {
        if (names.has(name))
          context.addIssue({ code: 'custom', path: [index, 'name'], message: `${name} is there already` })
        names.add(name)
      }
    })
})
