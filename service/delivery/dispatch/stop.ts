/** The end of waiting: what is guarded is given up at once when `now` is called. */
export interface Stop {
  /** The work's outcome, or null if it was given up first. The work itself goes on, unheard. */
  guard<T>(work: Promise<T>): Promise<T | null>
  now(): void
}

export function createStop(): Stop {
  const waiting = new Set<() => void>()
  return { guard, now }

  function guard<T>(work: Promise<T>): Promise<T | null> {
    const { promise, resolve, reject } = Promise.withResolvers<T | null>()
    const giveUp = (): void => resolve(null)
    waiting.add(giveUp)
    work.then(resolve, reject).finally(() => waiting.delete(giveUp))
    return promise
  }

  function now(): void {
    for (const giveUp of waiting) giveUp()
  }
}
