import { rename, rm, writeFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { buildNetworkTable, type NetworkSources } from './build-network-table.ts'
import { encodeNetworkTable } from './network-table-codec.ts'

/** What the worker is told at its start. */
export interface NetworkWorkerData {
  readonly sources: NetworkSources
  readonly version: string
  /** Where the table is kept for the next start. */
  readonly file: string
}

/** What it answers once: the table, and what went wrong with keeping it. */
export interface NetworkWorkerAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly writeError: string | null
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only openNetworkLookup starts this file
const { sources, version, file } = workerData as NetworkWorkerData
const bytes = Uint8Array.from(encodeNetworkTable(await buildNetworkTable(sources), version))
const answer: NetworkWorkerAnswer = { bytes, writeError: await keep() }
parentPort?.postMessage(answer, [bytes.buffer])

/** Whole or not at all: a service that is ended meanwhile builds it again. */
async function keep(): Promise<string | null> {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    await writeFile(temporary, bytes, { mode: 0o600 })
    await rename(temporary, file)
    return null
  } catch (error) {
    await rm(temporary, { force: true })
    return error instanceof Error ? error.message : String(error)
  }
}
