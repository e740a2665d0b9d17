/** Waiting calls of one tick share one pass. Bounded: a pass takes at most `maxBatch` inputs, the rest follow in order. */
export function microBatch<In, Out>(run: (inputs: readonly In[]) => readonly Out[], maxBatch: number) {
  let waiting: Call<In, Out>[] = []

  const pass = (): void => {
    const calls = waiting
    waiting = []
    const inputs = calls.flatMap((call) => call.inputs)
    try {
      const outputs = inSlices(inputs, maxBatch, run)
      let offset = 0
      for (const { inputs: own, resolve } of calls) {
        resolve(outputs.slice(offset, offset + own.length))
        offset += own.length
      }
    } catch (error) {
      for (const { reject } of calls) reject(error)
    }
  }

  return (inputs: readonly In[]): Promise<readonly Out[]> =>
    new Promise((resolve, reject) => {
      // The check phase comes after all I/O callbacks of the tick: every message that became ready in it rides along.
      if (waiting.length === 0) setImmediate(pass)
      waiting.push({ inputs, resolve, reject })
    })
}

interface Call<In, Out> {
  readonly inputs: readonly In[]
  readonly resolve: (outputs: readonly Out[]) => void
  readonly reject: (error: unknown) => void
}

function inSlices<In, Out>(
  inputs: readonly In[],
  size: number,
  run: (slice: readonly In[]) => readonly Out[]
): readonly Out[] {
  if (inputs.length <= size) return run(inputs)
  const outputs: Out[] = []
  for (let start = 0; start < inputs.length; start += size)
    outputs.push(...run(inputs.slice(start, start + size)))
  return outputs
}
