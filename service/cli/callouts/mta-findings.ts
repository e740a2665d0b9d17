import { isLoopbackOnly } from './loopback-only.ts'
import type { Config } from '../../config/config-schema.ts'
import type { CalloutClientAnswer, CalloutClientsAnswer } from '../../contracts/callouts.ts'
import { remedyOf } from './mta-remedies.ts'

/** What is wrong between a mail server and us, and the lines that put it right. */
export interface Finding {
  readonly severity: 'fault' | 'warning'
  readonly code: FindingCode
  /** Name of the client; null: of the installation. */
  readonly client: string | null
  readonly says: string
  readonly remedy: readonly string[]
}

export type FindingCode =
  | 'NOBODY_ASKS'
  | 'CLIENT_SILENT'
  | 'LISTENER_OFF'
  | 'CLIENT_UNNAMED'
  | 'CLIENT_UNTRUSTED'
  | 'USER_MISSING'
  | 'USER_RARE'
  | 'CLIENT_IP_MISSING'
  | 'RECIPIENTS_MISSING'
  | 'QUEUE_ID_MISSING'
  | 'CONTENT_MISSING'
  | 'ANSWERS_FAIL'
  | 'TRUST_BY_LOOPBACK'
  | 'DEPENDENCY'

/** A share of the questions from which what is missing is a fault of the configuration, not of a few messages. */
const someShare = 0.5
const failedShare = 0.01

/** Looks for the faults that nobody sees in a log: something that habits need never arrives, or nobody is learned from. */
export function findMtaFaults(config: Config['callouts'], asked: CalloutClientsAnswer): readonly Finding[] {
  const clients = asked.items.flatMap((client) => clientFindings(client, asked, config))
  if (asked.items.length === 0 && config.clients.length === 0) return [nobodyAsks(asked)]
  return [...clients, ...config.clients.flatMap((client) => trustFindings(client, asked))]
}

function nobodyAsks({ listeners }: CalloutClientsAnswer): Finding {
  const open = Object.entries(listeners).flatMap(([name, address]) =>
    address === null ? [] : [`${name} ${address}`]
  )
  return {
    severity: 'fault',
    code: 'NOBODY_ASKS',
    client: null,
    says: `No mail server is configured, and none has asked since the service started (listening: ${open.join(', ') || 'nowhere'}).`,
    remedy: [
      '# Choose your mail server in deploy/mta/, then name it in sluice.toml:',
      ...namingLines('postfix-milter', 'mx1')
    ]
  }
}

function clientFindings(
  client: CalloutClientAnswer,
  asked: CalloutClientsAnswer,
  config: Config['callouts']
): readonly Finding[] {
  const { name, questions, kind } = client
  const remedy = remedyOf(kind)
  const lines = (texts: readonly string[]): readonly string[] =>
    texts.map((text) => withAddresses(text, asked))
  if (questions === 0) {
    const listener = listenerOf(client.protocol)
    if (listener !== null && asked.listeners[listener] === null && config[`${listener}Socket`] === undefined)
      return [
        finding('fault', 'LISTENER_OFF', name, `${remedy.title} is configured, but its listener is off.`, [
          '# sluice.toml',
          '[callouts]',
          `${listener}Port = ${usualPorts[listener]}`
        ])
      ]
    return [
      finding('fault', 'CLIENT_SILENT', name, `${remedy.title} has not asked since ${asked.since}.`, [
        ...lines(remedy.connect),
        ...(remedy.folder === null ? [] : [`# all of it: ${remedy.folder}`])
      ])
    ]
  }
  return [...naming(client), ...shown(client, lines(remedy.user)), ...failing(client)]
}

function naming({ name, kind, configured, trusted, lastPeer }: CalloutClientAnswer): readonly Finding[] {
  // Who shows a token is named by it
  if (trusted) return []
  if (!configured) {
    const says = `Somebody asks (last from ${lastPeer ?? 'a unix socket'}) whom no [[callouts.clients]] names: scored, but nothing is learned or counted, so that no habit is known.`
    return [finding('fault', 'CLIENT_UNNAMED', name, says, namingLines(kind, 'mx1', lastPeer))]
  }
  const says = 'It is not trusted: nothing of its mail is learned or counted, so that no habit is known.'
  return [
    finding('warning', 'CLIENT_UNTRUSTED', name, says, [
      '# sluice.toml, in its [[callouts.clients]]',
      'trusted = true'
    ])
  ]
}

