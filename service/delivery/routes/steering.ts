import type { Aged, BoundedTable } from '../../storage/bounded-table.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { createBadNews, type BadNews, type OnBad } from './bad-news.ts'
import { createBalancer, type Balancer } from './balancing/balancer.ts'
import type { Choice, Question } from './choice.ts'
import { chooseWay, type Option } from './choose-way.ts'
import { createMatcher, type Mail } from './matching.ts'
import { createOperatorStates, type OperatorStates } from './operator-states.ts'
import type { Path, PathRules } from './paths/condition.ts'
import { createPathBook, type PathBook } from './paths/path-book.ts'
import { createTrips, type Trip, type Trips } from './paths/trips.ts'
import { createWholeRoutes } from './paths/whole-routes.ts'
import {
  destinationBy,
  destinationKey,
  directRoute,
  type DeliveryPool,
  type DeliveryRoute,
  type Destination,
  type Label
} from './route.ts'
import { createSurvey } from './survey.ts'
import { nextDay, type WarmUps } from './warm-up.ts'
import { createWorkload } from './workload.ts'
import type { RecipientResult } from '../session/reply.ts'

/** Chooses ways. What dispatch knows of routes, it knows from here. */
export interface Steering {
  /** Ways that such mail may take, whoever sends it. */
  possible(domain: string, label: Label): readonly Destination[]
  choose(question: Question): Choice
  /** Whether a message that failed on some routes has a way that is worth trying at once. */
  hasDetour(mail: Mail, tried: readonly string[]): boolean
  /** The choice is acted upon: a job waits for its turn on that way. */
  took(choice: Choice): void
  /** The job has ended, or went back to be chosen for again. */
  left(choice: Choice): void
  /** An attempt begins, with so many bytes. */
  begin(choice: Choice, bytes: number): Trip
  /** Inside the transaction that records what became of the recipients. */
  record(choice: Choice, results: Iterable<RecipientResult>): void
  /** A host was asked for its greeting only. */
  noteCheck(destination: Destination, isAnswered: boolean): void
  /** Epoch ms of the last that was heard of the way; what it is worth asking about is older. */
  lastHeard(destination: Destination): number
  readonly clock: () => number
  /** Tells of ways that have just turned bad: what waits there is better chosen for again. Gives the way to stop listening. */
  onBad(listener: OnBad): () => void
  start(): void
  close(): Promise<void>
}

export interface SteeringOptions {
  readonly routes: readonly DeliveryRoute[]
  readonly pools?: readonly DeliveryPool[]
  readonly rules?: PathRules
  readonly clock: () => number
  readonly random: () => number
  readonly log: Logger
  readonly metrics?: Pick<Metrics, 'count'> | undefined
  /** Where summaries of ways outlive the process. */
  readonly shelf?: BoundedTable<Aged & Path> | undefined
  readonly states?: OperatorStates
  readonly warmUps?: WarmUps | undefined
  /** What warms up together: the provider of a domain. */
  readonly groupOf?: (domain: string) => string
}

/** Six times as slow as usual is what people notice; the first probe a minute later, then twice as late each time, up to half an hour. */
export const defaultPathRules: PathRules = {
  patienceMs: 2_000,
  assumedBytesPerSecond: 16_000,
  slowFactor: 6,
  firstProbeMs: 60_000,
  maxProbeMs: 1_800_000
}

const lookMs = 500
const saveMs = 60_000
/** What waits for a paused route asks again so often. */
const pausedMs = 15 * 60_000
/** What waited for the next day does not all begin with it. */
const spreadMs = 30 * 60_000

