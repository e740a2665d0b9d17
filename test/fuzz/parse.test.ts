import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { isDeepStrictEqual } from 'node:util'
import { createKeyedHash } from '../../service/observation/keyed-hash.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { observeMessage } from '../../service/observation/observe-message.ts'
import { parseMessage } from '../../service/parse/parse-message.ts'
import { addressOf, buildMessage } from '../helpers/build-message.ts'

const keyedHash = createKeyedHash(new Uint8Array(32))
const context = {
  receivedAt: Date.UTC(2026, 10, 2, 8, 30),
  client: { ip: '2001:db8::1', helo: '[192.0.2.1]', port: null, tls: null },
  envelope: { mailFrom: null, rcptTo: [addressOf('bob@example.net')] },
  sender: 'ann@example.com',
  keyedHash
}
const numRuns = 400
const whole = buildMessage({
  from: '=?utf-8?Q?J=C3=B6rg?= <joerg@example.com>',
  html: '<p style="color:red">See <a href="https://example.org/x">this</a></p>',
  text: 'Hi Bob,\r\n\r\nsee https://example.org/x\r\n\r\n-- \r\nJörg\r\n',
  attachments: [{ name: 'report.pdf', type: 'application/pdf', content: 'x'.repeat(200) }]
})

async function observed(raw: Uint8Array): Promise<Observation | undefined> {
  const outcome = await parseMessage(raw)
  return outcome.kind === 'parsed' ? observeMessage(outcome.message, context) : undefined
}

/** Pieces that mean something to a mail parser, in any order and torn anywhere. */
const pieces = fc.constantFrom(
  'From: a@b.org\r\n', 'To: "x" <y@z>, g: a@b;\r\n', 'Subject: =?utf-8?B?4pyT?=\r\n', 'Subject: =?x?Q?=\r\n', '\r\n', '\n', '\r', '--b', '--b--', '\r\n--b\r\n',
  'Content-Type: multipart/mixed; boundary=b\r\n', 'Content-Type: multipart/digest; boundary="b"\r\n', 'Content-Type: message/rfc822\r\n',
  'Content-Type: text/html; charset=utf-16\r\n', 'Content-Type: text/plain; charset=iso-2022-jp; format=flowed; delsp=yes\r\n',
  'Content-Transfer-Encoding: base64\r\n', 'Content-Transfer-Encoding: quoted-printable\r\n', 'Content-Disposition: attachment; filename*0*=utf-8\'\'a%; filename*1=b\r\n',
  'Date: Fri, 31 Feb 2099 25:61:61 +9999\r\n', 'References: <<a>@> <b\r\n', ' \t', ':', '=?', '?=', '<a href="http://', 'http://xn--', '@', '.com/', '<div style="display:none">', '</div>', '<!--', '&#x1F600;', '&#55357;',
  '> quoted\r\n', 'On Monday, X wrote:\r\n', '-- \r\n', '-----Original Message-----\r\n', 'From: X\r\nSent: Y\r\n', '____________\r\n', 'สวัสดี', '您好', '\u{1f600}', '\ud83d', '\u200b', '\u0000', '\u00ff', '\u0130', '\ufdfa', '1234567890', 'ＡＢＣ', '='
) // prettier-ignore

/** Latin-1 keeps the bytes above 127 broken, UTF-8 keeps them whole. */
const torn = fc
  .tuple(
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 60 }),
    fc.constantFrom('latin1', 'utf8')
  )
  .map(([list, encoding]) =>
    Uint8Array.from(Buffer.from(list.join(''), encoding === 'utf8' ? 'utf8' : 'latin1'))
  )

test('arbitrary bytes give an outcome, never an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (raw) => {
      await observed(raw)
    }),
    { numRuns }
  )
})

test('a message torn and shuffled gives an observation that is finite everywhere', async () => {
  await fc.assert(
    fc.asyncProperty(torn, async (raw) => {
      const observation = await observed(raw)
      if (observation) assertFinite(observation, 'observation')
    }),
    { numRuns }
  )
})

/** A message as a mail program writes it, with some bytes changed and some cut out. */
const mutated = fc
  .array(fc.tuple(fc.nat(2_000), fc.nat(255), fc.nat(20)), { maxLength: 15 })
  .map((edits) => edits.reduce((raw, edit) => mutate(raw, edit), whole))

function mutate(raw: Uint8Array, [place, byte, cut]: readonly [number, number, number]): Uint8Array {
  const at = place % raw.length
  return Uint8Array.from([...raw.subarray(0, at), byte, ...raw.subarray(at + cut)])
}

test('a real message with damaged bytes gives an observation that is finite everywhere', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (raw) => {
      const observation = await observed(raw)
      if (observation) assertFinite(observation, 'observation')
    }),
    { numRuns }
  )
})

test('an observation survives storage and thread unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(torn, async (raw) => {
      const observation = await observed(raw)
      if (!observation) return
      assert.ok(isDeepStrictEqual(JSON.parse(JSON.stringify(observation)), observation))
      assert.ok(isDeepStrictEqual(structuredClone(observation), observation))
    }),
    { numRuns: 150 }
  )
})

test('the same bytes give the same observation', async () => {
  await fc.assert(
    fc.asyncProperty(torn, async (raw) => assert.deepEqual(await observed(raw), await observed(raw.slice()))),
    { numRuns: 150 }
  )
})

test('no input of 20 kB takes more than half a second of processor time', async () => {
  const repeated = fc.tuple(
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 6 })), { minLength: 1, maxLength: 8 }),
    fc.boolean()
  )
  await fc.assert(
    fc.asyncProperty(repeated, async ([list, inBody]) => {
      const unit = list.join('')
      const filled = unit.repeat(Math.ceil(20_000 / Math.max(1, unit.length)))
      const before = process.threadCpuUsage()
      await observed(Buffer.from(inBody ? `From: a@b.org\r\n\r\n${filled}` : filled))
      const used = process.threadCpuUsage(before)
      assert.ok(used.user + used.system < 500_000, `took ${(used.user + used.system) / 1_000} ms`)
    }),
    { numRuns: 150 }
  )
})

function assertFinite(value: unknown, path: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${path} is ${value}`)
  else if (Array.isArray(value))
    for (const [index, one] of value.entries()) assertFinite(one, `${path}[${index}]`)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) assertFinite(one, `${path}.${name}`)
  } else assert.ok(typeof value === 'string' && value.isWellFormed(), `${path} is ${String(value)}`)
}
