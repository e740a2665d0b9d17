import { createCheckDomain } from '../../authentication/publishing/check-domain.ts'
import { loadConfig } from '../../config/load-config.ts'
import { waysOut } from '../../delivery/routes/exits.ts'
import { domainCheckSchema, type DomainCheckAnswer } from '../../contracts/domain.ts'
import { CliError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { findService } from '../running/running-service.ts'
import type { ServiceClient } from '../running/service-client.ts'
import { wrap, type Style, type Terminal } from '../views/terminal.ts'
import { neutralise } from '../views/neutralise.ts'
import { openDomains, toDomain } from './open-domains.ts'

/** `sluice domains check [DOMAIN]`: what to publish, what DNS says, and what to change; of every configured domain without a name. */
export async function checkDomains(
  { domain }: { readonly domain: string | undefined },
  context: CommandContext
): Promise<number> {
  const loaded = loadConfig(configFileOf(context))
  const names = domain === undefined ? loaded.config.domains.map(({ name }) => name) : [toDomain(domain)]
  if (names.length === 0)
    throw new CliError('no domain is configured', { remedy: 'Begin with `npx sluice domains add DOMAIN`.' })
  const service = await findService(loaded)
  const check = service === undefined ? inProcess(context) : overHttp(service)
  const checks: DomainCheckAnswer[] = []
  for (const name of names) checks.push(await check(name))
  if (context.json) context.terminal.printJson({ items: checks, nextCursor: null })
  else for (const one of checks) printCheck(one, context.terminal)
  return exitCode(checks.every(({ ok }) => ok) ? 'ok' : 'fault')
}

type Check = (domain: string) => Promise<DomainCheckAnswer>

/** As the service sees DNS, which may be another machine's view. */
function overHttp(service: ServiceClient): Check {
  return (domain) => service.get(`/v1/domains/${encodeURIComponent(domain)}/dns`, domainCheckSchema)
}

function inProcess(context: CommandContext): Check {
  const { config, store, resolve } = openDomains(context)
  const { routes, pools, smtp } = config
  const ways = () => waysOut({ routes, pools, hostname: smtp.hostname, resolve })
  const checkDomain = createCheckDomain({ store, ways, resolve })
  return async (domain) => domainCheckSchema.parse(await checkDomain(domain))
}

const styles = {
  ok: 'green',
  missing: 'yellow',
  differs: 'yellow',
  dangerous: 'red',
  unknown: 'dim'
} as const satisfies Record<DomainCheckAnswer['records'][number]['state'], Style>

function printCheck({ domain, records, notes }: DomainCheckAnswer, terminal: Terminal): void {
  terminal.print(terminal.paint('bold', neutralise(domain)))
  for (const { kind, name, state, required, change } of records) {
    const mark = terminal.paint(styles[state], state.padEnd(10))
    const wish = required || state === 'ok' ? '' : ' (good practice)'
    terminal.print(`  ${mark}${kind.padEnd(8)} ${neutralise(name)}${wish}`)
    if (change !== null) printIndented(change, terminal)
  }
  for (const note of notes) printIndented(note, terminal)
  terminal.print('')
}

function printIndented(text: string, terminal: Terminal): void {
  for (const line of wrap(neutralise(text), terminal.columns - 12)) terminal.print(`            ${line}`)
}
