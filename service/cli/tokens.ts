import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { scopes, type Scope } from '../access/scope.ts'
import { createTokens } from '../access/tokens.ts'
import { loadConfig, type LoadedConfig } from '../config/load-config.ts'
import { newTokenSchema, tokenListSchema } from '../contracts/token.ts'
import { openStorage } from '../storage/lmdb-storage.ts'
import { CliError, usageError } from './frame/cli-error.ts'
import { configFileOf, type CommandContext } from './frame/command-context.ts'
import { exitCode } from './frame/exit-code.ts'
import { findService } from './running/running-service.ts'
import type { ServiceClient } from './running/service-client.ts'
import { printTable } from './views/table.ts'

export interface AddTokenOptions {
  /** What the token is for. */
  readonly name: string
  readonly scope: readonly string[]
}

/** `sluice tokens add NAME`: the secret is shown this once. */
export async function addToken({ name, scope }: AddTokenOptions, context: CommandContext): Promise<number> {
  const granted = scope.map(toScope)
  const made = await withTokens(context, (store) => store.create(name, granted))
  if (context.json) context.terminal.printJson(made)
  else {
    context.terminal.print(`${made.id} may ${granted.join(', ')}. Its secret, shown this once:\n`)
    context.terminal.print(`  ${context.terminal.paint('bold', made.secret)}`)
  }
  return exitCode('ok')
}

/** `sluice tokens list`. */
export async function listTokens(_options: object, context: CommandContext): Promise<number> {
  const items = await withTokens(context, (store) => store.list())
  if (context.json) context.terminal.printJson({ items, nextCursor: null })
  else if (items.length === 0) context.terminal.print('No tokens yet: the first start makes one.')
  else
    printTable(
      context.terminal,
      [{ title: 'id' }, { title: 'name', width: 32 }, { title: 'scopes' }, { title: 'since' }],
      items.map(({ id, name, scopes: granted, createdAt }) => [id, name, granted.join(', '), createdAt])
    )
  return exitCode('ok')
}

/** `sluice tokens revoke ID`: takes effect at once. */
export async function revokeToken({ id }: { readonly id: string }, context: CommandContext): Promise<number> {
  await withTokens(context, (store) => store.revoke(id))
  if (context.json) context.terminal.printJson({ id, revoked: true })
  else context.terminal.print(`${id} is revoked.`)
  return exitCode('ok')
}

type NewToken = z.output<typeof newTokenSchema>
type ListedToken = z.output<typeof tokenListSchema>['items'][number]

/** The running service's tokens, or the same tokens in the store under its lock. */
interface TokenStore {
  create(name: string, granted: Scope[]): Promise<NewToken>
  list(): Promise<readonly ListedToken[]>
  revoke(id: string): Promise<unknown>
}

async function withTokens<Result>(
  context: CommandContext,
  act: (store: TokenStore) => Promise<Result>
): Promise<Result> {
  const loaded = loadConfig(configFileOf(context))
  const service = await findService(loaded)
  return service === undefined ? withStore(loaded, act) : act(overHttp(service))
}

function overHttp(service: ServiceClient): TokenStore {
  return {
    create: (name, granted) => service.post('/v1/tokens', { name, scopes: granted }, newTokenSchema),
    list: async () => (await service.get('/v1/tokens', tokenListSchema)).items,
    revoke: async (id) => void (await service.delete(`/v1/tokens/${encodeURIComponent(id)}`, z.null()))
  }
}

async function withStore<Result>(
  { config: { dataDir } }: LoadedConfig,
  act: (store: TokenStore) => Promise<Result>
): Promise<Result> {
  if (!existsSync(dataDir))
    throw new CliError(`there is no data directory ${dataDir} yet`, {
      remedy: 'The first `npx sluice start` makes it, with an admin token.'
    })
  const storage = await openStorage({ directory: dataDir })
  try {
    const tokens = createTokens({ storage, newSecret, clock: Date.now })
    return await act({
      create: async (name, granted) => ({ ...(await tokens.create(name, granted)), name, scopes: granted }),
      list: async () =>
        tokens.list().map(({ createdAt, ...token }) => ({
          ...token,
          scopes: [...token.scopes],
          createdAt: new Date(createdAt).toISOString()
        })),
      revoke: (id) => tokens.revoke(id)
    })
  } finally {
    await storage.close()
  }
}

const newSecret = (): string => randomBytes(32).toString('base64url')

function toScope(text: string): Scope {
  const scope = scopes.find((known) => known === text)
  if (scope === undefined) throw usageError(`there is no scope ${text}`, `Scopes: ${scopes.join(', ')}.`)
  return scope
}
