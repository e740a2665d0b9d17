/** Wall time and processor time of one act, in milliseconds. */
export interface Cost {
  readonly p50: number
  readonly mean: number
  readonly p99: number
  /** User and system time of all threads of the process, per act. */
  readonly cpu: number
}

const rounds = 5
const warmUpRounds = 8

/** The cost of an act, over items that are gone through in rounds. */
export async function measure<T>(items: readonly T[], act: (item: T) => unknown): Promise<Cost> {
  return await steady(async () => {
    const wall = new Float64Array(items.length)
    const cpuBefore = process.cpuUsage()
    for (const [index, item] of items.entries()) {
      const startedAt = performance.now()
      const result = act(item)
      if (result instanceof Promise) await result
      wall[index] = performance.now() - startedAt
    }
    return costOf(wall, cpuMsSince(cpuBefore))
  })
}

/** One round of an act that does not wait. */
export function roundOf<T>(items: readonly T[], act: (item: T) => void): Cost {
  const wall = new Float64Array(items.length)
  const cpuBefore = process.cpuUsage()
  for (const [index, item] of items.entries()) {
    const startedAt = performance.now()
    act(item)
    wall[index] = performance.now() - startedAt
  }
  return costOf(wall, cpuMsSince(cpuBefore))
}

/**
 * Rounds until the processor time of one differs from the round before by less than 3 %; then the medians of five: a neighbour on the
 * machine who is busy for a moment changes none of them.
 */
export async function steady(round: () => Promise<Cost>): Promise<Cost> {
  let last = Number.POSITIVE_INFINITY
  for (let done = 0; done < warmUpRounds; done += 1) {
    const { cpu } = await round()
    if (Math.abs(cpu - last) < 0.03 * last) break
    last = cpu
  }
  const costs: Cost[] = []
  while (costs.length < rounds) costs.push(await round())
  return medianCost(costs)
}

export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** `wall`: of each act, in milliseconds. `cpuMs`: of all of them. */
export function costOf(wall: Float64Array, cpuMs: number): Cost {
  const sorted = wall.toSorted()
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? Number.NaN
  const sum = sorted.reduce((all, one) => all + one, 0)
  return { p50: at(0.5), mean: sum / sorted.length, p99: at(0.99), cpu: cpuMs / sorted.length }
}

export function medianCost(costs: readonly Cost[]): Cost {
  const median = (of: (cost: Cost) => number): number =>
    costs.map(of).toSorted((a, b) => a - b)[costs.length >> 1] ?? Number.NaN
  return {
    p50: median(({ p50 }) => p50),
    mean: median(({ mean }) => mean),
    p99: median(({ p99 }) => p99),
    cpu: median(({ cpu }) => cpu)
  }
}
