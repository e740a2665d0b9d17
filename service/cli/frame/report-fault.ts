import { styleText } from 'node:util'
import { ConfigError } from '../../config/config-error.ts'
import type { Config } from '../../config/config-schema.ts'
import { loadConfig, type LoadedConfig } from '../../config/load-config.ts'
import { CliError } from './cli-error.ts'
import { exitCode } from './exit-code.ts'
import { neutralise } from '../views/neutralise.ts'

interface Fault {
  readonly message: string
  readonly remedy: string | null
  readonly code: number
}

/** Says on standard error what is wrong, where, and what to do; the stack only with SLUICE_DEBUG=1. Gives the exit code. */
export function reportFault(error: unknown, configFile: string | undefined): number {
  const loaded = tryLoad(configFile)
  const { message, remedy, code } = toFault(error, loaded?.config)
  const stream = process.stderr
  const shown = message.split('\n').map(neutralise).join('\n')
  stream.write(`${styleText('red', 'sluice:', { stream })} ${shown}\n`)
  if (remedy !== null) stream.write(`${remedy}\n`)
  if (loaded?.secrets.debug === true && error instanceof Error) stream.write(`${stackOf(error)}\n`)
  return code
}

/** Any error as a sentence and a remedy. `config`: to name the key that is meant. */
function toFault(error: unknown, config: Config | undefined): Fault {
  const code = exitCode('fault')
  if (error instanceof CliError)
    return { message: error.message, remedy: error.remedy, code: exitCode(error.exit) }
  if (error instanceof ConfigError) return { ...configFault(error), code }
  if (!(error instanceof Error)) return { message: String(error), remedy: debugRemedy, code }
  const system = systemFault(error, config)
  if (system !== undefined) return { ...system, code }
  return { message: withFacts(error), remedy: remedyOf(error), code }
}

/** Errors of the rooms say what to do, beside their sentence or in it; what has no code is a bug of ours. */
function remedyOf(error: Error): string | null {
  if ('remedy' in error && typeof error.remedy === 'string') return error.remedy
  return 'code' in error && typeof error.code === 'string' ? null : debugRemedy
}

const debugRemedy = 'Run it again with SLUICE_DEBUG=1 to see where.'

type Told = Omit<Fault, 'code'>

function configFault({ faults, message }: ConfigError): Told {
  const list = message
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  return {
    message: `the configuration has ${count}:\n${list}`,
    remedy: 'Mend it, then look again with `npx sluice config check`.'
  }
}

function systemFault(error: Error, config: Config | undefined): Told | undefined {
  const { code, address, port, path }: NodeJS.ErrnoException & { address?: string; port?: number } = error
  const place = `${address ?? 'this host'}, port ${port ?? 'unknown'}`
  switch (code) {
    case 'EADDRINUSE':
      return {
        message: `another program listens on ${place} already`,
        remedy: `Stop it, or choose another port ${portKey(port, config)}.`
      }
    case 'EADDRNOTAVAIL':
      return {
        message: `this machine has no address ${address ?? ''}`,
        remedy: 'Set http.host and smtp.host to an address of this machine, such as 127.0.0.1 or 0.0.0.0.'
      }
    case 'EACCES':
    case 'EPERM':
      return path === undefined
        ? {
            message: `not allowed to listen on ${place}`,
            remedy: 'Ports below 1024 need root; choose a higher one.'
          }
        : { message: `not allowed to use ${path}`, remedy: 'Check who owns it and its permissions.' }
    case 'ENOENT':
      return { message: `there is no ${path ?? 'such file'}`, remedy: null }
    case undefined:
    default:
      return undefined
  }
}

/** The key of the configuration that named the port. */
function portKey(port: number | undefined, config: Config | undefined): string {
  const { http, smtp } = config ?? {}
  const keys = {
    'http.port': http?.port,
    'smtp.submissionPort': smtp?.submissionPort,
    'smtp.submissionsPort': smtp?.submissionsPort,
    'smtp.relayPort': smtp?.relayPort
  }
  const [key] = Object.entries(keys).find(([, value]) => value !== undefined && value === port) ?? []
  if (key === undefined) return 'in the configuration'
  return `(${key} in sluice.toml, or SLUICE_${key.replace('.', '_').toUpperCase()})`
}

/** AccessError and ModelError name their facts beside the sentence. */
function withFacts(error: Error): string {
  const facts = 'facts' in error && typeof error.facts === 'object' ? Object.entries(error.facts ?? {}) : []
  const missing = facts.filter(([, value]) => !error.message.includes(String(value)))
  if (missing.length === 0) return error.message
  return `${error.message} (${missing.map(([name, value]) => `${name} ${String(value)}`).join(', ')})`
}

function tryLoad(configFile: string | undefined): LoadedConfig | undefined {
  try {
    return loadConfig(configFile === undefined ? {} : { file: configFile })
  } catch {
    return undefined
  }
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : ''
  return `${error.stack ?? error.message}${cause}`
}
