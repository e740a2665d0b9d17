import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { answersAnybody } from '../../service/history/embedded/answers-anybody.ts'

async function serverThatSays(t: TestContext, status: number): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end('1\n'))
  t.after(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a server that answers a query without the key is open, one that finds nothing or is away is not', async (t) => {
  assert.equal(await answersAnybody(await serverThatSays(t, 200)), true)
  assert.equal(await answersAnybody(await serverThatSays(t, 404)), false)
  assert.equal(await answersAnybody('http://127.0.0.1:1'), false)
})
