import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import { toDataLines, unescapeDot } from '../../../../service/doors/callouts/opensmtpd/data-lines.ts'
import { editHeader } from '../../../../service/doors/callouts/opensmtpd/edit-header.ts'
import { parseFilterLine } from '../../../../service/doors/callouts/opensmtpd/filter-lines.ts'
import { runFilter } from '../../../../service/doors/callouts/opensmtpd/run-filter.ts'
import { parseScanAnswer } from '../../../../service/doors/callouts/opensmtpd/scan-answer.ts'
import { createWriteLines } from '../../../../service/doors/callouts/opensmtpd/write-lines.ts'
import { headerFields } from '../../../../service/message/header-block.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import { passed } from './open-filter.ts'

const word = fc.oneof(
  fc.constantFrom(
    'filter',
    'report',
    'config',
    '0.6',
    '0.7',
    'smtp-in',
    'data-line',
    'commit',
    'link-auth',
    'ready'
  ),
  fc.constantFrom('link-connect', 'tx-begin', 'tx-mail', 'tx-rcpt', 'link-disconnect', 'aa', 'ok', '.', ''),
  fc.string({ maxLength: 10 })
)
const line = fc.oneof(
  fc.array(word, { maxLength: 10 }).map((words) => words.join('|')),
  fc
    .tuple(fc.constantFrom('aa', 'bb'), word)
    .map(([id, text]) => `filter|0.7|1|smtp-in|data-line|${id}|1|${text}`),
  fc.constantFrom('aa', 'bb').map((id) => `filter|0.7|1|smtp-in|data-line|${id}|1|.`),
  fc.constantFrom('aa', 'bb').map((id) => `filter|0.7|1|smtp-in|commit|${id}|1|`)
)

test('whatever lines come, each question is answered once and in words that smtpd knows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 30 }),
      fc.infiniteStream(fc.nat(20)),
      async (lines, sizes) => {
        const text = Buffer.from(lines.map((one) => `${one.replaceAll('\n', '')}\n`).join(''))
        const output = new PassThrough()
        const said = buffer(output)
        await runFilter({
          input: pieces(text, sizes),
          write: createWriteLines(output),
          ask: async () => passed,
          onFailure: 'open',
          maxMessageBytes: 1_000,
          maxMemoryBytes: 100_000,
          log: silentLogger
        })
        output.end()
        const parsed = text
          .toString()
          .split('\n')
          .map((one) => parseFilterLine(Buffer.from(one)))
        const questions = parsed.filter((one) => one?.kind === 'question').length
        const answers = (await said).toString('latin1').split('\n').slice(0, -1)
        assert.equal(answers.filter((one) => one.startsWith('filter-result|')).length, questions)
        for (const answer of answers)
          assert.match(
            answer,
            /^(?:register\||filter-dataline\||filter-result\|.*\|(?:proceed$|reject\|[45]\d\d ))/su
          )
      }
    ),
    { numRuns: 150 }
  )
})

/** As a pipe may deliver them. */
async function* pieces(bytes: Buffer, sizes: Iterable<number>): AsyncGenerator<Buffer> {
  let from = 0
  for (const size of sizes) {
    if (from >= bytes.length) return
    yield bytes.subarray(from, from + size)
    from += size
  }
}

test('lines that become a message become the same lines again', () => {
  const content = fc.uint8Array({ maxLength: 12 }).map((bytes) => bytes.filter((byte) => byte !== 10))
  const escaped = content.map((bytes) =>
    bytes[0] === 0x2e ? Buffer.concat([Buffer.from('.'), bytes]) : bytes
  )
  fc.assert(
    fc.property(fc.array(escaped, { maxLength: 20 }), (lines) => {
      const raw = Buffer.concat(lines.flatMap((one) => [unescapeDot(one), Buffer.from('\r\n')]))
      const back = Buffer.concat([...toDataLines([raw], 'p|')])
      const expected = lines.flatMap((one) => [Buffer.from('p|'), one, Buffer.from('\n')])
      assert.equal(back.compare(Buffer.concat(expected)), 0)
    })
  )
})

test('only the fields that are meant are removed, from any bytes', () => {
  const part = fc.constantFrom(
    'X-Sluice-Id: a',
    ' b',
    'Subject: c',
    'x-sluice-ID : d',
    '',
    'no field',
    '\tfold',
    ': e'
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: -3, max: 3 }), (parts, place) => {
      const raw = Buffer.from(parts.map((one) => `${one}\r\n`).join(''))
      const remove = new Map([['x-sluice-id', [place]]])
      const edited = Buffer.concat(editHeader(raw, { remove, add: [] }))
      const had = count(raw, 'x-sluice-id')
      const goes = place === 0 ? had : Math.abs(place) <= had ? 1 : 0
      // What follows a removed field may become a part of the one before it: never is a field hidden that way
      assert.equal(count(edited, 'x-sluice-id'), had - goes)
      assert.equal(count(edited, 'subject'), count(raw, 'subject'))
    })
  )
})

function count(bytes: Uint8Array, name: string): number {
  return [...headerFields(bytes)].filter((field) => field.name === name).length
}

test('no answer of a server makes the filter throw', () => {
  const json = fc.oneof(
    fc.json(),
    fc
      .record({ action: fc.string(), milter: fc.jsonValue(), messages: fc.jsonValue() })
      .map((value) => JSON.stringify(value)),
    fc.string()
  )
  fc.assert(
    fc.property(json, (text) => {
      const outcome = parseScanAnswer(text)
      if (outcome.kind === 'answered' && outcome.fate.kind === 'refuse')
        assert.match(outcome.fate.reply, /^[45]\d\d [ -~]+$/u)
    })
  )
})
