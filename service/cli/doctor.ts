import { loadConfig, type LoadedConfig } from '../config/load-config.ts'
import { calloutClientsSchema } from '../contracts/callouts.ts'
import { readinessSchema } from '../contracts/health.ts'
import { findMtaFaults, type Finding } from './callouts/mta-findings.ts'
import { CliError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { findBackends, printBackends } from './models/backend-report.ts'
import { findService } from './running/running-service.ts'
import type { ServiceClient } from './running/service-client.ts'
import { wrap, type Terminal } from './views/terminal.ts'

/** `sluice doctor [mta|models]`: what is missing between the service, its stores and its mail servers, and how to get it. */
export async function runDoctor(
  { part }: { readonly part: string | undefined },
  context: CommandContext
): Promise<number> {
  const loaded = loadConfig(configFileOf(context))
  const models = part === 'mta' ? undefined : await findBackends(loaded.config.models)
  // First what needs no service: it is told also where none runs.
  if (models !== undefined && !context.json) printBackends(models, context.terminal)
  const findings = part === 'models' ? undefined : await findFaults(part, loaded)
  if (context.json) context.terminal.printJson({ ...(models && { models }), ...(findings && { findings }) })
  else if (findings !== undefined) printFindings(findings, context.terminal)
  return exitCode(findings?.some(({ severity }) => severity === 'fault') === true ? 'fault' : 'ok')
}

async function findFaults(part: string | undefined, loaded: LoadedConfig): Promise<readonly Finding[]> {
  const client = await runningService(loaded)
  return [
    ...(part === undefined ? await dependencies(client) : []),
    ...findMtaFaults(loaded.config.callouts, await client.get('/v1/callouts', calloutClientsSchema))
  ]
}

async function runningService(loaded: LoadedConfig): Promise<ServiceClient> {
  const client = await findService(loaded)
  if (client !== undefined) return client
  throw new CliError(`no service runs on ${loaded.config.dataDir}`, {
    remedy: 'Start it with `npx sluice start`: what arrives of a mail server is only seen while it runs.'
  })
}

async function dependencies(client: ServiceClient): Promise<readonly Finding[]> {
  const { dependencies: states } = await client.get('/health/ready', readinessSchema)
  return Object.entries(states).flatMap(([name, { reason }]) =>
    reason === null
      ? []
      : [{ severity: 'warning', code: 'DEPENDENCY', client: null, says: `${name}: ${reason}`, remedy: [] }]
  )
}

function printFindings(findings: readonly Finding[], terminal: Terminal): void {
  if (findings.length === 0) {
    terminal.print(
      'Nothing is missing: every mail server that asks is named, trusted, and shows who authenticated.'
    )
    return
  }
  for (const { severity, client, code, says, remedy } of findings) {
    const mark = severity === 'fault' ? terminal.paint('red', 'fault  ') : terminal.paint('yellow', 'warning')
    terminal.print(`${mark} ${terminal.paint('bold', client === null ? code : `${client}: ${code}`)}`)
    for (const line of wrap(says, terminal.columns - 4)) terminal.print(`    ${line}`)
    if (remedy.length > 0) terminal.print('')
    for (const line of remedy) terminal.print(`      ${terminal.paint('cyan', line)}`)
    terminal.print('')
  }
}
