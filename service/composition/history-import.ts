import { createHmac } from 'node:crypto'
import type { Config } from '../config/config-schema.ts'
import { createImportPast, type ImportPast } from '../operations/history/import-past.ts'
import { pastHistoryIn } from './history.ts'
import { clock } from './house.ts'
import { createIdentity } from './identity.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

type House = Pick<Stores, 'senders' | 'imports' | 'history' | 'key' | 'accept'> &
  Pick<Scoring, 'observer' | 'networks'> & { readonly config: Config }

/** How mail that was sent before Sluice came is learned. */
export function createHistoryImport(house: House): ImportPast {
  const { config, senders, imports, history, key, accept, observer, networks } = house
  const { resolveSender } = createIdentity(config)
  return createImportPast({
    observer,
    senders,
    resolveSender,
    records: imports,
    history: pastHistoryIn(history, key, config.clickhouse),
    digestOf: (parts) => {
      const digest = createHmac('sha256', key)
      for (const part of parts) digest.update(part).update('\0')
      return digest.digest('base64url').slice(0, 22)
    },
    networksReady: () => networks.ready(),
    accept,
    clock
  })
}
