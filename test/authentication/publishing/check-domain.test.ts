import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bounded } from '../../../service/authentication/dns/resolve.ts'
import type { Egress } from '../../../service/authentication/hosts/egress.ts'
import {
  createCheckDomain,
  type DomainCheck
} from '../../../service/authentication/publishing/check-domain.ts'
import { zone, type Zone } from '../../delivery/zone.ts'
import { domainKeys, keyTexts } from '../keys.ts'
import { texts } from '../verify.ts'

const domain = 'example.org'
const ip = '203.0.113.25'
const ip6 = '2001:db8:1::25'
const helo = 'mx.example.org'
const ways: readonly Egress[] = [
  { route: 'direct', kind: 'direct', helo, addresses: [ip, ip6], from: 'configuration' }
]

const whole: Zone = {
  ...texts({
    [domain]: `v=spf1 ip4:${ip} ip6:${ip6} -all`,
    [`_dmarc.${domain}`]: 'v=DMARC1; p=reject; rua=mailto:d@example.org',
    [`_mta-sts.${domain}`]: 'v=STSv1; id=20261122',
    [`_smtp._tls.${domain}`]: 'v=TLSRPTv1; rua=mailto:t@example.org',
    ...(await keyTexts(domain))
  }),
  [`mta-sts.${domain}`]: { A: ['192.0.2.80'] },
  [helo]: { A: [ip], AAAA: [ip6] },
  '25.113.0.203.in-addr.arpa': { PTR: [helo] },
  '5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': { PTR: [`${helo}.`] }
}

interface Given {
  readonly zone?: Zone
  readonly ways?: readonly Egress[]
  readonly keys?: 'none'
}

async function check(given: Given = {}): Promise<DomainCheck> {
  const checkDomain = createCheckDomain({
    store: { read: async () => (given.keys === 'none' ? undefined : await domainKeys(domain)) },
    ways: () => Promise.resolve(given.ways ?? ways),
    resolve: bounded(zone({ ...whole, ...given.zone }))
  })
  return checkDomain(domain)
}

test('a domain that publishes everything is as it should be', async () => {
  const { ok, records, notes } = await check()
  assert.deepEqual(
    records.filter(({ state, change }) => state !== 'ok' || change !== null),
    []
  )
  assert.equal(ok, true)
  assert.deepEqual(notes, [])
  assert.deepEqual(
    records.map(({ kind }) => kind),
    ['SPF', 'DKIM', 'DKIM', 'DMARC', 'MTA-STS', 'TLS-RPT', 'PTR', 'HELO', 'PTR', 'HELO']
  )
})

const rsa = `sluice1-rsa._domainkey.${domain}`
const spf = (...records: readonly string[]): Zone => ({ [domain]: { TXT: records.map((one) => [one]) } })
const includes = Array.from({ length: 6 }, (_, at) => `include:i${at}.test`).join(' ')

