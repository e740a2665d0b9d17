import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { showCases, users, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile } from '../harness/deploy-file.ts'
import { habitualMail } from '../harness/mails.ts'
import { secretFile } from '../harness/secret-file.ts'
import { fieldsOf } from '../harness/sink.ts'
import { startSluiceForMta, type SluiceForMta } from '../harness/sluice.ts'
import { keepMails, type KeptMails } from './kept-mails.ts'
import { mtaHooksStandIn, type MtaHooksStandIn } from './mta-hooks-stand-in.ts'

const client = 'MTA Hooks, by a stand-in'
const token = 'of-this-mail-server-only'

showCases(client, async (t) => {
  const { sluice, sink, standIn } = await open(t)
  return {
    client,
    sluice,
    sink,
    send: (mail) => standIn.send(mail),
    onHeld: (sent, mail) => {
      assert.equal(sent.accepted, true, sent.transcript)
      assert.ok(standIn.quarantine.has(mail.messageId))
      assert.equal(sink.copiesOf(mail).length, 0)
      return Promise.resolve('quarantined')
    },
    killed: 'answers 4xx',
    slow: 'answers 4xx',
    failureLimitMs: 14_000
  }
})

test('MTA Hooks, its registration, and broken requests', async (t) => {
  const { sluice, sink, standIn } = await open(t)
  await sluice.api.teach(users.honest)

  await t.test('label fields that a message brings along do not survive', async () => {
    const mail = habitualMail(users.honest)
    const forged = 'X-Sluice-Verdict: hold\r\nx-sluice-id:\r\n forged\r\n'
    const raw = `${forged}${mail.raw.replace('Subject:', `${forged}Subject:`)}`
    assert.equal((await standIn.send({ ...mail, raw })).accepted, true)
    const arrived = await sink.arrival(mail)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), ['allow'])
    assert.doesNotMatch(fieldsOf(arrived, 'X-Sluice-Id').join(), /forged/u)
  })
  await t.test(
    'a message that is asked about again gets its first verdict, another one of the same text its own',
    async () => {
      const mail = habitualMail(users.honest)
      for (const queueId of ['4XyZ12', '4XyZ12', '4XyZ13']) await standIn.send(mail, queueId)
      const [first, again, other] = sink.copiesOf(mail).flatMap((copy) => fieldsOf(copy, 'X-Sluice-Id'))
      assert.equal(first, again)
      assert.notEqual(first, other)
    }
  )
  await t.test('a registration outlasts Sluice, killed and started again', async () => {
    await sluice.kill()
    await sluice.restart()
    assert.equal((await standIn.send(habitualMail(users.honest))).accepted, true)
    assert.equal(standIn.registrations(), 1)
  })
  await t.test('a request that breaks off is answered, and the next one too', async () => {
    const head = `POST /callouts/mta-hooks/hook HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`
    assert.match(await say(sluice, `${head}Content-Length: 500\r\n\r\n{"stage":`), /^$|^HTTP\/1\.1 4/u)
    assert.match(await say(sluice, `${head}Content-Length: 104857600\r\n\r\n{`), /^HTTP\/1\.1 413/u)
    assert.match(await say(sluice, `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`), /^HTTP\/1\.1 400/u)
    assert.match(
      await say(sluice, `${head}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`),
      /^HTTP\/1\.1 4/u
    )
    assert.equal((await standIn.send(habitualMail(users.honest))).accepted, true)
  })
})

async function open(
  t: OpenContext
): Promise<{ sluice: SluiceForMta; sink: KeptMails; standIn: MtaHooksStandIn }> {
  const config = await readDeployFile('mta-hooks/sluice.toml', {
    '/etc/sluice/mta-hooks-password': await secretFile(token)
  })
  const sluice = await startSluiceForMta(t, { config })
  const sink = keepMails()
  const origin = `http://127.0.0.1:${sluice.ports.http}`
  const service = await readDeployFile('mta-hooks/mta-hooks-milter.service')
  assert.ok(service.includes('/callouts/mta-hooks/registrations'))
  const timeoutMs = Number(/--policy-timeout-ms (?<limit>\d+)/u.exec(service)?.groups?.['limit'])
  return { sluice, sink, standIn: mtaHooksStandIn({ origin, token, timeoutMs, world: sink }) }
}

/** Half-closes after that. Gives what comes back. */
async function say({ ports }: SluiceForMta, request: string): Promise<string> {
  const socket = connect(ports.http, '127.0.0.1')
  socket.end(request, 'latin1')
  return text(socket)
}
