import { Option, type Command } from 'commander'
import type { Declare } from './command-context.ts'
import type { DecideFlags } from '../held.ts'
import type { PageFlags } from '../views/message-pages.ts'
import type { OrderFlags } from '../queue.ts'
import { count, hours } from './option-values.ts'

/** Commands about accepted mail: what is held, and what is on its way. */
export function declareMailCommands(program: Command, declare: Declare): void {
  declareHeld(program.command('held').description('messages that wait for a decision'), declare)
  declareQueue(program.command('queue').description('accepted messages and what became of them'), declare)
}

function declareHeld(held: Command, declare: Declare): void {
  const list = withPages(held.command('list').description('list them, the next to expire first'))
  declare(list, async (context) => (await import('../held.ts')).listHeld(list.opts<PageFlags>(), context))

  declare(held.command('show <id>').description('show one, and why it is held'), async (context, [id = '']) =>
    (await import('../held.ts')).showHeld({ id }, context)
  )

  const acts = { release: 'send them; their sender’s habits learn from it', reject: 'never send them' }
  for (const decision of ['release', 'reject'] as const) {
    const decide = held
      .command(`${decision} [id...]`)
      .description(acts[decision])
      .option('--sender <name>', 'all that this sender has, instead of ids')
      .option('--note <text>', 'why, for whoever asks later')
    declare(decide, async (context, ids) =>
      (await import('../held.ts')).decideHeld({ ...decide.opts<DecideFlags>(), decision, ids }, context)
    )
  }
}

function declareQueue(queue: Command, declare: Declare): void {
  const states = ['queued', 'held', 'done', 'rejected', 'all']
  const list = withFilter(withPages(queue.command('list').description('list messages'))).addOption(
    new Option('--state <state>', 'only these').choices(states).default('queued')
  )
  declare(list, async (context) => (await import('../queue.ts')).listQueue(list.opts<PageFlags>(), context))

  declare(
    queue.command('show <id>').description('show recipients, replies and attempts'),
    async (context, [id = '']) => (await import('../queue.ts')).showQueued({ id }, context)
  )

  const acts = { retry: 'attempt delivery now', cancel: 'give up; no report is sent' }
  for (const order of ['retry', 'cancel'] as const) {
    const command = withFilter(queue.command(`${order} [id...]`).description(acts[order]))
      .option('--sender <name>', 'all that wait of this sender, instead of ids')
      .option('--all', 'all that wait, instead of ids')
      .option('--dry-run', 'only count them')
    declare(command, async (context, ids) =>
      (await import('../queue.ts')).orderQueued({ ...command.opts<OrderFlags>(), order, ids }, context)
    )
  }

  const destinations = queue
    .command('destinations')
    .description('where messages wait to go, and what holds them back')
    .option('--limit <number>', 'how many at most', count, 50)
    .option('--cursor <cursor>', 'go on where a list in JSON ended (its nextCursor)')
  declare(destinations, async (context) =>
    (await import('../queue-destinations.ts')).listDestinations(destinations.opts(), context)
  )
}

function withFilter(command: Command): Command {
  return command
    .option('--domain <name>', 'only to recipients in this domain')
    .option('--route <name>', 'only what was tried last on this route')
    .addOption(new Option('--label <label>', 'only these').choices(['urgent', 'normal', 'bulk']))
    .option('--older-than <time>', 'only what was accepted longer ago: 90m, 6h, 2d', hours)
}

function withPages(command: Command): Command {
  return command
    .option('--sender <name>', 'only of this sender')
    .option('--limit <number>', 'how many at most', count, 50)
    .option('--cursor <cursor>', 'go on where a list in JSON ended (its nextCursor)')
}