export function createSteering(options: SteeringOptions): Steering & SteeringView {
  const { routes, pools = [], rules = defaultPathRules, clock, random, metrics, warmUps } = options
  const { states = createOperatorStates(), groupOf = (domain) => domain } = options
  const matcher = createMatcher(routes, pools)
  const balancers = new Map(pools.map(({ name, algorithm }) => [name, createBalancer(algorithm, random)]))
  const single = createBalancer('weighted-round-robin', random)
  const balancerOf = ({ pool = '' }: DeliveryRoute): Balancer => balancers.get(pool) ?? single
  const news = createBadNews({ ...options, pools, metrics })
  const paths = createPathBook({ rules, clock, shelf: options.shelf, onChange: news.tell })
  const trips = tripsOn(paths, news, { rules, clock })
  const workload = createWorkload({ warmUps, groupOf, balancerOf, metrics })
  const survey = createSurvey({ paths, states, warmUps, workload, groupOf, rules, clock })
  const upkeep = createUpkeep({ look: trips.look, save: () => paths.save(), log: options.log })
  return {
    ...upkeep,
    ...workload,
    clock,
    onBad: news.onBad,
    possible: (domain, label) => matcher.possible(domain, label).map((route) => destinationBy(route, domain)),
    choose: (question) => choose(question, question.label !== 'urgent'),
    hasDetour,
    begin: ({ destination, isProbe }, bytes) => trips.begin(destination, bytes, isProbe),
    noteCheck: (destination, isAnswered) =>
      paths.note(destinationKey(destination), { kind: isAnswered ? 'answered' : 'unreached' }, isAnswered),
    lastHeard: (destination) => paths.get(destinationKey(destination)).at,
    paths: () => paths.list(),
    pathOf: (key) => paths.get(key),
    stateOf: (name) => states.get(name)
  }

  function choose(question: Question, mayProbe: boolean): Choice {
    const ways = matcher.waysOf(question)
    const key = ways.pool?.hashBy === 'sender' ? question.sender : question.domain
    const balancer = balancerOf(ways.routes[0] ?? directRoute)
    const optionOf = (route: DeliveryRoute): Option => survey(route, question)
    const { option, how, why } = chooseWay({ ways, optionOf, balancer, key, mayProbe, random })
    return {
      destination: option.destination,
      domain: question.domain,
      how,
      why,
      isProbe: option.state === 'bad' || how === 'probe',
      waitUntil: how === 'waits' ? waitFor(option) : null
    }
  }

  function waitFor({ state }: Option): number {
    return state === 'spent' ? nextDay(clock()) + Math.floor(random() * spreadMs) : clock() + pausedMs
  }

  function hasDetour(mail: Mail, tried: readonly string[]): boolean {
    const { destination, how, waitUntil } = choose({ ...mail, avoid: tried, hasRoom: () => true }, false)
    return waitUntil === null && how !== 'least-bad' && !tried.includes(destination.route.name)
  }
}

/** What attempts show is noted for the way to their destination, and for the route as a whole. */
function tripsOn(
  paths: PathBook,
  news: BadNews,
  { rules, clock }: { rules: PathRules; clock: () => number }
): Trips {
  const whole = createWholeRoutes(paths)
  return createTrips({
    clock,
    rules,
    pathOf: (destination) => paths.get(destinationKey(destination)),
    note: (destination, sample, isProbe) => {
      paths.note(destinationKey(destination), sample, isProbe)
      whole.note(destination, sample, isProbe)
    },
    hasDetour: ({ route }) => news.hasOtherWay(route.name)
  })
}

interface UpkeepOptions {
  readonly look: () => void
  readonly save: () => Promise<void>
  readonly log: Logger
}

function createUpkeep({ look, save, log }: UpkeepOptions): Pick<Steering, 'start' | 'close'> {
  let timers: readonly NodeJS.Timeout[] = []
  return {
    start() {
      timers = [setInterval(look, lookMs), setInterval(() => void saveNow(), saveMs)]
      for (const timer of timers) timer.unref()
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      timers = []
      await saveNow()
    }
  }

  async function saveNow(): Promise<void> {
    try {
      await save()
    } catch (error) {
      // What is known of ways is worth no mail: it is written the next time
      log.error('routes.paths_unsaved', { error })
    }
  }
}

/** What operators are shown. */
export interface SteeringView {
  /** By destination key. */
  paths(): Iterable<readonly [string, Path]>
  pathOf(key: string): Path
  /** Jobs that wait or run on a route. */
  outstandingOf(route: string): number
  stateOf(route: string): ReturnType<OperatorStates['get']>
}
