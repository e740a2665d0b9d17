import '../../helpers/fixed-chance.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readReport } from '../../../service/delivery/feedback/read-report.ts'
import { expectedReport, reportBytes, reportNames, shown } from './corpus.ts'

const fromReporterNames = new Set(['attached-only'])

for (const name of reportNames()) {
  test(`the report ${name} says what stands beside it`, () => {
    const fromReporter = name.startsWith('complaint') || fromReporterNames.has(name)
    assert.deepEqual(shown(readReport(reportBytes(name), { fromReporter })), expectedReport(name))
  })
}

test('a message that is merely attached is a complaint only at a feedback loop’s address', () => {
  assert.deepEqual(readReport(reportBytes('attached-only'), { fromReporter: false }), { kind: 'other' })
})

test('reports that are cut, garbled or nonsense never throw', () => {
  const names = reportNames()
  const garbled = fc.record({
    name: fc.constantFrom(...names),
    cut: fc.integer({ min: 0, max: 4_000 }),
    at: fc.integer({ min: 0, max: 4_000 }),
    noise: fc.uint8Array({ maxLength: 40 })
  })
  fc.assert(
    fc.property(garbled, fc.boolean(), ({ name, cut, at, noise }, fromReporter) => {
      const raw = reportBytes(name)
      raw.set(noise.subarray(0, Math.max(0, raw.length - at)), Math.min(at, raw.length))
      readReport(raw.subarray(0, cut), { fromReporter })
    }),
    { numRuns: 300 }
  )
})

test('a status part of a million groups costs little and names at most two hundred recipients', () => {
  const group = 'Final-Recipient: rfc822; a@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n'
  const head =
    'From: x@example.net\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n'
  const before = performance.now()
  const report = readReport(Buffer.from(`${head}${group.repeat(13_000)}--x--\r\n`), { fromReporter: false })

  assert.ok(report.kind === 'bounce' && report.recipients.length <= 200)
  assert.ok(performance.now() - before < 1_000)
})

test('a text that repeats what bounces say is read in linear time', () => {
  for (const line of [
    '  a@example.net\n',
    '<a@example.net>:\nx\n\n',
    'host a [',
    '550 5.1.1 x '.repeat(20)
  ]) {
    const text = `From: MAILER-DAEMON@x\r\nSubject: failure notice\r\n\r\nHi. This is the \ncreated automatically by mail delivery software\n${line.repeat(30_000)}`
    const before = performance.now()
    readReport(Buffer.from(text), { fromReporter: false })
    assert.ok(performance.now() - before < 1_500, line)
  }
})
