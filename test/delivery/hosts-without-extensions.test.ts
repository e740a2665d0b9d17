import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noParameters } from '../../service/message/mail-parameters.ts'
import { routeTo } from '../helpers/open-pipeline.ts'
import { startScriptedHost } from '../helpers/scripted-host.ts'
import { isDone, openDelivery } from './open-delivery.ts'

const eightBit = Buffer.from('Subject: hi\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße\r\n')

test('a host without 8BITMIME gets seven bits, and what is signed is what arrives', async (t) => {
  const host = await startScriptedHost(t, { offers: ['PIPELINING'] })
  const signed: string[] = []
  const house = await openDelivery(t, {
    routes: [routeTo(host.port)],
    sign: async (_message, _raw, outgoing) => {
      signed.push(Buffer.from(outgoing).toString('latin1'))
      return { fields: '', told: 'looked' }
    }
  })
  await house.when(await house.send({ raw: eightBit }), isDone)
  assert.match(host.bodies[0] ?? '', /quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n/u)
  assert.deepEqual(signed, host.bodies)
})

test('what cannot be converted comes back as 5.6.3', async (t) => {
  const host = await startScriptedHost(t, {})
  const house = await openDelivery(t, { routes: [routeTo(host.port)] })
  const raw = Buffer.from('Subject: hi\r\nContent-Transfer-Encoding: base64\r\n\r\né\r\n')
  const message = await house.when(await house.send({ raw }), isDone)
  assert.equal(message.recipients[0]?.status, '5.6.3')
})

test('an internationalised header comes back as 5.6.7 where there is no SMTPUTF8', async (t) => {
  const host = await startScriptedHost(t, { offers: ['8BITMIME'] })
  const house = await openDelivery(t, { routes: [routeTo(host.port)] })
  const parameters = { ...noParameters, smtpUtf8: true }
  const raw = Buffer.from('Subject: Grüße\r\n\r\nhi\r\n')
  const message = await house.when(await house.send({ raw, parameters }), isDone)
  assert.equal(message.recipients[0]?.status, '5.6.7')
})

test('mail that requires TLS comes back as 5.7.30 where there is none, and other mail goes on', async (t) => {
  const host = await startScriptedHost(t, {})
  const house = await openDelivery(t, { routes: [routeTo(host.port)] })
  const parameters = { ...noParameters, requireTls: true }
  const message = await house.when(await house.send({ parameters }), isDone)
  const [recipient] = message.recipients
  assert.deepEqual([recipient?.state, recipient?.status, recipient?.bounceKind], ['bounced', '5.7.30', 'tls'])
  const other = await house.when(await house.send(), isDone)
  assert.equal(other.recipients[0]?.state, 'delivered')
  assert.equal(host.bodies.length, 1, 'the report needs TLS too (RFC 8689 section 5)')
})

test('the story says how it was encrypted and why it was refused', async (t) => {
  const host = await startScriptedHost(t, {
    answer: (verb) => (verb === 'RCPT' ? '552 5.2.2 Mailbox full' : undefined)
  })
  const house = await openDelivery(t, { routes: [routeTo(host.port)] })
  const message = await house.when(await house.send(), isDone)
  assert.partialDeepStrictEqual(message.attemptLog, [{ tls: null, bounceKind: 'mailbox-full' }])
  assert.equal(message.recipients[0]?.bounceKind, 'mailbox-full')
})

test('a host that left while its connection waited is asked again at once', async (t) => {
  let isSecond = false
  const host = await startScriptedHost(t, {
    answer: (verb) => {
      if (verb !== 'MAIL' || !isSecond) return undefined
      isSecond = false
      return '421 4.4.2 idle for too long'
    }
  })
  const house = await openDelivery(t, { routes: [routeTo(host.port)] })
  await house.when(await house.send(), isDone)
  isSecond = true
  const message = await house.when(await house.send(), isDone)
  assert.deepEqual([message.attempts, message.recipients[0]?.state, host.connections()], [1, 'delivered', 2])
})

test('a connection is closed after as many messages as it may carry', async (t) => {
  const host = await startScriptedHost(t, {})
  const house = await openDelivery(t, {
    routes: [routeTo(host.port)],
    config: { maxMessagesPerConnection: 2 }
  })
  for (let sent = 0; sent < 5; sent += 1) await house.when(await house.send(), isDone)
  assert.equal(host.connections(), 3)
})

test('what the sender wants to hear is left to a host that offers DSN', async (t) => {
  const host = await startScriptedHost(t, { offers: ['DSN', 'MT-PRIORITY'] })
  const house = await openDelivery(t, { routes: [routeTo(host.port)] })
  const recipients = { 'bob@example.net': { notify: ['SUCCESS'] as const, orcpt: null } }
  const id = await house.send({
    to: ['bob@example.net'],
    parameters: { ...noParameters, recipients },
    label: 'bulk'
  })
  await house.when(id, isDone)
  assert.ok(host.heard.includes('RCPT TO:<bob@example.net> NOTIFY=SUCCESS'))
  assert.ok(host.heard.some((line) => line.endsWith(' MT-PRIORITY=-4')))
  assert.equal(house.queue.counts().queued, 0)
})
