import { join } from 'node:path'
import { openInstallationKey } from '../../access/installation-key.ts'
import { loadConfig } from '../../config/load-config.ts'
import { createSignedAddresses, reporterName } from '../../delivery/feedback/signed-address.ts'
import { CliError, usageError } from '../frame/cli-error.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'

export interface MakeAddressOptions {
  readonly name: string
  readonly days?: number
}

const defaultDays = 730
const dayMs = 86_400_000

/** `sluice feedback address NAME`: signed, so nothing has to be stored of it; what comes to it carries the name. */
export async function makeAddress(
  { name, days = defaultDays }: MakeAddressOptions,
  context: CommandContext
): Promise<number> {
  if (!reporterName.test(name))
    throw usageError(`${name} is no name: up to 20 small letters and digits, such as jmrp`)
  const { config } = loadConfig(configFileOf(context))
  const { feedbackDomain: domain } = config.smtp
  if (domain === undefined)
    throw new CliError('smtp.feedbackDomain is not set', {
      remedy: 'docs/operate/feedback.md says what it needs'
    })
  const key = await openInstallationKey(join(config.dataDir, 'keys'))
  const until = Date.now() + days * dayMs
  const { addressDays: validDays } = config.feedback
  const address = createSignedAddresses({ domain, key, validDays }).forReporter(name, until)
  if (context.json) context.terminal.printJson({ name, address, until: new Date(until).toISOString() })
  else context.terminal.print(`${address}\n\ngood until ${new Date(until).toISOString().slice(0, 10)}`)
  return exitCode('ok')
}
