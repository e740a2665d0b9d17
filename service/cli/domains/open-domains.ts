import { join } from 'node:path'
import { domainToASCII } from 'node:url'
import { writePrivateFile } from '../../access/private-file.ts'
import { isDomain, createKeyStore, type KeyStore } from '../../authentication/dkim/key-store.ts'
import type { KeyChoice } from '../../authentication/dkim/domain-keys.ts'
import { createSystemResolve, type Resolve } from '../../authentication/dns/resolve.ts'
import type { Config } from '../../config/config-schema.ts'
import { domainsSchema } from '../../config/domains-schema.ts'
import { loadConfig } from '../../config/load-config.ts'
import { usageError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'

/** What the commands about domains work on. */
export interface Domains {
  readonly config: Config
  readonly store: KeyStore
  readonly resolve: Resolve
}

export function openDomains(context: CommandContext): Domains {
  const { config } = loadConfig(configFileOf(context))
  return {
    config,
    store: createKeyStore({ directory: join(config.dataDir, 'keys', 'dkim'), write: writePrivateFile }),
    resolve: createSystemResolve(config.dns)
  }
}

/** The domain of a command line, as DNS spells it. */
export function toDomain(text: string): string {
  const domain = domainToASCII(text.trim().replace(/\.$/u, ''))
  if (isDomain(domain)) return domain
  throw usageError(`${text} is not a domain such as example.org`)
}

export interface KeyFlags {
  readonly selector?: string
  readonly algorithm?: string
}

/** What the options say, else the configuration, else its defaults. Throws where an option is not what the configuration would take. */
export function keyChoiceOf({ domains }: Config, domain: string, flags: KeyFlags = {}): KeyChoice {
  const known = domains.find(({ name }) => name === domain)?.dkim
  const parsed = domainsSchema.safeParse([{ name: domain, dkim: { ...known, ...givenOf(flags) } }])
  const [entry] = parsed.data ?? []
  if (entry !== undefined) return entry.dkim
  const [issue] = parsed.error?.issues ?? []
  throw usageError(`${String(issue?.path.at(-1))} ${issue?.message ?? ''}`)
}

/** Without whatever else stands among a command's options. */
function givenOf({ selector, algorithm }: KeyFlags): KeyFlags {
  return { ...(selector !== undefined && { selector }), ...(algorithm !== undefined && { algorithm }) }
}
