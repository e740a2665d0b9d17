import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { codeOf, showCases, users, type OpenContext } from '../harness/client-cases.ts'
import { readDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { habitualMail, takeoverMail, type Mail } from '../harness/mails.ts'
import { program } from '../harness/programs.ts'
import { secretFile } from '../harness/secret-file.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { fieldsOf } from '../harness/sink.ts'
import { startSluiceForMta, type SluiceForMta } from '../harness/sluice.ts'
import { keepMails, type KeptMails } from '../hooks/kept-mails.ts'
import { luaCommand, startKumoStandIn } from './kumo-stand-in.ts'

const client = 'KumoMTA: its Lua file alone'
const password = 'of-this-kumomta-only'
const policy = fileURLToPath(new URL('../../../deploy/mta/kumomta/sluice.lua', import.meta.url))

showCases(client, async (t) => {
  const kumo = await openKumo(t)
  if (kumo === undefined) return undefined
  return {
    client,
    ...kumo,
    onHeld: async (sent, mail) => {
      assert.match(sent.reply, /^451 4\.7\.1 .*verdict/u)
      assert.equal(kumo.sink.copiesOf(mail).length, 0)
      return `refused ${codeOf(sent)}`
    },
    killed: 'delivers',
    slow: 'delivers',
    failureLimitMs: 14_000
  }
})

test('the options of the Lua file', async (t) => {
  const options = { on_failure: 'closed', hold_queue: 'held.sluice.invalid', timeout: '2 seconds' }
  const kumo = await openKumo(t, options, { '"tempfail"': '"quarantine"', '"open"': '"closed"' })
  if (kumo === undefined) return
  const { sluice, sink, send } = kumo
  await sluice.api.teach(users.honest)
  await sluice.api.teach(users.takeover)

  await t.test('label fields that a message brings along do not survive', async () => {
    const mail = habitualMail(users.honest)
    await send({ ...mail, raw: `X-Sluice-Verdict: block\r\n${mail.raw}` })
    assert.deepEqual(fieldsOf(await sink.arrival(mail), 'X-Sluice-Verdict'), ['allow'])
  })
  await t.test('a held message is taken into the hold queue', async () => {
    const mail = takeoverMail(users.takeover)
    assert.equal((await send(mail)).reply, '250 OK, in queue held.sluice.invalid')
    assert.equal(sink.copiesOf(mail).length, 0)
  })
  await t.test('failing closed it answers 451 while Sluice hangs', async () => {
    sluice.pause()
    const sent = await send(habitualMail(users.honest))
    sluice.resume()
    assert.match(sent.reply, /^451 4\.3\.2/u)
    assert.ok(sent.tookMs < 5_000)
  })
  await t.test('and after it was killed', async () => {
    await sluice.kill()
    assert.match((await send(habitualMail(users.honest))).reply, /^451 4\.3\.2/u)
  })
})

interface OpenedKumo {
  readonly sluice: SluiceForMta
  readonly sink: KeptMails
  readonly send: (mail: Mail) => Promise<Sent>
}

async function openKumo(
  t: OpenContext,
  options: Readonly<Record<string, string>> = {},
  sluiceChanges: Replacements = {}
): Promise<OpenedKumo | undefined> {
  const lua = program(t, 'lua', luaCommand)
  if (lua === undefined) return undefined
  const config = await readDeployFile('kumomta/sluice.toml', {
    '/etc/sluice/kumomta-password': await secretFile(password),
    ...sluiceChanges
  })
  const sluice = await startSluiceForMta(t, { config })
  const sink = keepMails()
  const url = `http://127.0.0.1:${sluice.ports.rspamd}/checkv2`
  const send = startKumoStandIn(t, { lua, policy, options: { url, password, ...options }, world: sink })
  return { sluice, sink, send }
}
