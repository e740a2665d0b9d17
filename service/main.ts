import { createRunFileKeeper, type RunningAddresses } from './access/run-file.ts'
import type { Config } from './config/config-schema.ts'
import { openDoors } from './composition/doors.ts'
import type { OnClose, StartOptions } from './composition/house.ts'
import { openPipeline } from './composition/pipeline.ts'
import { openScoring } from './composition/scoring.ts'
import { openStores } from './composition/stores.ts'

export type { StartOptions } from './composition/house.ts'

export interface Sluice {
  readonly addresses: RunningAddresses
  /** Only at first start: the secret of the admin token that was just made. */
  readonly adminToken: string | undefined
  /** Takes the models that `active.json` names now. What cannot be used is logged, and changes nothing. */
  reload(): Promise<void>
  /** Answers what has arrived, finishes what is under way, closes the stores. */
  close(): Promise<void>
}

/**
 * The composition root: stores → models → scoring → queue → doors. What is opened is closed in the opposite order, also when a later
 * step fails. Throws the error of the room that could not start (STORAGE_LOCKED, EADDRINUSE with its address, …).
 */
export async function startSluice(config: Config, options: StartOptions): Promise<Sluice> {
  const opened: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (let end = opened.pop(); end !== undefined; end = opened.pop()) await end()
  }
  try {
    const house = await openHouse(config, options, (end) => void opened.push(end))
    return { ...house, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openHouse(config: Config, given: StartOptions, onClose: OnClose) {
  const runFile = createRunFileKeeper(config.dataDir)
  const options: StartOptions = { ...given, onHistoryServer: (server) => runFile.tellHistoryServer(server) }
  const stores = await openStores(config, options, onClose)
  const scoring = await openScoring(config, stores, options, onClose)
  const pipeline = openPipeline(config, stores, scoring, options, onClose)
  const addresses = await openDoors({ config, options, onClose, ...stores, ...scoring, ...pipeline })
  if (options.isPrivate !== true) {
    onClose(() => runFile.remove())
    await runFile.announce({ ...addresses, pid: process.pid, startedAt: new Date().toISOString() })
  }
  const reload = async (): Promise<void> => void (await scoring.models.reload())
  return { addresses, adminToken: stores.newAdminToken, reload }
}
