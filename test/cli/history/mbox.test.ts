import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { copyOf, filesOf, gatherIn, textOf } from './gather.ts'

const separator = 'From ann@example.org Mon Nov 16 08:15:00 2026\n'
const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4)

/** mboxrd, the one kind that can be read back to the byte. */
function mboxrd(bodies: readonly string[]): string {
  return bodies
    .map((body, index) => `${separator}${copyOf(index, body.replaceAll(/^(>*From )/gmu, '>$1'))}\n`)
    .join('')
}

test('every message comes back as it was sent, whatever stands in its text', async (t) => {
  const words = [
    'From the start',
    '>From afar',
    '>>From',
    'From ',
    'From: x',
    'a',
    '',
    'From ann Mon Nov 16 08:15:00 2026'
  ]
  const bodies = fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 })
    .map((lines) => `${lines.join('\n')}\n`)
  await fc.assert(
    fc.asyncProperty(fc.array(bodies, { minLength: 1, maxLength: 6 }), async (written) => {
      const directory = await filesOf(t, { 'Sent.mbox': mboxrd(written) })
      const { lines, faults } = await gatherIn(t, directory, { mbox: ['Sent.mbox'], user: 'ann' })
      assert.deepEqual(faults, [])
      assert.deepEqual(
        lines.map((line) => bodyOf(textOf(line))),
        written.map((body) => body.replaceAll('\n', '\r\n'))
      )
    }),
    { numRuns: 25 }
  )
})

test('no bytes bring the reader to fall', async (t) => {
  const pieces = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\nFrom ',
      separator,
      'From -\n',
      '\n\n',
      'Content-Length: 9\n',
      'Date: x\n',
      '>From ',
      '\r'
    )
  )
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 20 }), async (parts) => {
      const directory = await filesOf(t, { 'Sent.mbox': parts.join('') })
      const { found, entries, counts } = await gatherIn(t, directory, { mbox: ['Sent.mbox'], user: 'ann' })
      assert.ok(found >= entries.length)
      if (found === 0) assert.equal((counts['NOT_MBOX'] ?? 0) + (counts['NO_MESSAGES'] ?? 0), 1)
    }),
    { numRuns: 30 }
  )
})

const kinds: readonly (readonly [what: string, mbox: string, bodies: readonly string[]])[] = [
  ['unquoted "From " in a paragraph parts nothing', `${separator}${copyOf(1, 'Hi,\n\nFrom what I hear:\n\nFrom me to you\nX: y\n')}`, ['Hi,\r\n\r\nFrom what I hear:\r\n\r\nFrom me to you\r\nX: y\r\n']],
  ['a last message without a final newline is whole', `${separator}${copyOf(1, 'one\n')}\n${separator}${copyOf(2, 'two')}`, ['one\r\n', 'two']],
  ['a separator without a blank line before it parts', `${separator}${copyOf(1, 'one')}\n${separator}${copyOf(2, 'two\n')}`, ['one\r\n', 'two\r\n']],
  ['Thunderbird’s separators part', `From - Mon Nov 16 08:15:00 2026\n${copyOf(1)}\nFrom -\n${copyOf(2, 'two\n')}`, ['Hello.\r\n', 'two\r\n']],
  ['broken separators part where a whole header stands below', `From\u0020\n${copyOf(1, 'one\n')}\nFrom ann\n${copyOf(2, 'two\n')}\nFrom ann Xyz 99 99:99 25\n${copyOf(3, 'three\n')}`, ['one\r\n', 'two\r\n', 'three\r\n']],
  ['a broken separator above less than a header is text', `${separator}${copyOf(1, 'Hi,\n\nFrom ann\nDate: tomorrow\n\nFrom: me\n')}`, ['Hi,\r\n\r\nFrom ann\r\nDate: tomorrow\r\n\r\nFrom: me\r\n']],
  ['Content-Length that is true keeps text as it is', `${separator}${copyOf(1, `${separator}X: >From\n`, ['Content-Length: 55'])}\n${separator}${copyOf(2)}`, ['From ann@example.org Mon Nov 16 08:15:00 2026\r\nX: >From\r\n', 'Hello.\r\n']],
  ['Content-Length that lies is not believed', `${separator}${copyOf(1, 'one\n', ['Content-Length: 99999'])}\n${separator}${copyOf(2, 'two\n', ['Content-Length: 2'])}`, ['one\r\n', 'two\r\n']]
] // prettier-ignore

for (const [what, mbox, bodies] of kinds)
  test(what, async (t) => {
    const directory = await filesOf(t, { 'Sent.mbox': mbox })
    const { lines, faults } = await gatherIn(t, directory, { mbox: ['Sent.mbox'], user: 'ann' })
    assert.deepEqual(faults, [])
    assert.deepEqual(
      lines.map((line) => bodyOf(textOf(line))),
      bodies
    )
  })

test('a separator that lies across two chunks of reading is found', async (t) => {
  for (const short of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const first = `${separator}${copyOf(1, `${'x'.repeat(1_048_576)}\n`)}`
    const filler = first.slice(0, 1_048_576 - 2 - short)
    const directory = await filesOf(t, { 'Sent.mbox': `${filler}\n\n${separator}${copyOf(2)}` })
    const { entries } = await gatherIn(t, directory, {
      mbox: ['Sent.mbox'],
      user: 'ann',
      maxBytes: 2_000_000
    })
    assert.equal(entries.length, 2)
  }
})

test('packed files are read, a packed file that breaks off gives what stood before', async (t) => {
  const whole = gzipSync(mboxrd(Array.from({ length: 800 }, (_, index) => `${index} ${Math.sin(index)}\n`)))
  const directory = await filesOf(t, { 'whole.gz': whole, 'half.gz': whole.subarray(0, whole.length / 2) })

  const all = await gatherIn(t, directory, { mbox: ['whole.gz'], user: 'ann' })
  const half = await gatherIn(t, directory, { mbox: ['half.gz'], user: 'ann' })

  assert.deepEqual([all.found, all.faults], [800, []])
  assert.ok(half.found > 20 && half.found < 800)
  assert.ok(half.faults.includes('FILE_BROKEN half.gz'))
})

test('what is no mbox, empty, missing, or too large is told with its name', async (t) => {
  const directory = await filesOf(t, {
    'mail.eml': copyOf(1),
    'empty.mbox': '',
    'large.mbox': `${separator}${copyOf(1, 'x'.repeat(5_000))}\n\n${separator}${copyOf(2)}`
  })
  const names = ['mail.eml', 'empty.mbox', 'none.mbox', 'large.mbox']
  const { faults, entries } = await gatherIn(t, directory, { mbox: names, user: 'ann', maxBytes: 4_000 })

  assert.deepEqual(faults, [
    'NOT_MBOX mail.eml',
    'NO_MESSAGES empty.mbox',
    'FILE_UNREADABLE none.mbox',
    'TOO_LARGE large.mbox at byte 46'
  ])
  assert.equal(entries.length, 1)
})
