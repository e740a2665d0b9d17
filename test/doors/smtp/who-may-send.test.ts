import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { LoginUser } from '../../../service/access/logins/login.ts'
import { createOwnership } from '../../../service/scoring/ownership.ts'
import { configSchema } from '../../../service/config/config-schema.ts'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import { createSmtpDoor } from '../../../service/doors/smtp/smtp-door.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import type { Limits } from '../../../service/verdict/limits.ts'
import { openAcceptance } from '../../helpers/open-acceptance.ts'
import { noPressure } from '../../helpers/open-pipeline.ts'
import { connectSmtp, plainAuth, type SmtpClient } from '../../helpers/smtp-client.ts'
import { limits, start } from '../../scoring/house.ts'
import { policy } from '../../verdict/policy.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

const clock = (): number => start

interface Wanted {
  readonly onForeignIdentity?: 'allow' | 'hold' | 'reject'
  readonly mode?: 'enforce' | 'shadow'
  readonly smtp?: object
  readonly identities?: LoginUser['identities']
  readonly limits?: Partial<Limits>
  readonly onExceeded?: 'hold' | 'tempfail'
}

async function open(t: TestContext, wanted: Wanted = {}) {
  const { onForeignIdentity = 'reject', mode = 'enforce', identities = null, onExceeded = 'hold' } = wanted
  const config = configSchema.parse({
    policy: { onForeignIdentity, mode },
    smtp: { submissionPort: 0, relayPort: 0, bounds: { authDelayMs: 1 }, ...wanted.smtp },
    domains: [{ name: 'example.org', identities: ['office@example.org'] }]
  })
  const { findForeign, refusesSender } = createOwnership(config)
  const house = await openAcceptance(t, {
    clock,
    findForeign,
    policy: { ...policy, onForeignIdentity, mode },
    limits: { ...limits, ...wanted.limits },
    onExceeded
  })
  let ids = 0
  const door = createSmtpDoor({
    config: { ...config.smtp, submissionsPort: null },
    certificate: await loadCertificate({
      directory: await temporaryDirectory(t),
      hostname: 'localhost',
      clock
    }),
    logins: { authenticate: ({ name }) => Promise.resolve({ name, identities }) },
    acceptMessage: house.acceptMessage,
    refusesSender,
    clock,
    newId: () => `m${(ids += 1)}`,
    log: silentLogger,
    metrics: createMetrics(),
    pressure: () => noPressure
  })
  t.after(() => door.close())
  const ports = await door.listen()
  const dial = async (port: number | null, ...greeting: readonly string[]): Promise<SmtpClient> => {
    const client = await connectSmtp(port ?? assert.fail())
    t.after(() => client.close())
    await client.reply()
    for (const line of ['EHLO laptop', ...greeting]) assert.match(await client.say(line), /^2/u)
    return client
  }
  return {
    ...house,
    alice: () => dial(ports.submission, plainAuth('alice@example.org', 'right horse')),
    relay: () => dial(ports.relay)
  }
}

async function send(client: SmtpClient, from: string, ...header: readonly string[]): Promise<string> {
  for (const line of [`MAIL FROM:<${from}>`, 'RCPT TO:<bob@example.net>']) {
    const reply = await client.say(line)
    if (!reply.startsWith('2')) return reply
  }
  assert.match(await client.say('DATA'), /^354/u)
  return client.say([...header, 'Subject: hello', '', 'hello', '.'].join('\r\n'))
}

const own = 'From: Alice <alice@example.org>'

test('with "reject" a foreign MAIL FROM is refused at once, a foreign From at the end, and the session goes on', async (t) => {
  const { alice, queue, senders } = await open(t)
  const client = await alice()
  assert.equal(
    await send(client, 'bob@example.org', own),
    '553 5.7.1 Not an address of the user who has logged in'
  )
  assert.match(await send(client, 'alice@example.org', 'From: "alice@example.org" <bob@example.org>'), /^550 5\.7\.1 From is not an address of the sender \(verdict \S+\)$/u) // prettier-ignore
  assert.match(await send(client, 'office@example.org', own), /^250 2\.0\.0 Ok/u)
  assert.match(await send(client, '', own), /^550 5\.7\.1 MAIL FROM is not an address of the sender/u)
  assert.match(await send(client, '', own, 'Auto-Submitted: auto-replied'), /^250/u)
  assert.deepEqual(queue.counts(), { queued: 2, held: 0 })
  assert.equal(senders.usage(senders.keyOf('alice@example.org'), start).messagesLastDay, 2)
})

