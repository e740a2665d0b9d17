import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { createSocketServer, type Place } from '../../../../service/doors/callouts/listening/socket-server.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'

/** Serves every connection by telling whom it takes it for. */
async function open(
  t: TestContext,
  place: Place
): Promise<{ port: number | null; peers: (string | null)[] }> {
  const peers: (string | null)[] = []
  const server = createSocketServer({
    name: 'test',
    maxConnections: 10,
    log: silentLogger,
    async serve({ socket, peer }) {
      peers.push(peer)
      socket.end('served')
    }
  })
  const port = await server.listen(place)
  t.after(() => server.close())
  return { port, peers }
}

const local: Place = { host: '127.0.0.1', port: 0 }

/** Connects, says something and resets the connection, all of it before this process looks. */
const resetScript = `
  const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1')
  socket.on('connect', () => socket.write('CHECK', () => setTimeout(() => socket.resetAndDestroy(), 20)))
`

test('who has gone before it was accepted has no address, and is not taken for the owner of a unix socket', async (t) => {
  const { port, peers } = await open(t, local)
  spawnSync(process.execPath, ['-e', resetScript, String(port)])
  const honest = connect({ port: port ?? 0, host: '127.0.0.1' })
  assert.equal((await buffer(honest)).toString(), 'served')
  assert.deepEqual(peers, ['127.0.0.1'])
})

test('over a unix socket there is no address', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-socket-'))
  t.after(() => rm(directory, { recursive: true }))
  const path = join(directory, 'x.sock')
  const { port, peers } = await open(t, { path })
  assert.equal((await buffer(connect({ path }))).toString(), 'served')
  assert.deepEqual([port, peers], [null, [null]])
})

test('a socket that a killed service left behind is replaced, and a file of another kind is not', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-socket-'))
  t.after(() => rm(directory, { recursive: true }))
  const left = join(directory, 'left.sock')
  const script = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', script, left])
  await open(t, { path: left })
  const client = connect({ path: left })
  await once(client, 'connect')
  client.destroy()
  const file = join(directory, 'precious')
  await writeFile(file, 'x')
  await assert.rejects(open(t, { path: file }), { code: 'EADDRINUSE' })
})
