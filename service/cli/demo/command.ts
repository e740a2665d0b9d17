import type { Command } from 'commander'
import type { Declare } from '../frame/command-context.ts'
import type { DemoFlags } from './demo.ts'
import { count } from '../frame/option-values.ts'

/** `sluice demo` with its options. */
export function declareDemo(program: Command, declare: Declare): void {
  const demo = program
    .command('demo')
    .description(
      'watch it work: habits learned, mail sent, a mailbox hijacked; needs nothing, leaves nothing'
    )
    .option('--keep', 'stay until Ctrl-C (as it does on a terminal)')
    .option('--weeks <number>', 'of habits to learn first', count, 3)
    .option('--seed <number>', 'of the people, their mail and the thieves', count, 1)
    .addHelpText('after', '\nExit code 1 if the first bad message of the hijacked mailbox was not stopped.')
  declare(demo, async (context) => (await import('./demo.ts')).runDemo(demo.opts<DemoFlags>(), context))
}
