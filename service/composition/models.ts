import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config/config-schema.ts'
import { createEraseFrozen } from '../models/frozen/erase-frozen.ts'
import { gateMessageSchema } from '../models/frozen/gate-report.ts'
import { modelNames } from '../models/load-model.ts'
import { createModelRegistry } from '../models/shelf/model-registry.ts'
import { openModelShelf, type ModelShelf } from '../models/shelf/model-shelf.ts'
import { createModelActs } from '../operations/models/model-acts.ts'
import { createRunGate } from '../operations/models/run-gate.ts'
import { createShowModels } from '../operations/models/show-models.ts'
import { windowFillOf, type WindowFill } from '../scoring/window-fill.ts'
import { replaceFile } from '../storage/durable-file.ts'
import type { Logger } from '../telemetry/logger.ts'
import { createModelDiary, recordModelEventsIn } from './history.ts'
import type { OnClose, StartOptions } from './house.ts'
import type { Stores } from './stores.ts'
import { openTraining, showDriftIn, showRunsIn } from './training.ts'

/** Messages that came with this release, for installations that have none of their own. */
const bundledFrozen = fileURLToPath(new URL('../../training/gate/frozen/', import.meta.url))

/** The models in use, exchanged when `active.json` is. */
export async function openModels(
  { dataDir, models }: Config,
  { accept, history }: Pick<Stores, 'accept' | 'history'>,
  log: Logger,
  onClose: OnClose
): Promise<ModelShelf> {
  const diary = createModelDiary(history, accept)
  const { backend, autoReload, shadow } = models
  const shelf = await openModelShelf({
    directory: join(dataDir, 'models'),
    backend,
    autoReload,
    shadows: shadow,
    onEvent: (event) => diary.onEvent(event),
    log
  })
  onClose(() => shelf.close())
  await diary.write()
  return shelf
}

type House = Stores & {
  readonly config: Config
  readonly options: StartOptions
  readonly models: ModelShelf
}

/** What people do with models, and see of them. */
export function openModelActs({ config, options, models: shelf, ...stores }: House) {
  const { policy, models, dataDir } = config
  const registry = createModelRegistry({ directory: join(dataDir, 'models'), replaceFile })
  const budgetWindow = { window: stores.scoreWindow, options: policy.budgetWindow }
  const windowFill = (version: string): WindowFill => windowFillOf(budgetWindow, version)
  const shared = { ...stores, registry, shelf, windowFill }
  const closing = new AbortController()
  const modelActs = createModelActs({
    ...shared,
    runGate: createRunGate({ readMessage: (raw) => gateMessageSchema.parse(raw), signal: closing.signal }),
    frozenSets: (name) => [ownFrozen(config, name), join(bundledFrozen, name)],
    shadows: models.shadow,
    holdBudgetPer10k: policy.holdBudgetPer10k,
    keepVersions: models.keepVersions,
    onEvent: recordModelEventsIn(stores.history),
    log: options.log
  })
  const house = { config, options, ...stores }
  const training = openTraining(house, modelActs, closing.signal)
  const runs = showRunsIn(house)
  const showModels = createShowModels({ ...shared, underWay: modelActs.underWay, runs })
  /** A gate or a training under way ends at once, and nothing is promoted. */
  const close = async (): Promise<void> => {
    closing.abort()
    await training()
  }
  return { modelActs, showModels, showDrift: showDriftIn(config), trainingHealth: runs.health, close }
}

function ownFrozen({ dataDir }: Pick<Config, 'dataDir'>, name: string): string {
  return join(dataDir, 'models', 'frozen', name)
}

/** With a sender's history its messages leave what versions are measured on. A set that is damaged is told when history is done. */
export function eraseFrozenToo<Erased>(
  config: Pick<Config, 'dataDir'>,
  eraseHistory: (sender: string) => Promise<Erased>
): (sender: string) => Promise<Erased> {
  const eraseFrozen = createEraseFrozen(modelNames.map((name) => ownFrozen(config, name)))
  return async (sender) => {
    const erased = await eraseHistory(sender)
    await eraseFrozen(sender)
    return erased
  }
}
