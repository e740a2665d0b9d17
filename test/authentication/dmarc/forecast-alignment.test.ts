import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signMessage } from '../../../service/authentication/dkim/sign-message.ts'
import { createForecastAlignment } from '../../../service/authentication/dmarc/forecast-alignment.ts'
import type { Resolve } from '../../../service/authentication/dns/resolve.ts'
import type { Egress } from '../../../service/authentication/hosts/egress.ts'
import type { AlignmentForecast } from '../../../service/message/alignment.ts'
import { addressOf } from '../../helpers/build-message.ts'
import { zone, type Zone } from '../../delivery/zone.ts'
import { keyringOf, keyTexts, now, signingKeys } from '../keys.ts'
import { texts } from '../verify.ts'

const ip = '203.0.113.25'
const direct: Egress = {
  route: 'direct',
  kind: 'direct',
  helo: 'mx.sluice.example',
  addresses: [ip],
  from: 'configuration'
}
const smarthost: Egress = { ...direct, route: 'cloud', kind: 'smarthost', addresses: null, from: 'unknown' }

interface Story {
  readonly from?: readonly string[]
  readonly mailFrom?: string | null
  readonly zone: Zone
  /** Domains that we have keys of. */
  readonly keys?: readonly string[]
  readonly ways?: readonly Egress[]
  readonly resolve?: Resolve
  readonly raw?: Uint8Array
}

function foretell(story: Story): Promise<AlignmentForecast> {
  const { from = ['From: ann@example.org'], mailFrom = 'ann@example.org', keys = [], ways = [direct] } = story
  const forecast = createForecastAlignment({
    keyring: keyringOf(...keys),
    resolve: story.resolve ?? zone(story.zone),
    waysTo: () => Promise.resolve(ways),
    timeLimitMs: 200,
    clock: () => now
  })
  const raw = story.raw ?? Buffer.from([...from, 'Subject: x', '', 'Hi.', ''].join('\r\n'))
  const envelope = {
    mailFrom: mailFrom === null ? null : addressOf(mailFrom),
    rcptTo: [addressOf('b@x.test')]
  }
  return forecast({ envelope, raw })
}

const reject = texts({ '_dmarc.example.org': 'v=DMARC1; p=reject' })
const spf = texts({ 'example.org': `v=spf1 ip4:${ip} -all` })
const foreign = texts({ 'other.example': `v=spf1 ip4:${ip} -all` })

const rows: readonly (readonly [string, Story, string])[] = [
  ['SPF for the same domain', { zone: { ...reject, ...spf } }, 'aligned by SPF'],
  ['DKIM for the same domain', { zone: reject, keys: ['example.org'] }, 'aligned by DKIM'],
  ['both', { zone: { ...reject, ...spf }, keys: ['example.org'] }, 'aligned by DKIM and SPF'],
  [
    'SPF that passes for another domain, and no key',
    { zone: { ...reject, ...foreign }, mailFrom: 'bounce@other.example' },
    'misaligned reject'
  ],
  ['SPF that fails, and no key', { zone: { ...reject, 'example.org': { TXT: [['v=spf1 -all']] } } }, 'misaligned reject'],
  ['neither SPF nor key', { zone: { ...reject, 'example.org': {} } }, 'misaligned reject'],
  [
    'relaxed: mail from below, SPF of the organisation',
    {
      from: ['From: a@news.example.org'],
      zone: { ...reject, ...spf, 'news.example.org': {}, '_dmarc.news.example.org': {} }
    },
    'aligned by SPF'
  ],
  [
    'strict: mail from below, SPF of the organisation',
    {
      from: ['From: a@news.example.org'],
      zone: {
        ...texts({ '_dmarc.news.example.org': 'v=DMARC1; p=quarantine; aspf=s; adkim=s' }),
        ...texts({ '_dmarc.example.org': 'v=DMARC1; p=none' }),
        ...spf
      }
    },
    'misaligned quarantine'
  ],
  [
    'the policy for names below that do not exist (np)',
    {
      from: ['From: a@nowhere.example.org'],
      mailFrom: 'b@other.example',
      zone: { ...texts({ '_dmarc.example.org': 'v=DMARC1; p=none; np=reject' }), ...foreign, 'example.org': {} }
    },
    'misaligned reject'
  ],
  ['a policy that asks for reports only', { zone: { ...texts({ '_dmarc.example.org': 'v=DMARC1; p=none' }), 'example.org': {} } }, 'misaligned none'],
  ['no policy', { zone: { ...spf } }, 'unpublished'],
  ['two policies, which are none', { zone: { '_dmarc.example.org': { TXT: [['v=DMARC1; p=reject'], ['v=DMARC1; p=none']] } } }, 'unpublished'],
  ['a null sender: SPF looks at HELO', { mailFrom: null, zone: { ...reject, ...texts({ 'mx.sluice.example': `v=spf1 ip4:${ip} -all` }) } }, 'misaligned reject'],
  ['a smart host, whose addresses are its own affair', { zone: { ...reject, ...spf }, ways: [smarthost] }, 'unknown'],
  ['a smart host, with a key', { zone: reject, ways: [smarthost], keys: ['example.org'] }, 'aligned by DKIM'],
  ['two ways out of which one is not in SPF', { zone: { ...reject, ...spf }, ways: [direct, { ...direct, addresses: ['203.0.113.99'] }] }, 'misaligned reject'],
  ['SERVFAIL for the policy', { zone: { '_dmarc.example.org': { TXT: 'ESERVFAIL' }, ...spf } }, 'unknown'],
  ['SERVFAIL for SPF', { zone: { ...reject, 'example.org': { TXT: 'ESERVFAIL' } } }, 'unknown'],
  ['an SPF record that includes itself', { zone: { ...reject, ...texts({ 'example.org': 'v=spf1 include:example.org -all' }) } }, 'misaligned reject'],
  ['an SPF record beyond ten look-ups', { zone: { ...reject, 'example.org': { TXT: [[`v=spf1 ${Array.from({ length: 12 }, (_, n) => `a:h${n}.example.org`).join(' ')} ip4:${ip} -all`]] }, ...Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`h${n}.example.org`, { A: ['192.0.2.1'] }])) } }, 'misaligned reject'],
  ['two From fields', { from: ['From: a@example.org', 'From: b@example.org'], zone: reject }, 'unattributable'],
  ['no From field', { from: [], zone: reject }, 'unattributable']
] // prettier-ignore

