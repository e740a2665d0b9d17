import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { engineLibrary } from '../../../service/history/embedded/engine-library.ts'
import { command, missing } from '../harness/programs.ts'

const script = fileURLToPath(new URL('../../../scripts/notebooks.mjs', import.meta.url))
/** Under two minutes on two idle processors; several times that where other suites run beside it. */
const limitMs = 480_000

test('every notebook runs on an invented history, and shows what the committed one shows', { timeout: limitMs }, async (t) => {
  if (command(t, 'python3', 'the Debian packages python3 and python3-venv') === undefined) return
  if (engineLibrary() === undefined) {
    missing(t, 'chdb is missing: install the optional npm packages')
    return
  }
  const child = spawn(process.execPath, [script, '--check'], { signal: t.signal })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = await once(child, 'exit')
  if (code === 2) {
    missing(t, said)
    return
  }
  assert.equal(code, 0, said)
  assert.match(said, /6 notebooks ran/u)
}) // prettier-ignore
