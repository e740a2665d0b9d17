import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentTokens } from '../../service/observation/content-tokens.ts'
import { personNames } from '../../service/observation/person-names.ts'
import { hash32 } from '../../service/observation/public-hash.ts'
import { scanWords, wordKind } from '../../service/observation/scan-words.ts'
import { observeInProcess } from '../../service/scoring/observing/observe-in-process.ts'
import { buildMessage, buildSubmission, type MessageParts } from '../helpers/build-message.ts'

function tokens(body: string, subject = ''): readonly number[] {
  return contentTokens({ subject: scanWords(subject), body: scanWords(body), links: [], names: new Set() })
}

async function observed(parts: MessageParts): Promise<readonly number[]> {
  const outcome = await observeInProcess(buildSubmission(buildMessage(parts)), new Uint8Array(32))
  return outcome.kind === 'observed' ? outcome.observation.content.tokens : []
}

function share(one: readonly number[], other: readonly number[]): number {
  const set = new Set(other)
  return one.filter((token) => set.has(token)).length / Math.max(1, one.length)
}

const masked: readonly (readonly [what: string, one: string, other: string])[] = [
  ['years', 'report of 2002', 'report of 2024'],
  ['amounts of the same length', 'pay 500 now', 'pay 950 now'],
  ['addresses', 'write to phishing@pot now', 'write to someone.else@example.org now'],
  ['links', 'see http://a.example/x now', 'see https://other.test/y?z=1 now'],
  ['hosts with www', 'see www.a.example now', 'see www.other.test now'],
  ['hexadecimal strings', 'id 9f86d081884c7d65 end', 'id e3b0c44298fc1c14 end'],
  ['encoded data', `x ${'Qk'.repeat(40)} y`, `x ${'Zw'.repeat(50)} y`]
]

for (const [what, one, other] of masked) {
  test(`${what} do not become tokens`, () => assert.deepEqual(tokens(one), tokens(other)))
}

test('names of the people of a message do not become tokens', async () => {
  const [one, other] = ['rosalinde', 'wolfgangus'].map((name) =>
    observed({ to: `${name} <${name}@example.net>`, text: `Dear ${name}, the meeting moves to noon.` })
  )
  assert.deepEqual(await one, await other)
})

test('a brand in the From name stays a word', () => {
  const from = [{ name: 'Megabank Support', address: 'xk@evil.example' }]
  const names = personNames({ from, to: [], cc: [] }, { mailFrom: null, rcptTo: [] })
  assert.equal(names.has(hash32('megabank')), false)
  assert.equal(names.has(hash32('evil')), true)
})

test('a list tag in the subject does not become a token', async () => {
  assert.deepEqual(
    await observed({ subject: '[users] hello' }),
    await observed({ subject: '[dev-list] hello' })
  )
})

test('a word in the subject is another token than in the body', () => {
  assert.equal(share(tokens('', 'offer'), tokens('offer')), 0)
})

test('spelling tricks leave most tokens of a word standing', () => {
  assert.ok(share(tokens('confirmation'), tokens('confirmatiion')) > 0.5)
  assert.deepEqual(tokens('mp3 v1agra'), tokens('mp4 v2agra'))
})

test('the last line of a long text is still read', () => {
  const long = Array.from({ length: 8_000 }, (_, index) => `${word(index)} ${word(index * 31)}`).join(' ')
  const before = new Set(tokens(long))
  const added = tokens(`${long}
please wire everything tonight`).filter((token) => !before.has(token))
  assert.ok(added.length > 5)
})

function word(index: number): string {
  return index.toString(36).replaceAll(/\d/gu, (digit) => String.fromCodePoint(103 + Number(digit)))
}

function kinds(text: string): readonly number[] {
  const words = scanWords(text)
  return [...words.kinds.subarray(0, words.count)]
}

test('scripts without spaces give overlapping grams, others words', () => {
  assert.deepEqual(kinds('您好附件'), [wordKind.gram, wordKind.gram, wordKind.gram])
  assert.deepEqual(kinds('สวัสดี'), [wordKind.gram, wordKind.gram, wordKind.gram])
  assert.deepEqual(kinds("don't Größe привет"), [wordKind.word, wordKind.word, wordKind.word])
})

test('the hash of a word does not depend on its case', () => {
  const words = scanWords('Größe GRÖSSE größe Привет')
  assert.equal(words.hashes[0], hash32('größe'))
  assert.equal(words.hashes[2], hash32('größe'))
  assert.equal(words.hashes[3], hash32('привет'))
})