for (const [name, story, expected] of rows) {
  test(`foretold: ${name}: ${expected}`, async () => {
    const forecast = await foretell(story)
    const told =
      forecast.kind === 'aligned'
        ? `aligned by ${forecast.by}`
        : forecast.kind === 'misaligned'
          ? `misaligned ${forecast.policy}`
          : forecast.kind
    assert.equal(told, expected, JSON.stringify(forecast))
  })
}

test('what is misaligned says why, for both ways', async () => {
  const forecast = await foretell({ zone: { ...reject, ...foreign }, mailFrom: 'bounce@other.example' })
  assert.deepEqual(forecast, {
    kind: 'misaligned',
    domain: 'example.org',
    policy: 'reject',
    spf: 'SPF passes for other.example, which is not aligned with example.org',
    dkim: 'no key for example.org'
  })
})

test('a signature that the sender made itself counts, if it holds', async () => {
  const body = Buffer.from('From: ann@example.org\r\nSubject: x\r\n\r\nHi.\r\n')
  const raw = Buffer.concat([Buffer.from(await signMessage(body, await signingKeys('example.org'), 1)), body])
  const records = { ...reject, 'example.org': {}, ...texts(await keyTexts('example.org')) }
  assert.equal((await foretell({ zone: records, raw })).kind, 'aligned')
  const broken = Buffer.concat([raw, Buffer.from('More.\r\n')])
  assert.equal((await foretell({ zone: records, raw: broken })).kind, 'misaligned')
})

function signatureField(at: number): string {
  return `DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s${at}; l=${at}; h=from; bh=AAAA; b=AAAA`
}

test('a thousand signatures cost no more than ten', async () => {
  const asked: string[] = []
  const resolve: Resolve = (name, type) => {
    asked.push(name)
    return zone({ ...reject, 'example.org': {} })(name, type)
  }
  const raw = Buffer.from(
    [...Array.from({ length: 1_000 }, (_, at) => signatureField(at)), 'From: a@example.org', '', 'x'].join(
      '\r\n'
    )
  )
  assert.equal((await foretell({ zone: {}, resolve, raw })).kind, 'misaligned')
  assert.ok(asked.filter((name) => name.includes('_domainkey')).length <= 10)
})

const turn = (): Promise<boolean> => new Promise((resolve) => setImmediate(() => resolve(false)))
const silent: Resolve = () => new Promise(() => undefined)

test('nothing waits for a name server that does not answer', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const forecast = createForecastAlignment({
    keyring: keyringOf(),
    resolve: silent,
    waysTo: () => Promise.resolve([direct]),
    timeLimitMs: 20,
    clock: () => now
  })
  const asking = forecast({
    envelope: { mailFrom: null, rcptTo: [] },
    raw: Buffer.from('From: a@example.org\r\n\r\n')
  })
  const settled = asking.then(() => true)
  while (!(await Promise.race([settled, turn()]))) t.mock.timers.tick(20)
  assert.deepEqual(await asking, {
    kind: 'unknown',
    domain: 'example.org',
    why: 'DNS did not answer within 20 ms'
  })
})

test('what a domain published is read once a minute, and what DNS did not say is asked again at once', async () => {
  let clock = now
  const asked: string[] = []
  let records: Zone = { ...reject, ...spf }
  const forecast = createForecastAlignment({
    keyring: keyringOf(),
    resolve: (name, type) => {
      asked.push(name)
      return zone(records)(name, type)
    },
    waysTo: () => Promise.resolve([direct]),
    timeLimitMs: 200,
    clock: () => clock
  })
  const look = async (): Promise<string> => {
    const envelope = { mailFrom: addressOf('ann@example.org'), rcptTo: [] }
    return (await forecast({ envelope, raw: Buffer.from('From: ann@example.org\r\n\r\n') })).kind
  }
  assert.equal(await look(), 'aligned')
  const once = asked.length
  assert.equal(await look(), 'aligned')
  assert.equal(asked.length, once)
  clock += 60_000
  records = { ...reject, 'example.org': { TXT: 'ESERVFAIL' } }
  assert.equal(await look(), 'unknown')
  records = { ...reject, ...spf }
  assert.equal(await look(), 'aligned')
})
