import { Option, type Command } from 'commander'
import type { EvaluateFlags } from '../evaluate.ts'
import type { EvaluateHistoryFlags } from '../training/evaluate-history.ts'
import { usageError } from './cli-error.ts'
import type { Declare } from './command-context.ts'
import { count } from './option-values.ts'

export function declareEvaluate(program: Command, declare: Declare): void {
  const evaluate = program
    .command('evaluate')
    .description('play takeovers on honest mail, of a file or of history, and say which are stopped at the first message')
    .option('--simulate [file]', 'honest histories, in the format of `sluice backtest`; without a file those of --history')
    .option('--history', "play them on the installation's history: what would have happened")
    .option('--since <time>', 'of history: from then on; RFC 3339, or an age such as 30d')
    .option('--until <time>', 'of history: before then')
    .option('--senders <who>', 'how many are attacked (default: three of four, the others lend their mail); of history: their names, with commas between')
    .option('--victims <number>', 'of history: how many are attacked at most, drawn by chance (default: 300)', count)
    .option('--report <dir>', 'of history: write a page with pictures there')
    .option('--shadow', 'of history: test what scores as a shadow')
    .addOption(
      new Option('--scenario <name>', 'what is played')
        .choices(['takeovers', 'runs', 'patience', 'client-change'])
        .default('takeovers')
    )
    .option('--attacks-per-sender <number>', 'probes of `takeovers`', count, 40)
    .option('--cell <cell>', 'what the intruder of `runs` and `patience` sends', 'A3/M1')
    .option('--seed <number>', 'of everything that is left to chance', count, 1)
    .option('--models <dir>', 'models to test (default: of a file the bundled ones, of history those in use)')
    .option('--data <dir>', 'directory of further data sets: real phishing to send')
    .option('--invented-texts', 'send texts of this project only (default: real spam too, where it is installed)')
    .option('--out <file>', 'only write the lines, for `sluice backtest`; nothing is scored')
    .addHelpText('after', help)
  declare(evaluate, async (context) => {
    const flags = evaluate.opts<GivenFlags>()
    if (typeof flags.simulate === 'string' && flags.history !== true)
      return (await import('../evaluate.ts')).runEvaluate(onFile(flags, flags.simulate), context)
    return (await import('../training/evaluate-history.ts')).runEvaluateHistory(onHistory(flags), context)
  })
} // prettier-ignore

interface GivenFlags extends Omit<EvaluateFlags, 'simulate' | 'senders'>, EvaluateHistoryFlags {
  /** true: named without a file. */
  readonly simulate?: string | true
  readonly history?: boolean
}

function onFile(flags: GivenFlags, simulate: string): EvaluateFlags {
  const { since, until, victims, report, shadow, senders, ...others } = flags
  if ((since ?? until ?? victims ?? report ?? shadow) !== undefined)
    throw usageError('--since, --until, --victims, --report and --shadow are about history', 'Leave out the file, and add --history.') // prettier-ignore
  return { ...others, simulate, ...(senders !== undefined && { senders: howMany(senders) }) }
}

function howMany(senders: string): number {
  const number = Number(senders)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw usageError('--senders says how many senders of a file are attacked', 'It is a whole number, 1 or more; names go with --history.') // prettier-ignore
}

function onHistory(flags: GivenFlags): EvaluateHistoryFlags {
  const { simulate, history, out, scenario } = flags
  if (simulate === undefined && history !== true)
    throw usageError('nothing says what to do with which mail', 'For example: sluice evaluate --simulate --history --since 30d') // prettier-ignore
  if (typeof simulate === 'string')
    throw usageError('a file and --history exclude each other', 'Give the one or the other.')
  if (history !== true) throw usageError('--simulate names no file', 'Name one, or add --history.')
  if (out !== undefined)
    throw usageError('history keeps no text that lines could be written of', '--out goes with a file; --report DIR writes what was found.') // prettier-ignore
  if (scenario !== 'takeovers')
    throw usageError(`on history only takeovers are played, not ${scenario}`, 'Play the other scenarios on a file.') // prettier-ignore
  return flags
}

const help = `
Scenarios: takeovers (first bad messages: families A1-A6H, with headers known M0-M2), runs (ten bad messages by
one intruder), patience (ten harmless ones and three days before the bad one), client-change (an honest sender's new machine).
A cell is FAMILY/KNOWLEDGE, such as A4/M2: docs/reference/takeovers.md says what they are.

What would have happened last month:
  sluice evaluate --simulate --history --since 30d --report last-month`
