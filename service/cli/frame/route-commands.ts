import type { Command } from 'commander'
import type { Declare } from './command-context.ts'

/** Commands about the ways out. */
export function declareRouteCommands(program: Command, declare: Declare): void {
  const routes = program.command('routes').description('the ways out, and how they fare')
  declare(routes.command('list').description('list them, and what mail goes around'), async (context) =>
    (await import('../routes.ts')).listRoutes({}, context)
  )
  declare(
    routes.command('show <name>').description('show one, destination by destination'),
    async (context, [name = '']) => (await import('../routes.ts')).showRoute({ name }, context)
  )
  const acts = {
    active: ['resume', 'use it again'],
    demoted: ['demote', 'use it only for mail that has no other way'],
    paused: ['pause', 'send nothing by it; its mail goes by others, or waits']
  } as const
  for (const [state, [verb, description]] of Object.entries(acts)) {
    const command = routes
      .command(`${verb} <name>`)
      .description(description)
      .option('--why <text>', 'for whoever asks later')
    declare(command, async (context, [name = '']) =>
      (await import('../routes.ts')).setRouteState(
        { name, state, ...command.opts<{ why?: string }>() },
        context
      )
    )
  }
}
