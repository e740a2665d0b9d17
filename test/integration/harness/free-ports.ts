import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** Ports of 127.0.0.1 that nobody listens on just now. All are held open until the last one is found, so they differ. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  try {
    for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening')
    return servers.map((server) => addressOf(server.address()).port)
  } finally {
    for (const server of servers) server.close()
  }
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1)
  return port
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener')
  return address
}
