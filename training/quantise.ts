/** Eight-bit values of TensorFlow.js: value = byte · scale + min. */
export interface Quantised {
  readonly bytes: Uint8Array
  readonly scaling: { readonly scale: number; readonly min: number }
}

/**
 * Rounds to 256 even steps over the range. Zero stays exactly zero: most rows of a hashed table were never touched, and a
 * message adds up a thousand of them.
 */
export function quantise(values: Float32Array): Quantised {
  const low = values.reduce((a, b) => Math.min(a, b), 0)
  const high = values.reduce((a, b) => Math.max(a, b), 0)
  const scale = (high - low) / 254 || 1
  const zero = Math.round(-low / scale)
  return {
    bytes: Uint8Array.from(values, (value) => Math.round(value / scale) + zero),
    scaling: { scale, min: -zero * scale }
  }
}
