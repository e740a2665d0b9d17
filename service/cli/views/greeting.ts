import { join } from 'node:path'
import type { Config } from '../../config/config-schema.ts'
import type { Sluice } from '../../main.ts'
import { factLines, type Terminal } from './terminal.ts'
import { usedModels } from '../running/used-models.ts'

export interface GreetingOptions {
  readonly sluice: Pick<Sluice, 'addresses' | 'adminToken'>
  readonly config: Config
  /** `SLUICE_ADMIN_TOKEN`. */
  readonly configuredToken: string | undefined
  readonly version: string
  readonly tookMs: number
  readonly terminal: Terminal
}

/** What somebody who has just started Sluice needs next: where it listens, and lines to paste that really work. */
export async function greet(options: GreetingOptions): Promise<void> {
  const { config, sluice, version, tookMs, terminal } = options
  const title = terminal.paint('bold', `Sluice ${version} is ready`)
  const facts = [
    ...listeners(options),
    ['models', await modelsLine(options)],
    ['data', config.dataDir]
  ] as const
  terminal.print(`${title} ${terminal.paint('dim', `(${(tookMs / 1000).toFixed(1)} s)`)}\n`)
  terminal.print(factLines(terminal, facts))
  if (sluice.adminToken !== undefined)
    terminal.print(
      `\nAdmin token, shown this once and kept in ${tokenFile(config)}:\n\n  ${terminal.paint('bold', sluice.adminToken)}`
    )
  for (const [what, command] of firstSteps(options))
    terminal.print(`\n${what}\n\n  ${terminal.paint('cyan', command)}`)
  terminal.print('')
}

function listeners({ config, sluice }: GreetingOptions): readonly (readonly [string, string])[] {
  const { http, smtp, callouts } = sluice.addresses
  const port = (number: number): string => `${inUrl(smtp.host)}:${number}`
  const asked = (number: number): string => `${inUrl(callouts.host)}:${number}`
  const networks = config.smtp.relayNetworks.join(', ')
  return [
    ['HTTP', `${http}, documentation at /docs`],
    ...optional('submission', smtp.submission, (number) => `${port(number)}, STARTTLS and AUTH`),
    ...optional('submissions', smtp.submissions, (number) => `${port(number)}, TLS and AUTH`),
    ...optional('relay', smtp.relay, (number) => `${port(number)}, without AUTH from ${networks}`),
    ...optional('rspamd', callouts.rspamd, (number) => `${asked(number)}, as rspamd and spamd speak it`),
    ...optional(
      'policy',
      callouts.policy,
      (number) => `${asked(number)}, for Postfix’s check_policy_service`
    ),
    ...optional('milter', callouts.milter, (number) => `${asked(number)}, for smtpd_milters`)
  ]
}

function optional(
  label: string,
  port: number | null,
  say: (port: number) => string
): readonly (readonly [string, string])[] {
  return port === null ? [] : [[label, say(port)]]
}

async function modelsLine({ config, sluice, configuredToken }: GreetingOptions): Promise<string> {
  const used = await usedModels({
    http: reachable(sluice.addresses.http),
    dataDir: config.dataDir,
    configuredToken: configuredToken ?? sluice.adminToken
  })
  if (used === undefined) return 'see `npx sluice models list`'
  if (used.length > 0)
    return used.map(({ name, version, source }) => `${name} ${version} (${source})`).join(', ')
  return `none usable: policy.withoutModels = "${config.policy.withoutModels}" decides (${withoutModels[config.policy.withoutModels]})`
}

const withoutModels: Readonly<Record<Config['policy']['withoutModels'], string>> = {
  limits: 'allow within limits, hold bulk of unknown senders',
  hold: 'hold everything',
  allow: 'allow everything'
}

const sample = [
  'From: Alice <alice@example.org>',
  'To: Bob <bob@example.net>',
  'Subject: Lunch',
  '',
  'At noon?'
]
const from = 'alice@example.org'
const to = 'bob@example.net'

function firstSteps({ config, sluice }: GreetingOptions): readonly (readonly [string, string])[] {
  const { http, smtp } = sluice.addresses
  const token = sluice.adminToken ?? `$(cat ${shellPath(tokenFile(config))})`
  const fields = [
    'Content-Type: message/rfc822',
    `Authorization: Bearer ${token}`,
    `X-Sluice-User: ${from}`,
    `X-Sluice-From: ${from}`,
    `X-Sluice-Rcpt: ${to}`
  ]
  const curl = `curl -sS ${reachable(http)}/v1/verdicts ${fields.map((field) => `-H "${field}"`).join(' ')} --data-binary "$(printf '${sample.join(String.raw`\r\n`)}')"`
  const swaks = (port: number, rest: string): string =>
    `swaks --server ${hostOf(reachable(`smtp://${inUrl(smtp.host)}`))} --port ${port} --from ${from} --to ${to}${rest}`
  const steps: [string, string][] = [['Score a first message:', curl]]
  if (smtp.relay !== null) steps.push(['Send one through the pipeline:', swaks(smtp.relay, '')])
  if (smtp.submission !== null)
    steps.push([
      `Send one as a user, after \`npx sluice users add ${from}\`:`,
      swaks(smtp.submission, ` --tls --auth PLAIN --auth-user ${from}`)
    ])
  return steps
}

/** A wildcard address is where it listens, not where one connects to. */
function reachable(url: string): string {
  const parsed = new URL(url)
  if (parsed.hostname === '0.0.0.0') return url.replace('0.0.0.0', '127.0.0.1')
  return parsed.hostname === '[::]' ? url.replace('[::]', '[::1]') : url
}

function hostOf(url: string): string {
  return new URL(url).hostname.replaceAll(/[[\]]/gu, '')
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function tokenFile(config: Config): string {
  return join(config.dataDir, 'admin-token')
}

/** Stands inside double quotes, in a command substitution: single quotes keep it whole. */
function shellPath(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
