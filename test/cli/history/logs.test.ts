import assert from 'node:assert/strict'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { filesOf, gatherIn } from './gather.ts'

const postfix = (time: string, id: string): string =>
  [
    `${time} mx postfix/submission/smtpd[12]: ${id}: client=dsl.example.net[203.0.113.7], sasl_method=PLAIN, sasl_username=ann@example.org`,
    `${time} mx postfix/cleanup[13]: ${id}: message-id=<${id}@example.org>`,
    `${time} mx postfix/qmgr[14]: ${id}: from=<ann@example.org>, size=4711, nrcpt=2 (queue active)`,
    `${time} mx postfix/smtp[15]: ${id}: to=<bob@example.net>, relay=x[192.0.2.1]:25, delay=1, status=sent (250 ok)`,
    `${time} mx postfix/lmtp[15]: ${id}: to=<box7@mail.lan>, orig_to=<joe@example.org>, relay=x, status=sent (250 ok)`,
    `${time} mx postfix/qmgr[14]: ${id}: removed`
  ].join('\n')

test('Postfix’s log gives the envelopes of those who logged in', async (t) => {
  const inbound =
    '2026-11-20T08:16:00+01:00 mx postfix/smtpd[12]: 4ABCDE: client=other[198.51.100.9]\n2026-11-20T08:16:00+01:00 mx postfix/qmgr[14]: 4ABCDE: removed'
  const directory = await filesOf(t, {
    'mail.log': `${postfix('2026-11-20T08:15:00.123456+01:00', '4XyZ12')}\n${inbound}\nnoise \xff\xfe\n`
  })

  const { entries, lines, counts, faults } = await gatherIn(t, directory, { postfixLog: ['mail.log'] })

  assert.deepEqual([counts, faults], [{ NOT_AUTHENTICATED: 1 }, []])
  assert.equal(entries[0]?.at, Date.UTC(2026, 10, 20, 7, 15))
  assert.deepEqual(lines, [
    {
      owner: 'ann@example.org',
      receivedAt: entries[0]?.at,
      client: { ip: '203.0.113.7', helo: null },
      envelope: { from: 'ann@example.org', to: ['bob@example.net', 'joe@example.org'] },
      sizeBytes: 4711,
      messageId: '<4XyZ12@example.org>'
    }
  ])
})

test('a queue id that is used again is another message, and one whose end the log lacks is told all the same', async (t) => {
  const [first = '', ...more] = postfix('2026-11-20T08:15:00Z', 'AAAAAA').split('\n')
  const directory = await filesOf(t, {
    'mail.log': [
      first,
      ...more,
      postfix('2026-11-20T09:15:00Z', 'AAAAAA'),
      first.replace('AAAAAA', 'BBBBBB')
    ].join('\n')
  })
  const { found } = await gatherIn(t, directory, { postfixLog: ['mail.log'] })
  assert.equal(found, 3)
})

test('a log without years ends in the year in which it was written', async (t) => {
  const stamps = ['Nov 30 08:15:00', 'Dec 31 23:59:59', 'Jan  1 00:00:01']
  const directory = await filesOf(t, {
    'mail.log': stamps.map((stamp, index) => postfix(stamp, `AAAAA${index}`)).join('\n')
  })
  const written = new Date(Date.UTC(2026, 2, 1))
  await utimes(join(directory, 'mail.log'), written, written)

  const { entries } = await gatherIn(t, directory, { postfixLog: ['mail.log'] })

  assert.deepEqual(
    entries.map(({ at }) => new Date(at).getFullYear()),
    [2025, 2025, 2026]
  )
})

test('Exim’s main log gives them too, and believes no subject', async (t) => {
  const id = '1tEvPo-000000-3A'
  const directory = await filesOf(t, {
    'main.log': [
      `2026-11-20 08:15:00 +0100 ${id} <= ann@example.org H=dsl.example.net (laptop) [203.0.113.7]:52311 P=esmtpsa X=TLS1.3:x CV=no A=plain_login:ann S=1234 id=7@example.org T=" A=evil:eve id=8@x" for bob@example.net joe@example.org`,
      `2026-11-20 08:15:01 +0100 ${id} => bob <bob@example.net> R=dnslookup T=remote_smtp`,
      `2026-11-20 08:15:02 +0100 ${id} Completed`,
      '2026-11-20 08:16:00 +0100 1tEvPq-000000-3A <= eve@example.net H=x [198.51.100.9] P=esmtp S=99',
      '2026-11-20 08:16:01 +0100 1tEvPq-000000-3A Completed'
    ].join('\n')
  })

  const { lines, counts } = await gatherIn(t, directory, { eximLog: ['main.log'] })

  assert.deepEqual(counts, { NOT_AUTHENTICATED: 1 })
  assert.deepEqual(lines, [
    {
      owner: 'ann',
      receivedAt: Date.UTC(2026, 10, 20, 7, 15),
      client: { ip: '203.0.113.7', helo: 'laptop' },
      envelope: { from: 'ann@example.org', to: ['bob@example.net', 'joe@example.org'] },
      sizeBytes: 1234,
      messageId: '<7@example.org>'
    }
  ])
})

test('what is no log gives no message, and no line brings the reader to fall', async (t) => {
  const pieces = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\n',
      '2026-11-20T08:15:00Z mx postfix/smtpd[1]: AAAAAA: client=[',
      '2026-11-20 08:15:00 1tEvPo-000000-3A <= ',
      ' H=(',
      'A=x:y ',
      'x'.repeat(70_000)
    )
  )
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (parts) => {
      const directory = await filesOf(t, { log: parts.join('') })
      const { found, faults } = await gatherIn(t, directory, { postfixLog: ['log'], eximLog: ['log'] })
      assert.equal(faults.length >= (found === 0 ? 2 : 0), true)
    }),
    { numRuns: 8 }
  )
})
