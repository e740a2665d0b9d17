import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  array,
  assert as check,
  asyncProperty,
  constantFrom,
  integer,
  oneof,
  property,
  string,
  tuple,
  uint8Array
} from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import { createAssembly } from '../../../../service/doors/callouts/milter/assembly.ts'
import { parseCommand } from '../../../../service/doors/callouts/milter/commands.ts'
import { createFrameDecoder, encodeFrame } from '../../../../service/doors/callouts/milter/frames.ts'
import { connectMilter, say, uint32 } from './milter-client.ts'
import { openMilter } from './open-milter.ts'

const bytes = uint8Array({ maxLength: 40 }).map((values) => Buffer.from(values))
const letter = constantFrom(...Array.from('ABCDEHKLMNOQRTUZ'))
const frame = tuple(letter, bytes).map(([name, data]) => encodeFrame(name, data))

/** Cuts bytes into chunks at the given places. */
function chunksOf(whole: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    chunks.push(whole.subarray(at, at + size))
    at += size
  }
  return [...chunks, whole.subarray(at)]
}

test('frames are the same however the bytes are cut', () => {
  check(
    property(
      array(oneof(frame, bytes), { maxLength: 10 }),
      array(integer({ min: 0, max: 9 })),
      (parts, sizes) => {
        const stream = Buffer.concat(parts)
        const whole = [...createFrameDecoder(100).decode(stream)]
        const decoder = createFrameDecoder(100)
        const cut: unknown[] = []
        for (const chunk of chunksOf(stream, sizes)) {
          cut.push(...decoder.decode(chunk))
          if (typeof cut.at(-1) === 'string') break // nothing comes after a broken one
        }
        assert.deepEqual(cut, whole)
      }
    )
  )
})

test('a frame is never longer than what is announced and allowed', () => {
  check(
    property(integer({ min: 0, max: 0xffff_ffff }), (announced) => {
      const [first] = createFrameDecoder(5).decode(
        Buffer.concat([uint32(announced), Buffer.from('abcdefgh')])
      )
      if (announced === 0) assert.equal(first, 'empty-frame')
      else if (announced > 5) assert.equal(first, 'frame-too-long')
      else assert.equal(typeof first === 'object' && first.data.length, announced - 1)
    })
  )
})

test('any frame is a command or malformed', () => {
  check(
    property(letter, bytes, (name, data) => {
      const command = parseCommand({ letter: name, data })
      assert.ok(command === null || typeof command.kind === 'string')
    }),
    { numRuns: 1_000 }
  )
})

test('a message comes out as it went in, and gives its memory back', () => {
  const value = string({ unit: constantFrom('a', ' ', '\t', '\xe9', ':') })
  check(
    property(array(tuple(constantFrom('A', 'Subject', 'x-y'), value)), array(bytes), (fields, body) => {
      const budget = createByteBudget(10_000)
      const assembly = createAssembly({ maxMessageBytes: 10_000, budget, withLeadingSpace: true })
      for (const [name, text] of fields) assembly.addField(name, text)
      for (const chunk of body) assembly.addBody(chunk)
      const header = fields.map(([name, text]) => `${name}:${text}\r\n`).join('')
      const whole = Buffer.concat([Buffer.from(`${header}\r\n`, 'latin1'), ...body])
      assert.deepEqual(assembly.raw(), whole)
      assert.equal(assembly.sizeBytes(), whole.length)
      assembly.end()
      assert.equal(budget.take(10_000), true)
    })
  )
})

/** What moves a conversation on. */
const proper = constantFrom(
  ...Array.from({ length: 12 }, () => say.message('<a@example.org>', '<b@example.net>')),
  say.mail('<a@example.org>'),
  say.rcpt('<b@example.net>'),
  say.header('X-Sluice-Verdict', ' allow'),
  say.macros('M', 'i', 'Q1'),
  say.connect('4', 25, '203.0.113.7'),
  say.endOfHeader(),
  say.body('x'.repeat(700)),
  say.end(),
  say.abort(),
  say.quitNewConnection(),
  say.postfix()
)
const truncated = tuple(frame, integer({ min: 0, max: 8 })).map(([whole, length]) =>
  whole.subarray(0, length)
)
const word = oneof(
  { weight: 20, arbitrary: proper },
  { weight: 3, arbitrary: frame },
  { weight: 1, arbitrary: truncated },
  { weight: 1, arbitrary: bytes }
)

const words = array(word, { maxLength: 15 })

test('whatever a mail server says, every message is asked about once and answered, or the connection ends', async (t) => {
  const { port, questions } = await openMilter(t)
  let answers = 0
  await check(
    asyncProperty(words, constantFrom('quit', 'half'), async (said, ending) => {
      const before = questions.length
      const client = await connectMilter({ port })
      client.send(say.postfix(), ...said)
      if (ending === 'quit') client.send(say.quit())
      client.half()
      let answered = 0
      for (let reply = await client.next(); reply !== null; reply = await client.next()) {
        assert.match(reply.letter, /^[Ocim]$/u)
        if (reply.letter === 'c') answered += 1
      }
      // Unknown commands, and those of a mail server that wants an answer to each, are answered too
      assert.ok(answered >= questions.length - before)
      answers += answered
    }),
    { numRuns: 200 }
  )
  t.diagnostic(`${questions.length} questions, ${answers} answers`)
  assert.ok(questions.length > 50)
})

test('mail servers that go away at any moment leave nothing behind', async (t) => {
  const message = say.message('<a@example.org>', '<b@example.net>')
  const { port, connected, warnings } = await openMilter(t, undefined, { budget: createByteBudget(1_000) })
  await check(
    asyncProperty(words, integer({ min: 0, max: 500 }), async (said, length) => {
      const client = await connectMilter({ port })
      client.send(say.postfix(), Buffer.concat(said).subarray(0, length))
      client.close()
    }),
    { numRuns: 100 }
  )
  const probe = await connected()
  probe.send(message)
  assert.equal((await probe.answer()).at(-1), 'c')
  assert.deepEqual(
    warnings.filter((warning) => !warning.startsWith('callouts.milter_broken')),
    []
  )
})
