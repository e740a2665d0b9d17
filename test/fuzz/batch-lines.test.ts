import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { batchAnswerSchema } from '../../service/contracts/batch.ts'
import { problems } from '../../service/contracts/problem.ts'
import { openApi, verdictRequest } from '../doors/api/open-api.ts'

// The idle time: an injected request without an answer line keeps its timer
const { app } = await openApi({ after }, { bodyLimitBytes: 20_000, idleTimeoutMs: 500 })
const good = JSON.stringify(verdictRequest())

/** Lines that are right, nearly right, and wrong in every way; none of them holds a line feed of its own. */
const lines = fc.oneof(
  fc.constant(Buffer.from(good)),
  fc.nat(good.length).map((end) => Buffer.from(good.slice(0, end))),
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ ...verdictRequest(), raw: value }))),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text.replaceAll(/[\r\n]/gu, ' '))),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 ? 0 : byte)))),
  fc.constant(Buffer.alloc(20_001, '['))
)

test('whatever the lines, each is answered in its place by a verdict or a problem of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { maxLength: 12 }), async (sent) => {
      const payload = Buffer.concat(sent.flatMap((line) => [line, Buffer.from('\n')]))
      const response = await app.inject({
        method: 'POST',
        url: '/v1/verdicts/batch',
        headers: { 'content-type': 'application/x-ndjson' },
        payload
      })
      assert.equal(response.statusCode, 200)
      const answers = response.body.split('\n').filter((line) => line !== '')
      const places = sent.flatMap((line, index) => (isBlank(line) ? [] : [index + 1]))
      assert.equal(answers.length, places.length)
      for (const [index, text] of answers.entries()) {
        const answer = batchAnswerSchema.parse(JSON.parse(text))
        if (!('code' in answer)) continue
        assert.equal(answer.line, places[index])
        assert.ok(answer.code in problems && answer.status < 500, text)
      }
    }),
    { numRuns: 60 }
  )
})

/** As the reader sees it: a byte order mark and white space are nothing. */
function isBlank(line: Buffer): boolean {
  return line.length <= 20_000 && line.equals(Buffer.from(line.toString())) && line.toString().trim() === ''
}
