import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, password, showCases, users, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { showFailingClosed } from '../harness/failing-closed.ts'
import { habitualMail, type Mail } from '../harness/mails.ts'
import { program, type ProgramHome } from '../harness/programs.ts'
import { secretFile } from '../harness/secret-file.ts'
import { sendBySwaks, type Sent } from '../harness/send-by-swaks.ts'
import { fieldsOf, openSink, type Sink } from '../harness/sink.ts'
import { startSluiceForMta, type SluiceForMta } from '../harness/sluice.ts'
import type { Closing } from '../harness/closing.ts'
import { harakaCommand, startHaraka } from './start-haraka.ts'

const client = 'Haraka 3.3'
const sluicePassword = 'of-this-haraka-only'

showCases(client, async (t) => {
  const haraka = await openHaraka(t)
  if (haraka === undefined) return undefined
  return {
    client,
    ...haraka,
    onHeld: async (sent, mail) => {
      assert.match(sent.reply, /^451 4\.7\.1 .*verdict/u, sent.transcript)
      assert.equal(haraka.sink.copiesOf(mail).length, 0)
      return `refused ${codeOf(sent)}`
    },
    killed: 'delivers',
    slow: 'delivers',
    failureLimitMs: 14_000
  }
})

const closed = `${client}, failing closed`

showFailingClosed(closed, /^450/u, (t) =>
  openHaraka(
    t,
    { 'error = false': 'error = true', 'timeout = false': 'timeout = true', 'timeout = 10': 'timeout = 2' },
    { '"open"': '"closed"' }
  )
)

test('Haraka and what a message says of itself', async (t) => {
  const haraka = await openHaraka(t)
  if (haraka === undefined) return
  const { sluice, sink, send } = haraka
  await sluice.api.teach(users.honest)

  await t.test('label fields that a message brings along do not survive', async () => {
    const mail = withFields(habitualMail(users.honest), 'X-Sluice-Verdict: hold', 'X-Sluice-Id: forged')
    assert.equal((await send(mail)).accepted, true)
    const arrived = await sink.arrival(mail)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), ['allow'])
    assert.doesNotMatch(fieldsOf(arrived, 'X-Sluice-Id').join(), /forged/u)
  })
  await t.test('a message to 600 recipients is judged, all of them counted', async () => {
    const to = Array.from({ length: 600 }, (_, at) => `recipient-number-${at}@example.net`)
    const mail = { ...habitualMail(users.honest), to }
    const sent = await send(mail)
    assert.match(sent.reply, /^[45]/u, 'a private person does not write to 600 at once')
    assert.equal(sink.copiesOf(mail).length, 0)
  })
})

interface OpenedHaraka {
  readonly sluice: SluiceForMta
  readonly sink: Sink
  readonly send: (mail: Mail) => Promise<Sent>
}

async function openHaraka(
  t: OpenContext,
  changes: Replacements = {},
  sluiceChanges: Replacements = {}
): Promise<OpenedHaraka | undefined> {
  const home = program(t, 'programs', harakaCommand)
  if (home === undefined || program(t, 'swaks', 'usr/bin/swaks') === undefined) return undefined
  return await startBoth(t, home, changes, sluiceChanges)
}

async function startBoth(
  t: Closing,
  home: ProgramHome,
  changes: Replacements,
  sluiceChanges: Replacements
): Promise<OpenedHaraka> {
  const sink = await openSink(t)
  const passwordFile = await secretFile(sluicePassword)
  const config = await readDeployFile('haraka/sluice.toml', {
    '/etc/sluice/haraka-password': passwordFile,
    ...sluiceChanges
  })
  const sluice = await startSluiceForMta(t, { config })
  const port = await startHaraka(t, home, {
    users: Object.values(users),
    password,
    sluicePassword,
    sluicePort: sluice.ports.rspamd,
    worldPort: sink.port,
    changes
  })
  return { sluice, sink, send: (mail) => sendBySwaks(mail, { port, password }) }
}

function withFields(mail: Mail, ...fields: readonly string[]): Mail {
  return { ...mail, raw: `${fields.join('\r\n')}\r\n${mail.raw}` }
}
