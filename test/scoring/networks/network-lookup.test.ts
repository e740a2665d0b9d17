import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { openNetworkLookup, type NetworkLookup } from '../../../service/scoring/networks/network-lookup.ts'
import { createObserver } from '../../../service/scoring/observing/observer.ts'
import { buildMessage, buildSubmission } from '../../helpers/build-message.ts'

const directory = mkdtempSync(join(tmpdir(), 'sluice-networks-'))
after(() => rmSync(directory, { recursive: true }))
const file = join(directory, 'networks.bin')
const told: string[] = []
const log = { warn: (event: string) => void told.push(event) }
let lookup: NetworkLookup

before(async () => {
  lookup = await openNetworkLookup({ file, log })
  await lookup.ready()
})
after(() => lookup.close())

const known: readonly (readonly [ip: string, asn: string, asName: RegExp, country: string])[] = [
  ['8.8.8.8', 'AS15169', /google/iu, 'US'],
  ['::ffff:8.8.8.8', 'AS15169', /google/iu, 'US'],
  ['2001:4860:4860::8888', 'AS15169', /google/iu, 'US'],
  ['193.0.6.139', 'AS3333', /ncc/iu, 'NL'],
  ['2a03:b0c0::1', 'AS14061', /digitalocean/iu, 'NL']
]
for (const [ip, asn, asName, country] of known) {
  test(`${ip} is of ${asn} in ${country}`, () => {
    const origin = lookup.originOf(ip)
    assert.deepEqual([origin.asn, origin.country], [asn, country])
    assert.match(origin.asName, asName)
  })
}

const nobodys = [
  '10.1.2.3', '127.0.0.1', '169.254.169.254', '192.168.0.1', '203.0.113.7', '224.0.0.1', '0.0.0.0', '255.255.255.255', '::1', '::',
  'fe80::1', 'fd00::1', '2001:db8::1', 'ff02::1', '', 'garbage', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1.1.1.1/24', ':::', '8.8.8.8\n'
] // prettier-ignore
test('nobody is named for addresses that no one routes, and for what is no address', () => {
  for (const ip of nobodys) {
    assert.deepEqual({ ip, ...lookup.originOf(ip) }, { ip, asn: '', asName: '', country: '' })
  }
})

test('every address, and every text, has a plain answer', () => {
  const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())
  fc.assert(
    fc.property(text, (ip) => {
      const { asn, asName, country } = lookup.originOf(ip)
      assert.match(`${asn}|${country}`, /^(?:AS[1-9]\d*)?\|(?:[A-Z]{2})?$/u)
      assert.doesNotMatch(asName, /[\p{Cc}\n]/u)
    }),
    { numRuns: 2_000 }
  )
})

test('the table is kept: the next start has it at once', async () => {
  const next = await openNetworkLookup({ file, log })
  assert.equal(next.originOf('8.8.8.8').asn, 'AS15169')
  assert.deepEqual(told, [])
  assert.ok(readFileSync(file).length < 16_000_000)
})

test('a damaged file is no table, and closing while one is made leaves nothing running', async () => {
  truncateSync(file, 1_000_000)
  const next = await openNetworkLookup({ file, log })
  assert.equal(next.originOf('8.8.8.8').asn, '')
  await next.close()
  await next.ready()
  assert.equal(readFileSync(file).length, 1_000_000)
  assert.deepEqual(told, [])
})

/** As if the package were not installed. */
function missing(): string {
  throw new Error('no such package')
}

/** As if only its manifest were. */
function nowhere(name: string): string {
  const manifest = join(directory, name.replaceAll('/', '-'))
  writeFileSync(manifest, '{"version":"1"}')
  return manifest
}

test('without a package, or without its files, one line of the log says so and nothing is known', async () => {
  for (const resolve of [missing, nowhere]) {
    told.length = 0
    const one = await openNetworkLookup({ file: join(directory, 'none.bin'), log, resolve })
    await one.ready()
    assert.equal(one.originOf('8.8.8.8').asn, '')
    await one.close()
    assert.deepEqual(told, ['scoring.networks_unknown'])
  }
})

test('an observation in a worker thread shows who operates the network of its client', async () => {
  const options = { workers: 1, timeLimitMs: 10_000, workerMemoryMiB: 256, key: new Uint8Array(32) }
  const observer = createObserver({ ...options, originOf: lookup.originOf })
  const client = { ip: '8.8.8.8', helo: null, port: null, tls: null }
  const outcome = await observer.observe(buildSubmission(buildMessage(), { client }))
  await observer.close()
  assert.equal(outcome.kind, 'observed')
  if (outcome.kind !== 'observed') return
  const { attributes, asName } = outcome.observation
  assert.deepEqual([attributes.asn, attributes.country], ['AS15169', 'US'])
  assert.match(asName, /google/iu)
})
