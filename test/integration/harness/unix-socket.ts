import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryDirectory } from './temporary-directory.ts'
import { waitFor } from './wait-for.ts'

/** A path for Sluice's socket in a directory of its own, whose group the socket gets: that group may ask, nobody else. */
export async function socketFor(group: string): Promise<string> {
  const directory = await temporaryDirectory('run')
  await promisify(execFile)('chown', [`root:${group}`, directory])
  await promisify(execFile)('chmod', ['2750', directory])
  return join(directory, 'rspamd.sock')
}

/**
 * Waits until somebody has connected to a unix socket whose process is stopped: Linux lists a connection that was not taken yet beside
 * the listener, under the same path (proc(5)).
 */
export async function askedOver(socket: string): Promise<void> {
  await waitFor('Sluice is asked', async () => {
    const table = await readFile('/proc/net/unix', 'utf8')
    return table.split('\n').filter((line) => line.endsWith(` ${socket}`)).length > 1
  })
}
