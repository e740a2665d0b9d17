import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse as parseToml, TomlError } from 'smol-toml'
import { z } from 'zod'
import { minSharedPassword } from './callouts-schema.ts'
import { ConfigError, type ConfigFault } from './config-error.ts'
import { configSchema, type Config } from './config-schema.ts'
import { readEnvironment } from './environment.ts'
import { routeFaults } from './routes-schema.ts'
import { lineOf } from './toml-lines.ts'

export interface LoadConfigOptions {
  /** Path of the TOML file. Without it `sluice.toml` in the working directory is used if there is one. */
  readonly file?: string
  /** Default: the process's environment. This room is its only reader. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Highest precedence: what a command's own options say, as nested objects. */
  readonly overrides?: Tree
}

/** What is not configuration but comes the same way. */
export interface Secrets {
  /** `SLUICE_ADMIN_TOKEN`: used instead of the one made at first start. */
  readonly adminToken: string | undefined
  /** `SLUICE_DEBUG`: stack traces on the command line. */
  readonly debug: boolean
}

export interface LoadedConfig {
  readonly config: Config
  readonly secrets: Secrets
  /** Absolute path of the file that was read, null if none. */
  readonly file: string | null
}

export type Tree = { readonly [key: string]: unknown }

/**
 * Defaults < file < environment < overrides. Throws one ConfigError that lists every fault with its path and line.
 * `dataDir` comes back absolute: relative to the working directory.
 */
export function loadConfig(options: LoadConfigOptions = {}): LoadedConfig {
  const env = options.env ?? process.env
  const file = readConfigFile(options.file)
  const environment = readEnvironment(env)
  const faults: ConfigFault[] = [...environment.faults]

  const tree = merge(merge(file.tree, environment.tree), options.overrides ?? {})
  const parsed = configSchema.safeParse(tree)
  if (!parsed.success) faults.push(...toFaults(parsed.error.issues, file.text, environment.tree))
  faults.push(...crossFaults(tree, file.text))
  const config = parsed.success ? withSecrets(parsed.data, faults) : undefined
  if (faults.length > 0 || config === undefined) throw new ConfigError(faults, file.path)
  return {
    config,
    secrets: { adminToken: env['SLUICE_ADMIN_TOKEN'], debug: env['SLUICE_DEBUG'] === '1' },
    file: file.path
  }
}

/** With what stands in files of its own, and `dataDir` absolute. */
function withSecrets(config: Config, faults: ConfigFault[]): Config {
  const { callouts } = config
  return {
    ...config,
    dataDir: resolve(config.dataDir),
    auth: withPassword(config.auth, 'auth', faults),
    clickhouse: withPassword(config.clickhouse, 'clickhouse', faults),
    routes: config.routes.map((route, at) => withPassword(route, `routes.${at}`, faults)),
    callouts: {
      ...callouts,
      clients: callouts.clients.map((client, at) =>
        withPassword(client, `callouts.clients.${at}`, faults, minSharedPassword)
      )
    }
  }
}

const routed = z.object({ routes: configSchema.shape.routes, pools: configSchema.shape.pools })

/** Faults of routes and pools together: seen as soon as these two can be read, whatever is wrong elsewhere. */
function crossFaults(tree: Tree, text: string): readonly ConfigFault[] {
  const { data } = routed.safeParse(tree)
  if (data === undefined) return []
  return routeFaults(data.routes, data.pools).map(({ path, message }) => ({
    path: path.join('.'),
    line: lineOf(text, path.map(String)),
    message
  }))
}

function readConfigFile(asked: string | undefined): { tree: Tree; text: string; path: string | null } {
  const path = resolve(asked ?? 'sluice.toml')
  try {
    const text = readFileSync(path, 'utf8')
    return { tree: parseToml(text), text, path }
  } catch (error) {
    if (asked === undefined && isMissing(error)) return { tree: {}, text: '', path: null }
    if (error instanceof TomlError) {
      const fault = { path: '', line: error.line, message: error.message.split('\n')[0] ?? 'is not TOML' }
      throw new ConfigError([fault], path)
    }
    throw new ConfigError([{ path: '', line: null, message: `cannot be read: ${String(error)}` }], path)
  }
}

/** Secrets stand in files of their own: the first line of `passwordFile`. */
function withPassword<Entry extends { passwordFile?: string | undefined }>(
  entry: Entry,
  path: string,
  faults: ConfigFault[],
  minLength = 1
): Entry {
  if (entry.passwordFile === undefined) return entry
  const fault = (message: string): Entry => {
    faults.push({ path: `${path}.passwordFile`, line: null, message })
    return entry
  }
  try {
    const [password = ''] = readFileSync(entry.passwordFile, 'utf8').split(/\r?\n/u)
    // An empty one would be shown by whoever shows none
    if (password.length < minLength) return fault(`has fewer than ${minLength} characters in its first line`)
    return { ...entry, password }
  } catch (error) {
    return fault(`cannot be read: ${String(error)}`)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

type Issue = {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly code?: string
  readonly keys?: unknown
}

function toFaults(issues: readonly Issue[], text: string, fromEnvironment: Tree): ConfigFault[] {
  return issues.flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? issue.keys : undefined
    const paths = unknown?.map((key) => [...issue.path, String(key)]) ?? [issue.path]
    const message = unknown ? 'is not a key that Sluice knows' : issue.message
    return paths.map((path) => ({
      path: path.map(String).join('.'),
      line: has(fromEnvironment, path) ? null : lineOf(text, path.map(String)),
      message: has(fromEnvironment, path) ? `${message} (from the environment)` : message
    }))
  })
}

function has(tree: unknown, path: readonly PropertyKey[]): boolean {
  const [key, ...rest] = path
  if (key === undefined) return true
  return isTree(tree) && Object.hasOwn(tree, key) && has(tree[String(key)], rest)
}

function merge(base: Tree, over: Tree): Tree {
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const below = result[key]
    result[key] = isTree(below) && isTree(value) ? merge(below, value) : value
  }
  return result
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
