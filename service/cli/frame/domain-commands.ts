import { Option, type Command } from 'commander'
import type { KeyFlags } from '../domains/open-domains.ts'
import type { Declare } from './command-context.ts'

/** Commands about the domains that mail is sent from. */
export function declareDomainCommands(program: Command, declare: Declare): void {
  const domains = program
    .command('domains')
    .description('domains that mail is sent from: keys and DNS records')
  const add = domains
    .command('add <domain>')
    .description('make keys, and say what to publish; again, it sees whether that was done')
    .option('--selector <prefix>', 'what the selectors begin with (default: sluice)')
    .addOption(
      new Option('--algorithm <name>', 'default: both').choices(['both', 'rsa-sha256', 'ed25519-sha256'])
    )
  declare(add, async (context, [domain = '']) =>
    (await import('../domains/add-domain.ts')).addDomain({ ...add.opts<KeyFlags>(), domain }, context)
  )
  const rotate = domains
    .command('rotate <domain>')
    .description('the next step of a change of keys; the same step again does nothing')
    .option('--now', 'wait for nothing but DNS: somebody else may have the key')
  declare(rotate, async (context, [domain = '']) =>
    (await import('../domains/rotate-domain.ts')).rotateDomain(
      { ...rotate.opts<{ now?: boolean }>(), domain },
      context
    )
  )
  declare(
    domains
      .command('check [domain]')
      .description('compare what DNS says with what mail needs, and say what to change'),
    async (context, [domain]) =>
      (await import('../domains/check-domains.ts')).checkDomains({ domain }, context)
  )
}