const faults: readonly (readonly [string, Zone, string, RegExp])[] = [
  ['no SPF record', { [domain]: { TXT: [['other']] } }, 'SPF missing', /Publish at example\.org: TXT "v=spf1 ip4:203\.0\.113\.25 ip6:2001:db8:1::25 -all"/u],
  ['no such domain', { [domain]: { TXT: 'ENOTFOUND' } }, 'SPF missing', /Publish/u],
  ['an SPF record without one of our addresses', spf(`v=spf1 ip4:${ip} ~all`), 'SPF differs', /"v=spf1 ip4:203\.0\.113\.25 ip6:2001:db8:1::25 ~all"/u],
  ['an SPF record that redirects elsewhere', { ...spf('v=spf1 redirect=r.test'), ...texts({ 'r.test': 'v=spf1 -all' }) }, 'SPF differs', /"v=spf1 ip4:203\.0\.113\.25 ip6:2001:db8:1::25 redirect=r\.test"/u],
  ['+all', spf('v=spf1 +all'), 'SPF dangerous', /everybody/u],
  ['all without a sign', spf('v=spf1 all'), 'SPF dangerous', /everybody/u],
  ['the whole Internet by its addresses', spf('v=spf1 ip4:0.0.0.0/0 -all'), 'SPF dangerous', /whole Internet/u],
  ['two SPF records', spf('v=spf1 -all', 'v=spf1 ~all'), 'SPF dangerous', /Join the 2/u],
  ['more than ten look-ups', { ...spf(`v=spf1 ${includes} -all`), ...texts(Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`i${at}.test`, 'v=spf1 a mx -all']))) }, 'SPF dangerous', /needs 18 look-ups/u],
  ['an include that leads in a circle', spf(`v=spf1 include:${domain} ip4:${ip} -all`), 'SPF dangerous', /circle/u],
  ['an include of nothing', spf('v=spf1 include:nowhere.test -all'), 'SPF dangerous', /include:nowhere\.test/u],
  ['SERVFAIL for SPF', { [domain]: { TXT: 'ESERVFAIL' } }, 'SPF unknown', /ESERVFAIL/u],
  ['a time-out for SPF', { [domain]: { TXT: 'ETIMEOUT' } }, 'SPF unknown', /ETIMEOUT/u],
  ['a huge TXT answer', { [domain]: { TXT: [['v=spf1 '.padEnd(60_000, 'x')]] } }, 'SPF unknown', /EBADRESP/u],
  ['no key record', { [rsa]: {} }, 'DKIM missing', /Publish at sluice1-rsa\._domainkey\.example\.org: TXT "v=DKIM1; k=rsa/u],
  ['a revoked key', texts({ [rsa]: 'v=DKIM1; k=rsa; p=' }), 'DKIM dangerous', /revoked/u],
  ['another key', texts({ [rsa]: 'v=DKIM1; k=rsa; p=QUJD' }), 'DKIM dangerous', /another key/u],
  ['two key records', { [rsa]: { TXT: [['v=DKIM1; p=QUJD'], ['v=DKIM1; p=QUJE']] } }, 'DKIM dangerous', /Leave one record/u],
  ['no DMARC record', { [`_dmarc.${domain}`]: {} }, 'DMARC missing', /_dmarc\.example\.org: TXT "v=DMARC1; p=none/u],
  ['two DMARC records', { [`_dmarc.${domain}`]: { TXT: [['v=DMARC1; p=none'], ['v=DMARC1; p=reject']] } }, 'DMARC dangerous', /Leave one/u],
  ['a DMARC record without a policy', texts({ [`_dmarc.${domain}`]: 'v=DMARC1; rua=mailto:a@b.test' }), 'DMARC differs', /p=none, p=quarantine or p=reject/u],
  ['no MTA-STS', { [`_mta-sts.${domain}`]: {} }, 'MTA-STS missing', /mta-sts\.txt/u],
  ['an MTA-STS record whose policy nobody serves', { [`mta-sts.${domain}`]: {} }, 'MTA-STS differs', /address for mta-sts/u],
  ['no TLS-RPT', { [`_smtp._tls.${domain}`]: {} }, 'TLS-RPT missing', /TLSRPTv1/u],
  ['no reverse name', { '25.113.0.203.in-addr.arpa': {} }, 'PTR missing', /set its reverse name/u],
  ['a reverse name that leads elsewhere', { '25.113.0.203.in-addr.arpa': { PTR: ['pool-25.isp.test'] }, 'pool-25.isp.test': { A: ['192.0.2.1'] } }, 'PTR differs', /does not have the address 203\.0\.113\.25/u],
  ['a reverse name whose name server is silent', { '25.113.0.203.in-addr.arpa': { PTR: ['slow.test'] }, 'slow.test': { A: 'ETIMEOUT' } }, 'PTR unknown', /did not answer/u],
  ['a HELO name without the address', { [helo]: { A: ['192.0.2.1'], AAAA: [ip6] } }, 'HELO differs', /also: A 203\.0\.113\.25/u],
  ['a HELO name that does not exist', { [helo]: { A: 'ENOTFOUND', AAAA: 'ENOTFOUND' } }, 'HELO missing', /A 203\.0\.113\.25/u]
] // prettier-ignore

for (const [name, records, expected, change] of faults) {
  test(`found: ${name}: ${expected}`, async () => {
    const { records: checks, ok } = await check({ zone: records })
    const [kind = '', state] = expected.split(' ')
    const found = checks.find((one) => one.kind === kind && one.state !== 'ok')
    assert.equal(found?.state, state, JSON.stringify(checks))
    assert.match(found?.change ?? '', change)
    assert.equal(ok, !found?.required)
  })
}

test('the policy of the organisation counts for a domain below it', async () => {
  const checkDomain = createCheckDomain({
    store: { read: () => Promise.resolve(undefined) },
    ways: () => Promise.resolve([]),
    resolve: zone(texts({ '_dmarc.example.org': 'v=DMARC1; p=none; rua=mailto:a@example.org' }))
  })
  const { records } = await checkDomain('news.example.org')
  const dmarc = records.find(({ kind }) => kind === 'DMARC')
  assert.deepEqual([dmarc?.state, dmarc?.name], ['ok', '_dmarc.example.org'])
})

test('without keys, and with a way out whose address nobody knows, it says so', async () => {
  const hidden: Egress = { ...(ways[0] ?? assert.fail()), addresses: null, from: 'unknown' }
  const { ok, notes } = await check({ keys: 'none', ways: [hidden] })
  assert.equal(ok, false)
  assert.match(notes.join('\n'), /domains add example\.org/u)
  assert.match(notes.join('\n'), /sourceAddress/u)
})

test('a HELO name that is no host name is dangerous', async () => {
  const local: Egress = { ...(ways[0] ?? assert.fail()), helo: 'localhost', addresses: [ip] }
  const { records } = await check({ ways: [local] })
  assert.equal(records.find(({ kind }) => kind === 'HELO')?.state, 'dangerous')
})

test('what a stranger publishes is shown without control characters, and not without end', async () => {
  const { records } = await check({ zone: spf(`v=spf1 \u001b[31m${'x'.repeat(9_000)} -all`) })
  const [shown = ''] = records.find(({ kind }) => kind === 'SPF')?.found ?? []
  assert.ok(!shown.includes('\u001b'))
  assert.ok(shown.length <= 2_048)
})
