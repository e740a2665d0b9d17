import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { locateLibrary } from '../../../../service/models/tensor/native/locate-library.ts'
import { remedyOf, sentenceOf } from '../../../../service/models/tensor/native/native-fault.ts'
import { fakeInstallation, mark } from '../../../helpers/fake-tensorflow.ts'

const processor = 'flags : fpu sse4_2 avx avx2'

test('what npm installed is found, with the sizes of its binaries', (t) => {
  const { root, directory } = fakeInstallation(t, { below: 'node_modules' })
  const outcome = locateLibrary({ root, processor })
  assert.ok(outcome.kind === 'found')
  assert.equal(outcome.library.directory, directory)
  assert.deepEqual(
    outcome.library.files.map(({ file, bytes }) => [file, bytes]),
    [
      ['deps/lib/libtensorflow_cc.so.2', 4_096],
      ['lib/napi-v8/tfjs_binding.node', 64]
    ]
  )
})

test('what was built here is found where npm installed nothing, or something damaged', (t) => {
  const built = fakeInstallation(t, { below: '.tfjs-node/node_modules' })
  const found = (): unknown => {
    const outcome = locateLibrary({ root: built.root, processor })
    return outcome.kind === 'found' ? outcome.library.directory : outcome.fault
  }
  assert.equal(found(), built.directory)
  const { directory } = fakeInstallation(t, { below: 'node_modules', root: built.root })
  unlinkSync(path.join(directory, 'lib/napi-v8/tfjs_binding.node'))
  assert.equal(found(), built.directory)
})

interface Refusal {
  readonly of: string
  readonly code: string
  readonly detail: RegExp
  readonly plant: (t: TestContext) => string
  readonly processor?: string
}

const below = '.tfjs-node/node_modules'
const refusals: readonly Refusal[] = [
  {
    of: 'an installation without it',
    code: 'NATIVE_NOT_INSTALLED',
    detail: /^$/u,
    plant: (t) => {
      const root = mkdtempSync(path.join(tmpdir(), 'sluice-tensorflow-'))
      t.after(() => rmSync(root, { recursive: true }))
      return root
    }
  },
  {
    of: 'a library that is shorter than what was built',
    code: 'NATIVE_DAMAGED',
    detail: /has 1000 bytes of 4096/u,
    plant: (t) => {
      const { root, directory } = fakeInstallation(t, { below })
      truncateSync(path.join(directory, 'deps/lib/libtensorflow_cc.so.2'), 1_000)
      return root
    }
  },
  {
    of: 'a build that was interrupted before its mark',
    code: 'NATIVE_DAMAGED',
    detail: /built\.json/u,
    plant: (t) => {
      const { root } = fakeInstallation(t, { below })
      unlinkSync(path.join(root, '.tfjs-node/built.json'))
      return root
    }
  },
  {
    of: 'a package without its addon, as npm leaves it where the download was refused',
    code: 'NATIVE_DAMAGED',
    detail: /\.node/u,
    plant: (t) => {
      const { root, directory } = fakeInstallation(t, { below: 'node_modules' })
      unlinkSync(path.join(directory, 'lib/napi-v8/tfjs_binding.node'))
      return root
    }
  },
  {
    of: 'another version of tfjs-node',
    code: 'NATIVE_OTHER_VERSION',
    detail: /^4\.21\.0, and 4\.22\.0 is needed$/u,
    plant: (t) => fakeInstallation(t, { below, version: '4.21.0' }).root
  },
  {
    of: 'a build for another kind of machine',
    code: 'NATIVE_OTHER_MACHINE',
    detail: /^riscv64$/u,
    plant: (t) => {
      const { root } = fakeInstallation(t, { below })
      mark(root, 4_096, 'riscv64')
      return root
    }
  },
  {
    of: 'a package with a tfjs-core of its own',
    code: 'NATIVE_TWO_CORES',
    detail: /tfjs-core/u,
    plant: (t) => fakeInstallation(t, { below, secondCore: true }).root
  },
  {
    of: 'a processor without AVX',
    code: 'NATIVE_NO_AVX',
    detail: /^$/u,
    plant: (t) => fakeInstallation(t, { below }).root,
    processor: 'flags : fpu sse4_2'
  }
]

for (const refusal of refusals)
  test(`${refusal.of} is refused before anything is loaded, with a remedy`, (t) => {
    const outcome = locateLibrary({ root: refusal.plant(t), processor: refusal.processor ?? processor })
    assert.ok(outcome.kind === 'refused')
    assert.equal(outcome.fault.code, refusal.code)
    assert.match(outcome.fault.detail, refusal.detail)
    assert.ok(sentenceOf(outcome.fault).includes(outcome.fault.detail))
    assert.notEqual(remedyOf(outcome.fault), '')
  })
