import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { parseForm } from '../../service/doors/callouts/rspamd/reading/multipart.ts'
import { sniffProtocol } from '../../service/doors/callouts/rspamd/sniff-protocol.ts'
import { splitRecipients } from '../../service/doors/callouts/rspamd/reading/split-recipients.ts'
import { parseZstdFrame } from '../../service/doors/callouts/rspamd/reading/zstd-frame.ts'
import { openRspamd } from '../doors/callouts/rspamd/open-rspamd.ts'

const rspamd = await openRspamd(
  { after },
  { times: { sniffMs: 200, headersMs: 200, requestMs: 300, idleMs: 50 } }
)
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))

const names = [
  'From',
  'Rcpt',
  'User',
  'IP',
  'Helo',
  'Queue-Id',
  'Flags',
  'Settings',
  'Compression',
  'Content-Encoding',
  'Accept-Encoding',
  'Content-Type',
  'TLS-Version',
  'X-Other'
]
// Node’s client refuses other characters before they are sent
const values = fc.oneof(
  fc.stringMatching(/^[ -~\u00a0-\u00ff]{0,40}$/u),
  fc.constantFrom('zstd', '<>', 'milter', '"', 'a@b,c@d', '[::1]:1', 'multipart/form-data; boundary=b')
)
const fields = fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 8 })
const paths = fc.oneof(
  fc.constantFrom('/checkv2', '/checkv3', '/check', '/learnspam', '/learnclass', '/stat', '/ping'),
  fc.webPath()
)

test('any fields and any bytes on any path are answered, and no memory stays taken', async () => {
  await fc.assert(
    fc.asyncProperty(paths, fields, bytes, async (path, given, body) => {
      const { status, json, bytes: said, headers } = await rspamd.post(path === '' ? '/' : path, given, body)
      assert.ok([200, 400, 404, 413, 500, 503, 513].includes(status), `${status}`)
      if (status !== 200 && headers['content-encoding'] === undefined)
        assert.equal(typeof json.error, 'string', said.toString())
      assert.ok(rspamd.budget.take(1_000_000))
      rspamd.budget.give(1_000_000)
    }),
    { numRuns: 250 }
  )
})

const starts = fc.constantFrom(
  '',
  'POST /checkv2 HTTP/1.1\r\n',
  'POST /checkv2 HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n',
  'POST /checkv2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
  'CHECK RSPAM',
  'PING SPAMC/1.2\r\n'
)

test('any bytes on a connection end it, within its times', async () => {
  await fc.assert(
    fc.asyncProperty(starts, bytes, fc.nat(300), async (start, rest, cut) => {
      const all = Buffer.concat([Buffer.from(start), rest])
      await rspamd.say(all.subarray(0, cut), all.subarray(cut), 'half-close')
    }),
    { numRuns: 150 }
  )
})

test('a first line is recognised once, however much of it is there', () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const whole = sniffProtocol(given)
      for (let length = 0; length < given.length; length += 1) {
        const sniffed = sniffProtocol(given.subarray(0, length))
        assert.ok(sniffed === 'unclear' || sniffed === whole)
      }
      assert.ok(given.length < 32 || whole !== 'unclear')
    })
  )
})

test('recipients, put together again, are what was given', () => {
  const address = fc.oneof(
    fc.stringMatching(/^[a-z@.<>]{1,12}$/u),
    fc.stringMatching(/^"(?:[a-z, ]|\\["\\])*"@[a-z]{1,5}$/u)
  )
  fc.assert(
    fc.property(fc.array(address, { maxLength: 6 }), (addresses) => {
      assert.deepEqual(splitRecipients(addresses.join(', ')), addresses)
    })
  )
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => void splitRecipients(text)))
})

test('a frame is whole or none: neither cut nor continued nor changed in its outside', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.nat(), (content, at) => {
      const frame = zstdCompressSync(content)
      const { contentBytes } = parseZstdFrame(frame) ?? { contentBytes: -1 }
      assert.ok(contentBytes === null || contentBytes === content.length)
      assert.equal(parseZstdFrame(frame.subarray(0, at % frame.length)), null)
      assert.equal(parseZstdFrame(Buffer.concat([frame, Buffer.alloc(1 + (at % 9))])), null)
    })
  )
  fc.assert(
    fc.property(bytes, (given) => void parseZstdFrame(Buffer.concat([Buffer.from('28b52ffd', 'hex'), given])))
  )
})

test('any bytes are a form of at most two parts, or none', () => {
  const pieces = fc.constantFrom(
    '--b',
    '--b--',
    '\r\n',
    '\r\n\r\n',
    'Content-Disposition: form-data; name="message"',
    'x'
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (given) => {
      const parts = parseForm(Buffer.from(given.join('')), 'b', 2)
      assert.ok(parts === null || parts.length <= 2)
    })
  )
})
