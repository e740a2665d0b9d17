import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import { createChance } from '../../../../datasets/synthetic-mail/chance.ts'
import type { Observation } from '../../../../service/observation/observation.ts'
import { slipInLine, valueOf } from '../../../../training/attacks/history/slip-in-line.ts'
import { observeMail } from '../../../../training/observe-mail.ts'

const head =
  'From: a@b.example\r\nTo: c@d.example\r\nSubject: The survey\r\nMessage-ID: <1@b.example>\r\n\r\n'
const paragraphs = [
  'We looked at the third drawing again this morning and the stairs are still too narrow for the lift.',
  'Please ask the builder whether the wall behind them carries anything, because we could move it by half a metre.',
  'The second floor is as you wanted it, and the kitchen got its window after all, which everybody likes.'
]
const line =
  'Please pay the invoice to our new account today: https://pay.secure-desk.example/now and confirm it by mail.'

async function observed(...texts: readonly string[]): Promise<Observation> {
  const found = await observeMail(`${head}${texts.join('\r\n\r\n')}\r\n`)
  assert.ok(found)
  return found
}

const similarity = (one: readonly number[], other: readonly number[]): number => {
  const shared = one.filter((value) => other.includes(value)).length
  return shared / (one.length + other.length - shared)
}

test('what is put together of two observations is nearly what the text of both would have shown', async () => {
  const own = await observed(...paragraphs)
  const added = await observed(line)
  const written = await observed(paragraphs[0] ?? '', line, paragraphs[1] ?? '', paragraphs[2] ?? '')
  const joined = slipInLine(own, added, createChance('slip'))

  assert.ok(similarity(joined.content.tokens, written.content.tokens) > 0.9)
  assert.ok(similarity(joined.style.words, written.style.words) > 0.95)
  assert.ok(similarity(joined.style.grams, written.style.grams) > 0.9)
  assert.deepEqual(joined.links, written.links)
  assert.ok(Math.abs(joined.sizeBytes - written.sizeBytes) < 20)
  assert.ok(Math.abs(joined.content.passages.length - written.content.passages.length) <= 2)
  for (const name of ['linkCountLog', 'linkDomainsLog', 'money', 'phone', 'credential'] as const)
    assert.equal(valueOf(joined.content.structure, name), valueOf(written.content.structure, name), name)
  for (const [index, rate] of joined.style.rates.entries())
    assert.ok(Math.abs(rate - (written.style.rates[index] ?? 0)) < 0.5, `rate ${index}`)
})

test('recipients, thread, attributes and the moment stay the sender’s own', async () => {
  const [own, added] = [await observed(...paragraphs), await observed(line)]
  const { recipients, thread, attributes, receivedAt, hour } = slipInLine(own, added, createChance('slip'))
  assert.deepEqual(
    { recipients, thread, attributes, receivedAt, hour },
    { recipients: own.recipients, thread: own.thread, attributes: own.attributes, receivedAt: own.receivedAt, hour: own.hour }
  )
}) // prettier-ignore

test('whatever is joined keeps the bounds of an observation, and every figure is a number', async () => {
  const base = await observed(...paragraphs)
  const hashes = fc.uniqueArray(fc.nat({ max: 65_535 }), { maxLength: 400 })
  const ascending = hashes.map((list) => list.toSorted((a, b) => a - b))
  const mails = fc
    .record({ words: ascending, tokens: ascending, passages: fc.array(ascending, { maxLength: 10 }), chars: fc.nat({ max: 9_000 }), quoted: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ words, tokens, passages, chars, quoted }): Observation => ({
      ...base,
      style: { ...base.style, words: words.slice(0, 300), authoredChars: chars, quotedFraction: quoted },
      content: { ...base.content, tokens, passages }
    }))
  fc.assert(
    fc.property(mails, mails, fc.string(), (own, added, seed) => {
      const { style, content, sizeBytes } = slipInLine(own, added, createChance(seed))
      assert.ok(style.words.length <= 300 && style.grams.length <= 400 && content.passages.length <= 10)
      assert.equal(style.grams.length, style.gramCounts.length)
      assert.ok(content.tokens.every((token, place) => place === 0 || token > (content.tokens[place - 1] ?? 0)))
      assert.ok([...content.structure, ...style.rates, style.quotedFraction, sizeBytes].every(Number.isFinite))
    }),
    { numRuns: 60 }
  )
}) // prettier-ignore
