import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config/config-schema.ts'
import { openNetworkLookup } from '../scoring/networks/network-lookup.ts'
import { createObserver } from '../scoring/observing/observer.ts'
import { createRememberVerdict } from '../operations/history/remember-verdict.ts'
import { createRememberRouted } from '../operations/holds/routed-holds.ts'
import { createRememberShadow } from '../operations/shadow-verdicts.ts'
import type { Concluded } from '../scoring/scoring-ports.ts'
import { createBeside } from '../scoring/beside/beside.ts'
import { createOwnership } from '../scoring/ownership.ts'
import { createScoreSubmission } from '../scoring/score-submission.ts'
import { clock, newId, type OnClose, type StartOptions } from './house.ts'
import { rememberHistoryIn } from './history.ts'
import { createIdentity } from './identity.ts'
import { openMalwareScan } from './malware.ts'
import { openModels } from './models.ts'
import type { Stores } from './stores.ts'

export async function openScoring(config: Config, stores: Stores, options: StartOptions, onClose: OnClose) {
  const { log } = options
  const { accept, key, senders, campaigns, outcomes, scoreWindow, limitsOf, comparisons, history, metrics } =
    stores
  const { policy, limits, parse, http } = config
  const models = await openModels(config, { accept, history }, log, onClose)
  const workers = parse.workers > 0 ? parse.workers : Math.max(1, availableParallelism() - 1)
  const networks = await openNetworkLookup({ file: join(config.dataDir, 'networks.bin'), log })
  onClose(() => networks.close())
  const observer = createObserver({ ...parse, workers, key, originOf: networks.originOf })
  onClose(() => observer.close())
  const scanMalware = openMalwareScan(config, metrics, options)
  const beside = createBeside({ comparisons, accept, metrics, log })
  onClose(() => beside.close())
  const scoreSubmission = createScoreSubmission({
    observer,
    ...createIdentity(config),
    senders,
    campaigns,
    outcomes,
    models,
    beside,
    accept,
    policy,
    budgetWindow: { window: scoreWindow, options: policy.budgetWindow },
    limits,
    limitsOf,
    clock,
    newId,
    metrics,
    log,
    maxPending: http.maxPending,
    ...(scanMalware && { scanMalware }),
    findForeign: createOwnership(config).findForeign,
    forecastAlignment: stores.authentication.forecastAlignment,
    onConcluded: rememberIn(stores)
  })
  return { models, observer, networks, scoreSubmission }
}

export type Scoring = Awaited<ReturnType<typeof openScoring>>

/** Inside the transaction of a verdict: everything that is remembered of it elsewhere. */
function rememberIn({ memory, ledger, routed, shadow, history, key, senders }: Stores) {
  const rememberVerdict = createRememberVerdict({ memory, ledger })
  const rememberHistory = rememberHistoryIn(history, key, senders)
  const rememberRouted = createRememberRouted({ routed })
  const rememberShadow = createRememberShadow({ shadow })
  return (concluded: Concluded): void => {
    rememberVerdict(concluded)
    rememberShadow(concluded)
    rememberRouted(concluded)
    rememberHistory(concluded)
  }
}
