import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { modelNames } from '../../service/models/load-model.ts'
import { bundledDirectoryOf } from '../../service/models/shelf/candidates.ts'
import {
  locateLibrary,
  type LocateOptions,
  type NativeLibrary
} from '../../service/models/tensor/native/locate-library.ts'
import {
  nativeFaultCodes,
  type NativeFault,
  type NativeFaultCode
} from '../../service/models/tensor/native/native-fault.ts'
import { proveInChild, type Proof, type SelfTestOptions } from './run-self-test.ts'

export interface ProveOptions extends LocateOptions, Omit<SelfTestOptions, 'directory'> {}

export type Accelerator =
  | {
      readonly kind: 'proven'
      readonly library: NativeLibrary
      /** Version of TensorFlow in it. */
      readonly tensorflow: string
      /** Of a logit or a loss, from what WebAssembly computes. */
      readonly greatestDifference: number
    }
  | { readonly kind: 'refused'; readonly fault: NativeFault }

/**
 * The native TensorFlow of this installation, if it is whole and computes what WebAssembly computes. The self-test takes seconds, so its
 * outcome is kept beside the library for as long as library, processor, Node, bundled models and this test stay the same.
 */
export async function proveAccelerator(options: ProveOptions = {}): Promise<Accelerator> {
  const outcome = locateLibrary(options)
  if (outcome.kind === 'refused') return outcome
  const { library } = outcome
  const file = path.join(library.notes, 'self-test.json')
  const key = await keyOf(library)
  const kept = await readKept(file, key)
  const proof = kept ?? (await proveInChild({ ...options, directory: library.directory }))
  if (kept === null && isLasting(proof)) await keep(file, key, proof)
  return proof.kind === 'proven' ? { ...proof, library } : proof
}

/** A machine that was too busy may be less so tomorrow. */
function isLasting(proof: Proof): boolean {
  return proof.kind === 'proven' || proof.fault.code !== 'NATIVE_TEST_TOO_SLOW'
}

async function keyOf({ directory, version, files }: NativeLibrary): Promise<string> {
  const hash = createHash('sha256')
  const machine = [process.version, process.arch, cpus()[0]?.model ?? '']
  hash.update(JSON.stringify([directory, version, files, machine]))
  for (const file of testedBy) hash.update(await readFile(file))
  return hash.digest('hex')
}

/** What the outcome depends on besides the library. */
const testedBy = [
  ...[
    'self-test.ts',
    'fixed-rows.ts',
    '../adam.ts',
    '../layers.ts',
    '../content/fit-content.ts',
    '../takeover/fit-takeover.ts'
  ].map((file) => fileURLToPath(new URL(file, import.meta.url))),
  ...modelNames.map((name) => path.join(bundledDirectoryOf(name), 'manifest.json'))
]

const keptSchema = z.strictObject({
  key: z.string(),
  proof: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('proven'), tensorflow: z.string(), greatestDifference: z.number() }),
    z.strictObject({
      kind: z.literal('refused'),
      fault: z.strictObject({
        code: z.custom<NativeFaultCode>(
          (code) => typeof code === 'string' && nativeFaultCodes.includes(code)
        ),
        detail: z.string()
      })
    })
  ])
})

async function readKept(file: string, key: string): Promise<Proof | null> {
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    return kept.key === key ? kept.proof : null
  } catch {
    // None yet, or of another version: the test runs again.
    return null
  }
}

/** Where the installation cannot be written, the test runs at each start of training: slower, and as right. */
async function keep(file: string, key: string, proof: Proof): Promise<void> {
  const next = `${file}.${process.pid}`
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(next, JSON.stringify({ key, proof }))
    await rename(next, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}
