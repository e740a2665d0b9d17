import type { Config } from '../config/config-schema.ts'
import type { HistoryServerRoutesOptions } from '../doors/api/routes/history-server-routes.ts'
import { describeHistoryFault } from '../history/history-error.ts'
import { createIdentity } from './identity.ts'
import type { Stores } from './stores.ts'

type House = Pick<Stores, 'senders' | 'history'> & { readonly config: Config }

/** Where those who train find history, and under which keys senders stand in it. */
export function findHistoryIn({
  senders,
  history,
  config
}: House): HistoryServerRoutesOptions['findHistory'] {
  if (history === null) return null
  const { resolveSender } = createIdentity(config)
  const keyOf = (sender: string): string =>
    senders.keyOf(resolveSender({ sender, auth: null, envelope: { mailFrom: null, rcptTo: [] } }).id)
  return async (names) => {
    try {
      await history.drain()
      const { url, headers } = await history.address()
      const server = { url, headers: { ...headers }, database: history.database }
      return { kind: 'found', server: { ...server, senderKeys: names.map(keyOf) } }
    } catch (error) {
      return { kind: 'away', why: describeHistoryFault(error) }
    }
  }
}
