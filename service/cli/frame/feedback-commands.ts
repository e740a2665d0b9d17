import type { Command } from 'commander'
import type { Declare } from './command-context.ts'
import { count } from './option-values.ts'

/** Commands about what comes back from the world. */
export function declareFeedbackCommands(program: Command, declare: Declare): void {
  const feedback = program.command('feedback').description('what comes back: bounces and complaints')
  const address = feedback
    .command('address <name>')
    .description('the address to register with a feedback loop, under a name of its own')
    .option('--days <number>', 'how long it is good (default: 730)', count)
  declare(address, async (context, [name = '']) =>
    (await import('../feedback/make-address.ts')).makeAddress(
      { ...address.opts<{ days?: number }>(), name },
      context
    )
  )
}
