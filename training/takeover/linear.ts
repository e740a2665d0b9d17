import * as tf from '@tensorflow/tfjs-core'

/**
 * x · kernel, differentiable by both. The wasm backend multiplies transposed matrices several times as slowly as it transposes and
 * multiplies them, and the built-in gradients ask for just that.
 */
export function linear(x: tf.Tensor2D, kernel: tf.Tensor2D): tf.Tensor2D {
  const product = tf.customGrad((a, b, save) => {
    const [left, right] = [asMatrix(a), asMatrix(b)]
    if (typeof save === 'function') save([left, right])
    return {
      value: tf.matMul(left, right),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedLeft = left, savedRight = right] = saved.map(asMatrix)
        const slope = asMatrix(dy)
        return [tf.matMul(slope, transposed(savedRight)), tf.matMul(transposed(savedLeft), slope)]
      }
    }
  })
  return asMatrix(product(x, kernel))
}

/** The same for input that nothing is learned of: only the kernel's gradient is worked out. */
export function linearOfData(x: tf.Tensor2D, kernel: tf.Tensor2D): tf.Tensor2D {
  const product = tf.customGrad((weights) => {
    return {
      value: tf.matMul(x, asMatrix(weights)),
      gradFunc: (dy: tf.Tensor) => tf.matMul(transposed(x), asMatrix(dy))
    }
  })
  return asMatrix(product(kernel))
}

function transposed(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.transpose<tf.Tensor2D>(matrix)
}

function asMatrix(value: unknown): tf.Tensor2D {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every operand here is made as a matrix
  return value as tf.Tensor2D
}
