import {
  routeAnswerSchema,
  routeListSchema,
  routeParamsSchema,
  routeStateRequestSchema,
  type PathAnswer,
  type RouteAnswer
} from '../../../contracts/route.ts'
import type { PathReport, RouteReport } from '../../../delivery/routes/route-report.ts'
import type { OperatorStates } from '../../../delivery/routes/operator-states.ts'
import type { DeliveryPool } from '../../../delivery/routes/route.ts'
import type { ApiRoutes } from '../api-app.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'

export interface DeliveryRoutesOptions {
  readonly report: () => readonly RouteReport[]
  readonly pools: readonly DeliveryPool[]
  readonly states: Pick<OperatorStates, 'set'>
  /** What waits may go another way now. */
  readonly onState: () => void
  /** Epoch ms. */
  readonly clock: () => number
}

/** `/v1/routes`: the ways out, how they fare, and whether they are used. */
export function deliveryRoutes({ report, pools, states, onState, clock }: DeliveryRoutesOptions): ApiRoutes {
  return (app) => {
    const common = { tags: ['routes'], security: [{ bearer: [] }] }
    const one = {
      ...common,
      params: routeParamsSchema,
      response: { 200: routeAnswerSchema, ...problemResponses }
    }
    const config = { scope: 'operate' } as const

    const list = {
      ...common,
      summary: 'List routes',
      response: { 200: routeListSchema, ...problemResponses }
    }
    app.get('/v1/routes', { schema: list, config }, () => ({
      items: report().map((route) => toAnswer(route, pools))
    }))

    app.get(
      '/v1/routes/:name',
      { schema: { ...one, summary: 'Show a route and its ways' }, config },
      (request) => find(request.params.name)
    )

    const put = { ...one, summary: 'Use a route, only at need, or not at all', body: routeStateRequestSchema }
    app.put('/v1/routes/:name/state', { schema: put, config }, async (request) => {
      const { name } = request.params
      find(name)
      const { state, why = null } = request.body
      await states.set(name, { state, why, by: request.bearer?.id ?? 'unknown', at: clock() })
      onState()
      return find(name)
    })
  }

  function find(name: string): RouteAnswer {
    const found = report().find(({ route }) => route.name === name)
    if (found === undefined) throw new ProblemError('NOT_FOUND')
    return toAnswer(found, pools)
  }
}

function toAnswer(
  { route, operator, warmUp, paths, ...more }: RouteReport,
  pools: readonly DeliveryPool[]
): RouteAnswer {
  const { name, kind, host = null, pool = null, weight = 1, domains, senders = [], labels = [] } = route
  const shared = pools.find((one) => one.name === pool)
  return {
    name,
    kind,
    host,
    pool,
    algorithm: shared?.algorithm ?? null,
    weight,
    fallback: (shared ?? route).fallback ?? null,
    domains: [...domains],
    senders: [...senders],
    labels: [...labels],
    state: operator.state,
    stateWhy: operator.why,
    stateBy: operator.by,
    ...more,
    warmUp: warmUp.limit === null ? null : { limit: warmUp.limit, groups: [...warmUp.groups] },
    paths: paths.map(toPathAnswer)
  }
}

function toPathAnswer({ since, probeAt, ...path }: PathReport): PathAnswer {
  return {
    ...path,
    since: new Date(since).toISOString(),
    probeAt: probeAt === null ? null : new Date(probeAt).toISOString()
  }
}
