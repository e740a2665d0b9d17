import { Option, type Command } from 'commander'
import type { Declare } from './command-context.ts'
import type { EvaluateFlags } from '../evaluate.ts'
import { count } from './option-values.ts'

export function declareEvaluate(program: Command, declare: Declare): void {
  const evaluate = program
    .command('evaluate')
    .description('play takeovers on a file of honest mail, and say which are stopped at the first message')
    .requiredOption('--simulate <file>', 'honest histories, in the format of `sluice backtest`')
    .addOption(
      new Option('--scenario <name>', 'what is played')
        .choices(['takeovers', 'runs', 'patience', 'client-change'])
        .default('takeovers')
    )
    .option('--senders <number>', 'how many are attacked (default: three of four, the others lend their mail)', count)
    .option('--attacks-per-sender <number>', 'probes of `takeovers`', count, 40)
    .option('--cell <cell>', 'what the intruder of `runs` and `patience` sends', 'A3/M1')
    .option('--seed <number>', 'of everything that is left to chance', count, 1)
    .option('--models <dir>', 'models to test (default: the bundled ones)')
    .option('--data <dir>', 'directory of further data sets: real phishing to send')
    .option('--invented-texts', 'send texts of this project only (default: real spam too, where it is installed)')
    .option('--out <file>', 'only write the lines, for `sluice backtest`; nothing is scored')
    .addHelpText('after', help)
  declare(evaluate, async (context) =>
    (await import('../evaluate.ts')).runEvaluate(evaluate.opts<EvaluateFlags>(), context)
  )
} // prettier-ignore

const help = `
Scenarios: takeovers (first bad messages: families A1-A6H, with headers known M0-M2), runs (ten bad messages by
one intruder), patience (ten harmless ones and three days before the bad one), client-change (an honest sender's new machine).
A cell is FAMILY/KNOWLEDGE, such as A4/M2: docs/reference/takeovers.md says what they are.`
