import { loadConfig } from '../../config/load-config.ts'
import { calloutClientsSchema, type CalloutClientsAnswer } from '../../contracts/callouts.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { withService } from '../running/private-service.ts'
import { printTable } from '../views/table.ts'
import type { Terminal } from '../views/terminal.ts'

/** `sluice callouts list`: who asks, what they show, and what they were told since the service started. */
export async function listCallouts(_options: object, context: CommandContext): Promise<number> {
  const asked = await withService(loadConfig(configFileOf(context)), ({ client }) =>
    client.get('/v1/callouts', calloutClientsSchema)
  )
  if (context.json) context.terminal.printJson(asked)
  else printClients(asked, context.terminal)
  return exitCode('ok')
}

function printClients({ items, listeners, since }: CalloutClientsAnswer, terminal: Terminal): void {
  const open = Object.entries(listeners).map(([name, address]) => `${name} ${address ?? 'off'}`)
  terminal.print(`Since ${since}; listening: ${open.join(', ')}\n`)
  if (items.length === 0) {
    terminal.print('No mail server is configured, and none has asked. See `npx sluice doctor mta`.')
    return
  }
  printTable(
    terminal,
    [
      { title: 'client', width: 24 },
      { title: 'kind' },
      { title: 'trusted' },
      { title: 'mode' },
      { title: 'asked', align: 'right' },
      { title: 'with user', align: 'right' },
      { title: 'told', width: 32 },
      { title: 'failed', align: 'right' }
    ],
    items.map(({ name, kind, trusted, mode, questions, shown, told, failed }) => [
      name,
      kind,
      trusted ? 'yes' : 'no',
      mode,
      questions,
      shown.user,
      Object.entries(told)
        .map(([disposition, count]) => `${disposition} ${count}`)
        .join(', '),
      failed
    ])
  )
}
