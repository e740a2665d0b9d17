import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { connectTo } from '../../../service/delivery/hosts/connect.ts'
import type { ConnectOptions } from '../../../service/delivery/hosts/connect-options.ts'
import type { ResolveSecurely, SecureAnswer } from '../../../service/delivery/hosts/dane.ts'
import type { StsPolicies } from '../../../service/delivery/hosts/sts-policies.ts'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { startScriptedHost } from '../../helpers/scripted-host.ts'
import { zone } from '../zone.ts'

const certificate = mkdtemp(join(tmpdir(), 'sluice-hosts-')).then((directory) =>
  loadCertificate({ directory, hostname: 'mx.b.test', clock: Date.now })
)

/** A domain whose one exchanger is on loopback; its records, and who validates them. */
async function ask(
  t: TestContext,
  more: Partial<ConnectOptions> & { readonly requireTls?: boolean; readonly offers?: readonly string[] }
) {
  const tls = await certificate
  const { requireTls = false, offers = ['STARTTLS', 'REQUIRETLS'], ...options } = more
  const host = await startScriptedHost(t, { offers, tls })
  const route = routeTo(host.port, { kind: 'mx', tls: 'opportunistic' })
  const outcome = await connectTo(
    { route, domain: 'b.test' },
    {
      hostname: 'mx.test',
      resolveRecords: zone({
        'b.test': { MX: [{ exchange: 'mx.b.test', priority: 1 }] },
        'mx.b.test': { A: ['127.0.0.1'] },
        '_mta-sts.b.test': { TXT: [['v=STSv1; id=one;']] }
      }),
      connectTimeoutMs: 1_000,
      socketTimeoutMs: 1_000,
      ...options
    },
    { requireTls }
  )
  t.after(() => outcome.kind === 'connected' && outcome.connection.session.abort())
  if (outcome.kind === 'refused') return `${outcome.result.kind} ${outcome.result.status}`
  const { session, keepsTls } = outcome.connection
  return `${session.tls?.verified ?? 'plain'}${keepsTls === true ? ', keeps TLS' : ''}`
}

function sts(mode: string, mx: string): StsPolicies {
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  const policy = { id: 'one', version: 'STSv1', mode, mx: [mx], maxAge: 86_400, expires }
  return { enabled: true, cache: { get: async () => policy, set: async () => undefined } }
}

function secure(tlsa: SecureAnswer, isSigned = true): ResolveSecurely {
  return async (name, type) =>
    type === 'TLSA' ? tlsa : { secure: isSigned, records: name === 'b.test' ? [{}] : ['127.0.0.1'] }
}

async function record(usage = 3) {
  const { raw } = new X509Certificate((await certificate).cert)
  return { usage, selector: 0, mtype: 1, cert: createHash('sha256').update(raw).digest() }
}

const bogus: ResolveSecurely = () => Promise.reject(Object.assign(new Error('bogus'), { code: 'ESERVFAIL' }))
const wrong = { usage: 3, selector: 0, mtype: 1, cert: Buffer.alloc(32) }
const trusted = async () => ({ authorities: [(await certificate).cert] })

test('without a policy encryption is tried, and nobody has to prove anything', async (t) => {
  assert.equal(await ask(t, {}), 'none')
  assert.equal(await ask(t, { offers: [] }), 'plain')
})

test('an enforced policy of MTA-STS lets mail only to hosts that it names and that prove themselves', async (t) => {
  assert.equal(
    await ask(t, { stsPolicies: sts('enforce', 'mx.b.test'), ...(await trusted()) }),
    'sts, keeps TLS'
  )
  assert.equal(await ask(t, { stsPolicies: sts('enforce', '*.b.test') }), 'deferred 4.7.5')
  assert.equal(await ask(t, { stsPolicies: sts('enforce', 'mx.other.test') }), 'deferred 4.7.5')
  assert.equal(await ask(t, { stsPolicies: sts('enforce', 'mx.b.test'), offers: [] }), 'deferred 4.7.10')
})

test('a policy that is only tested, or none, changes nothing', async (t) => {
  assert.equal(await ask(t, { stsPolicies: sts('testing', 'mx.other.test') }), 'none')
  assert.equal(await ask(t, { stsPolicies: sts('none', 'mx.other.test') }), 'none')
})

test('signed TLSA records prove a host, and one that they do not fit gets nothing, whatever MTA-STS says', async (t) => {
  const fits = secure({ secure: true, records: [await record()] })
  assert.equal(await ask(t, { resolveSecurely: fits, offers: ['STARTTLS'] }), 'dane')
  const stsPolicies = sts('enforce', 'mx.b.test')
  const resolveSecurely = secure({ secure: true, records: [wrong] })
  assert.equal(await ask(t, { resolveSecurely, stsPolicies, ...(await trusted()) }), 'deferred 4.7.5')
  assert.equal(await ask(t, { resolveSecurely: fits, offers: [] }), 'deferred 4.7.10')
})

test('records that nobody signed count for nothing', async (t) => {
  assert.equal(await ask(t, { resolveSecurely: secure({ secure: false, records: [wrong] }) }), 'none')
  assert.equal(await ask(t, { resolveSecurely: secure({ secure: true, records: [wrong] }, false) }), 'none')
})

test('a look-up that fails is not taken for the absence of records', async (t) => {
  assert.equal(await ask(t, { resolveSecurely: bogus }), 'deferred 4.7.5')
})

test('mail that requires TLS goes only where all of it is proven and promised (RFC 8689)', async (t) => {
  const requireTls = true
  const stsPolicies = sts('enforce', 'mx.b.test')
  const proven = { requireTls, ...(await trusted()) }
  assert.equal(await ask(t, { ...proven, stsPolicies }), 'sts, keeps TLS')
  assert.equal(
    await ask(t, { requireTls, resolveSecurely: secure({ secure: true, records: [await record()] }) }),
    'dane, keeps TLS'
  )
  assert.equal(
    await ask(t, { ...proven, resolveSecurely: secure({ secure: true, records: [] }) }),
    'pkix, keeps TLS'
  )
  assert.equal(await ask(t, proven), 'failed 5.7.30', 'nobody vouches for the look-up of the host')
  assert.equal(await ask(t, { requireTls, stsPolicies }), 'failed 5.7.30', 'an unknown authority')
  assert.equal(await ask(t, { ...proven, stsPolicies, offers: ['STARTTLS'] }), 'failed 5.7.30')
  assert.equal(await ask(t, { ...proven, offers: ['REQUIRETLS'] }), 'failed 5.7.30')
})
