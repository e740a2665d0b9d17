import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { proveAccelerator, type Accelerator } from '../../../training/accelerator/prove-accelerator.ts'
import { maxDifference } from '../../../training/accelerator/self-test-report.ts'
import { fakeInstallation, type FakeBehaviour } from '../../helpers/fake-tensorflow.ts'

const processor = null

function codeOf(accelerator: Accelerator): string {
  return accelerator.kind === 'refused' ? accelerator.fault.code : accelerator.kind
}

interface Planted {
  readonly behaviour: FakeBehaviour
  readonly code: string
  readonly detail: RegExp
  readonly timeLimitMs?: number
}

const planted: readonly Planted[] = [
  { behaviour: 'multiplies wrongly', code: 'NATIVE_TEST_DIFFERS', detail: /: by 0\.\d+/u },
  { behaviour: 'reads whole numbers as zeros', code: 'NATIVE_TEST_DIFFERS', detail: /./u },
  { behaviour: 'kills its process', code: 'NATIVE_TEST_CRASHED', detail: /^SIGBUS/u },
  { behaviour: 'never ends', code: 'NATIVE_TEST_TOO_SLOW', detail: /^0\.5 s$/u, timeLimitMs: 500 },
  { behaviour: 'throws', code: 'NATIVE_LOAD_FAILED', detail: /cannot open shared object file/u }
]

describe('a library is proven in a process of its own', { concurrency: 2 }, () => {
  for (const { behaviour, code, detail, timeLimitMs } of planted)
    test(`one that ${behaviour} is refused, and this process lives`, async (t) => {
      const { root } = fakeInstallation(t, { below: 'node_modules', behaviour })
      const accelerator = await proveAccelerator({ root, processor, ...(timeLimitMs && { timeLimitMs }) })
      assert.ok(accelerator.kind === 'refused')
      assert.equal(accelerator.fault.code, code)
      assert.match(accelerator.fault.detail, detail)
      // Only what will be the same tomorrow is remembered
      const kept = existsSync(path.join(root, 'node_modules/.cache/sluice/self-test.json'))
      assert.equal(kept, code !== 'NATIVE_TEST_TOO_SLOW')
    })

  test('one that agrees is proven once, and again when its files change', async (t) => {
    const { root, directory, behave } = fakeInstallation(t, { below: '.tfjs-node/node_modules' })
    const prove = (): Promise<Accelerator> => proveAccelerator({ root, processor })
    const first = await prove()
    assert.ok(first.kind === 'proven')
    assert.ok(first.greatestDifference <= maxDifference)
    assert.equal(first.tensorflow, '0.0.0')
    behave('throws')
    assert.deepEqual(await prove(), first)
    appendFileSync(path.join(directory, 'lib/napi-v8/tfjs_binding.node'), 'more')
    assert.equal(codeOf(await prove()), 'NATIVE_LOAD_FAILED')
  })

  test('a remembered outcome that cannot be read is no outcome', async (t) => {
    const { root } = fakeInstallation(t, { below: '.tfjs-node/node_modules', behaviour: 'throws' })
    const file = path.join(root, '.tfjs-node/self-test.json')
    writeFileSync(file, '{"key":"","proof":{"kind":"proven"')
    assert.equal(codeOf(await proveAccelerator({ root, processor })), 'NATIVE_LOAD_FAILED')
    assert.match(readFileSync(file, 'utf8'), /NATIVE_LOAD_FAILED/u)
  })
})
