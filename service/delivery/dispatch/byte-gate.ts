/** Memory that messages on their way out may take together: who asks for more than is left waits, first come first served. */
export interface ByteGate {
  /** Runs the work once there is room for `bytes`. A message larger than the whole gate goes alone. */
  through<T>(bytes: number, work: () => Promise<T>): Promise<T>
}

export function createByteGate(maxBytes: number): ByteGate {
  const waiting: { readonly bytes: number; readonly enter: () => void }[] = []
  let taken = 0
  return { through }

  async function through<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(bytes, maxBytes)
    if (waiting.length > 0 || taken + share > maxBytes) {
      await new Promise<void>((resolve) => waiting.push({ bytes: share, enter: resolve }))
    } else taken += share
    try {
      return await work()
    } finally {
      taken -= share
      admit()
    }
  }

  function admit(): void {
    for (let next = waiting[0]; next !== undefined && taken + next.bytes <= maxBytes; next = waiting[0]) {
      waiting.shift()
      taken += next.bytes
      next.enter()
    }
  }
}
