import { Option, type Command } from 'commander'
import type { FilterFlags } from '../filter-opensmtpd.ts'
import type { Declare } from './command-context.ts'
import { count } from './option-values.ts'

/** Commands that a mail server itself starts and speaks to. */
export function declareFilterCommands(program: Command, declare: Declare): void {
  const filter = program.command('filter').description('what a mail server runs as its filter')
  const opensmtpd = filter
    .command('opensmtpd')
    .description('smtpd-filters(7) on standard input and output; asks the running Sluice')
    .option('--url <url>', 'Sluice’s rspamd port', 'http://127.0.0.1:11333')
    .option('--socket <path>', 'its unix socket, in place of the port')
    .addOption(
      new Option('--on-failure <what>', 'without an answer mail passes (open) or is told 451 (closed)')
        .choices(['open', 'closed'])
        .default('open')
    )
    .option('--timeout-ms <ms>', 'how long an answer is waited for', count, 10_000)
    .option('--settings-id <id>', 'by which Sluice finds this client’s profile', 'opensmtpd')
    .option('--password-file <file>', 'its first line is the profile’s password')
    .option('--max-message-bytes <bytes>', 'what smtpd’s `smtp max-message-size` says', count, 36_700_160)
    .option('--max-memory-bytes <bytes>', 'of all messages together', count, 268_435_456)
  declare(opensmtpd, async () =>
    (await import('../filter-opensmtpd.ts')).filterOpensmtpd(opensmtpd.opts<FilterFlags>())
  )
}
