import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Closing } from '../harness/closing.ts'

/** The operator's own account system, as core/http-auth asks it: HTTP Basic with the name percent-encoded, 200 for those who may send. */
export async function openUsers(t: Closing, users: readonly string[], password: string): Promise<string> {
  const known = new Set(
    users.map((user) => `Basic ${Buffer.from(`${encodeURIComponent(user)}:${password}`).toString('base64')}`)
  )
  const server = createServer((request, response) => {
    response.writeHead(known.has(request.headers.authorization ?? '') ? 200 : 401).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener')
  return `http://127.0.0.1:${address.port}/`
}