for (const [wanted, reply, counts] of [
  [{ onForeignIdentity: 'allow' }, /^250 2\.0\.0 Ok/u, { queued: 1, held: 0 }],
  [{ onForeignIdentity: 'hold' }, /^250 2\.0\.0 queued for review/u, { queued: 0, held: 1 }],
  [{ onForeignIdentity: 'reject', mode: 'shadow' }, /^250 2\.0\.0 Ok/u, { queued: 1, held: 0 }],
  [
    { onForeignIdentity: 'reject', identities: ['bob@example.org'] },
    /^250 2\.0\.0 Ok/u,
    { queued: 1, held: 0 }
  ]
] as const) {
  test(`mail as somebody else with ${JSON.stringify(wanted)} is answered with ${reply.source}`, async (t) => {
    const { alice, queue } = await open(t, wanted)
    assert.match(await send(await alice(), 'bob@example.org', 'From: bob@example.org'), reply)
    assert.deepEqual(queue.counts(), counts)
  })
}

const trusting = {
  identityHeader: 'X-Sasl',
  identityPattern: '^user=([^; ]+)',
  identityNetworks: ['127.0.0.1']
}

test('a relay names the sender by a pattern over the topmost header, and no such header leaves', async (t) => {
  const { relay, queue } = await open(t, { smtp: trusting })
  const client = await relay()
  const reply = await send(client, 'alice@example.org', 'X-Sasl: user=alice@example.org; ip=192.0.2.1', 'X-Sasl: user=bob@example.org', own) // prettier-ignore
  const message = queue.get(/queued as (\S+)$/u.exec(reply)?.[1] ?? '') ?? assert.fail(reply)
  assert.equal(message.origin.sender, 'alice@example.org')
  assert.doesNotMatch(Buffer.from(await queue.body(message)).toString(), /X-Sasl/u)
  assert.match(await send(client, 'alice@example.org', 'X-Sasl: user=bob@example.org', own), /^550 5\.7\.1 From is not/u) // prettier-ignore
})

test('what a client outside of the identity networks says there is neither believed nor passed on', async (t) => {
  const { relay, queue } = await open(t, { smtp: { ...trusting, identityNetworks: ['192.0.2.0/24'] } })
  const reply = await send(await relay(), 'alice@example.org', 'X-Sasl: user=bob@example.org', own)
  const message = queue.get(/queued as (\S+)$/u.exec(reply)?.[1] ?? '') ?? assert.fail(reply)
  assert.equal(message.origin.sender, null)
  assert.doesNotMatch(Buffer.from(await queue.body(message)).toString(), /X-Sasl/u)
})

for (const [onExceeded, reply] of [
  ['hold', /^250 2\.0\.0 above a sending limit, queued until 2026-11-22 09:05 UTC as \S+$/u],
  ['tempfail', /^452 4\.7\.1 Sending limit reached, try again after 2026-11-22 09:05 UTC \(verdict \S+\)$/u]
] as const) {
  test(`above a limit, with "${onExceeded}", a client is told when there is room again`, async (t) => {
    const { alice } = await open(t, { onExceeded, limits: { messagesPerHour: 2 } })
    const client = await alice()
    for (let index = 0; index < 2; index += 1)
      assert.match(await send(client, 'alice@example.org', own), /^250/u)
    assert.match(await send(client, 'alice@example.org', own), reply)
  })
}

test('a message that no limit has room for is refused for good where the client has to keep it', async (t) => {
  const { alice } = await open(t, { onExceeded: 'tempfail', limits: { newRecipientsPerDay: 0 } })
  assert.match(await send(await alice(), 'alice@example.org', own), /^550 5\.7\.1 Message is larger than a sending limit/u) // prettier-ignore
})
