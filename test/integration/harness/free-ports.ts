import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Below the ports that Linux gives to connections (32768 to 60999), so that none of these takes one before its program listens. */
const lowest = 12_000
const highest = 32_000

/** Ports of 127.0.0.1 that nobody listens on just now. All are held open until the last one is found, so they differ. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = new Map<number, Server>()
  try {
    while (held.size < count) {
      const port = randomInt(lowest, highest)
      const server = await listenOn(port)
      if (server !== undefined) held.set(port, server)
    }
    return [...held.keys()]
  } finally {
    await Promise.all(Array.from(held.values(), (server) => once(server.close(), 'close')))
  }
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1)
  return port
}

/** undefined: somebody else has it. */
async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return server
  } catch {
    return undefined
  }
}
