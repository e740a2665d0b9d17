import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'

const ours = fileURLToPath(new URL('../../node_modules/@tensorflow/', import.meta.url))

/** What a library that was planted does to the numbers: each is a line of JavaScript in the constructor's class or around it. */
const behaviours = {
  agrees: '',
  'multiplies wrongly':
    "const { kernelFunc } = tf.getKernel('_FusedMatMul', 'cpu'); wrong._FusedMatMul = (asked) => { const product = kernelFunc(asked); asked.backend.data.get(product.dataId).values[0] += 0.01; return product }",
  'reads whole numbers as zeros':
    "Native.prototype.write = function (values, shape, dtype) { return cpu.prototype.write.call(this, dtype === 'int32' ? values.map(() => 0) : values, shape, dtype) }",
  'kills its process': "process.kill(process.pid, 'SIGBUS')",
  'never ends': 'for (;;);',
  throws: "throw new Error('libtensorflow.so.2: cannot open shared object file')"
} as const

export type FakeBehaviour = keyof typeof behaviours

export interface FakeInstallation {
  readonly root: string
  /** Of tfjs-node. */
  readonly directory: string
  /** Writes the library's code anew; its binaries stay as they are. */
  readonly behave: (behaviour: FakeBehaviour) => void
}

export interface FakeOptions {
  /** Folder of the packages: as npm installs, or as `npm run tfjs-node` builds. */
  readonly below: 'node_modules' | '.tfjs-node/node_modules'
  readonly behaviour?: FakeBehaviour
  readonly version?: string
  /** Has a tfjs-core of its own. */
  readonly secondCore?: boolean
  /** Default: a fresh temporary directory. */
  readonly root?: string
}

const library = Buffer.alloc(4_096, 1)

/** An installation with a tfjs-node whose library is plain JavaScript: the cpu backend under another name, or something worse. */
export function fakeInstallation(t: Pick<TestContext, 'after'>, options: FakeOptions): FakeInstallation {
  const { below, behaviour = 'agrees', version = tf.version_core, secondCore = false } = options
  const root = options.root ?? realpathSync(mkdtempSync(path.join(tmpdir(), 'sluice-tensorflow-')))
  if (options.root === undefined) t.after(() => rmSync(root, { recursive: true, force: true }))
  const packages = path.join(root, below, '@tensorflow')
  const directory = path.join(packages, 'tfjs-node')
  const write = (file: string, content: string | Uint8Array): void => {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true })
    writeFileSync(path.join(directory, file), content)
  }
  write('package.json', JSON.stringify({ name: '@tensorflow/tfjs-node', version, main: 'index.js' }))
  write('deps/lib/libtensorflow_cc.so.2', library)
  write('lib/napi-v8/tfjs_binding.node', Buffer.alloc(64))
  write('../tfjs/package.json', JSON.stringify({ name: '@tensorflow/tfjs', main: 'index.js' }))
  write('../tfjs/index.js', '')
  symlinkSync(path.join(ours, 'tfjs-backend-cpu'), path.join(packages, 'tfjs-backend-cpu'))
  if (secondCore) {
    const files = { 'package.json': '{ "main": "index.js" }', 'index.js': '' }
    for (const [name, text] of Object.entries(files)) write(`../tfjs-core/${name}`, text)
  } else symlinkSync(path.join(ours, 'tfjs-core'), path.join(packages, 'tfjs-core'))
  const behave = (next: FakeBehaviour): void => write('index.js', codeOf(next))
  behave(behaviour)
  if (below !== 'node_modules') mark(root, library.length)
  return { root, directory, behave }
}

/** What the build leaves. */
export function mark(root: string, libraryBytes: number, arch: string = process.arch): void {
  writeFileSync(path.join(root, '.tfjs-node', 'built.json'), JSON.stringify({ arch, libraryBytes }))
}

function codeOf(behaviour: FakeBehaviour): string {
  return `
const tf = require('@tensorflow/tfjs-core')
const { MathBackendCPU: cpu } = require('@tensorflow/tfjs-backend-cpu')
class Native extends cpu { binding = { TF_Version: '0.0.0' } }
const wrong = {}
${behaviours[behaviour]}
tf.registerBackend('tensorflow', () => new Native(), 3)
for (const kernel of tf.getKernelsForBackend('cpu'))
  tf.registerKernel({ ...kernel, backendName: 'tensorflow', kernelFunc: wrong[kernel.kernelName] ?? kernel.kernelFunc })
tf.setBackend('tensorflow')
`
}
