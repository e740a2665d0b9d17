import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { compareShadow } from '../../../service/cli/callouts/compare-shadow.ts'
import { readMtaLog, type MtaLogKind } from '../../../service/cli/callouts/mta-log.ts'
import type { ShadowVerdict } from '../../../service/contracts/callouts.ts'

async function outcomes(t: TestContext, kind: MtaLogKind, text: string, name = 'mail.log') {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-log-'))
  t.after(() => rm(directory, { recursive: true }))
  const file = join(directory, name)
  await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text)
  return Object.fromEntries(await readMtaLog(kind, file))
}

const postfix = `Nov 22 08:15:00 mx1 postfix/smtpd[11]: NOQUEUE: reject: RCPT from unknown[203.0.113.7]: 554 5.7.1 no
2026-11-22T08:15:01+00:00 mx1 postfix/smtp[12]: 4XyZ12Abc: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, dsn=4.4.1, status=deferred (timeout)
2026-11-22T08:20:01+00:00 mx1 postfix/smtp[12]: 4XyZ12Abc: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 ok status=bounced)
Nov 22 08:15:02 mx1 postfix/submission/smtpd[13]: 9ABCDEF01: client=unknown[203.0.113.7], sasl_username=alice
Nov 22 08:15:02 mx1 postfix/cleanup[13]: 9ABCDEF01: milter-hold: END-OF-MESSAGE from unknown[203.0.113.7]: milter triggers HOLD action;
Nov 22 08:15:02 mx1 postfix/cleanup[13]: 9ABCDEF02: milter-reject: END-OF-MESSAGE from unknown[203.0.113.7]: 5.7.1 no;
Nov 22 08:15:02 mx1 postfix/smtp[13]: 9ABCDEF03: to=<x@example.net>, relay=none, status=bounced (550 5.1.1 user unknown)
`

test('Postfix: the last word on a message counts, whatever replies say', async (t) => {
  assert.deepEqual(await outcomes(t, 'postfix', postfix), {
    '4XyZ12Abc': 'delivered',
    '9ABCDEF01': 'held',
    '9ABCDEF02': 'rejected',
    '9ABCDEF03': 'bounced'
  })
})

test('a packed log is read as well', async (t) => {
  assert.equal(Object.keys(await outcomes(t, 'postfix', postfix, 'mail.log.gz')).length, 4)
})

test('Exim: both forms of its ids', async (t) => {
  const text = `2026-11-22 08:15:00 1tEvPo-000AbC-3A <= alice@example.org H=laptop U=x P=esmtpa
2026-11-22 08:15:00 1tEvPo-000AbC-3A => bob@example.net R=dns T=smtp
2026-11-22 08:15:01.123 [99] 1tEvPo-0000000AbCd-3AbC ** bob@example.net: 550 no
2026-11-22 08:15:02 1tEvPo-000AbD-3A == bob@example.net R=dns T=smtp defer (110)
2026-11-22 08:15:03 1tEvPo-000AbE-3A Frozen (message created by filter)
2026-11-22 08:15:04 1tEvPo-000AbF-3A H=(x) [203.0.113.7] F=<a@example.org> rejected after DATA: spam
`
  assert.deepEqual(await outcomes(t, 'exim', text), {
    '1tEvPo-000AbC-3A': 'delivered',
    '1tEvPo-0000000AbCd-3AbC': 'bounced',
    '1tEvPo-000AbD-3A': 'deferred',
    '1tEvPo-000AbE-3A': 'held',
    '1tEvPo-000AbF-3A': 'rejected'
  })
})

/** What rspamd's log says of a message. */
const rspamdLine = (qid: string, action: string): string =>
  `2026-11-22 08:15:00 #1(normal) <abc>; task; rspamd_task_write_log: id: <m@x>, qid: <${qid}>, ip: 203.0.113.7, from: <a@x>, (default: F (${action}): [1.20/15.00] [X(1.00){}])\n`

test('rspamd: its action on the same queue id', async (t) => {
  const text = rspamdLine('A1', 'no action') + rspamdLine('A2', 'reject') + rspamdLine('A3', 'add header')
  assert.deepEqual(await outcomes(t, 'rspamd', text), { A1: 'delivered', A2: 'rejected', A3: 'marked' })
})

const verdict = (queueId: string | null, judged: ShadowVerdict['judged'], risk: number): ShadowVerdict => ({
  verdictId: `v-${queueId}-${judged}`,
  queueId,
  at: '2026-11-22T08:15:00.000Z',
  sender: 'alice@example.org',
  judged,
  risk,
  reasons: ['RISK_ABOVE_HOLD']
})

test('verdicts and outcomes are joined by queue id, a message that was asked about twice by its last verdict', () => {
  const report = compareShadow(
    [
      verdict('A', 'allow', 0.01),
      verdict('A', 'hold', 0.5),
      verdict('B', 'allow', 0.02),
      verdict(null, 'block', 0.99)
    ],
    new Map([
      ['A', 'delivered'],
      ['B', 'rejected']
    ])
  )
  assert.equal(report.messages, 3)
  assert.deepEqual(report.table, { allow: { rejected: 1 }, hold: { delivered: 1 }, block: { unknown: 1 } })
  assert.deepEqual(
    report.stoppedByUsAlone.map(({ queueId }) => queueId),
    [null, 'A']
  )
  assert.deepEqual(
    report.stoppedByOthersAlone.map(({ queueId }) => queueId),
    ['B']
  )
})
