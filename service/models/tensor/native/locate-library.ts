import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { NativeError, type NativeFault, type NativeFaultCode } from './native-fault.ts'

/** An installed `@tensorflow/tfjs-node` whose files are whole, as far as can be seen without loading it. */
export interface NativeLibrary {
  /** Of the package: what it is loaded from. */
  readonly directory: string
  /** Where notes about it may be kept. */
  readonly notes: string
  readonly version: string
  /** Its binaries: path below the directory, size, and when it was written (epoch ms). */
  readonly files: readonly BinaryFile[]
}

interface BinaryFile {
  readonly file: string
  readonly bytes: number
  readonly writtenAt: number
}

export type LibraryOutcome =
  | { readonly kind: 'found'; readonly library: NativeLibrary }
  | { readonly kind: 'refused'; readonly fault: NativeFault }

export interface LocateOptions {
  /** The installation: the folder of node_modules and .tfjs-node. */
  readonly root?: string
  /** The text of /proc/cpuinfo; null where there is none, and the self-test's process finds out. */
  readonly processor?: string | null
}

const installation = fileURLToPath(new URL('../../../../', import.meta.url))
const packageName = '@tensorflow/tfjs-node'

/**
 * What npm installed, else what `npm run tfjs-node` built. Nothing is loaded: a truncated library kills its process by SIGBUS, and one for
 * other processors by SIGILL, so that whatever can be known is known before.
 */
export function locateLibrary({
  root = installation,
  processor = ownProcessor()
}: LocateOptions = {}): LibraryOutcome {
  const places: readonly Place[] = [
    { modules: path.join(root, 'node_modules'), notes: path.join(root, 'node_modules', '.cache', 'sluice') },
    {
      modules: path.join(root, '.tfjs-node', 'node_modules'),
      notes: path.join(root, '.tfjs-node'),
      mark: path.join(root, '.tfjs-node', 'built.json')
    }
  ]
  let worst: NativeFault = { code: 'NATIVE_NOT_INSTALLED', detail: '' }
  for (const place of places) {
    try {
      return { kind: 'found', library: inspect(place, processor) }
    } catch (error) {
      if (!(error instanceof NativeError)) throw error
      if (error.fault.code !== 'NATIVE_NOT_INSTALLED') worst = error.fault
    }
  }
  return { kind: 'refused', fault: worst }
}

interface Place {
  readonly modules: string
  readonly notes: string
  /** What the build said of its work. npm leaves none: the self-test alone speaks for those files. */
  readonly mark?: string
}

function inspect({ modules, notes, mark }: Place, processor: string | null): NativeLibrary {
  const directory = path.join(modules, packageName)
  const about = readJson(path.join(directory, 'package.json'), packageSchema, 'NATIVE_NOT_INSTALLED')
  if (processor !== null && !/\bavx\b/u.test(processor)) throw new NativeError('NATIVE_NO_AVX', '')
  if (about.version !== tf.version_core) {
    const detail = `${about.version}, and ${tf.version_core} is needed`
    throw new NativeError('NATIVE_OTHER_VERSION', detail)
  }
  const files = binariesOf(directory)
  if (mark !== undefined) compareWithMark(files, readJson(mark, markSchema, 'NATIVE_DAMAGED'))
  refuseSecondCore(directory)
  return { directory, notes, version: about.version, files }
}

const packageSchema = z.looseObject({ version: z.string() })
const markSchema = z.looseObject({ arch: z.string(), libraryBytes: z.int() })

function readJson<Value>(file: string, schema: z.ZodType<Value>, code: NativeFaultCode): Value {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new NativeError(code, path.basename(file), error)
  }
}

/** The addon and the libraries it is linked with. One that is a link is listed by what it leads to. */
function binariesOf(directory: string): readonly BinaryFile[] {
  const found = [
    ...filesIn(directory, 'deps/lib', /\.(?:so|dylib|dll)\b/u),
    ...filesIn(directory, 'lib', /\.node$/u)
  ]
  for (const part of [/^deps\/lib\//u, /\.node$/u])
    if (!found.some(({ file }) => part.test(file)))
      throw new NativeError('NATIVE_DAMAGED', `nothing matches ${part.source}`)
  return found
}

function filesIn(directory: string, below: string, pattern: RegExp): readonly BinaryFile[] {
  try {
    return readdirSync(path.join(directory, below), { recursive: true, encoding: 'utf8' })
      .filter((name) => pattern.test(path.basename(name)))
      .toSorted()
      .map((name) => {
        const file = path.posix.join(below, ...name.split(path.sep))
        const { size, mtimeMs } = statSync(path.join(directory, file))
        return { file, bytes: size, writtenAt: mtimeMs }
      })
  } catch (error) {
    throw new NativeError('NATIVE_DAMAGED', below, error)
  }
}

function compareWithMark(files: readonly BinaryFile[], mark: z.output<typeof markSchema>): void {
  if (mark.arch !== process.arch) throw new NativeError('NATIVE_OTHER_MACHINE', mark.arch)
  const bytes = files.find(({ file }) => file.endsWith('/libtensorflow_cc.so.2'))?.bytes ?? 0
  if (bytes === mark.libraryBytes) return
  const detail = `libtensorflow_cc.so.2 has ${bytes} bytes of ${mark.libraryBytes}`
  throw new NativeError('NATIVE_DAMAGED', detail)
}

/** Backends register with their own tfjs-core: it must be ours. */
function refuseSecondCore(directory: string): void {
  const ours = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core')
  const theirs = resolveThrough(directory, ['@tensorflow/tfjs', '@tensorflow/tfjs-core'])
  if (realpathSync(theirs) !== realpathSync(ours)) throw new NativeError('NATIVE_TWO_CORES', theirs)
}

function resolveThrough(directory: string, names: readonly string[]): string {
  try {
    return names.reduce(
      (from, name) => createRequire(from).resolve(name),
      path.join(directory, 'package.json')
    )
  } catch (error) {
    throw new NativeError('NATIVE_DAMAGED', `packages that it needs are missing below ${directory}`, error)
  }
}

function ownProcessor(): string | null {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return null
  }
}
