import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, password, showCases, users, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { habitualMail, type Mail } from '../harness/mails.ts'
import { program } from '../harness/programs.ts'
import { secretFile } from '../harness/secret-file.ts'
import { sendBySwaks, type Sent } from '../harness/send-by-swaks.ts'
import { fieldsOf, openSink, type Sink } from '../harness/sink.ts'
import { startSluiceForMta, type SluiceForMta } from '../harness/sluice.ts'
import { openUsers } from './open-users.ts'
import { startStores } from './start-stores.ts'
import { startZoneMta, zoneMtaCommand } from './start-zonemta.ts'

const client = 'ZoneMTA 3.10'
const sluicePassword = 'of-this-zonemta-only'

showCases(client, async (t) => {
  const zoneMta = await openZoneMta(t)
  if (zoneMta === undefined) return undefined
  const { sink } = zoneMta
  return {
    client,
    ...zoneMta,
    labels: false,
    onHeld: async (sent, mail) => {
      assert.match(sent.reply, /^550 /u, sent.transcript)
      assert.equal(sink.copiesOf(mail).length, 0)
      return `refused ${codeOf(sent)}`
    },
    killed: 'delivers',
    slow: 'answers 4xx',
    failureLimitMs: 25_000
  }
})

test('ZoneMTA and what it has of its own', async (t) => {
  const zoneMta = await openZoneMta(t, { 'socketTimeout = 20000': 'socketTimeout = 2000' })
  if (zoneMta === undefined) return
  const { sluice, sink, send } = zoneMta
  await sluice.api.teach(users.honest)

  await t.test('delivered mail says what Sluice said, in its words', async () => {
    const mail = habitualMail(users.honest)
    await send(mail)
    const arrived = await sink.arrival(mail)
    assert.deepEqual(fieldsOf(arrived, 'X-Zone-Spam-Resolution'), ['no action'])
    assert.match(fieldsOf(arrived, 'X-Zone-Spam-Status').join(), /^No, .*SLUICE_VERDICT=/u)
  })
  await t.test('who gave up at 421 may find the message delivered, once Sluice goes on', async () => {
    const mail = habitualMail(users.honest)
    sluice.pause()
    assert.match((await send(mail)).reply, /^421/u)
    assert.equal(sink.copiesOf(mail).length, 0)
    sluice.resume()
    await sink.arrival(mail)
  })
})

interface OpenedZoneMta {
  readonly sluice: SluiceForMta
  readonly sink: Sink
  readonly send: (mail: Mail) => Promise<Sent>
}

async function openZoneMta(t: OpenContext, changes: Replacements = {}): Promise<OpenedZoneMta | undefined> {
  const zoneMta = program(t, 'programs', zoneMtaCommand)
  if (zoneMta === undefined || program(t, 'swaks', 'usr/bin/swaks') === undefined) return undefined
  const stores = await startStores(t)
  if (stores === undefined) return undefined
  const sink = await openSink(t)
  const config = await readDeployFile('zonemta/sluice.toml', {
    '/etc/sluice/zonemta-password': await secretFile(sluicePassword)
  })
  const sluice = await startSluiceForMta(t, { config })
  const port = await startZoneMta(t, {
    zoneMta,
    stores,
    authUrl: await openUsers(t, Object.values(users), password),
    sluicePort: sluice.ports.rspamd,
    sluicePassword,
    worldPort: sink.port,
    changes
  })
  return { sluice, sink, send: (mail) => sendBySwaks(mail, { port, password }) }
}
