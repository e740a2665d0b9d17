import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 20
const limitMsDefault = 15_000

/** Asks until the answer is neither undefined, null nor false; throws when `limitMs` have passed. */
export async function waitFor<Found>(
  what: string,
  ask: () => Found | Promise<Found>,
  limitMs = limitMsDefault
): Promise<Exclude<Found, undefined | null | false>> {
  const until = performance.now() + limitMs
  for (;;) {
    const found = await ask()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just checked
    if (isFound(found)) return found as Exclude<Found, undefined | null | false>
    if (performance.now() > until) throw new Error(`${what}: not within ${limitMs} ms`)
    await sleep(pollMs)
  }
}

function isFound(found: unknown): boolean {
  return found !== undefined && found !== null && found !== false
}
