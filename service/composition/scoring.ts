import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config/config-schema.ts'
import { loadModels } from '../models/load-models.ts'
import { openNetworkLookup } from '../scoring/networks/network-lookup.ts'
import { createObserver } from '../scoring/observing/observer.ts'
import { createRememberVerdict } from '../operations/remember-verdict.ts'
import { createRememberShadow } from '../operations/shadow-verdicts.ts'
import { createScoreSubmission } from '../scoring/score-submission.ts'
import { clock, newId, type OnClose, type StartOptions } from './house.ts'
import { rememberHistoryIn } from './history.ts'
import { createIdentity } from './identity.ts'
import type { Stores } from './stores.ts'

export async function openScoring(
  config: Config,
  {
    accept,
    key,
    senders,
    campaigns,
    outcomes,
    scoreWindow,
    memory,
    limitsOf,
    ledger,
    shadow,
    history,
    metrics
  }: Stores,
  { log }: StartOptions,
  onClose: OnClose
) {
  const { policy, limits, parse, http } = config
  const models = await loadModels({
    directory: join(config.dataDir, 'models'),
    backend: config.models.backend,
    log
  })
  onClose(() => models.close())
  const workers = parse.workers > 0 ? parse.workers : Math.max(1, availableParallelism() - 1)
  const networks = await openNetworkLookup({ file: join(config.dataDir, 'networks.bin'), log })
  onClose(() => networks.close())
  const observer = createObserver({ ...parse, workers, key, originOf: networks.originOf })
  onClose(() => observer.close())
  const rememberVerdict = createRememberVerdict({ memory, ledger })
  const rememberHistory = rememberHistoryIn(history, key)
  const rememberShadow = createRememberShadow({ shadow })
  const scoreSubmission = createScoreSubmission({
    observer,
    ...createIdentity(config),
    senders,
    campaigns,
    outcomes,
    models: models.scoring,
    background: models.background,
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
    onConcluded: (concluded) => {
      rememberVerdict(concluded)
      rememberShadow(concluded)
      rememberHistory(concluded)
    }
  })
  return { models, observer, scoreSubmission }
}

export type Scoring = Awaited<ReturnType<typeof openScoring>>
