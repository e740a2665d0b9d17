import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { locateLibrary } from '../../../service/models/tensor/native/locate-library.ts'
import { backendInUse } from '../../../training/accelerator/backend-in-use.ts'
import {
  chooseBackend,
  decideBackend,
  worthwhileWork,
  type Prove
} from '../../../training/accelerator/choose-backend.ts'
import type { Accelerator } from '../../../training/accelerator/prove-accelerator.ts'
import { worstOf } from '../../../training/accelerator/self-test-report.ts'
import { fakeInstallation } from '../../helpers/fake-tensorflow.ts'

const found = { directory: '/nowhere', notes: '/nowhere', version: '4.22.0', files: [] }
const proven: Accelerator = { kind: 'proven', library: found, tensorflow: '2.13.1', greatestDifference: 2e-6 }
const absent: Accelerator = { kind: 'refused', fault: { code: 'NATIVE_NOT_INSTALLED', detail: '' } }
const small = worthwhileWork - 1

const decisions = [
  ['auto', small, proven, 'wasm', /WebAssembly is quicker/u],
  ['auto', worthwhileWork, proven, 'tensorflow', /TensorFlow 2\.13\.1 agrees with WebAssembly within 2e-6/u],
  ['auto', worthwhileWork, absent, 'wasm', /is not installed/u],
  ['tensorflow', small, proven, 'tensorflow', /agrees/u],
  ['tensorflow', small, absent, 'wasm', /is not installed/u],
  ['wasm', worthwhileWork, proven, 'wasm', /models\.backend/u],
  ['cpu', worthwhileWork, proven, 'cpu', /models\.backend/u]
] as const

for (const [choice, work, accelerator, name, why] of decisions)
  test(`asked for ${choice}, with ${work} multiplications a step, and a library that is ${accelerator.kind}: ${name}`, async () => {
    const decided = await decideBackend(choice, work, async () => accelerator)
    assert.equal(decided.name, name)
    assert.match(decided.why, why)
    const isLess = accelerator === absent
    assert.equal(decided.remedy, isLess ? 'npm run tfjs-node' : null)
  })

test('the library is not even looked for when it would not be used', async () => {
  assert.equal((await decideBackend('auto', small, lookedFor)).name, 'wasm')
  assert.equal((await decideBackend('wasm', worthwhileWork, lookedFor)).name, 'wasm')
})

test('a library that was proven, and fails to load all the same, is replaced by WebAssembly', async (t) => {
  const { root } = fakeInstallation(t, { below: 'node_modules', behaviour: 'throws' })
  const chosen = await chooseBackend('tensorflow', 0, provenAt(root))
  assert.equal(chosen.name, 'wasm')
  assert.match(chosen.why, /could not be loaded \(libtensorflow\.so\.2: cannot open/u)
  assert.equal(tf.getBackend(), 'wasm')
  assert.deepEqual(backendInUse(), { name: 'wasm', version: tf.version_core })
})

test('a proven library becomes the backend, which manifests name with the version of TensorFlow', async (t) => {
  const { root } = fakeInstallation(t, { below: 'node_modules' })
  assert.equal((await chooseBackend('tensorflow', 0, provenAt(root))).name, 'tensorflow')
  assert.deepEqual(backendInUse(), {
    name: 'tensorflow',
    version: tf.version_core,
    library: 'TensorFlow 0.0.0'
  })
  await chooseBackend('cpu', 0)
  assert.equal(backendInUse().name, 'cpu')
})

test('the check that differs most is named, and what is no number differs most of all', () => {
  assert.equal(worstOf({ differences: { a: 1e-5, b: 0 } }), undefined)
  assert.equal(worstOf({ differences: { a: 0.002, b: 0.03 } }), 'b: by 0.030')
  assert.equal(worstOf({ differences: { a: null, b: 7 } }), 'a: no number')
})

function lookedFor(): ReturnType<Prove> {
  return Promise.reject(new Error('it was looked for'))
}

function provenAt(root: string): Prove {
  const outcome = locateLibrary({ root, processor: null })
  assert.ok(outcome.kind === 'found')
  return async () => ({
    kind: 'proven',
    library: outcome.library,
    tensorflow: '0.0.0',
    greatestDifference: 0
  })
}
