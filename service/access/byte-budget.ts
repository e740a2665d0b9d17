/** Memory that messages being received may take, all connections together. */
export interface ByteBudget {
  /** False: there is no room; nothing was taken. */
  take(bytes: number): boolean
  give(bytes: number): void
}

export function createByteBudget(maxBytes: number): ByteBudget {
  let taken = 0
  return {
    take: (bytes) => {
      if (taken + bytes > maxBytes) return false
      taken += bytes
      return true
    },
    give: (bytes) => {
      taken -= bytes
    }
  }
}
