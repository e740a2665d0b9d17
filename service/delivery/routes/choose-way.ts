import type { Balancer } from './balancing/balancer.ts'
import type { Candidate } from './balancing/candidate.ts'
import type { Ways } from './matching.ts'
import type { DeliveryRoute, Destination } from './route.ts'

/** A route that may take the mail, with all that is known about it for this destination. */
export interface Option extends Candidate {
  readonly route: DeliveryRoute
  readonly destination: Destination
  /** `closed`: what decides about routes took it out; `spent`: it has sent today what its warm-up allows. */
  readonly state: 'good' | 'returning' | 'bad' | 'demoted' | 'closed' | 'spent'
  /** Of a returning way: how much of its mail it gets, 0 to 1. */
  readonly share: number
  /** A message may try the bad way now. */
  readonly isProbeDue: boolean
  /** What is wrong with it; null: nothing. */
  readonly trouble: string | null
  readonly hasRoom: boolean
  /** The message failed to get through there just now. */
  readonly wasTried: boolean
}

export interface WayQuestion {
  readonly ways: Ways
  readonly optionOf: (route: DeliveryRoute) => Option
  readonly balancer: Balancer
  /** What stays together under consistent hashing. */
  readonly key: string
  /** Urgent mail finds nothing out for others. */
  readonly mayProbe: boolean
  /** In [0, 1). */
  readonly random: () => number
}

/** What came of the question. `how` is for metrics and the story of the message. */
export interface Way {
  readonly option: Option
  readonly how: 'only' | 'balanced' | 'probe' | 'around' | 'fallback' | 'least-bad' | 'waits'
  readonly why: string | null
}

/**
 * The way of one message. A bad way whose time has come is tried by it; else a good one of the pool takes it, by the pool's algorithm;
 * else the fallback; else, when all are bad, one of them all the same: mail does not wait for what may never come.
 */
export function chooseWay(question: WayQuestion): Way {
  const { ways, optionOf, mayProbe } = question
  const own = ways.routes.map(optionOf)
  const spare = ways.fallback === null ? [] : [optionOf(ways.fallback)]
  const open = [...own, ...spare].filter(({ state }) => state !== 'closed' && state !== 'spent')
  const [first = own[0]] = open
  if (first === undefined) throw new Error('no way was given to choose from')
  if (open.length === 0) return { option: first, how: 'waits', why: waiting(first) }
  if (open.length === 1)
    return {
      option: first,
      how: own.length + spare.length === 1 ? 'only' : 'balanced',
      why: lone(first, own)
    }
  const probe = mayProbe
    ? open.find(({ isProbeDue, hasRoom, wasTried }) => isProbeDue && hasRoom && !wasTried)
    : undefined
  if (probe !== undefined)
    return { option: probe, how: 'probe', why: `tries ${probe.name} again: ${probe.trouble ?? ''}` }
  return amongGood(question, own) ?? amongGood(question, spare, own) ?? leastBad(question, open)
}

function waiting({ name, state }: Option): string {
  return state === 'spent'
    ? `${name} has sent today what its warm-up allows here`
    : `${name} is paused, and there is no other way`
}

/** The only one of several that may be used at all. */
function lone(option: Option, own: readonly Option[]): string | null {
  const gone = own
    .filter((one) => one !== option)
    .map(({ name, state }) => `${name} is ${state === 'spent' ? 'warming up' : 'paused'}`)
  return gone.length === 0 ? null : gone.join(', ')
}

/** null: none of them is good. `insteadOf`: those that these are the fallback of. */
function amongGood(
  question: WayQuestion,
  options: readonly Option[],
  insteadOf?: readonly Option[]
): Way | null {
  const { random } = question
  const good = options.filter(
    ({ state, share, wasTried }) =>
      !wasTried && (state === 'good' || (state === 'returning' && random() < share))
  )
  // A full window sends mail to the others; where all are full it waits for its turn
  const withRoom = good.filter(({ hasRoom }) => hasRoom)
  const option = picked(question, withRoom.length > 0 ? withRoom : good)
  if (option === null) return null
  const avoided = troubles(insteadOf ?? options, option)
  if (insteadOf !== undefined) return { option, how: 'fallback', why: `around ${avoided}` }
  if (avoided !== '') return { option, how: 'around', why: `around ${avoided}` }
  return { option, how: 'balanced', why: null }
}

function troubles(options: readonly Option[], chosen: Option): string {
  return options.flatMap((one) => (one === chosen ? [] : (troubleOf(one) ?? []))).join('; ')
}

function troubleOf({ name, state, trouble, wasTried }: Option): string | null {
  if (state === 'bad' || state === 'demoted') return `${name}: ${trouble ?? state}`
  if (state === 'closed') return `${name}: paused`
  if (state === 'spent') return `${name}: warming up`
  return wasTried ? `${name}: tried just now` : null
}

function leastBad(question: WayQuestion, open: readonly Option[]): Way {
  const ranked = open.toSorted((one, other) => badness(one) - badness(other))
  const least = badness(ranked[0] ?? open[0])
  const equals = ranked.filter((one) => badness(one) === least)
  const withRoom = equals.filter(({ hasRoom }) => hasRoom)
  const option = picked(question, withRoom.length > 0 ? withRoom : equals) ?? open[0]
  if (option === undefined) throw new Error('no way was given to choose from')
  const others = troubles(open, option)
  return {
    option,
    how: 'least-bad',
    why: `no way is good: ${[troubleOf(option), others].filter(Boolean).join('; ')}`
  }
}

/** A demoted route is used before a bad one, and what was tried just now last. */
function badness(option: Option | undefined): number {
  if (option === undefined) return 0
  return (option.wasTried ? 4 : 0) + (option.state === 'bad' ? 2 : option.state === 'demoted' ? 1 : 0)
}

function picked({ balancer, key }: WayQuestion, [first, ...others]: readonly Option[]): Option | null {
  return first === undefined ? null : balancer.pick([first, ...others], key)
}
