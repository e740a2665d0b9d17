import { exitCode } from '../frame/exit-code.ts'
import type { CommandContext } from '../frame/command-context.ts'
import { answerOf } from './step-answer.ts'
import { keyChoiceOf, openDomains, toDomain, type KeyFlags } from './open-domains.ts'
import { rotateKeys } from './rotate-keys.ts'
import { configLines, printStep } from './step-view.ts'

/** `sluice domains add DOMAIN`: makes keys, says what to publish and what to paste; again, it sees whether that was done. */
export async function addDomain(
  { domain: text, ...flags }: KeyFlags & { readonly domain: string },
  context: CommandContext
): Promise<number> {
  const domains = openDomains(context)
  const domain = toDomain(text)
  const choice = keyChoiceOf(domains.config, domain, flags)
  const { keys, step } = await rotateKeys(
    { domain, choice, act: 'add', hurry: false, now: Date.now() },
    domains
  )
  const isConfigured = domains.config.domains.some(({ name }) => name === domain)
  const lines = isConfigured ? null : configLines(domain, choice)
  if (context.json) context.terminal.printJson({ ...answerOf(keys, step), configuration: lines })
  else {
    printStep(keys, step, context.terminal)
    if (lines !== null)
      context.terminal.print(`\nPaste into sluice.toml, and start the service anew:\n\n${lines}`)
    context.terminal.print(`\nWhat else the domain should publish: npx sluice domains check ${domain}`)
  }
  return exitCode('ok')
}
