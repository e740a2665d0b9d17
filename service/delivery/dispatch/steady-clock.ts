/**
 * A clock that never runs backwards (epoch ms). Where the system's is set back, this one goes on by the time that really passed: what was to
 * be tried in five minutes is, neither at once again nor an hour late. Set forward, it follows.
 */
export function createSteadyClock(clock: () => number, monotonicMs: () => number): () => number {
  let last = clock()
  let measuredAt = monotonicMs()
  return function now() {
    const measured = monotonicMs()
    const expected = last + Math.max(0, measured - measuredAt)
    const told = clock()
    // Within a second it is only being adjusted
    last = told >= last - 1_000 && told < last ? last : Math.max(told, told < last ? expected : told)
    measuredAt = measured
    return Math.floor(last)
  }
}
