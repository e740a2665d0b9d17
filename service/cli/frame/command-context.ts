import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Terminal } from '../views/terminal.ts'

/** What every command gets besides its own options. */
export interface CommandContext {
  /** `--config FILE`. */
  readonly configFile: string | undefined
  /** `--json`: for machines. */
  readonly json: boolean
  readonly terminal: Terminal
}

/**
 * What a command does once it is called, with its positional arguments. Resolves with the exit code, or undefined where the process
 * goes on (`start`). Faults are thrown.
 */
export type Act = (context: CommandContext, args: readonly string[]) => Promise<number | undefined>

/** Ties a command to what it does. */
export type Declare = (command: Command, act: Act) => void

/** `loadConfig` wants the key to be absent, not undefined. */
export function configFileOf({ configFile }: CommandContext): { readonly file?: string } {
  return configFile === undefined ? {} : { file: configFile }
}

/** As package.json says. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  const found: unknown = JSON.parse(text)
  const isNamed = typeof found === 'object' && found !== null && 'version' in found
  return isNamed && typeof found.version === 'string' ? found.version : 'unknown'
}
