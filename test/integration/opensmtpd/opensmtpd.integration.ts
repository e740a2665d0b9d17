import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRoot } from '../harness/as-root.ts'
import { codeOf, password, showCases, users, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { freePort } from '../harness/free-ports.ts'
import { showFailingClosed } from '../harness/failing-closed.ts'
import { habitualMail, type Mail } from '../harness/mails.ts'
import { program, type ProgramSet } from '../harness/programs.ts'
import { secretFile } from '../harness/secret-file.ts'
import { sendBySwaks, type Sent } from '../harness/send-by-swaks.ts'
import { fieldsOf, openSink, type Sink } from '../harness/sink.ts'
import { startSluiceForMta, type SluiceForMta } from '../harness/sluice.ts'
import { startOpensmtpd } from './start-opensmtpd.ts'

const client = 'OpenSMTPD 7.4'

showCases(client, async (t) => {
  const opensmtpd = await open(t, { set: 'opensmtpd-7' })
  if (opensmtpd === undefined) return undefined
  return {
    client,
    ...opensmtpd,
    onHeld: async (sent) => {
      assert.match(sent.reply, /^451 4\.7\.1 .*verdict/u, sent.transcript)
      return `refused ${codeOf(sent)}`
    },
    killed: 'delivers',
    slow: 'delivers',
    failureLimitMs: 14_000
  }
})

const closed = `${client}, failing closed`

showFailingClosed(closed, /^451 4\.3\.2 /u, (t) =>
  open(t, {
    set: 'opensmtpd-7',
    changes: { '--on-failure open"': '--on-failure closed"', '--timeout-ms 10000': '--timeout-ms 2000' },
    sluiceChanges: { '"open"': '"closed"' }
  })
)

test('OpenSMTPD and what a message says', async (t) => {
  const opensmtpd = await open(t, { set: 'opensmtpd-7' })
  if (opensmtpd === undefined) return
  const { sluice, sink, send } = opensmtpd
  await sluice.api.teach(users.honest)

  await t.test('label fields that a message brings along do not survive', async () => {
    const mail = withFields(habitualMail(users.honest), 'X-Sluice-Verdict: hold', 'x-sluice-id:\r\n forged')
    assert.equal((await send(mail)).accepted, true)
    const arrived = await sink.arrival(mail)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), ['allow'])
    assert.doesNotMatch(fieldsOf(arrived, 'X-Sluice-Id').join(), /forged/u)
  })

  await t.test('lines that begin with dots, bars and bytes arrive as they were', async () => {
    const body = '.\r\n..\r\n.two |bars|\r\n\r\ngr\xfc\xdfe\r\n'
    const { raw, ...rest } = habitualMail(users.honest)
    const mail = { ...rest, raw: `${raw}\r\n${body}` }
    assert.equal((await send(mail)).accepted, true)
    const { data } = await sink.arrival(mail)
    assert.ok(data.replaceAll('\r\n', '\n').includes(body.replaceAll('\r\n', '\n').trimEnd()), data)
  })

  await t.test('messages of many sessions at once are kept apart', async () => {
    const mails = Array.from({ length: 5 }, () => habitualMail(users.honest))
    const sent = await Promise.all(mails.map((mail) => send(mail)))
    for (const [index, mail] of mails.entries()) {
      const { accepted, transcript } = sent[index] ?? assert.fail()
      assert.equal(accepted, true, transcript)
      await sink.arrival(mail)
      assert.equal(sink.copiesOf(mail).length, 1)
    }
  })
})

/** Debian 12's own version: filter protocol 0.6, and no TLS with that OpenSSL, so that nobody can log in. */
test('OpenSMTPD 6.8, without login', async (t) => {
  const opensmtpd = await open(t, {
    set: 'opensmtpd',
    changes: { ' tls-require pki mail.example.org auth <users>': '', 'match auth from': 'match from' },
    login: false
  })
  if (opensmtpd === undefined) return
  const { sink, send } = opensmtpd
  const mail = habitualMail(users.honest)
  const { accepted, transcript } = await send(mail)
  assert.equal(accepted, true, transcript)
  assert.deepEqual(fieldsOf(await sink.arrival(mail), 'X-Sluice-Verdict'), ['allow'])
})

interface Opened {
  readonly sluice: SluiceForMta
  readonly sink: Sink
  readonly send: (mail: Mail) => Promise<Sent>
}

interface Setting {
  readonly set: ProgramSet
  readonly changes?: Replacements
  readonly sluiceChanges?: Replacements
  readonly login?: boolean
}

async function open(t: OpenContext, setting: Setting): Promise<Opened | undefined> {
  const { set, changes = {}, sluiceChanges = {}, login = true } = setting
  const home = program(t, set, 'usr/sbin/smtpd')
  if (home === undefined || program(t, 'swaks', 'usr/bin/swaks') === undefined) return undefined
  if (!isRoot(t, 'OpenSMTPD')) return undefined
  const sink = await openSink(t)
  const passwordFile = await secretFile('of-this-opensmtpd-only')
  const config = await readDeployFile('opensmtpd/sluice.toml', {
    '/etc/sluice/opensmtpd-password': passwordFile,
    ...sluiceChanges
  })
  const sluice = await startSluiceForMta(t, { config })
  const port = await freePort()
  await startOpensmtpd(t, home, {
    users: Object.values(users),
    password,
    port,
    sluicePort: sluice.ports.rspamd,
    passwordFile,
    worldPort: sink.port,
    changes
  })
  const place = login ? ({ port, password, tls: 'starttls' } as const) : { port, password: null }
  return { sluice, sink, send: (mail) => sendBySwaks(mail, place) }
}

function withFields(mail: Mail, ...fields: readonly string[]): Mail {
  return { ...mail, raw: `${fields.join('\r\n')}\r\n${mail.raw}` }
}
