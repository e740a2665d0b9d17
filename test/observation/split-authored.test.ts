import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { splitAuthored } from '../../service/observation/split-authored.ts'

// Each case is a file that a postmaster can write: a body, a line `=====`, and what is expected of it.
const corpus = new URL('../corpora/authored/', import.meta.url)

for (const file of readdirSync(corpus)) {
  test(`authored text: ${file.replace('.txt', '')}`, () => {
    const [body = '', expected = ''] = readFileSync(new URL(file, corpus), 'utf8').split('\n=====\n')
    const { authored, coreStart, coreEnd, greeting, signOff, signature } = splitAuthored(body)
    const found = { greeting, signOff, signature, core: authored.slice(coreStart, coreEnd).trim() }
    const lines = Object.entries(found).map(([name, value]) => `${name}: ${value.replaceAll('\n', ' | ')}`)
    assert.deepEqual(lines, expected.trimEnd().split('\n'))
  })
}

test('a body of quotes only has no authored text', () => {
  const { authored, quoted } = splitAuthored('> one\n> two\n')
  assert.deepEqual([authored, quoted], ['', '> one\n> two'])
})

test('the parts of a split add up to positions in the authored text', () => {
  const { authored, coreStart, coreEnd } = splitAuthored('Hi Bob,\n\nthe text\n\nBest regards\nAnn')
  assert.equal(authored.slice(0, coreStart), 'Hi Bob,\n')
  assert.equal(authored.slice(coreStart, coreEnd).trim(), 'the text')
  assert.equal(authored.slice(coreEnd).trim(), 'Best regards\nAnn')
})
