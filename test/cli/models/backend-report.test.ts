import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import {
  findBackends,
  printBackends,
  type BackendReport
} from '../../../service/cli/models/backend-report.ts'
import { createTerminal } from '../../../service/cli/views/terminal.ts'
import type { Accelerator } from '../../../training/accelerator/prove-accelerator.ts'

const library = { directory: '/nowhere', notes: '/nowhere', version: '4.22.0', files: [] }
const proven: Accelerator = { kind: 'proven', library, tensorflow: '2.13.1', greatestDifference: 2e-6 }
const differs: Accelerator = {
  kind: 'refused',
  fault: { code: 'NATIVE_TEST_DIFFERS', detail: 'content fit: by 0.031' }
}

function textOf(report: BackendReport): string {
  let text = ''
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    }
  })
  printBackends(report, createTerminal({ output }))
  return text.replaceAll(/\s+/gu, ' ')
}

test('by default WebAssembly serves and trains networks of our size, though the native library is there', async () => {
  const report = await findBackends({ backend: 'auto' }, async () => proven)
  assert.deepEqual(
    [report.serving, report.training.content, report.training.takeover].map(({ name }) => name),
    ['wasm', 'wasm', 'wasm']
  )
  assert.match(
    textOf(report),
    /accelerator tfjs-node 4\.22\.0 with TensorFlow 2\.13\.1 agrees .* within 2e-6/u
  )
})

test('asked for, the native library trains, and WebAssembly serves all the same', async () => {
  const { serving, training } = await findBackends({ backend: 'tensorflow' }, async () => proven)
  assert.deepEqual(
    [serving.name, training.content.name, training.takeover.name],
    ['wasm', 'tensorflow', 'tensorflow']
  )
})

test('a library that does not agree is told with the figure and the remedy', async () => {
  const report = await findBackends({ backend: 'tensorflow' }, async () => differs)
  assert.equal(report.training.content.name, 'wasm')
  const text = textOf(report)
  assert.match(text, /not used: it does not compute what WebAssembly computes \(content fit: by 0\.031\)/u)
  assert.match(text, /to have it npm run tfjs-node/u)
})
