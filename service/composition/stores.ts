import { join } from 'node:path'
import { openInstallationKey } from '../access/installation-key.ts'
import { createTokens } from '../access/tokens.ts'
import { createUsers } from '../access/users.ts'
import type { Config } from '../config/config-schema.ts'
import { createForgetOld } from '../operations/forget-old.ts'
import { createQueue } from '../queue/queue.ts'
import { createLmdbSenderStore } from '../senders/lmdb-sender-store.ts'
import { openStorage } from '../storage/lmdb-storage.ts'
import { newSecret, clock, type OnClose, type StartOptions } from './house.ts'

export async function openStores(
  { dataDir, auth }: Config,
  { adminToken, failpoint, log }: StartOptions,
  onClose: OnClose
) {
  const storage = await openStorage({ directory: dataDir })
  onClose(() => storage.close())
  // The one port through which every room's writes commit together
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const keysDirectory = join(dataDir, 'keys')
  const key = await openInstallationKey(keysDirectory)
  const senders = createLmdbSenderStore({ storage, key })
  const tokens = createTokens({ storage, newSecret, clock, ...(adminToken !== undefined && { adminToken }) })
  const users = createUsers({ file: auth.usersFile ?? join(dataDir, 'users.json'), clock })
  const queue = await createQueue({
    storage,
    spoolDirectory: join(dataDir, 'spool'),
    clock,
    ...(failpoint && { failpoint })
  })
  const forgetOld = createForgetOld({ senders, accept, clock, log })
  onClose(() => forgetOld.close())
  const newAdminToken = await tokens.ensureAdmin(join(dataDir, 'admin-token'))
  return { accept, keysDirectory, key, senders, tokens, users, queue, newAdminToken }
}

export type Stores = Awaited<ReturnType<typeof openStores>>
