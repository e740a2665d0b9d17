import { readRunFile, type RunFile } from '../../access/run-file.ts'
import type { LoadedConfig } from '../../config/load-config.ts'
import { adminTokenOf, createServiceClient, type ServiceClient } from './service-client.ts'

/** The service that runs on this data directory, as its run.json says; undefined: none, or one that has died. */
export async function findService({ config, secrets }: LoadedConfig): Promise<ServiceClient | undefined> {
  const run = await readRunFile(config.dataDir)
  if (run === undefined || !isAlive(run) || !(await answers(run.http))) return undefined
  const token = await adminTokenOf(config.dataDir, secrets.adminToken)
  return createServiceClient({ address: run.http, token })
}

/** After a kill -9 the file stays; a later process may even have the same pid, so that HTTP has to answer too. */
function isAlive({ pid }: RunFile): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const answerMs = 5_000

async function answers(http: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/health/live', http), { signal: AbortSignal.timeout(answerMs) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
