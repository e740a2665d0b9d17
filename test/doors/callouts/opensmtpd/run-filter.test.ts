import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import type { ScanOutcome } from '../../../../service/doors/callouts/opensmtpd/scan-answer.ts'
import { envelope, openFilter, passed } from './open-filter.ts'

test('it registers what it needs of smtp-in, and nothing where smtp-in is not offered', async (t) => {
  const { smtpd } = openFilter(t)
  smtpd.say('config|smtpd-version|7.4.0', 'config|subsystem|smtp-in', 'config|ready')
  const lines = await smtpd.until('register|ready')
  assert.ok(lines.includes('register|report|smtp-in|link-auth'))
  assert.ok(lines.includes('register|filter|smtp-in|data-line'))
  assert.ok(lines.includes('register|filter|smtp-in|commit'))
  assert.ok(lines.every((line) => line === 'register|ready' || line.split('|')[2] === 'smtp-in'))

  const outside = openFilter(t)
  outside.smtpd.say('config|subsystem|smtp-out', 'config|ready')
  assert.deepEqual(await outside.smtpd.until('register|ready'), ['register|ready'])
})

test('a message comes back with its labels on top, its dots and bytes as they were', async (t) => {
  const { smtpd, asked } = openFilter(t)
  for (const [event, rest] of envelope) smtpd.report(event, rest)
  const lines = ['Subject: a|b', '', '..hidden', '...', 'lone\rcarriage', '\x80\xff', '']
  assert.deepEqual(await smtpd.data(...lines), ['X-Sluice-Verdict: allow', ...lines, '.'])
  assert.equal(await smtpd.commit(), 'proceed')
  assert.equal(asked[0]?.raw, 'Subject: a|b\r\n\r\n.hidden\r\n..\r\nlone\rcarriage\r\n\x80\xff\r\n\r\n')
  assert.deepEqual(asked[0]?.session, {
    client: {
      ip: '192.0.2.7',
      port: 40_123,
      helo: 'laptop.local',
      tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }
    },
    user: 'alice',
    transaction: { id: 'ea8efa6a', mailFrom: 'alice@a.test', rcptTo: ['bob@b.test'] }
  })
})

test('a refused message does not come back, and is refused at commit', async (t) => {
  const reply = '550 5.7.1 Message refused (verdict 7)'
  const { smtpd } = openFilter(t, {
    ask: async () => ({ ...passed, fate: { kind: 'refuse', reply } })
  })
  assert.deepEqual(await smtpd.data('Subject: x', '', 'spam'), ['.'])
  assert.equal(await smtpd.commit(), `reject|${reply}`)
})

test('a second message of a session is judged with its own envelope', async (t) => {
  const { smtpd, asked } = openFilter(t)
  for (const [event, rest] of envelope) smtpd.report(event, rest)
  await smtpd.data('Subject: one', '')
  await smtpd.commit()
  smtpd.report('tx-reset', 'ea8efa6a')
  smtpd.report('tx-begin', '11111111')
  smtpd.report('tx-mail', '11111111|ok|')
  smtpd.report('tx-rcpt', '11111111|ok|carol@c.test')
  smtpd.report('tx-reset', 'ea8efa6a')
  await smtpd.data('Subject: two', '')
  assert.deepEqual(asked[1]?.session.transaction, { id: '11111111', mailFrom: '', rcptTo: ['carol@c.test'] })
  assert.equal(asked[1].session.user, 'alice')
})

for (const [onFailure, result] of [
  ['open', 'proceed'],
  ['closed', 'reject|451 4.3.2 Cannot be checked now, try again later']
] as const)
  test(`without an answer mail is treated as --on-failure ${onFailure} says, without labels of others`, async (t) => {
    const { smtpd, warnings } = openFilter(t, {
      onFailure,
      ask: async () => ({ kind: 'failed', cause: 'nobody is there' })
    })
    const back = await smtpd.data('x-sluice-verdict: allow', ' folded', 'Subject: x', '', 'X-Sluice-Id: text')
    assert.deepEqual(back, onFailure === 'open' ? ['Subject: x', '', 'X-Sluice-Id: text', '.'] : ['.'])
    assert.equal(await smtpd.commit(), result)
    await smtpd.data('Subject: y', '')
    assert.deepEqual(warnings, ['filter.sluice_not_answering'], 'said once')
  })

