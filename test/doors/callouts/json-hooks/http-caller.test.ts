import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, test } from 'node:test'
import { parseNetworks } from '../../../../service/access/networks.ts'
import { bearer, client, openHooks } from '../open-hooks.ts'
import { dataStage } from '../stalwart/stalwart-mail.ts'

const hooks = await openHooks(
  { after },
  {
    clients: [
      client('stalwart', { name: 'untrusted', trusted: false }, { password: 'untrusted client' }),
      client('stalwart', { name: 'by-password' }),
      client('stalwart', { name: 'by-network' }, { networks: parseNetworks(['192.0.2.0/24']) }),
      client('mta-hooks', { name: 'other-protocol' }, { password: 'of the other protocol' })
    ]
  }
)
const { app, submissions } = hooks

interface From {
  readonly headers?: Readonly<Record<string, string>>
  readonly remoteAddress?: string
}

async function ask(from: From): Promise<{ status: number; caller: string | null; learn: string | null }> {
  submissions.length = 0
  const { headers = {}, ...place } = from
  const response = await app.inject({
    method: 'POST',
    url: '/callouts/stalwart',
    payload: dataStage(),
    headers,
    ...place
  })
  const { caller = null, learn = null } = submissions[0] ?? {}
  return { status: response.statusCode, caller, learn }
}

const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
const far = '198.51.100.9'

const cases: readonly (readonly [
  who: string,
  from: From,
  status: number,
  caller: string | null,
  learn: string | null
])[] = [
  ['a program of this machine', {}, 200, 'mta:unnamed-stalwart', 'never'],
  [
    'it on a dual-stack listener',
    { remoteAddress: '::ffff:127.0.0.1' },
    200,
    'mta:unnamed-stalwart',
    'never'
  ],
  ['a stranger from elsewhere', { remoteAddress: far }, 401, null, null],
  ['what a proxy hands on from elsewhere', { headers: { 'x-forwarded-for': far } }, 401, null, null],
  [
    'what a proxy on a client’s network hands on from elsewhere',
    { remoteAddress: '192.0.2.7', headers: { 'x-forwarded-for': far } },
    401,
    null,
    null
  ],
  [
    'the same with a client’s password',
    { remoteAddress: '192.0.2.7', headers: { 'x-forwarded-for': far, ...bearer('correct horse battery') } },
    200,
    'mta:mx1',
    'auto'
  ],
  ['a configured client by its network', { remoteAddress: '192.0.2.7' }, 200, 'mta:mx1', 'auto'],
  [
    'a configured client by its password as Bearer',
    { remoteAddress: far, headers: bearer('correct horse battery') },
    200,
    'mta:mx1',
    'auto'
  ],
  [
    'a configured client by its password as Basic',
    { remoteAddress: far, headers: basic('sluice:correct horse battery') },
    200,
    'mta:mx1',
    'auto'
  ],
  ['a client that is not trusted', { headers: basic('x:untrusted client') }, 200, 'mta:mx1', 'never'],
  ['a client of another protocol', { headers: basic('x:of the other protocol') }, 401, null, null],
  ['who shows a wrong secret, even from here', { headers: bearer('wrong') }, 401, null, null],
  ['who shows another scheme', { headers: { authorization: 'Digest username="x"' } }, 401, null, null],
  ['who shows an empty secret', { headers: basic('') }, 401, null, null]
]

for (const [who, from, status, caller, learn] of cases)
  test(`${who} is answered with ${status}${learn === null ? '' : `, and teaches: ${learn}`}`, async () => {
    assert.deepEqual(await ask(from), { status, caller, learn })
  })

test('a token of scope score teaches, under its own name', async () => {
  const headers = bearer(await hooks.secretFor('score'))
  const { status, caller, learn } = await ask({ remoteAddress: far, headers })
  assert.deepEqual([status, caller?.slice(0, 8), learn], [200, 'mta:tok_', 'auto'])
})

test('a token of scope score teaches for a configured client that is not trusted by itself', async () => {
  const found = client('stalwart', { trusted: false }, { networks: parseNetworks(['127.0.0.0/8']) })
  const own = await openHooks({ after }, { clients: [found] })
  const headers = bearer(await own.secretFor('score'))
  await own.app.inject({ method: 'POST', url: '/callouts/stalwart', payload: dataStage(), headers })
  assert.deepEqual(
    own.submissions.map(({ caller, learn }) => [caller, learn]),
    [['mta:mx1', 'auto']]
  )
})

test('a token of another scope is refused', async () => {
  const headers = bearer(await hooks.secretFor('feedback'))
  assert.deepEqual(await ask({ headers }), { status: 403, caller: null, learn: null })
})

test('who is refused is not read: a body beyond every limit gets the same answer', async () => {
  const response = await app.inject({
    method: 'POST',
    url: '/callouts/stalwart',
    headers: { 'content-type': 'application/json', ...bearer('wrong') },
    payload: '['.repeat(1_000_000)
  })
  assert.deepEqual([response.statusCode, response.json().code], [401, 'TOKEN_INVALID'])
})

/** Posts a hook and resets the connection, all of it before this process looks. */
const resetScript = `
  const [port, body] = process.argv.slice(1)
  const socket = require('node:net').connect(Number(port), '127.0.0.1')
  const head = 'POST /callouts/stalwart HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: application/json\\r\\n'
  const question = head + 'Content-Length: ' + Buffer.byteLength(body) + '\\r\\n\\r\\n' + body
  socket.on('connect', () => socket.write(question, () => setTimeout(() => socket.resetAndDestroy(), 20)))
`

test('who has gone before anybody looked is no client by its network', async () => {
  const elsewhere = client('stalwart', {}, { networks: parseNetworks(['192.0.2.0/24']) })
  const own = await openHooks({ after }, { clients: [elsewhere] })
  const address = await own.app.listen({ host: '127.0.0.1', port: 0 })
  spawnSync(process.execPath, ['-e', resetScript, new URL(address).port, JSON.stringify(dataStage())])
  const honest = await fetch(`${address}/callouts/stalwart`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(dataStage())
  })
  assert.equal(honest.status, 200)
  assert.deepEqual(
    own.submissions.filter(({ learn }) => learn === 'auto'),
    []
  )
})
