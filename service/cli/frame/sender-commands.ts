import type { Command } from 'commander'
import type { Declare } from './command-context.ts'
import type { ContainFlags, RewindFlags } from '../senders.ts'

const acts = {
  restrict: ['restricted', 'hold what leaves its own domain'],
  suspend: ['suspended', 'refuse all it sends'],
  restore: ['normal', 'let it send again; clears what stood against it']
} as const

/** Commands about one sender: what is known of it, and what can be done. */
export function declareSenderCommands(program: Command, declare: Declare): void {
  const senders = program.command('senders').description('what is known of a sender, and what can be done')
  declare(
    senders.command('show <name>').description('show habits, containment, limits and recent verdicts'),
    async (context, [name = '']) => (await import('../senders.ts')).showSender({ name }, context)
  )
  for (const act of ['restrict', 'suspend', 'restore'] as const) {
    const [state, what] = acts[act]
    const contain = withNote(senders.command(`${act} <name>`).description(what))
    declare(contain, async (context, [name = '']) =>
      (await import('../senders.ts')).containSender({ ...contain.opts<ContainFlags>(), name, state }, context)
    )
  }
  const rewind = withNote(
    senders
      .command('rewind <name>')
      .description('forget what its habits learned since a moment')
      .option('--since <time>', 'RFC 3339, or how long ago: 90m, 6h, 2d')
  )
  declare(rewind, async (context, [name = '']) =>
    (await import('../senders.ts')).rewindSender({ ...rewind.opts<RewindFlags>(), name }, context)
  )
  declare(
    senders.command('erase <name>').description('remove all that is kept of it, for good'),
    async (context, [name = '']) => (await import('../senders.ts')).eraseSender({ name }, context)
  )
}

function withNote(command: Command): Command {
  return command.option('--note <text>', 'why, for whoever asks later')
}