test('a fault of our own refuses that message and no other', async (t) => {
  let count = 0
  const { smtpd } = openFilter(t, {
    async ask() {
      count += 1
      if (count === 1) throw new Error('a bug')
      return passed
    }
  })
  assert.deepEqual(await smtpd.data('Subject: x', ''), ['.'])
  assert.match(await smtpd.commit(), /^reject\|451 /u)
  await smtpd.data('Subject: x', '')
  assert.equal(await smtpd.commit(), 'proceed')
})

test('a message that is too large is refused for good, one that finds no room for now', async (t) => {
  const { smtpd, asked } = openFilter(t, { maxMessageBytes: 20_000, maxMemoryBytes: 40_000 })
  const line = 'x'.repeat(998)
  assert.deepEqual(await smtpd.data(...Array<string>(30).fill(line)), ['.'])
  assert.match(await smtpd.commit(), /^reject\|552 5\.3\.4 /u)
  // Another session's message takes the room
  for (let count = 0; count < 18; count += 1) smtpd.say(`filter|0.7|1|smtp-in|data-line|0the|70ce|${line}`)
  await smtpd.data(...Array<string>(18).fill(line))
  assert.match(await smtpd.commit(), /^reject\|451 4\.3\.2 /u)
  smtpd.say('report|0.7|1|smtp-in|link-disconnect|0the')
  await smtpd.data(...Array<string>(18).fill(line))
  assert.equal(await smtpd.commit(), 'proceed')
  assert.equal(asked.length, 1)
})

test('sessions wait for their own answers only', async (t) => {
  const slow = Promise.withResolvers<ScanOutcome>()
  const { smtpd } = openFilter(t, {
    ask: async ({ raw }) => (Buffer.from(raw).includes('slow') ? slow.promise : passed)
  })
  smtpd.say(
    'filter|0.7|1|smtp-in|data-line|0the|70cf|Subject: slow',
    'filter|0.7|1|smtp-in|data-line|0the|70cf|.'
  )
  await smtpd.data('Subject: fast', '')
  slow.resolve(passed)
  assert.deepEqual(await smtpd.until('70cf|.'), [
    'filter-dataline|0the|70cf|X-Sluice-Verdict: allow',
    'filter-dataline|0the|70cf|Subject: slow',
    'filter-dataline|0the|70cf|.'
  ])
})

test('of a client that has gone nothing is said any more, and its question is given up', async (t) => {
  const begun = Promise.withResolvers<AbortSignal>()
  const slow = Promise.withResolvers<ScanOutcome>()
  const { smtpd } = openFilter(t, {
    async ask({ raw }, gone) {
      if (!Buffer.from(raw).includes('slow')) return passed
      begun.resolve(gone)
      return slow.promise
    }
  })
  smtpd.say(
    'filter|0.7|1|smtp-in|data-line|0the|70cf|Subject: slow',
    'filter|0.7|1|smtp-in|data-line|0the|70cf|.'
  )
  const gone = await begun.promise
  smtpd.say('report|0.7|1|smtp-in|link-disconnect|0the')
  if (!gone.aborted) await once(gone, 'abort')
  slow.resolve(passed)
  const back = await smtpd.data('Subject: other', '')
  assert.deepEqual(back, ['X-Sluice-Verdict: allow', 'Subject: other', '', '.'])
})

test('a commit of which no message was seen is answered as without an answer', async (t) => {
  const open = openFilter(t)
  assert.equal(await open.smtpd.commit(), 'proceed')
  const closed = openFilter(t, { onFailure: 'closed' })
  assert.match(await closed.smtpd.commit(), /^reject\|451 /u)
})

test('a phase that was not registered is let pass, and lines that say nothing are passed over', async (t) => {
  const { smtpd } = openFilter(t)
  smtpd.say('', 'hello', 'report|0.7', 'filter|0.7|1|smtp-out|data|a|b', 'filter|0.7|1|smtp-in|data-line|a|b')
  smtpd.say('filter|0.9|1|smtp-in|ehlo|5e55|70ce|x|y')
  assert.deepEqual(await smtpd.until('proceed'), ['filter-result|5e55|70ce|proceed'])
})

test('a line that never ends is not collected for ever', async (t) => {
  const { smtpd, input, ended } = openFilter(t)
  smtpd.say('config|subsystem|smtp-in')
  input.write(Buffer.alloc(200_000, 'x'))
  await assert.rejects(ended, /line of more than/u)
})
