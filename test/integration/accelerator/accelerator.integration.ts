import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { before, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadModel } from '../../../service/models/load-model.ts'
import type { Manifest } from '../../../service/models/manifest.ts'
import { bundledDirectoryOf } from '../../../service/models/shelf/candidates.ts'
import { remedyOf, sentenceOf } from '../../../service/models/tensor/native/native-fault.ts'
import { chooseBackend } from '../../../training/accelerator/choose-backend.ts'
import { fixedMessages, fixedRows, toContentInput } from '../../../training/accelerator/fixed-rows.ts'
import { proveAccelerator, type Accelerator } from '../../../training/accelerator/prove-accelerator.ts'
import { contentDefaults, fitContent, scoreContent } from '../../../training/content/fit-content.ts'
import { contentShape } from '../../../training/content/content-network-choices.ts'
import { trainOnCorpus } from '../../../training/takeover/train-takeover.ts'
import { withWorkers } from '../../../training/workers/with-workers.ts'
import { tinyTakeoverCorpus } from '../../training/tiny-takeover-corpus.ts'
import { missing } from '../harness/programs.ts'

const script = fileURLToPath(new URL('../../../scripts/tfjs-node.mjs', import.meta.url))
const mayBuild =
  process.env['SLUICE_TEST_TFJS_NODE'] === '1' || process.env['SLUICE_REQUIRE_SERVICES'] === '1'

let accelerator: Accelerator
before(async () => {
  accelerator = await proveAccelerator()
  if (accelerator.kind === 'proven' || !mayBuild) return
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  accelerator = await proveAccelerator()
})

/** Else skipped: what is missing, and how to get it. */
function isThere(t: TestContext): boolean {
  if (accelerator.kind === 'proven') return true
  const { fault } = accelerator
  missing(
    t,
    `${sentenceOf(fault)}: ${remedyOf(fault)}, or set SLUICE_TEST_TFJS_NODE=1 to let this test build it`
  )
  return false
}

/** The same model trained on one backend and on the other. Both are asked on WebAssembly, as the service would. */
async function onBoth<Trained>(
  train: (backend: 'wasm' | 'tensorflow') => Promise<Trained>
): Promise<[Trained, Trained]> {
  const trained: Trained[] = []
  for (const backend of ['wasm', 'tensorflow'] as const) {
    assert.equal((await chooseBackend(backend, 0)).name, backend)
    trained.push(await train(backend))
  }
  await chooseBackend('wasm', 0)
  const [wasm, native] = trained
  assert.ok(wasm !== undefined && native !== undefined)
  return [wasm, native]
}

function assertClose(one: readonly number[], other: readonly number[], most: number): void {
  assert.equal(one.length, other.length)
  const apart = Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? Number.NaN))))
  assert.ok(apart <= most, `they lie ${apart} apart`)
}

test('a takeover model trained on the native TensorFlow is the one trained on WebAssembly, and serves', async (t) => {
  if (!isThere(t)) return
  const home = await mkdtemp(path.join(tmpdir(), 'sluice-accelerator-'))
  t.after(() => rm(home, { recursive: true, force: true }))
  await chooseBackend('wasm', 0)
  const corpus = await tinyTakeoverCorpus()
  const manifests = await onBoth<Manifest>((backend) =>
    withWorkers({ threads: 1 }, (workers) =>
      trainOnCorpus(corpus, {
        out: path.join(home, backend),
        seed: 3,
        version: '1.0.0',
        createdAt: '2026-11-22T00:00:00Z',
        command: 'npx sluice train takeover',
        content: null,
        workers
      })
    )
  )
  assert.deepEqual(
    manifests.map(({ backend }) => backend?.name),
    ['wasm', 'tensorflow']
  )
  assert.match(manifests[1].backend?.library ?? '', /^TensorFlow \d/u)
  const [wasm, native] = await onBoth(async (backend) => {
    const { model } = await loadModel('takeover', path.join(home, backend, 'takeover'))
    const logits = await model.predict(fixedRows(64).map(({ row }) => row))
    model.close()
    return logits
  })
  assertClose(wasm, native, 1e-4)
})

test('a content network of our own shape has the same losses and logits on both', async (t) => {
  if (!isThere(t)) return
  const messages = fixedMessages(256, 120)
  const [wasm, native] = await onBoth(async () => {
    const options = { ...contentDefaults, shape: contentShape, epochs: 2, seed: 1 }
    const { model, losses } = fitContent(messages, new Float32Array(messages.length).fill(1), options)
    const logits = scoreContent(model, messages)
    model.dispose()
    return { losses, logits }
  })
  assertClose(wasm.losses, native.losses, 1e-4)
  assertClose(wasm.logits, native.logits, 1e-4)
})

test('the bundled models say the same on both', async (t) => {
  if (!isThere(t)) return
  const [wasm, native] = await onBoth(async () => {
    const content = (await loadModel('content', bundledDirectoryOf('content'))).model
    const takeover = (await loadModel('takeover', bundledDirectoryOf('takeover'))).model
    const logits = [
      ...(await content.predict(fixedMessages(200, 300).map(toContentInput))),
      ...(await takeover.predict(fixedRows(500).map(({ row }) => row)))
    ]
    content.close()
    takeover.close()
    return logits
  })
  assertClose(wasm, native, 1e-4)
})
