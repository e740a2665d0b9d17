import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createByteBudget } from '../../../service/access/byte-budget.ts'
import type { Scope } from '../../../service/access/scope.ts'
import { createTokens } from '../../../service/access/tokens.ts'
import type { ApiApp } from '../../../service/doors/api/api-app.ts'
import { createApi, type ApiOptions } from '../../../service/doors/api/server.ts'
import { createAskCallout } from '../../../service/doors/callouts/asking/ask-callout.ts'
import type { CalloutRequest } from '../../../service/doors/callouts/asking/callout-request.ts'
import {
  createChooseClient,
  createFindClient,
  type ClientProfile,
  type ClientSelectors,
  type ConfiguredClient
} from '../../../service/doors/callouts/clients/client-profile.ts'
import type { HoldExpression } from '../../../service/doors/callouts/clients/client-kinds.ts'
import { mtaHooksRoutes } from '../../../service/doors/callouts/mta-hooks/mta-hooks-routes.ts'
import { stalwartRoutes } from '../../../service/doors/callouts/stalwart/stalwart-routes.ts'
import { noIntroduction } from '../../../service/doors/callouts/asking/callout-request.ts'
import type { Submission } from '../../../service/message/submission.ts'
import { openStorage } from '../../../service/storage/lmdb-storage.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import type { Verdict } from '../../../service/verdict/verdict.ts'
import { verdictOf } from '../../helpers/fixed-score.ts'

type HookKind = 'stalwart' | 'mta-hooks'

export interface OpenHooks {
  readonly app: ApiApp
  /** What the seam was asked. */
  readonly questions: CalloutRequest[]
  /** What was scored. */
  readonly submissions: Submission[]
  readonly secretFor: (...scopes: Scope[]) => Promise<string>
  /** What the scorer says from now on; `silent`: nothing, for longer than the deadline. */
  says: Verdict['verdict'] | 'overloaded' | 'broken' | 'silent'
  /** Epoch ms. */
  now: number
}

export interface OpenHooksOptions extends Partial<Pick<ApiOptions, 'bodyLimitBytes' | 'log'>> {
  readonly clients?: readonly ConfiguredClient[]
  readonly maxMessageBytes?: number
}

/** The hooks on the whole API and the real seam; only the scorer says what it is told to. */
export async function openHooks(
  t: { after(act: () => Promise<void>): void },
  {
    clients = [],
    maxMessageBytes = 100_000,
    bodyLimitBytes = 200_000,
    log = silentLogger
  }: OpenHooksOptions = {}
): Promise<OpenHooks> {
  const opened: Pick<OpenHooks, 'questions' | 'submissions'> & { says: OpenHooks['says']; now: number } = {
    questions: [],
    submissions: [],
    says: 'allow',
    now: Date.UTC(2026, 10, 22, 8)
  }
  const findClient = createFindClient(clients, (given, expected) => given === expected)
  const seam = createAskCallout({
    score: async (submission) => {
      opened.submissions.push(submission)
      const { says } = opened
      if (says === 'broken') throw new Error('a bug')
      if (says === 'silent') return new Promise(() => {})
      if (says === 'overloaded') return { kind: 'overloaded', retryAfterMs: 1_000 }
      return { kind: 'scored', verdict: verdictOf(says, submission.auth?.user ?? ''), headline: null }
    },
    chooseClient: createChooseClient(findClient),
    deadlineMs: 20,
    budget: createByteBudget(268_435_456),
    newId,
    clock: () => opened.now,
    log: silentLogger,
    metrics: createMetrics()
  })
  const ask = (request: CalloutRequest) => {
    opened.questions.push(request)
    return seam(request)
  }
  const directory = await mkdtemp(join(tmpdir(), 'sluice-hooks-'))
  const storage = await openStorage({ directory })
  const clock = () => opened.now
  const tokens = createTokens({ storage, newSecret: () => randomBytes(32).toString('base64url'), clock })
  const shared = { ask, findClient, tokens, maxMessageBytes }
  const key = Buffer.alloc(32, 9)
  const app = await createApi({
    routes: [stalwartRoutes(shared), mtaHooksRoutes({ ...shared, key, newId, clock, deadlineMs: 20, log })],
    tokens,
    log,
    bodyLimitBytes,
    version: '0.0.0'
  })
  t.after(async () => {
    await app.close()
    await storage.close()
    await rm(directory, { recursive: true })
  })
  const secretFor = async (...scopes: Scope[]) => (await tokens.create('test', scopes)).secret
  return Object.assign(opened, { app, secretFor })
}

export function bearer(secret: string): { authorization: string } {
  return { authorization: `Bearer ${secret}` }
}

let ids = 0
const newId = (): string => `0199-${(ids += 1)}`

const anybody: ClientSelectors = { networks: null, settingsId: null, userAgent: null, password: null }

/** As `[[callouts.clients]]` says it: `password` is what it shows. */
export function client(
  kind: HookKind,
  { hold, ...given }: Partial<Omit<ClientProfile, 'kind'>> & { hold?: HoldExpression } = {},
  selectors: Partial<ClientSelectors> = { password: 'correct horse battery' }
): ConfiguredClient {
  const stranger = createChooseClient(() => undefined)({
    protocol: kind,
    peer: null,
    introduction: noIntroduction
  })
  const profile = { ...stranger, name: 'mx1', mta: 'mx1', trusted: true, ...given, ...(hold && { hold }) }
  return { profile, selectors: { ...anybody, ...selectors } }
}
