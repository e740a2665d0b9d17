/** Something that several hold, and that ends when the last of them lets go. */
export interface Shared<Value> {
  readonly value: Value
  hold(): void
  release(): void
}

/** Held `holders` times to begin with. */
export function share<Value>(value: Value, end: () => void, holders = 1): Shared<Value> {
  let count = holders
  return {
    value,
    hold: () => void (count += 1),
    release: () => {
      count -= 1
      if (count === 0) end()
    }
  }
}
