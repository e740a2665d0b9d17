import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { unknownOrigin, type NetworkOrigin } from '../../observation/network.ts'
import type { Logger } from '../../telemetry/logger.ts'
import { findNetworkPackages, type ResolvePackage } from './network-packages.ts'
import { decodeNetworkTable } from './network-table-codec.ts'
import { originIn, type NetworkTable } from './network-table.ts'
import type { NetworkWorkerAnswer, NetworkWorkerData } from './network-worker.ts'
import { isPublicAddress } from './public-address.ts'

/** Who operates a client's network and where it is registered: autonomous system and country. */
export interface NetworkLookup {
  /** At once; nothing is known of private addresses, nor of any while the table is being made. */
  readonly originOf: (ip: string | null) => NetworkOrigin
  /** Resolves when the table is there, or can't be had. Makes it if need be. */
  ready(): Promise<void>
  close(): Promise<void>
}

export interface NetworkLookupOptions {
  /** Where the table is kept between starts. It is made once per version of the packages, in 2 s beside the service. */
  readonly file: string
  readonly log: Pick<Logger, 'warn'>
  /** Where the packages are. Default: installed beside Sluice. */
  readonly resolve?: ResolvePackage
}

/** Without the packages nothing is known of any address, and one line of the log says so. Never rejects. */
export async function openNetworkLookup(options: NetworkLookupOptions): Promise<NetworkLookup> {
  const { file, log, resolve } = options
  const packages = await findNetworkPackages(resolve).catch((error: unknown) => {
    log.warn('scoring.networks_unknown', { error: messageOf(error) })
  })
  if (packages === undefined) return nothingKnown

  let table = await readTable(file, packages.version)
  let worker: Worker | undefined
  let making: Promise<void> | undefined
  let closed = false
  const make = async (): Promise<void> => {
    if (table !== undefined || closed) return
    const workerData: NetworkWorkerData = { ...packages, file }
    worker = new Worker(new URL('network-worker.ts', import.meta.url), { workerData })
    try {
      const { bytes, writeError } = await answerOf(worker)
      table = decodeNetworkTable(bytes, packages.version)
      if (writeError !== null) log.warn('scoring.networks_not_kept', { file, error: writeError })
    } catch (error) {
      if (!closed) log.warn('scoring.networks_unknown', { error: messageOf(error) })
    }
  }
  const ready = (): Promise<void> => (making ??= make())

  return {
    originOf: (ip) => {
      if (ip === null) return unknownOrigin
      if (table !== undefined) return originIn(table, ip)
      // Not before somebody asks: who only ever meets his own networks needs no table of the world
      if (isPublicAddress(ip)) void ready()
      return unknownOrigin
    },
    ready,
    close: async () => {
      closed = true
      await worker?.terminate()
    }
  }
}

const nothingKnown: NetworkLookup = {
  originOf: () => unknownOrigin,
  ready: () => Promise.resolve(),
  close: () => Promise.resolve()
}

/** undefined where it is missing, damaged or of another version: it is made anew then. */
async function readTable(file: string, version: string): Promise<NetworkTable | undefined> {
  try {
    return decodeNetworkTable(await readFile(file), version)
  } catch {
    return undefined
  }
}

function answerOf(worker: Worker): Promise<NetworkWorkerAnswer> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('ended before the table was made')))
  })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
