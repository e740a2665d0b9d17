import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createUsers, type Users } from '../access/users.ts'
import { loadConfig } from '../config/load-config.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { neutralise } from './views/neutralise.ts'
import { readNewPassword } from './read-password.ts'
import { printTable } from './views/table.ts'

export interface AddUserOptions {
  readonly name: string
  /** The first line of standard input instead of a prompt. */
  readonly passwordStdin?: boolean
}

/** `sluice users add NAME`: the running service reads the file again by itself. */
export async function addUser(
  { name, passwordStdin }: AddUserOptions,
  context: CommandContext
): Promise<number> {
  const { users, file } = await openUsers(context)
  const password = await readNewPassword({ fromStdin: passwordStdin ?? false, name })
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await users.add(name, password)
  if (context.json) context.terminal.printJson({ name: stored(name), added: true })
  else context.terminal.print(`${neutralise(stored(name))} may now send through submission.`)
  return exitCode('ok')
}

/** `sluice users list`. */
export async function listUsers(_options: object, context: CommandContext): Promise<number> {
  const { users } = await openUsers(context)
  const items = await users.list()
  if (context.json) context.terminal.printJson({ items, nextCursor: null })
  else if (items.length === 0)
    context.terminal.print('No users yet. Add one with `npx sluice users add NAME`.')
  else
    printTable(
      context.terminal,
      [{ title: 'user', width: 60 }, { title: 'since' }],
      items.map((user) => [user.name, user.createdAt])
    )
  return exitCode('ok')
}

/** `sluice users remove NAME`. */
export async function removeUser(
  { name }: { readonly name: string },
  context: CommandContext
): Promise<number> {
  const { users } = await openUsers(context)
  await users.remove(name)
  if (context.json) context.terminal.printJson({ name: stored(name), removed: true })
  else context.terminal.print(`${neutralise(stored(name))} can no longer log in.`)
  return exitCode('ok')
}

/** As the users file spells names. */
function stored(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

async function openUsers(context: CommandContext): Promise<{ users: Users; file: string }> {
  const { config } = loadConfig(configFileOf(context))
  const file = config.auth.usersFile ?? join(config.dataDir, 'users.json')
  return { users: createUsers({ file }), file }
}
