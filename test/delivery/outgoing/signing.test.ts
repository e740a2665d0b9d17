import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createSigning } from '../../../service/delivery/outgoing/signing.ts'
import type { Keyring } from '../../../service/authentication/dkim/keyring.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { keyringOf, keyTexts, now } from '../../authentication/keys.ts'
import { verify } from '../../authentication/verify.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import type { MessageDraft } from '../../queue/messages.ts'
import { isDone, openDelivery } from '../open-delivery.ts'
import { zone } from '../zone.ts'

interface Left {
  /** As the next host received it, latin1. */
  readonly data: string
  readonly signing: string | undefined
}

/** What becomes of a message on its way to the next host. */
async function send(
  t: TestContext,
  draft: MessageDraft & { relayed?: true },
  keyring: Keyring = keyringOf('b.test')
): Promise<Left> {
  const sink = await startSink({ extensions: ['8BITMIME', 'SMTPUTF8'] })
  t.after(() => sink.close())
  const sign = createSigning({
    keyring,
    arcDomain: 'b.test',
    hostname: 'mx.b.test',
    resolve: zone({}),
    clock: () => now,
    log: silentLogger
  })
  const route = {
    name: 'sink',
    kind: 'smarthost',
    host: '127.0.0.1',
    port: sink.port,
    tls: 'off',
    allowPrivate: true,
    domains: []
  } as const
  const house = await openDelivery(t, { routes: [route], sign })
  const { relayed, ...message } = draft
  const client = { ip: '10.0.0.9', helo: 'relay.test', port: null, tls: null }
  const auth = relayed === true ? null : { user: 'alice', method: 'PLAIN' }
  const origin = { client, auth, sender: null, receivedAt: now, trace: 'Received: by mx.b.test\r\n' }
  const { attemptLog } = await house.when(await house.send({ ...message, origin }), isDone)
  const [mail] = await sink.received(1)
  return { data: mail?.data ?? '', signing: attemptLog[0]?.signing }
}

const both = ['sluice1-rsa pass', 'sluice1-ed pass']
const verified = async (data: string): Promise<readonly string[]> =>
  verify(Buffer.from(data, 'latin1'), await keyTexts('b.test'))

test('what arrives is signed with both keys, over the bytes that arrive', async (t) => {
  const raw = Buffer.from('From: a@b.test\r\nBcc: eve@b.test\r\nSubject: x\r\n\r\nHi.\r\n.dot\r\n')
  const { data, signing } = await send(t, { raw })
  assert.deepEqual(await verified(data), both)
  assert.doesNotMatch(data, /^Bcc/mu)
  assert.equal(signing, 'signed for b.test (sluice1-rsa, sluice1-ed)')
})

const bodies = {
  'bare line feeds': 'From: a@b.test\nSubject: x\n\nHi.\n\nBye.\n',
  'bare carriage returns': 'From: a@b.test\r\nSubject: x\r\n\r\nHi.\rBye.\r\n',
  'no last line end': 'From: a@b.test\r\n\r\nHi.',
  'no body': 'From: a@b.test\r\n\r\n',
  'eight-bit text':
    'From: a@b.test\r\nSubject: gr\u00fc\u00dfe\r\n\r\n\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\r\n'
} as const
for (const [name, text] of Object.entries(bodies)) {
  test(`a message with ${name} arrives with signatures that hold`, async (t) => {
    assert.deepEqual(await verified((await send(t, { raw: Buffer.from(text) })).data), both)
  })
}

test('a signature that the sender made stays', async (t) => {
  const raw = Buffer.from('DKIM-Signature: v=1; d=own.test; s=x\r\nFrom: a@b.test\r\n\r\nHi.\r\n')
  const { data } = await send(t, { raw })
  assert.match(data, /DKIM-Signature: v=1; d=own\.test; s=x\r\n/u)
  assert.equal(data.match(/^DKIM-Signature:/gmu)?.length, 3)
})

test('without a key for the domain it leaves unsigned, and its story says so', async (t) => {
  const { data, signing } = await send(t, { raw: Buffer.from('From: a@c.test\r\n\r\nHi.\r\n') })
  assert.doesNotMatch(data, /DKIM-Signature/u)
  assert.equal(signing, 'unsigned: no key for c.test')
})

test('what names two authors is not signed', async (t) => {
  const { data, signing } = await send(t, {
    raw: Buffer.from('From: a@b.test\r\nFrom: x@c.test\r\n\r\nHi.\r\n')
  })
  assert.doesNotMatch(data, /DKIM-Signature/u)
  assert.equal(signing, 'unsigned: From names no single domain (multiple-from-fields)')
})

test('mail of others that is only passed on is sealed, not signed', async (t) => {
  const { data, signing } = await send(t, {
    raw: Buffer.from('From: a@c.test\r\n\r\nHi.\r\n'),
    relayed: true
  })
  assert.match(data, /^ARC-Seal: i=1;/u)
  assert.doesNotMatch(data, /DKIM-Signature/u)
  assert.equal(signing, 'sealed by b.test (ARC i=1, cv=none)')
})

test('a key that cannot sign does not keep mail back', async (t) => {
  const broken = { ...keyringOf(), keysFor: () => Promise.reject(new Error('no such thread')) }
  const { data, signing } = await send(t, { raw: Buffer.from('From: a@b.test\r\n\r\nHi.\r\n') }, broken)
  assert.match(data, /Hi\./u)
  assert.equal(signing, 'unsigned: signing failed; the log says why')
})
