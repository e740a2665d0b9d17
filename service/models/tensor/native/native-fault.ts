/** Why the native TensorFlow is not used, and what to do. One table: match on the code, show the sentences. */
const table = {
  NATIVE_NOT_INSTALLED: {
    says: 'the optional package @tensorflow/tfjs-node is not installed',
    remedy: 'npm run tfjs-node'
  },
  NATIVE_OTHER_MACHINE: { says: 'it was built for another kind of machine', remedy: 'npm run tfjs-node' },
  NATIVE_OTHER_VERSION: {
    says: 'its version is not the one that this release is made for',
    remedy: 'npm run tfjs-node'
  },
  NATIVE_DAMAGED: { says: 'its files are not what was built', remedy: 'npm run tfjs-node' },
  NATIVE_TWO_CORES: {
    says: 'it would load a second tfjs-core, and neither would know the other’s tensors',
    remedy: 'npm ci, then npm run tfjs-node'
  },
  NATIVE_NO_AVX: {
    says: 'the processor, or its virtual machine, offers no AVX',
    remedy: 'let the virtual machine pass the processor’s flags on; else nothing is to be done'
  },
  NATIVE_LOAD_FAILED: { says: 'it could not be loaded', remedy: 'npm run tfjs-node' },
  NATIVE_TEST_CRASHED: { says: 'its self-test crashed', remedy: 'npm run tfjs-node' },
  NATIVE_TEST_TOO_SLOW: {
    says: 'its self-test did not end in time',
    remedy: 'try again when the machine is less busy'
  },
  NATIVE_TEST_DIFFERS: { says: 'it does not compute what WebAssembly computes', remedy: 'npm run tfjs-node' }
} as const

export type NativeFaultCode = keyof typeof table

export interface NativeFault {
  readonly code: NativeFaultCode
  /** The file, the version or the figure, as a person reads it. */
  readonly detail: string
}

export const nativeFaultCodes: readonly string[] = Object.keys(table)

/** `it was built for another kind of machine (arm64)`. */
export function sentenceOf({ code, detail }: NativeFault): string {
  return detail === '' ? table[code].says : `${table[code].says} (${detail})`
}

export function remedyOf({ code }: Pick<NativeFault, 'code'>): string {
  return table[code].remedy
}

/** A fault on its way out of the loader; never leaves the room. */
export class NativeError extends Error {
  override readonly name = 'NativeError'
  readonly fault: NativeFault

  constructor(code: NativeFaultCode, detail: string, cause?: unknown) {
    super(sentenceOf({ code, detail }), { cause })
    this.fault = { code, detail }
  }
}
