import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { open } from 'lmdb'
import { configSchema } from '../../service/config/config-schema.ts'
import { feedbackAnswerSchema } from '../../service/contracts/feedback.ts'
import { injectedSchema } from '../../service/contracts/messages.ts'
import { queuedMessageSchema } from '../../service/contracts/queue.ts'
import { erasedSchema, rewoundSchema, senderSchema } from '../../service/contracts/sender.ts'
import { verdictAnswerSchema } from '../../service/contracts/verdict-answer.ts'
import { startSluice } from '../../service/main.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'

const day = 86_400_000
const now = Date.now()

/** The service as it ships, for the whole file: two people never written to before are all that a sender may add in a day. */
const dataDir = await mkdtemp(join(tmpdir(), 'sluice-contained-'))
const sluice = await startSluice(
  configSchema.parse({
    dataDir,
    http: { port: 0 },
    smtp: { submissionPort: 0, submissionsPort: 0, relayPort: 0 },
    callouts: { rspamdPort: 0, policyPort: 0, milterPort: 0 },
    clickhouse: { url: 'off' },
    parse: { workers: 1 },
    limits: { newRecipientsPerDay: 2 }
  }),
  { log: silentLogger, version: 'test' }
)
after(async () => {
  await sluice.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Mail {
  readonly user: string
  readonly to: string
  readonly at: number
  readonly text?: string
  readonly ip?: string
  readonly learn?: 'never'
}

const minutes =
  'Dear Bob,\r\n\r\nhere are the minutes of our meeting, as we agreed. Please tell me by Friday\r\nwhether I have forgotten anything that matters to you.\r\n\r\nKind regards'

function toRequest({ user, to, at, text = minutes, ip = '203.0.113.7', learn }: Mail): object {
  const raw = [
    `From: ${user}`,
    `To: ${to}`,
    'Subject: The minutes',
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${at}.${user}>`,
    'User-Agent: Mozilla Thunderbird 128',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text
  ].join('\r\n')
  return {
    receivedAt: new Date(at).toISOString(),
    client: { ip, helo: 'laptop.example.org' },
    auth: { user },
    envelope: { from: user, to: [to] },
    raw: Buffer.from(raw).toString('base64'),
    ...(learn && { learn })
  }
}

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(path, sluice.addresses.http), {
    method,
    headers: {
      authorization: `Bearer ${sluice.adminToken}`,
      ...(body && { 'content-type': 'application/json' })
    },
    ...(body && { body: JSON.stringify(body) })
  })
  return response.json()
}

const score = async (mail: Mail) =>
  verdictAnswerSchema.parse(await ask('POST', '/v1/verdicts', toRequest(mail)))
const send = async (mail: Mail) => injectedSchema.parse(await ask('POST', '/v1/messages', toRequest(mail)))
const senderPage = async (user: string) => senderSchema.parse(await ask('GET', `/v1/senders/${user}`))
const say = async (body: object) => feedbackAnswerSchema.parse(await ask('POST', '/v1/feedback', body))

async function honestHistory(user: string): Promise<void> {
  for (let days = 20; days > 1; days -= 1) {
    const { verdict } = await score({ user, to: 'bob@example.net', at: now - days * day })
    assert.equal(verdict, 'allow')
  }
}

/** What is sent, from one sentence to all of them: how bold it may be before it is held is the models' affair. */
const lure = [
  'Please look at the invoice for this month and pay it today: https://invoice-portal.example/pay',
  'Dear customer, please confirm your account within 24 hours.',
  'Your mailbox quota is nearly reached. Sign in here to keep your messages: https://webmail-quota.example/login',
  'Click here to verify your password: http://login.secure-mail.example/verify',
  'Your parcel could not be delivered. Pay the fee of $2.99 now!',
  'Your account will be suspended!!! Act now, this is urgent.',
  'You have won $1,000,000. Claim your prize: http://prize.example/claim',
  'Buy now and save 80 % on all pills, no prescription needed!'
]

async function heldLure(mail: Omit<Mail, 'text'>): Promise<string> {
  for (let count = 1; count <= lure.length; count += 1) {
    const text = lure.slice(0, count).join('\r\n')
    const { verdict } = await score({ ...mail, text, learn: 'never' })
    if (verdict === 'hold') return text
  }
  return assert.fail('the lure is never held')
}

test('the first hijacked message is held; confirmed, it takes the intruder’s messages out of the habits and restricts the sender', async () => {
  const user = 'alice@example.org'
  await honestHistory(user)
  // What looked harmless enough: it was allowed, and learned
  const probe = await score({ user, to: 'bob@example.net', at: now - 3_000 })
  const before = await senderPage(user)
  assert.deepEqual([probe.verdict, before.messagesSeen], ['allow', 20])

  const intruder = { user, to: 'bob@example.net', ip: '198.51.100.9', at: now - 2_000 }
  const held = await score({ ...intruder, text: await heldLure(intruder) })
  assert.equal(held.verdict, 'hold')
  assert.equal((await senderPage(user)).containment.state, 'normal')

  const { effects } = await say({
    verdictId: held.id,
    label: 'takeover',
    source: 'operator',
    note: 'he called'
  })
  assert.deepEqual(effects, ['contained'])
  const since = new Date(now - 4_000).toISOString()
  const rewound = rewoundSchema.parse(await ask('POST', `/v1/senders/${user}/rewind`, { since }))
  assert.deepEqual([rewound.forgotten, rewound.messagesSeen], [1, 19])

  const later = await score({ user, to: 'bob@example.net', at: now })
  assert.deepEqual([later.verdict, later.reasons[0]?.code], ['hold', 'SENDER_RESTRICTED'])
  const { containment } = await senderPage(user)
  assert.deepEqual(
    containment.evidence.map(({ kind }) => kind),
    ['takeover', 'held']
  )
  await ask('PUT', `/v1/senders/${user}/containment`, { state: 'normal' })
  assert.equal((await score({ user, to: 'bob@example.net', at: now })).verdict, 'allow')
})

test('a hold that an operator releases takes the sender’s similar hold along', async () => {
  const user = 'carol@example.org'
  await honestHistory(user)
  for (const to of ['one@example.com', 'two@example.com']) await score({ user, to, at: now - 5_000 })
  const first = await send({ user, to: 'three@example.com', at: now - 2_000 })
  const second = await send({ user, to: 'three@example.com', at: now - 1_000 })
  assert.deepEqual([first.state, second.state], ['held', 'held'])

  await ask('POST', `/v1/held/${first.id}/release`, { note: 'she called' })
  const decision = await decided(second.id)
  assert.deepEqual([decision?.kind, decision?.by], ['released', 'vouching'])
  // Held by a limit, they are charged as they leave: the second one to a person who is known by then
  const { newRecipientsPerDay, messagesPerDay } = (await senderPage(user)).limits
  assert.deepEqual([newRecipientsPerDay.used, messagesPerDay.used], [3, 4])
  const repeated = await say({ holdId: first.id, label: 'legitimate', source: 'operator' })
  assert.equal(repeated.repeated, true)
})

test('nothing of an erased sender is left in the store', async () => {
  const user = 'dave@elsewhere.example'
  const others = await profiled()
  await honestHistory(user)
  const [key = ''] = (await profiled()).filter((one) => !others.includes(one))
  const bad = await score({ user, to: 'bob@example.net', at: now - 1_000 })
  await say({ messageId: `<${now - 1_000}.${user}>`, label: 'spam', source: 'recipient' })
  await ask('PUT', `/v1/senders/${user}/containment`, { state: 'watched' })
  await ask('PUT', `/v1/senders/${user}/limits`, { messagesPerDay: 0 })
  const limited = await score({ user, to: 'bob@example.net', at: now })
  assert.equal(limited.reasons[0]?.code, 'LIMIT_MESSAGES_PER_DAY')
  const before = await storeText()
  for (const trace of [bad.id, user, key]) assert.ok(before.includes(trace), trace)

  const erased = erasedSchema.parse(await ask('DELETE', `/v1/senders/${user}`))
  assert.deepEqual([erased.verdicts, erased.labels, erased.open], [21, 1, 0])
  const text = await storeText()
  for (const trace of [bad.id, user, 'dave', 'elsewhere', key])
    assert.ok(!text.includes(trace), `${trace} is left`)
})

/** Waits for the look that a release brings about. */
async function decided(id: string) {
  for (let tries = 0; tries < 200; tries += 1) {
    const { hold } = queuedMessageSchema.parse(await ask('GET', `/v1/held/${id}`))
    if (hold !== null && hold.decision !== null) return hold.decision
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return undefined
}

type Entries = readonly { readonly key: unknown; readonly value: Buffer }[]

/** Every key of the store and the bytes of its value, table by table, as another reader of its file sees them. */
async function readStore(): Promise<ReadonlyMap<string, Entries>> {
  const root = open({ path: join(dataDir, 'state'), readOnly: true, maxDbs: 100 })
  try {
    const names = Array.from(root.getKeys(), String)
    return new Map(
      names.map((name) => [name, Array.from(root.openDB({ name, encoding: 'binary' }).getRange())])
    )
  } finally {
    await root.close()
  }
}

async function storeText(): Promise<string> {
  const entries = [...(await readStore()).values()].flat()
  return entries.map(({ key, value }) => `${String(key)} ${value.toString('latin1')}`).join('\n')
}

async function profiled(): Promise<readonly string[]> {
  return ((await readStore()).get('senders.profiles') ?? []).map(({ key }) => String(key))
}
