/** A destination that asked us to slow down. */
export interface Slowdown {
  /** What it got right after it had asked: a share of what it would get. */
  readonly share: number
  /** Epoch ms of its last request that counted. */
  readonly at: number
  /** Requests in this episode. */
  readonly requests: number
  /** What it said. */
  readonly reply: string
}

export interface BackOffRules {
  readonly factor: number
  readonly minShare: number
  readonly settleMs: number
  readonly step: number
  readonly rampMs: number
}

const maxReplyLength = 200

/** Pure. Gives `known` itself where the request is an echo of the last: connections that were open hear it, too. */
export function slowedDown(
  known: Slowdown | undefined,
  said: string,
  rules: BackOffRules,
  now: number
): Slowdown {
  // A clock that was set back must not make every request an echo
  if (known !== undefined && now >= known.at && now - known.at < rules.settleMs) return known
  const before = known === undefined ? 1 : currentShare(known, rules, now)
  return {
    share: Math.max(rules.minShare, before * rules.factor),
    at: now,
    requests: (known?.requests ?? 0) + 1,
    reply: said.slice(0, maxReplyLength)
  }
}

/** Pure. A step for each quiet span since; never above the whole. */
export function currentShare({ share, at }: Slowdown, { step, rampMs }: BackOffRules, now: number): number {
  return Math.min(1, share + step * Math.floor(Math.max(0, now - at) / rampMs))
}

/** Pure. The whole is back. */
export function isQuiet(slowdown: Slowdown, rules: BackOffRules, now: number): boolean {
  return currentShare(slowdown, rules, now) >= 1
}
