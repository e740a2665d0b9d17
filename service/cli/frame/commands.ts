import type { Command } from 'commander'
import { declareBacktest } from './backtest-command.ts'
import { declareCalloutCommands } from './callout-commands.ts'
import type { Declare } from './command-context.ts'
import { declareDomainCommands } from './domain-commands.ts'
import { declareDemo } from '../demo/command.ts'
import { declareEvaluate } from './evaluate-command.ts'
import { declareFeedbackCommands } from './feedback-commands.ts'
import { declareFilterCommands } from './filter-commands.ts'
import { declareHistoryCommands } from './history-commands.ts'
import { declareMailCommands } from './mail-commands.ts'
import { declareModelCommands } from './model-commands.ts'
import { collect, count } from './option-values.ts'
import { declareRouteCommands } from './route-commands.ts'
import { declareSenderCommands } from './sender-commands.ts'
import type { ScoreFlags } from '../score.ts'
import type { TrainFlags } from '../train.ts'

/** Every command with its arguments and options: what `--help` shows. The work of each stands in a file of its own. */
export function declareCommands(program: Command, declare: Declare): void {
  declareStart(program, declare)
  declareScore(program, declare)
  declareDemo(program, declare)
  declareMailCommands(program, declare)
  declareRouteCommands(program, declare)
  declareSenderCommands(program, declare)
  declareAccess(program, declare)
  declareDomainCommands(program, declare)
  declareModels(program, declare)
  declareBacktest(program, declare)
  declareEvaluate(program, declare)
  declareHistoryCommands(program, declare)
  declareCalloutCommands(program, declare)
  declareFilterCommands(program, declare)
  declareFeedbackCommands(program, declare)
  const config = program.command('config').description('the configuration')
  declare(config.command('check').description('say every fault at once, with its line'), async (context) =>
    (await import('../check-config.ts')).checkConfig({}, context)
  )
}

function declareStart(program: Command, declare: Declare): void {
  const start = program.command('start').description('run the service until a signal ends it')
  declare(start, async (context) => (await import('../start.ts')).runStart({}, context))
}

function declareScore(program: Command, declare: Declare): void {
  const score = program
    .command('score')
    .description('say what Sluice thinks of messages; nothing is learned, counted or sent')
    .argument('<file...>', 'RFC 5322 messages; - reads standard input')
    .option('--user <name>', 'the authenticated user whose habits count')
    .option('--ip <address>', 'address of the client')
    .option('--helo <name>', 'what the client said in EHLO')
    .option('--from <address>', 'envelope sender; <> for none (default: the From field)')
    .option('--rcpt <address>', 'envelope recipient, repeatable (default: the To and Cc fields)', collect)
    .option('--explain', 'give every contribution, also for an allow')
  declare(score, async (context, files) =>
    (await import('../score.ts')).runScore({ ...score.opts<ScoreFlags>(), files }, context)
  )
}

function declareAccess(program: Command, declare: Declare): void {
  const users = program.command('users').description('who may send through submission')
  const addUser = users
    .command('add <name>')
    .description('add a user; the password is asked for')
    .option('--password-stdin', 'read the password from the first line of standard input')
  declare(addUser, async (context, [name = '']) =>
    (await import('../users.ts')).addUser({ ...addUser.opts<{ passwordStdin?: boolean }>(), name }, context)
  )
  declare(users.command('list').description('list the users'), async (context) =>
    (await import('../users.ts')).listUsers({}, context)
  )
  declare(
    users.command('remove <name>').description('take the right to log in away'),
    async (context, [name = '']) => (await import('../users.ts')).removeUser({ name }, context)
  )

  const tokens = program.command('tokens').description('bearer tokens of the HTTP interface')
  const addToken = tokens
    .command('add <name>')
    .description('make a token; its secret is shown once')
    .option('--scope <scope>', 'score, feedback, operate or admin; repeatable (default: score)', collect)
  declare(addToken, async (context, [name = '']) => {
    const { scope = ['score'] } = addToken.opts<{ scope?: readonly string[] }>()
    return (await import('../tokens.ts')).addToken({ name, scope }, context)
  })
  declare(tokens.command('list').description('list the tokens, without their secrets'), async (context) =>
    (await import('../tokens.ts')).listTokens({}, context)
  )
  declare(
    tokens.command('revoke <id>').description('make a token worthless, at once'),
    async (context, [id = '']) => (await import('../tokens.ts')).revokeToken({ id }, context)
  )
}

function declareModels(program: Command, declare: Declare): void {
  declareModelCommands(program, declare)
  const train = program
    .command('train <model>')
    .description('train a model: content or takeover')
    .option('--data <dir>', 'directory of further data sets')
    .option('--history', 'learn from the installation’s own history instead')
    .option('--since <time>', 'of history: RFC 3339, or how long ago: 6h, 90d')
    .option('--until <time>', 'of history: likewise')
    .option('--senders <names>', 'of history: only these, with commas between')
    .option('--out <dir>', 'where the model directory lands', 'trained')
    .option('--seed <number>', 'of everything that is left to chance', count, 1)
    .option('--model-version <version>', 'default: year, month and 1')
    .option('--created-at <time>', 'what the manifest says, to repeat a run to the byte (default: today)')
  declare(train, async (context, [model = '']) =>
    (await import('../train.ts')).runTrain({ ...train.opts<TrainFlags>(), model }, context)
  )
}
