import { createRequire } from 'node:module'
import path from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import type { NativeLibrary } from './locate-library.ts'
import { NativeError } from './native-fault.ts'

/**
 * Loads the library into this process; its backend is `tensorflow`, and the current one. Answers the version of TensorFlow in it. Takes
 * about 0.3 s and 200 MB, which only the end of the process gives back. It may kill the process where the library is no good: let the
 * self-test's process be the first. Throws NativeError.
 */
export function loadLibrary({ directory }: Pick<NativeLibrary, 'directory'>): string {
  // The package calls them: gone from Node 23 on, deprecation warnings on 22.
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined
  })
  quietLibrary()
  try {
    createRequire(path.join(directory, 'package.json'))(directory)
    return libraryVersion()
  } catch (error) {
    throw new NativeError('NATIVE_LOAD_FAILED', firstLine(error), error)
  }
}

/** It writes about the processor to standard error. Read by the library when it is loaded, not by Node. */
function quietLibrary(): void {
  // oxlint-disable-next-line node/no-process-env -- not read: handed to C code, which has no other argument
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3'
}

/** Of TensorFlow, once loaded. */
export function libraryVersion(): string {
  return bindingSchema.parse(tf.findBackend('tensorflow')).binding.TF_Version
}

const bindingSchema = z.looseObject({ binding: z.looseObject({ TF_Version: z.string() }) })

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
