import assert from 'node:assert/strict'
import { chmod, chown } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { senderSchema } from '../../../service/contracts/sender.ts'
import { isRoot } from '../harness/as-root.ts'
import { users } from '../harness/client-cases.ts'
import { readDeployFile } from '../harness/deploy-file.ts'
import { habitualMail, spamMail, takeoverMail, type Mail } from '../harness/mails.ts'
import { fieldsOf } from '../harness/sink.ts'
import type { SluiceForMta } from '../harness/sluice.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { owner } from './lay-out.ts'
import { openPostfix, type VariantFiles } from './open-postfix.ts'

const milter: VariantFiles = { variant: 'milter', mainCf: (ports) => ({ 10041: ports.milter }) }
const user = users.honest

test('a message that the milter and the policy service of one Postfix ask about counts once', async (t) => {
  const under = await openPostfix(t, 'Postfix', {
    ...milter,
    moreConfig: await readDeployFile('postfix/policy/sluice.toml', {
      'name = "postfix"': 'name = "postfix-policy"\nmta = "postfix"'
    }),
    moreSettings: ({ policy }) => readDeployFile('postfix/policy/main.cf', { 10040: policy })
  })
  if (under === undefined) return
  const { sluice, sink, send } = under
  await sluice.api.teach(user, 5)

  const mail = withRecipients(habitualMail(user), [
    'bob@example.net',
    'carol@example.net',
    'dave@example.net'
  ])
  const sent = await send(mail)
  assert.equal(sent.accepted, true, sent.transcript)
  await sink.arrival(mail)

  const { messagesSeen, limits } = await senderPage(sluice)
  assert.equal(messagesSeen, 6)
  assert.equal(limits.messagesPerHour.used, 1)
  assert.equal(limits.recipientsPerHour.used, 3)
})

test('Postfix’s milter and what a message brings along', async (t) => {
  const under = await openPostfix(t, 'Postfix', {
    ...milter,
    env: { SLUICE_CALLOUTS_MAXMESSAGEBYTES: '50000' }
  })
  if (under === undefined) return
  const { sluice, sink, send } = under
  await sluice.api.teach(user)

  await t.test('label fields that the sender wrote do not arrive', async () => {
    const mail = withFields(habitualMail(user), ['X-Sluice-Verdict: hold', 'x-sluice-id:', ' forged'])
    assert.equal((await send(mail)).accepted, true)
    const arrived = await sink.arrival(mail)
    assert.deepEqual(fieldsOf(arrived, 'X-Sluice-Verdict'), ['allow'])
    assert.doesNotMatch(arrived.data, /forged/u)
  })

  await t.test('dots, bytes above 127 and long lines arrive as they were', async () => {
    const body = `.\r\n..\r\n.two\r\n\r\ngr\u00fc\u00dfe ${'x'.repeat(900)}\r\n`
    const mail = withText(habitualMail(user), body)
    const sent = await send(mail)
    assert.equal(sent.accepted, true, sent.transcript)
    const { data } = await sink.arrival(mail)
    assert.ok(data.includes(body), data)
  })

  await t.test('of more than Sluice reads the envelope is judged, and the whole arrives', async () => {
    const mail = withText(habitualMail(user), 'a line of a long report\r\n'.repeat(10_000))
    const sent = await send(mail)
    assert.equal(sent.accepted, true, sent.transcript)
    assert.equal((await sink.arrival(mail)).data.match(/a line of a long report/gu)?.length, 10_000)
  })

  await t.test('messages of many sessions at once are kept apart', async () => {
    const mails = Array.from({ length: 8 }, () => habitualMail(user))
    const sent = await Promise.all(mails.map(send))
    for (const [index, mail] of mails.entries()) {
      assert.equal(sent[index]?.accepted, true, sent[index]?.transcript)
      const arrived = await sink.arrival(mail)
      assert.equal(sink.copiesOf(mail).length, 1)
      assert.equal(fieldsOf(arrived, 'X-Sluice-Id').length, 1)
    }
  })
})

test('in shadow mode Postfix lets spam pass and Sluice records what it would have said', async (t) => {
  const under = await openPostfix(t, 'Postfix', {
    ...milter,
    sluiceToml: () => ({ 'hold = "quarantine"': 'mode = "shadow"' })
  })
  if (under === undefined) return
  const mail = spamMail(user)
  const sent = await under.send(mail)
  assert.equal(sent.accepted, true, sent.transcript)
  await under.sink.arrival(mail)
  const [recorded] = (await senderPage(under.sluice)).recentVerdicts
  assert.ok(recorded?.reasons.includes('CONTENT_CERTAIN'), JSON.stringify(recorded))
})

test('what is held by 451 passes when it comes again after an operator has said that it is legitimate', async (t) => {
  const under = await openPostfix(t, 'Postfix', {
    ...milter,
    sluiceToml: () => ({ '"quarantine"': '"tempfail"' })
  })
  if (under === undefined) return
  const { sluice, sink, send } = under
  await sluice.api.teach(user)
  const mail = takeoverMail(user)
  const first = await send(mail)
  assert.match(first.reply, /^451 4\.7\.1 /u, first.transcript)
  assert.match((await send(mail)).reply, /^451 4\.7\.1 /u)
  assert.equal(sink.copiesOf(mail).length, 0)

  const verdictId = /verdict (?<id>[\w-]+)/u.exec(first.reply)?.groups?.['id']
  await sluice.api.call('POST', '/v1/feedback', { verdictId, label: 'legitimate', source: 'operator' })
  const later = await send(mail)
  assert.equal(later.accepted, true, later.transcript)
  await sink.arrival(mail)
})

test('Postfix asks through a unix socket that only it may open', async (t) => {
  if (!isRoot(t, 'Postfix')) return
  const directory = await temporaryDirectory('socket')
  await chown(directory, 0, owner.gid)
  await chmod(directory, 0o2750)
  const socket = join(directory, 'milter.sock')
  const under = await openPostfix(t, 'Postfix', {
    variant: 'milter',
    mainCf: () => ({ 'inet:127.0.0.1:10041': `unix:${socket}` }),
    sluiceToml: () => ({ 'networks = ["127.0.0.0/8"]': '' }),
    env: { SLUICE_CALLOUTS_MILTERPORT: '0', SLUICE_CALLOUTS_MILTERSOCKET: socket }
  })
  if (under === undefined) return
  const mail = habitualMail(user)
  const sent = await under.send(mail)
  assert.equal(sent.accepted, true, sent.transcript)
  assert.deepEqual(fieldsOf(await under.sink.arrival(mail), 'X-Sluice-Verdict'), ['allow'])
})

async function senderPage({ api }: SluiceForMta) {
  return senderSchema.parse(await api.call('GET', `/v1/senders/${user}`))
}

function withRecipients(mail: Mail, to: readonly string[]): Mail {
  return { ...mail, to }
}

function withFields(mail: Mail, fields: readonly string[]): Mail {
  return { ...mail, raw: `${fields.join('\r\n')}\r\n${mail.raw}` }
}

function withText(mail: Mail, text: string): Mail {
  return { ...mail, raw: mail.raw + text }
}
