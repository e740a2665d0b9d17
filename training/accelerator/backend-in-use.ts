import * as tf from '@tensorflow/tfjs-core'
import type { Manifest } from '../../service/models/manifest.ts'
import { libraryVersion } from '../../service/models/tensor/native/load-library.ts'

/** The current backend of this thread, as a manifest keeps it. */
export function backendInUse(): NonNullable<Manifest['backend']> {
  const version = tf.version_core
  switch (tf.getBackend()) {
    case 'tensorflow':
      return { name: 'tensorflow', version, library: `TensorFlow ${libraryVersion()}` }
    case 'cpu':
      return { name: 'cpu', version }
    default:
      return { name: 'wasm', version }
  }
}
