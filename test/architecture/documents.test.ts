import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name))
]

for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8')

  test(`every link of ${document} leads to a file of the project`, () => {
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/gu)].map((match) => match[1] ?? '')
    const missing = targets.filter((target) => !existsSync(join(root, dirname(document), target)))
    assert.deepEqual(missing, [])
  })

  test(`every test and source file that ${document} names exists`, () => {
    const named = [...text.matchAll(/`((?:test|service|training|benchmarks|scripts)\/[\w./-]+)`/gu)].map(
      (match) => match[1] ?? ''
    )
    assert.deepEqual(
      named.filter((path) => !existsSync(join(root, path))),
      []
    )
  })
}

test('every command of package.json that the README shows is there', () => {
  const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const shown = [...readme.matchAll(/npm run ([\w:-]+)/gu)].map((match) => match[1] ?? '')
  assert.deepEqual(
    shown.filter((name) => !scripts.includes(name)),
    []
  )
})
