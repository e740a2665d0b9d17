import type { Command } from 'commander'
import { honestLabels } from '../../../training/backtest/label.ts'
import type { BacktestCommandOptions } from '../backtest.ts'
import type { BacktestHistoryFlags } from '../training/backtest-history.ts'
import type { Declare } from './command-context.ts'
import { collect, count, share } from './option-values.ts'

export function declareBacktest(program: Command, declare: Declare): void {
  const backtest = program
    .command('backtest [file]')
    .description('score past mail, of a file or of history, and say how good the models are on it')
    .option('--history', "score the installation's history instead of a file")
    .option('--since <time>', 'of history: from then on; RFC 3339, or an age such as 30d')
    .option('--until <time>', 'of history: before then')
    .option('--senders <names>', 'of history: only these, with commas between')
    .option(
      '--models <dir>',
      'models to test: what `sluice train` wrote, or a models directory (default: of a file the bundled ones, of history those in use)'
    )
    .option('--shadow', 'of history: test what scores as a shadow')
    .option('--out <file>', 'write a verdict a line as JSON, with the id and label of its line')
    .option('--limit <number>', 'score only that many lines', count)
    .option('--seed <number>', 'of the intervals by bootstrap', count, 1)
    .option('--honest <label>', 'a further label of honest mail, repeatable', collect)
    .option('--with-limits', "apply the configuration's limits (default: none, files compress time)")
    .option('--keep-holds', 'honest history that is held teaches nothing (default: released, and learned)')
    .option(
      '--window-min-messages <number>',
      'scores before the hold threshold follows the file (default: 500)',
      count
    )
    .option('--window-min-senders <number>', 'and their senders (default: 20)', count)
    .option('--window-max-sender-share <share>', 'what one sender weighs at most (default: 0.1)', share)
    .addHelpText('after', help)
  declare(backtest, async (context, [file]) => {
    const flags = backtest.opts<BacktestCommandOptions & BacktestHistoryFlags>()
    return flags.history === true || file === undefined
      ? (await import('../training/backtest-history.ts')).runBacktestHistory({ ...flags, file }, context)
      : (await import('../backtest.ts')).runBacktestCommand({ ...flags, file }, context)
  })
}

const help = `
FILE is JSON Lines, gzipped or not; - reads standard input. A line is one submission:
  {id, sender, ts (epoch s) or receivedAt, tz?, client?: {ip, helo}, rcpt?: [], raw (latin1) or rawBase64,
   role?: "observe" (scored, then learned; default) or "probe" (scored only), label?}
Honest labels: ${honestLabels.join(', ')}, in any case; what follows : or / names a slice.
Every other label counts as bad. observe without a label is honest; a probe without one is
scored and counted apart.

With --history each message is shown to the models beside the habits that it was judged by then; labels come
from feedback, decisions on holds and refusals (docs/train/labels.md).`
