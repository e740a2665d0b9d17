import type { NetworkLookup } from '../../service/scoring/networks/network-lookup.ts'
import { createObserver, type ObserverOptions } from '../../service/scoring/observing/observer.ts'
import type { Observer } from '../../service/scoring/scoring-ports.ts'

/** Any key does: hashes are only compared with each other, and none leaves the run. A fixed one makes runs repeatable. */
export const backtestKey = new Uint8Array(32).fill(7)

/** The service's worker threads. The first address waits for the table of networks: what is known of it must not hang on when it came. */
export function openWorkers(
  parse: Pick<ObserverOptions, 'workers' | 'timeLimitMs' | 'workerMemoryMiB'>,
  networks: Pick<NetworkLookup, 'originOf' | 'ready'>
): Observer {
  const workers = createObserver({ ...parse, key: backtestKey, originOf: networks.originOf })
  return {
    observe: async (submission) => {
      if (submission.client.ip !== null) await networks.ready()
      return workers.observe(submission)
    },
    recipients: (envelope) => workers.recipients(envelope),
    close: () => workers.close()
  }
}
