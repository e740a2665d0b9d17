import { AuthenticationError } from '../../authentication/authentication-error.ts'
import { CliError } from '../frame/cli-error.ts'
import type { CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { answerOf } from './step-answer.ts'
import { keyChoiceOf, openDomains, toDomain } from './open-domains.ts'
import { rotateKeys } from './rotate-keys.ts'
import { printStep } from './step-view.ts'

export interface RotateFlags {
  readonly domain: string
  /** Waits for nothing but DNS. */
  readonly now?: boolean
}

/** `sluice domains rotate DOMAIN`: the next step of a change of keys. The same step again does nothing. */
export async function rotateDomain(
  { domain: text, now: hurry = false }: RotateFlags,
  context: CommandContext
): Promise<number> {
  const domains = openDomains(context)
  const domain = toDomain(text)
  const choice = keyChoiceOf(domains.config, domain)
  const asked = { domain, choice, act: 'rotate', hurry, now: Date.now() } as const
  const { keys, step } = await rotateKeys(asked, domains).catch(explain)
  if (context.json) context.terminal.printJson(answerOf(keys, step))
  else printStep(keys, step, context.terminal)
  return exitCode('ok')
}

function explain(error: unknown): never {
  if (!(error instanceof AuthenticationError)) throw error
  const remedies = {
    KEYS_MISSING: 'Make them with `npx sluice domains add DOMAIN`.',
    KEYS_DAMAGED: 'Restore it from a backup, or move it away and run `npx sluice domains add DOMAIN`.'
  }
  throw new CliError(error.message, {
    cause: error,
    ...(error.code !== 'DOMAIN_INVALID' && { remedy: remedies[error.code] })
  })
}
