import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import type { Scope } from '../../../service/access/scope.ts'
import { createTokens, type Tokens } from '../../../service/access/tokens.ts'
import { problemSchema, type Problem } from '../../../service/contracts/problem.ts'
import type { ApiApp, ApiRoutes } from '../../../service/doors/api/api-app.ts'
import { createAnswerRequest } from '../../../service/doors/api/answer-request.ts'
import { batchRoutes } from '../../../service/doors/api/routes/batch-routes.ts'
import { healthRoutes, type HealthCheck } from '../../../service/doors/api/routes/health-routes.ts'
import { metricsRoutes } from '../../../service/doors/api/routes/metrics-routes.ts'
import { modelRoutes, type ModelRoutesOptions } from '../../../service/doors/api/routes/model-routes.ts'
import { createApi, type ApiOptions } from '../../../service/doors/api/server.ts'
import { tokenRoutes } from '../../../service/doors/api/routes/token-routes.ts'
import { verdictRoutes } from '../../../service/doors/api/routes/verdict-routes.ts'
import type { ScoreSubmission } from '../../../service/scoring/scoring-ports.ts'
import { openStorage } from '../../../service/storage/lmdb-storage.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { message, openHouse, start, type House } from '../../scoring/house.ts'

export interface OpenApi {
  readonly app: ApiApp
  readonly tokens: Tokens
  readonly house: House
  readonly secretFor: (...scopes: Scope[]) => Promise<string>
}

export interface OpenApiOptions extends Partial<
  Pick<ApiOptions, 'bodyLimitBytes' | 'bodiesInWorkBytes' | 'requestTimeoutMs' | 'log'>
> {
  readonly house?: House
  readonly score?: ScoreSubmission
  readonly checks?: Readonly<Record<string, HealthCheck>>
  readonly routes?: readonly ApiRoutes[]
  readonly models?: ModelRoutesOptions
  /** Of the batch route. */
  readonly idleTimeoutMs?: number
}

const nothing = { kind: 'impossible', detail: 'there are no models' } as const
const noModels: ModelRoutesOptions = {
  showModels: () => Promise.resolve({ items: [], versions: [], promotion: null, training: null }),
  showDrift: () => Promise.resolve(null),
  modelActs: {
    promote: () => Promise.resolve(nothing),
    rollBack: () => Promise.resolve(nothing),
    shadow: () => Promise.resolve(nothing)
  }
}

/** Something that ends, and closes then what was opened for it: a test, or a file of tests. */
interface Closing {
  after(act: () => Promise<void>): void
}

/** The whole API on real tokens and real scoring, without a socket. */
export async function openApi(t: Closing, options: OpenApiOptions = {}): Promise<OpenApi> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-api-'))
  const storage = await openStorage({ directory })
  const tokens = createTokens({
    storage,
    newSecret: () => randomBytes(32).toString('base64url'),
    clock: () => start
  })
  const {
    house = openHouse(),
    score = house.score,
    checks = {},
    routes = [],
    models = noModels,
    ...rest
  } = options
  const { bodyLimitBytes = 200_000, idleTimeoutMs = 60_000 } = options
  t.after(async () => {
    await storage.close()
    await rm(directory, { recursive: true })
  })
  let ids = 0
  const answer = createAnswerRequest({
    score,
    newId: () => `submission-${(ids += 1)}`,
    clock: () => start
  })
  const app = await createApi({
    routes: [
      verdictRoutes({ answer }),
      batchRoutes({ answer, bodyLimitBytes, log: silentLogger, idleTimeoutMs }),
      tokenRoutes({ tokens }),
      modelRoutes(models),
      healthRoutes({ checks, checkTimeoutMs: 50 }),
      metricsRoutes({ metrics: createMetrics() }),
      ...routes
    ],
    tokens,
    log: silentLogger,
    bodyLimitBytes,
    version: '0.0.0',
    ...rest
  })
  t.after(async () => {
    await app.close()
  })
  return { app, tokens, house, secretFor: async (...scopes) => (await tokens.create('test', scopes)).secret }
}

export function bearer(secret: string): { authorization: string } {
  return { authorization: `Bearer ${secret}` }
}

/** A request that is fine. */
export function verdictRequest(): {
  envelope: { from: string; to: string[] }
  auth: { user: string }
  raw: string
} {
  const raw = Buffer.from(message({ to: ['bob@example.net'] })).toString('base64')
  return {
    envelope: { from: 'alice@example.org', to: ['bob@example.net'] },
    auth: { user: 'alice@example.org' },
    raw
  }
}

/** What an error answer says, once it has the form of one. */
export function problemOf(response: LightMyRequestResponse): Problem {
  const type = String(response.headers['content-type'])
  if (!type.startsWith('application/problem+json'))
    throw new Error(`${response.statusCode} ${type}: ${response.body}`)
  return problemSchema.strict().parse(response.json())
}
