import { livenessSchema, readinessSchema, type Readiness } from '../../../contracts/health.ts'
import type { ApiRoutes } from '../api-app.ts'

/** null: ready; text: not ready, and why; `degraded`: ready, but not as good as it should be. */
export type Health = string | null | { readonly degraded: string }
export type HealthCheck = () => Health | Promise<Health>

export interface HealthRoutesOptions {
  /** One a dependency: `storage`, `models`, `parser`, … */
  readonly checks: Readonly<Record<string, HealthCheck>>
  /** A check that takes longer is not ready. */
  readonly checkTimeoutMs?: number
}

const config = { scope: 'public' } as const
const tags = ['health']

/** `/health/live`: the process answers. `/health/ready`: each dependency, with the reason why it is not. */
export function healthRoutes({ checks, checkTimeoutMs = 2_000 }: HealthRoutesOptions): ApiRoutes {
  return (app) => {
    const live = { summary: 'Is the process alive', tags, response: { 200: livenessSchema } }
    app.get('/health/live', { schema: live, config }, () => ({ status: 'live' as const }))

    const ready = {
      summary: 'Is every dependency ready',
      tags,
      response: { 200: readinessSchema, 503: readinessSchema }
    }
    app.get('/health/ready', { schema: ready, config }, async (_request, reply) => {
      const dependencies = await ask(checks, checkTimeoutMs)
      const isReady = Object.values(dependencies).every((dependency) => dependency.ready)
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not-ready', dependencies })
    })
  }
}

async function ask(
  checks: HealthRoutesOptions['checks'],
  timeoutMs: number
): Promise<Readiness['dependencies']> {
  const asked = Object.entries(checks).map(async ([name, check]) => {
    const health = await within(check, timeoutMs)
    const reason = typeof health === 'object' && health !== null ? health.degraded : health
    return [name, { ready: typeof health !== 'string', reason }] as const
  })
  return Object.fromEntries(await Promise.all(asked))
}

async function within(check: HealthCheck, timeoutMs: number): Promise<Health> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs)
  try {
    return await Promise.race([check(), promise])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
  }
}
