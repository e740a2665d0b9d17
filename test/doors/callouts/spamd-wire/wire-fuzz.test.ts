import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createByteBudget, type ByteBudget } from '../../../../service/access/byte-budget.ts'
import { replyOf as rspamcReply } from '../../../../service/doors/callouts/rspamc/rspamc-reply.ts'
import { toScan } from '../../../../service/doors/callouts/spamc/scan.ts'
import { replyOf as spamcReply } from '../../../../service/doors/callouts/spamc/spamc-reply.ts'
import {
  createRequestReader,
  type Received
} from '../../../../service/doors/callouts/spamd-wire/request-reader.ts'
import { withoutSpoolLines } from '../../../../service/doors/callouts/spamd-wire/spool-lines.ts'
import { reasons, type ReasonCode } from '../../../../service/verdict/reasons/reasons.ts'
import '../../../helpers/fixed-chance.ts'
import { answered, halfClose, openWire } from './open-wire.ts'

const maxMessageBytes = 2_000
const totalBytes = 100_000

/** Requests as clients write them, and with something wrong in any place. */
const line = fc.constantFrom(
  'CHECK RSPAMC/1.3', 'REPORT SPAMC/1.2', 'CHECK SPAMC/1.0', 'PROCESS SPAMC/1.5', 'PING SPAMC/1.5', 'TELL SPAMC/1.5', 'check spamc/1', ''
) // prettier-ignore
const field = fc.oneof(
  fc.constantFrom('User: a', 'Compress: zlib', 'Rcpt: <b@example.net>', 'Set: local', 'Message-class: spam', 'no field', ': x', 'From:'),
  fc.integer({ min: -1, max: 3_000 }).map((length) => `Content-length: ${length}`)
) // prettier-ignore
const body = fc.uint8Array({ maxLength: 3_000 })
const request = fc
  .tuple(line, fc.array(field, { maxLength: 5 }), fc.constantFrom('\r\n', '\n'), body)
  .map(([first, fields, end, bytes]) =>
    Buffer.concat([Buffer.from([first, ...fields, '', ''].join(end)), bytes])
  )
const bytes = fc.oneof(request, body)

function read(pieces: readonly Uint8Array[], budget: ByteBudget): Received {
  const reader = createRequestReader({ maxMessageBytes, budget })
  pieces.some((piece) => reader.push(piece))
  const received = structuredClone(reader.end())
  reader.release()
  return received
}

test('a request is the same however its bytes are cut, and all memory is given back', () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (whole, sizes) => {
      const budget = createByteBudget(totalBytes)
      const pieces: Uint8Array[] = []
      for (let at = 0, turn = 0; at < whole.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1
        pieces.push(whole.subarray(at, at + size))
        at += size
      }
      assert.deepEqual(read(pieces, budget), read([whole], budget))
      assert.ok(budget.take(totalBytes))
    })
  )
})

test('what is kept of a stream without end is bounded', () => {
  fc.assert(
    fc.property(line, fc.uint8Array({ minLength: 1, maxLength: 100 }), (first, chunk) => {
      let most = 0
      let taken = 0
      const budget: ByteBudget = {
        take: (count) => ((taken += count), (most = Math.max(most, taken)), true),
        give: (count) => void (taken -= count)
      }
      const reader = createRequestReader({ maxMessageBytes, budget })
      let done = reader.push(Buffer.from(`${first}\r\n\r\n`))
      for (let count = 0; count < 1_000 && !done; count += 1) done = reader.push(chunk)
      assert.ok(most <= 8_192, `${most} bytes`)
      reader.release()
      assert.equal(taken, 0)
    }),
    { numRuns: 50 }
  )
})

test('spool lines are taken off whatever the message is, and nothing else', () => {
  fc.assert(
    fc.property(body, fc.boolean(), (message, hasRecipients) => {
      const to = hasRecipients ? 'X-Envelope-To: b@example.net\n' : ''
      const lines = Buffer.from(`From a@example.org Sun Nov 22\nX-Envelope-From: <a@example.org>\n${to}`)
      // Without recipients a message that begins with such a field would be taken for the spool's
      fc.pre(hasRecipients || message[0] !== 0x58)
      const { raw, envelope } = withoutSpoolLines(Buffer.concat([lines, message]))
      assert.deepEqual(Buffer.from(raw), Buffer.from(message))
      assert.deepEqual(envelope, {
        mailFrom: '<a@example.org>',
        rcptTo: hasRecipients ? ['b@example.net'] : []
      })
    })
  )
})

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table
const codes = Object.keys(reasons) as ReasonCode[]
const verdict = fc.record({
  score: fc.double({ min: -10, max: 30, noNaN: true }).map((score) => Math.round(score * 100) / 100),
  reasons: fc.array(
    fc.record({
      code: fc.constantFrom(...codes),
      message: fc.string({ unit: 'binary', maxLength: 2_000 }),
      contribution: fc.double({ min: -20, max: 20, noNaN: true }),
      evidence: fc.constant({})
    }),
    { maxLength: 30 }
  )
})
const kind = fc.constantFrom('allow', 'hold', 'block')
const hold = fc.constantFrom('quarantine', 'tempfail', 'reject', 'label')

/** How Exim 4.96 takes the replies apart (its spam.c). */
const eximRspamd =
  /^RSPAMD\/[^ ]{1,7} 0 EX_OK\r\nMetric: default; (?:True|False); (?<score>-?[\d.]+) \/ (?<threshold>[\d.]+) \/ [\d.]+\r\nAction: [^\r]{1,31}\r\n/u
const eximSpamd =
  /^SPAMD\/[^ ]{1,7} 0 EX_OK\r\nSpam: \S+ ; (?<score>-?[\d.]+) \/ (?<threshold>[\d.]+)\r\n\r\n/u

test('Exim can parse every reply, and finds spam in it exactly where the message is not to pass', () => {
  fc.assert(
    fc.property(kind, hold, verdict, (what, expression, given) => {
      const answer = answered(what, given, { hold: expression })
      const replies = [
        [rspamcReply(answer), eximRspamd],
        [spamcReply({ version: 102 }, 'REPORT', toScan(answer), Buffer.alloc(0)), eximSpamd]
      ] as const
      for (const [reply, format] of replies) {
        const { score, threshold } = format.exec(reply.toString('latin1'))?.groups ?? assert.fail()
        assert.equal(Number(score) >= Number(threshold), answer.disposition !== 'accept')
        assert.equal(Number(score) >= 15, answer.disposition === 'reject')
        assert.ok(reply.length < 32_600)
      }
    })
  )
})

for (const protocol of ['rspamc', 'spamc'] as const)
  test(`whatever is said to ${protocol}, it answers in its own words or not at all, and ends`, async (t) => {
    const { say, budget } = await openWire(t, { protocol, maxMessageBytes })
    const prefix = protocol === 'rspamc' ? 'RSPAMD/1.3 ' : 'SPAMD/1.'
    await fc.assert(
      fc.asyncProperty(bytes, async (said) => {
        const reply = await say(said, halfClose)
        assert.ok(reply === '' || reply.startsWith(prefix), reply.slice(0, 80))
      }),
      { numRuns: 100 }
    )
    assert.ok(budget.take(1_000_000), 'all memory was given back')
  })
