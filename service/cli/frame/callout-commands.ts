import { Argument, type Command } from 'commander'
import type { Declare } from './command-context.ts'
import type { ShadowReportFlags } from '../callouts/shadow-report.ts'

/** Commands about the mail servers that ask. */
export function declareCalloutCommands(program: Command, declare: Declare): void {
  const doctor = program
    .command('doctor')
    .description('say what is missing, and how to get it')
    .addArgument(new Argument('[part]', 'only this part').choices(['mta', 'models']))
  declare(doctor, async (context, [part]) => (await import('../doctor.ts')).runDoctor({ part }, context))

  const callouts = program.command('callouts').description('the mail servers that ask')
  declare(callouts.command('list').description('list them, and what they were told'), async (context) =>
    (await import('../callouts/list-callouts.ts')).listCallouts({}, context)
  )
  const report = callouts
    .command('report <mta>')
    .description('compare shadow mode’s verdicts with what the mail server did itself')
    .option('--postfix-log <file>', 'Postfix’s log (also .gz)')
    .option('--exim-log <file>', 'Exim’s main log (also .gz)')
    .option('--rspamd-log <file>', 'rspamd’s log, where it judges the same mail (also .gz)')
    .option('--since <time>', 'RFC 3339: only what came at or after this')
  declare(report, async (context, [mta = '']) =>
    (await import('../callouts/shadow-report.ts')).reportShadow(
      { ...report.opts<ShadowReportFlags>(), mta },
      context
    )
  )
}
