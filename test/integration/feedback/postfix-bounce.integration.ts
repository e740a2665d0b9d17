import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import { injectedSchema, messageStorySchema } from '../../../service/contracts/messages.ts'
import { isRoot } from '../harness/as-root.ts'
import { onClose } from '../harness/closing.ts'
import { freePorts } from '../harness/free-ports.ts'
import { program } from '../harness/programs.ts'
import { startSluiceForMta, type SluiceForMta } from '../harness/sluice.ts'
import { waitFor } from '../harness/wait-for.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import { startPostfix } from '../postfix/start-postfix.ts'

const alice = 'alice@example.org'
const closing = { after: (act: () => Promise<void>) => after(act) }

/** Sluice hands its mail to a Postfix, which takes it, is refused one recipient by the next host, and reports that. */
test('a bounce that Postfix writes comes back to its message and, in our words, to its sender', async (t) => {
  const house = await openHouse(t)
  if (house === undefined) return
  const { sluice, sink } = house

  const id = await send(sluice, ['bob@example.net', 'nobody@example.net'])
  const { recipients, attemptLog } = await waitFor('the bounce is known', async () => {
    const known = await storyOf(sluice, id)
    return known.recipients.some(({ state }) => state === 'bounced') && known
  })

  const [bob, nobody] = recipients.map(({ state, status, reply }) => ({ state, status, reply }))
  assert.equal(bob?.state, 'delivered')
  assert.deepEqual(nobody, { state: 'bounced', status: '5.1.1', reply: '550 5.1.1 no such mailbox here' })
  assert.equal(attemptLog.at(-1)?.route, 'feedback')
  assert.match(sluice.log(), /"event":"feedback\.report"/u)
  const [mail, notice] = await sink.received(2)
  assert.match(String(mail?.from), /^sb-[a-z2-7]{26}-0-[0-9a-z]+-[a-z2-7]{16}@bounces\.example\.org$/u)
  assert.deepEqual(notice?.to, [alice])
  assert.match(notice?.data ?? '', /Final-Recipient: rfc822; nobody@example\.net[^]*Subject: Dinner/u)
})

async function openHouse(t: TestContext) {
  const postfix = program(t, 'postfix', 'usr/sbin/postfix')
  const sasl = program(t, 'sasl', 'usr/sbin/saslpasswd2')
  if (postfix === undefined || sasl === undefined || !isRoot(t, 'Postfix')) return undefined
  const sink = await startSink({
    rcpt: (to) => (to.startsWith('nobody@') ? '550 5.1.1 no such mailbox here' : null)
  })
  onClose(closing, () => sink.close())
  const [feedbackPort = 0, submissionPort = 0, reinjectionPort = 0] = await freePorts(3)
  const sluice = await startSluiceForMta(closing, {
    config: configurationOf(reinjectionPort),
    env: { SLUICE_SMTP_FEEDBACKPORT: String(feedbackPort) }
  })
  await startPostfix(closing, {
    postfix,
    sasl,
    submissionPort,
    reinjectionPort,
    sinkPort: sink.port,
    variant: 'milter',
    mainCf: { 10041: sluice.ports.milter },
    settings: `transport_maps = inline:{ { bounces.example.org = smtp:[127.0.0.1]:${feedbackPort} } }`
  })
  return { sluice, sink }
}

async function send(sluice: SluiceForMta, to: readonly string[]): Promise<string> {
  const text = `From: ${alice}\r\nTo: ${to.join(', ')}\r\nSubject: Dinner\r\nDate: Sun, 22 Nov 2026 09:00:00 +0000\r\nMessage-ID: <dinner@example.org>\r\n\r\nSee you at 7.\r\n`
  const answer = await sluice.api.call('POST', '/v1/messages', {
    auth: { user: alice },
    envelope: { from: alice, to },
    raw: Buffer.from(text).toString('base64')
  })
  return injectedSchema.parse(answer).id
}

async function storyOf(sluice: SluiceForMta, id: string) {
  return messageStorySchema.parse(await sluice.api.call('GET', `/v1/messages/${id}`))
}

function configurationOf(port: number): string {
  return `
[smtp]
hostname = "mx.example.org"
feedbackDomain = "bounces.example.org"
[[routes]]
name = "next"
kind = "smarthost"
host = "127.0.0.1"
port = ${port}
tls = "off"
allowPrivate = true
`
}
