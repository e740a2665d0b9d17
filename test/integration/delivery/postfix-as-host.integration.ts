import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noParameters } from '../../../service/message/mail-parameters.ts'
import { isDone, openDelivery } from '../../delivery/open-delivery.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { limits, startSmtpd } from '../differential/start-smtpd.ts'
import { isRoot } from '../harness/as-root.ts'
import { program } from '../harness/programs.ts'

test('Postfix’s smtpd takes what delivery brings it', { timeout: 120_000 }, async (t) => {
  const postfix = program(t, 'postfix', 'usr/sbin/postfix')
  if (postfix === undefined || !isRoot(t, 'postfix')) return
  const port = await startSmtpd(t, postfix)
  const house = await openDelivery(t, {
    routes: [routeTo(port, { tls: 'opportunistic' })],
    config: { firstRetryDelayMs: 600_000, maxRetryDelayMs: 600_000 }
  })
  const statusesOf = async (draft: Parameters<typeof house.send>[0]) =>
    (await house.when(await house.send(draft), ({ attempts }) => attempts > 0)).recipients.map(
      ({ state, status }) => `${state} ${String(status)}`
    )

  await t.test('encrypted, with what the sender wants to hear', async () => {
    const recipients = {
      'bob@example.net': { notify: ['SUCCESS', 'FAILURE'] as const, orcpt: 'rfc822;b+b@x.test' }
    }
    const parameters = { ...noParameters, ret: 'HDRS' as const, envid: 'a b+c', recipients }
    const message = await house.when(await house.send({ parameters }), isDone)
    assert.equal(message.recipients[0]?.state, 'delivered')
    assert.partialDeepStrictEqual(message.attemptLog, [{ tls: { version: 'TLSv1.3', verified: 'none' } }])
    // Postfix offers DSN and reports by itself
    assert.equal(house.queue.counts().queued, 0)
  })

  await t.test('dots, bytes above 127 and an internationalised header', async () => {
    const raw = Buffer.from('Subject: Grüße\r\n\r\n.\r\n..\r\nÄ\r\n')
    assert.deepEqual(await statusesOf({ raw, parameters: { ...noParameters, smtpUtf8: true } }), [
      'delivered 2.0.0'
    ])
  })

  await t.test('more recipients than it takes at once: the rest wait', async () => {
    const to = Array.from({ length: limits.maxRecipients + 1 }, (_, at) => `r${at}@example.net`)
    const statuses = await statusesOf({ to })
    assert.deepEqual(
      statuses.slice(0, -1),
      Array.from({ length: limits.maxRecipients }, () => 'delivered 2.0.0')
    )
    assert.match(statuses.at(-1) ?? '', /^pending 4\.5\.3/u)
  })

  await t.test('a message above its limit comes back unsent', async () => {
    const raw = Buffer.from(
      `Subject: big\r\n\r\n${'x'.repeat(70)}\r\n`.padEnd(limits.maxMessageBytes + 100, 'y\r\n')
    )
    assert.deepEqual(await statusesOf({ raw }), ['bounced 5.3.4'])
  })

  await t.test('mail that requires TLS all the way comes back: it does not promise that', async () => {
    assert.deepEqual(await statusesOf({ parameters: { ...noParameters, requireTls: true } }), [
      'bounced 5.7.30'
    ])
  })

  await t.test('many messages over few connections', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, () => house.send()))
    const messages = await Promise.all(ids.map((id) => house.when(id, isDone)))
    assert.ok(
      messages.every(({ recipients, attempts }) => recipients[0]?.state === 'delivered' && attempts === 1)
    )
  })
})
