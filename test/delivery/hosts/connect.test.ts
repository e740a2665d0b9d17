import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { connectTo, type ConnectOutcome } from '../../../service/delivery/hosts/connect.ts'
import type { ResolveRecords } from '../../../service/delivery/hosts/connect-options.ts'
import type { DeliveryRoute } from '../../../service/delivery/routes/route.ts'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import { zone } from '../zone.ts'

const mx = (port: number, more: Partial<DeliveryRoute> = {}): DeliveryRoute =>
  routeTo(port, { kind: 'mx', ...more })

async function connect(
  t: TestContext,
  route: DeliveryRoute,
  domain: string,
  resolveRecords?: ResolveRecords
): Promise<ConnectOutcome> {
  const outcome = await connectTo(
    { route, domain },
    { hostname: 'mx.test', resolveRecords, connectTimeoutMs: 2_000, socketTimeoutMs: 5_000 }
  )
  t.after(() => outcome.kind === 'connected' && outcome.connection.session.abort())
  return outcome
}

function refusal(outcome: ConnectOutcome): readonly [string, string] {
  return outcome.kind === 'refused' ? [outcome.result.kind, outcome.result.status] : [outcome.kind, '']
}

for (const [what, records, expected] of [
  ['a domain that does not exist', {}, ['failed', '5.1.2']],
  [
    'a domain that says it takes no mail (RFC 7505)',
    { 'b.test': { MX: [{ exchange: '', priority: 0 }] } },
    ['failed', '5.1.10']
  ],
  [
    'an exchanger on loopback',
    { 'b.test': { MX: [{ exchange: 'm.test', priority: 1 }] }, 'm.test': { A: ['127.0.0.1'] } },
    ['failed', '5.4.4']
  ],
  ['an exchanger in a private network', { 'b.test': { A: ['10.1.2.3'] } }, ['failed', '5.4.4']],
  ['an exchanger at the metadata service', { 'b.test': { A: ['169.254.169.254'] } }, ['failed', '5.4.4']],
  [
    'an exchanger that maps to loopback by IPv6',
    { 'b.test': { AAAA: ['::ffff:127.0.0.1'] } },
    ['failed', '5.4.4']
  ],
  ['a name server that fails', { 'b.test': { MX: 'ESERVFAIL' } }, ['deferred', '4.4.3']]
] as const) {
  test(`${what} is ${expected[0]} with ${expected[1]}`, async (t) => {
    const outcome = await connect(t, mx(25, { allowPrivate: false }), 'b.test', zone(records))
    assert.deepEqual(refusal(outcome), expected)
  })
}

test('an address literal is no way around', async (t) => {
  assert.deepEqual(refusal(await connect(t, mx(25, { allowPrivate: false }), '[127.0.0.1]')), [
    'failed',
    '5.4.4'
  ])
})

test('a smart host that may not be asked is a mistake of ours: the mail waits', async (t) => {
  assert.deepEqual(refusal(await connect(t, routeTo(25, { allowPrivate: false }), '127.0.0.1')), [
    'deferred',
    '4.4.3'
  ])
})

test('an exchanger that greets badly is passed over for the next', async (t) => {
  const sink = await startSink()
  t.after(() => sink.close())
  let asked = 0
  const bad = await startSink(
    { greeting: () => ((asked += 1), '554 5.3.2 no service') },
    sink.port,
    '127.0.0.2'
  )
  t.after(() => bad.close())
  const records = {
    'b.test': {
      MX: [
        { exchange: 'one.test', priority: 1 },
        { exchange: 'two.test', priority: 2 }
      ]
    },
    'one.test': { A: ['127.0.0.2'] },
    'two.test': { A: ['127.0.0.1'] }
  }
  const outcome = await connect(t, mx(sink.port), 'b.test', zone(records))
  assert.equal(outcome.kind === 'connected' && outcome.connection.mx, 'two.test')
  assert.equal(asked, 1)
})

async function startTlsSink(t: TestContext, secure: boolean): Promise<number> {
  const certificate = await loadCertificate({
    directory: await mkdtemp(join(tmpdir(), 'sluice-tls-')),
    hostname: 'localhost',
    clock: Date.now
  })
  const server = new SMTPServer({
    ...certificate,
    secure,
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 10,
    onAuth: ({ username, password }, _session, done) =>
      password === 'right horse' ? done(null, { user: username }) : done(new Error('who?'))
  })
  server.on('error', () => undefined)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const address = server.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('opportunistic encryption takes a certificate that nobody signed', async (t) => {
  const outcome = await connect(
    t,
    routeTo(await startTlsSink(t, false), { tls: 'opportunistic' }),
    'localhost'
  )
  assert.equal(outcome.kind, 'connected')
})

for (const tls of ['required', 'implicit'] as const) {
  test(`${tls} encryption does not`, async (t) => {
    const outcome = await connect(t, routeTo(await startTlsSink(t, tls === 'implicit'), { tls }), 'localhost')
    assert.equal(refusal(outcome)[0], 'deferred')
  })
}

test('required encryption that is not offered keeps the mail here', async (t) => {
  const sink = await startSink()
  t.after(() => sink.close())
  assert.equal(refusal(await connect(t, routeTo(sink.port, { tls: 'required' }), '127.0.0.1'))[0], 'deferred')
})

test('opportunistic encryption that fails falls back to none (RFC 7435)', async (t) => {
  const sink = await startSink({ extensions: ['STARTTLS', 'PIPELINING'], startTls: '220 2.0.0 go on' })
  t.after(() => sink.close())
  const outcome = await connect(t, routeTo(sink.port, { tls: 'opportunistic' }), '127.0.0.1')
  assert.equal(outcome.kind, 'connected')
  assert.equal(sink.connections.total, 2)
})

for (const [password, kind] of [
  ['right horse', 'connected'],
  ['wrong', 'deferred']
] as const) {
  test(`a smart host is shown our name and password: ${kind}`, async (t) => {
    const route = routeTo(await startTlsSink(t, false), { tls: 'opportunistic', user: 'relay', password })
    assert.equal(refusal(await connect(t, route, 'localhost'))[0], kind)
  })
}

test('no password is sent where encryption was not had, wanted or not', async (t) => {
  const said: string[] = []
  const sink = await startSink({ extensions: ['AUTH PLAIN LOGIN'], heard: (line) => void said.push(line) })
  t.after(() => sink.close())
  const route = routeTo(sink.port, { tls: 'opportunistic', user: 'relay', password: 'right horse' })
  assert.deepEqual(refusal(await connect(t, route, '127.0.0.1')), ['deferred', '4.7.0'])
  assert.ok(!said.some((line) => line.startsWith('AUTH')))
})
