import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openNetworkLookup, type NetworkLookup } from './network-lookup.ts'
import { silentLogger } from '../../telemetry/logger.ts'

/**
 * Who operates which network, from the table that the service made in `dataDir`, else from one of our own for the length of a command, made once
 * somebody asks.
 */
export async function openTemporaryNetworks(dataDir: string | null): Promise<NetworkLookup> {
  const kept = dataDir === null ? '' : join(dataDir, 'networks.bin')
  const directory = existsSync(kept) ? null : await mkdtemp(join(tmpdir(), 'sluice-networks-'))
  const lookup = await openNetworkLookup({
    file: directory === null ? kept : join(directory, 'networks.bin'),
    log: silentLogger
  })
  const close = async (): Promise<void> => {
    await lookup.close()
    if (directory !== null) await rm(directory, { recursive: true, force: true })
  }
  return { ...lookup, close }
}