function shown(
  { name, questions, shown: parts, protocol }: CalloutClientAnswer,
  user: readonly string[]
): readonly Finding[] {
  const share = (part: keyof typeof parts): number => parts[part] / questions
  const found: Finding[] = []
  if (parts.user === 0)
    found.push(
      finding(
        'fault',
        'USER_MISSING',
        name,
        `None of ${questions} questions named an authenticated user: habits are kept under the envelope sender, which anybody can write, and are not learned.`,
        user
      )
    )
  else if (share('user') < someShare)
    found.push(
      finding(
        'warning',
        'USER_RARE',
        name,
        `Only ${parts.user} of ${questions} questions named an authenticated user.`,
        user
      )
    )
  const others = [
    ['clientIp', 'CLIENT_IP_MISSING', 'the address of the SMTP client: a new network cannot be noticed'],
    ['recipients', 'RECIPIENTS_MISSING', 'recipients: neither new ones nor limits can be noticed'],
    ['queueId', 'QUEUE_ID_MISSING', 'a queue id: what is asked again is scored and charged again']
  ] as const
  for (const [part, code, what] of others)
    if (share(part) < someShare)
      found.push(
        finding(
          'warning',
          code,
          name,
          `${questions - parts[part]} of ${questions} questions came without ${what}.`,
          []
        )
      )
  if (protocol !== 'postfix-policy' && share('content') < 1 - failedShare)
    found.push(
      finding(
        'warning',
        'CONTENT_MISSING',
        name,
        `${questions - parts.content} of ${questions} messages were larger than callouts.maxMessageBytes: only their envelope was judged.`,
        []
      )
    )
  return found
}

function failing({ name, questions, failed, onFailure }: CalloutClientAnswer): readonly Finding[] {
  if (failed / questions < failedShare) return []
  const fate = onFailure === 'open' ? 'passed unjudged' : 'were told to come again'
  const says = `${failed} of ${questions} questions got no verdict in time and ${fate}.`
  return [
    finding('fault', 'ANSWERS_FAIL', name, says, [
      '# See the log for callouts.scoring_failed, and callouts.deadlineMs and http.maxPending in sluice.toml'
    ])
  ]
}

/** A network is a weak proof: what else runs there may ask too, and teach. */
function trustFindings(
  { name, kind, trusted, networks, passwordFile, password }: Config['callouts']['clients'][number],
  { items, listeners }: CalloutClientsAnswer
): readonly Finding[] {
  const isProven = passwordFile !== undefined || password !== undefined
  if (!trusted || isProven || (networks !== undefined && !isLoopbackOnly(networks))) return []
  const listener = listenerOf(items.find((client) => client.name === name)?.protocol ?? '')
  // Whom a unix socket lets in is what the file system says
  if (listener !== null && listeners[listener] === null) return []
  const says =
    networks === undefined
      ? 'Everybody who reaches the port is believed to be this client, and may teach.'
      : 'Every program on this machine is believed to be this client, and may teach: a hijacked web site too.'
  return [finding('warning', 'TRUST_BY_LOOPBACK', name, says, proofLines(kind, listener))]
}

function proofLines(kind: string, listener: Listener | null): readonly string[] {
  if (listener === 'milter' || listener === 'policy')
    return [
      '# sluice.toml: a unix socket that only the mail server may open, instead of the port',
      '[callouts]',
      `${listener}Port = 0`,
      `${listener}Socket = "/run/sluice/${listener}"`
    ]
  return [
    `# sluice.toml, in the [[callouts.clients]] of ${kind}; the mail server shows the same password`,
    'passwordFile = "/etc/sluice/mx1.password"'
  ]
}

type Listener = 'rspamd' | 'policy' | 'milter'

const usualPorts: Readonly<Record<Listener, number>> = { rspamd: 11_333, policy: 10_040, milter: 10_041 }

function listenerOf(protocol: string): Listener | null {
  if (protocol === 'milter') return 'milter'
  if (protocol === 'postfix-policy') return 'policy'
  return protocol.startsWith('rspam') || protocol === 'spamc' ? 'rspamd' : null
}

function namingLines(kind: string, name: string, peer: string | null = '127.0.0.1'): readonly string[] {
  return [
    '# sluice.toml',
    '[[callouts.clients]]',
    `name = "${name}"`,
    `kind = "${kind}"`,
    ...(peer === null ? [] : [`networks = ["${peer}"]`]),
    'trusted = true'
  ]
}

function withAddresses(text: string, { listeners }: CalloutClientsAnswer): string {
  const addressOf = (name: Listener): string => listeners[name] ?? `127.0.0.1:${usualPorts[name]}`
  const rspamd = addressOf('rspamd')
  return text
    .replaceAll('{rspamd}', rspamd)
    .replaceAll('{rspamdHost}', rspamd.slice(0, rspamd.lastIndexOf(':')))
    .replaceAll('{rspamdPort}', rspamd.slice(rspamd.lastIndexOf(':') + 1))
    .replaceAll('{policy}', addressOf('policy'))
    .replaceAll('{milter}', addressOf('milter'))
    .replaceAll('{http}', listeners['http'] ?? 'http://127.0.0.1:8080')
}

function finding(
  severity: Finding['severity'],
  code: FindingCode,
  client: string | null,
  says: string,
  remedy: readonly string[]
): Finding {
  return { severity, code, client, says, remedy }
}
