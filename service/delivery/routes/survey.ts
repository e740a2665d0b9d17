import type { Option } from './choose-way.ts'
import type { OperatorStates } from './operator-states.ts'
import { isProbeDue, type Path, type PathRules } from './paths/condition.ts'
import type { PathBook } from './paths/path-book.ts'
import { tellTrouble } from './paths/told.ts'
import { wholeKey } from './paths/whole-routes.ts'
import { destinationBy, destinationKey, type DeliveryRoute } from './route.ts'
import type { Question } from './choice.ts'
import type { WarmUps } from './warm-up.ts'
import type { Workload } from './workload.ts'

export interface SurveyOptions {
  readonly paths: Pick<PathBook, 'get'>
  readonly states: Pick<OperatorStates, 'get'>
  readonly warmUps: WarmUps | undefined
  readonly workload: Pick<Workload, 'outstandingOf' | 'isProbed'>
  readonly groupOf: (domain: string) => string
  readonly rules: PathRules
  readonly clock: () => number
}

/** All that is known of a route, for the mail that asks. */
export type Survey = (route: DeliveryRoute, question: Question) => Option

export function createSurvey(options: SurveyOptions): Survey {
  const { paths, states, workload, rules, clock } = options
  return function survey(route, question) {
    const destination = destinationBy(route, question.domain)
    const path = worseOf(paths.get(destinationKey(destination)), paths.get(wholeKey(route)))
    const { condition } = path
    const operator = states.get(route.name)
    const state = stateOf(route, question, condition.kind)
    const isDue = state === 'bad' && isProbeDue(path, clock(), rules)
    return {
      name: route.name,
      weight: route.weight ?? 1,
      outstanding: workload.outstandingOf(route.name),
      latencyMs: path.measure.latencyMs,
      route,
      destination,
      state,
      share: condition.kind === 'returning' ? condition.share : 1,
      isProbeDue: isDue && !workload.isProbed(destination),
      trouble:
        condition.kind === 'good' ? operator.why : tellTrouble(condition.cause, path, destination.domain),
      hasRoom: question.hasRoom(destination),
      wasTried: question.avoid.includes(route.name)
    }
  }

  /** What people decided goes before what is measured. */
  function stateOf(
    route: DeliveryRoute,
    { domain }: Question,
    condition: Path['condition']['kind']
  ): Option['state'] {
    const { state } = states.get(route.name)
    if (state === 'paused') return 'closed'
    if (options.warmUps !== undefined && options.warmUps.room(route, options.groupOf(domain)) < 1)
      return 'spent'
    return state === 'demoted' ? state : condition
  }
}

const severity = { good: 0, returning: 1, bad: 2 } as const

/** Of the way to one destination and the route as a whole. */
function worseOf(one: Path, other: Path): Path {
  return severity[other.condition.kind] > severity[one.condition.kind] ? other : one
}
