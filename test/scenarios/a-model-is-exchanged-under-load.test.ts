import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { configSchema } from '../../service/config/config-schema.ts'
import { startSluice, type Sluice } from '../../service/main.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { activate, broken, storeVersion, worse } from '../models/fixture-models.ts'
import { message } from '../scoring/house.ts'

const token = 'token-of-this-test-alone-which-is-long'
const opened: { directory: string; sluice: Sluice | null } = { directory: '', sluice: null }

before(async () => {
  opened.directory = await mkdtemp(join(tmpdir(), 'sluice-exchange-'))
  for (const version of ['3000.1', '3000.2']) await storeVersion(models(), 'takeover', version)
  await storeVersion(models(), 'takeover', '3000.3', worse.takeover)
  await storeVersion(models(), 'takeover', '3000.4', broken)
  const config = configSchema.parse({
    dataDir: opened.directory,
    http: { port: 0 },
    smtp: { submissionPort: 0, submissionsPort: 0, relayPort: 0 },
    callouts: { rspamdPort: 0, policyPort: 0, milterPort: 0 },
    clickhouse: { url: 'off' },
    parse: { workers: 1 },
    models: { autoReload: false }
  })
  opened.sluice = await startSluice(config, { log: silentLogger, version: '0', adminToken: token })
})

after(async () => {
  await opened.sluice?.close()
  await rm(opened.directory, { recursive: true, force: true })
})

const models = (): string => join(opened.directory, 'models')

async function ask(path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(new URL(path, opened.sluice?.addresses.http), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) })
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

const raw = Buffer.from(message({ to: ['bob@example.net'] })).toString('base64')

interface Scored {
  readonly status: number
  readonly takeover: unknown
}

async function score(number: number): Promise<Scored> {
  const { status, body } = await ask('/v1/verdicts', {
    client: { ip: '203.0.113.7', helo: 'laptop' },
    auth: { user: `user${number % 20}@example.org`, method: 'PLAIN' },
    envelope: { from: `user${number % 20}@example.org`, to: ['bob@example.net'] },
    raw
  })
  const used = Object(body['models'])
  return { status, takeover: used.takeover }
}

async function inUse(): Promise<unknown> {
  const { body } = await ask('/v1/models')
  return Object(body['items']).find(({ name }: { name: string }) => name === 'takeover')?.version
}

test('mail goes on during a promotion: none is dropped, and each verdict names one version', async () => {
  const first = await inUse()
  const promoting = ask('/v1/models/takeover/promote', { version: '3000.1' })
  const verdicts: Scored[] = []
  const over = new AbortController()
  const client = async (): Promise<void> => {
    while (!over.signal.aborted) verdicts.push(await score(verdicts.length))
  }
  const clients = [client(), client()]
  const promoted = await promoting
  const last = await score(1)
  over.abort()
  await Promise.all(clients)

  assert.equal(promoted.status, 200, JSON.stringify(promoted.body))
  assert.partialDeepStrictEqual(promoted.body, {
    active: '3000.1',
    previous: null,
    forced: false,
    thresholds: 'manifest',
    gate: { result: 'passed', against: first }
  })
  assert.deepEqual(new Set(verdicts.map(({ status }) => status)), new Set([200]))
  assert.deepEqual(new Set(verdicts.map(({ takeover }) => takeover)), new Set([first, '3000.1']))
  assert.equal(last.takeover, '3000.1')
})

test('a version that sees less is refused with 409 GATE_REFUSED and the figures of each slice', async () => {
  const { status, body } = await ask('/v1/models/takeover/promote', { version: '3000.3' })
  assert.deepEqual([status, body['code']], [409, 'GATE_REFUSED'])
  assert.match(String(body['detail']), /^Of all attacks it stops/u)
  const slices: readonly object[] = Object(body['gate']).slices
  assert.ok(slices.some((slice) => Object(slice).slice === 'A4' && Object(slice).active > 0))
  assert.equal(await inUse(), '3000.1')
})

test('a broken version is refused with 422 while messages are scored, and the active one goes on', async () => {
  const scoring = Array.from({ length: 50 }, (_, number) => score(number))
  const { status, body } = await ask('/v1/models/takeover/promote', { version: '3000.4', force: true })
  assert.deepEqual([status, body['code']], [422, 'MODEL_UNUSABLE'])
  assert.match(String(body['detail']), /^MODEL_NOT_FINITE \(.*weights\.bin/u)
  assert.equal((await ask('/v1/models/takeover/promote', { version: '1999.1' })).status, 422)
  const verdicts = await Promise.all(scoring)
  assert.deepEqual(new Set(verdicts.map(({ takeover }) => takeover)), new Set(['3000.1']))
  const file = await readFile(join(models(), 'takeover', 'active.json'), 'utf8')
  assert.deepEqual(JSON.parse(file), { active: '3000.1', previous: null, shadow: null })
})

test('of two promotions at once one wins, the other gets 409', async () => {
  const both = await Promise.all(
    ['3000.2', '3000.2'].map((version) => ask('/v1/models/takeover/promote', { version }))
  )
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409]
  )
  assert.equal(await inUse(), '3000.2')
})

test('a shadow scores beside, without a say, and is shown with what it said', async () => {
  assert.equal((await ask('/v1/models/takeover/shadow', { version: '3000.3' })).status, 200)
  const verdicts = await Promise.all(Array.from({ length: 20 }, (_, number) => score(number)))
  assert.deepEqual(new Set(verdicts.map(({ takeover }) => takeover)), new Set(['3000.2']))
  const shadow = await shadowWith(20)
  assert.partialDeepStrictEqual(shadow, { version: '3000.3', messages: 20, window: { isFilled: false } })
  assert.ok(Object(shadow).meanLogitDifference > 0)
  assert.equal((await ask('/v1/models/takeover/shadow', { version: null })).status, 200)
})

async function shadowWith(messages: number): Promise<unknown> {
  for (;;) {
    const { body } = await ask('/v1/models')
    const [shadow] = Object(body['items']).flatMap((one: { shadow: unknown }) => one.shadow ?? [])
    if (Object(shadow).messages >= messages) return shadow
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a rollback in the midst of 200 messages drops none: each is judged by the version that it began with', async () => {
  const scoring = Array.from({ length: 200 }, (_, number) => score(number))
  await Promise.race(scoring)
  const { body } = await ask('/v1/models/takeover/rollback', {})
  assert.equal(body['active'], '3000.1')
  const late = await score(1)
  const verdicts = await Promise.all(scoring)
  assert.deepEqual(new Set(verdicts.map(({ status }) => status)), new Set([200]))
  assert.ok(verdicts.every(({ takeover }) => takeover === '3000.2' || takeover === '3000.1'))
  assert.ok(verdicts.some(({ takeover }) => takeover === '3000.2'))
  assert.equal(late.takeover, '3000.1')
})

test('at last a rollback returns to the model of this release', async () => {
  assert.equal((await ask('/v1/models/takeover/rollback', {})).body['active'], null)
  const again = await ask('/v1/models/takeover/rollback', {})
  assert.deepEqual([again.status, again.body['code']], [409, 'CONFLICT'])
})

test('a signal to reload takes what somebody wrote into active.json, and refuses what is broken', async () => {
  await activate(models(), 'takeover', { active: '3000.2' })
  await opened.sluice?.reload()
  assert.equal(await inUse(), '3000.2')
  await activate(models(), 'takeover', { active: '3000.4' })
  await opened.sluice?.reload()
  assert.equal((await score(1)).takeover, '3000.2')
})
