import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { connectTo } from '../../../service/delivery/hosts/connect.ts'
import type { DeliveryRoute } from '../../../service/delivery/routes/route.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { zone } from '../zone.ts'

/** From which address the host saw us come. */
async function seenFrom(t: TestContext, changes: Partial<DeliveryRoute>): Promise<string | undefined> {
  const server = createServer()
  const connected: Promise<Socket[]> = once(server, 'connection')
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const connecting = connectTo(
    { route: routeTo(port, changes), domain: changes.kind === 'mx' ? 'b.test' : '127.0.0.1' },
    {
      hostname: 'mx.test',
      resolveRecords: zone({
        'b.test': { MX: [{ exchange: 'mx.b.test', priority: 1 }] },
        'mx.b.test': { A: ['127.0.0.1'] }
      }),
      connectTimeoutMs: 2_000,
      socketTimeoutMs: 2_000
    }
  )
  const [socket] = await connected
  const from = socket?.remoteAddress
  socket?.end('554 5.3.2 not now\r\n')
  await connecting
  return from
}

for (const kind of ['mx', 'smarthost'] as const) {
  test(`a ${kind} route leaves from its source address`, async (t) => {
    assert.equal(await seenFrom(t, { kind, sourceAddress: '127.0.0.2' }), '127.0.0.2')
  })
}
