/** A value that moves, with what it was before: pairs of epoch ms and value, oldest first. */
export type Trail = readonly number[]

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A trail that begins at `at`. */
export function beginTrail(at: number, value: number): Trail {
  return [at, value]
}

/** What the value was a day before `at`; its first one while the trail is younger. */
export function dayBefore(trail: Trail, at: number): number {
  let value = trail[1] ?? 0
  for (let place = 0; place < trail.length; place += 2) {
    if ((trail[place] ?? 0) > at - dayMs) break
    value = trail[place + 1] ?? value
  }
  return value
}

/**
 * Appends a value. Of one hour the lowest is kept, so that a trail has two dozen values and errs on the side that rises later; what is
 * more than a day old is dropped but for the newest of it. A clock that goes back does not change the past.
 */
export function extendTrail(trail: Trail, at: number, value: number): Trail {
  const last = trail.length - 2
  const lastAt = trail[last] ?? -Infinity
  const isSameHour = at < lastAt + hourMs && last > 0
  const next = isSameHour
    ? [...trail.slice(0, last), lastAt, Math.min(value, trail[last + 1] ?? value)]
    : [...trail, Math.max(at, lastAt), value]
  let first = 0
  while ((next[first + 2] ?? Infinity) <= at - dayMs) first += 2
  return next.slice(first)
}
