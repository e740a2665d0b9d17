import type { Command } from 'commander'
import type { ImportFlags } from '../history/import-history.ts'
import type { Declare } from './command-context.ts'
import type { SeedFlags } from '../seeding/seed-history.ts'
import { collect, count } from './option-values.ts'

/** Commands about what the installation has seen. */
export function declareHistoryCommands(program: Command, declare: Declare): void {
  const history = program.command('history').description('what the installation has seen')
  const importing = history
    .command('import')
    .description('learn from mail that was sent before: Sent folders, archives, logs of mail servers')
    .option('--mbox <file>', 'an mbox, or a pattern such as /var/mail/{user}.sent; repeatable', collect)
    .option(
      '--maildir <dir>',
      'a Maildir, or a pattern such as /var/vmail/{domain}/{user}/.Sent; repeatable',
      collect
    )
    .option('--jsonl <file>', 'JSON Lines in the format of `sluice backtest`; repeatable', collect)
    .option('--postfix-log <file>', 'Postfix’s log: envelopes only; repeatable', collect)
    .option('--exim-log <file>', 'Exim’s main log: envelopes only; repeatable', collect)
    .option('--user <name>', 'whose Sent folders these are: the name under which its mail authenticates')
    .option('--by-from', 'each message is its From address’s')
    .option(
      '--received-by <host>',
      'the owners’ own submission server, as its Received fields name it: says the client’s address; repeatable',
      collect
    )
    .option('--honest <label>', 'a further label of honest mail in --jsonl; repeatable', collect)
    .addHelpText('after', help)
  declare(importing, async (context) =>
    (await import('../history/import-history.ts')).importHistory(importing.opts<ImportFlags>(), context)
  )
  const seeding = history
    .command('seed')
    .description(
      'invent an installation with weeks of mail, to learn and to try things on; never for real mail'
    )
    .option('--senders <number>', 'how many people write', count, 28)
    .option('--weeks <number>', 'for how long', count, 6)
  declare(seeding, async (context) =>
    (await import('../seeding/seed-history.ts')).seedHistory(seeding.opts<SeedFlags>(), context)
  )
}

const help = `
Files may be gzipped. Give all files of an owner in one run, before new mail comes: habits are learned in the
order of time. A message is imported once: run it again to go on after an interruption.`
