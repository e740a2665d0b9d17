import { shownDriftSchema, type ShownDrift } from '../../../contracts/drift.ts'
import {
  modelListSchema,
  modelParamsSchema,
  modelVersionsSchema,
  promotedSchema,
  promoteSchema,
  shadowModelSchema,
  type ModelList
} from '../../../contracts/model.ts'
import type { Busy, ChangeOutcome, ModelName } from '../../../operations/models/acting.ts'
import type { ModelActs } from '../../../operations/models/model-acts.ts'
import type { PromoteOutcome } from '../../../operations/models/promote.ts'
import type { ApiRoutes } from '../api-app.ts'
import { modelProblem } from '../model-problem.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'

export interface ModelRoutesOptions {
  readonly showModels: () => Promise<Omit<ModelList, 'nextCursor'>>
  /** The last report; null: there is none. */
  readonly showDrift: (name: ModelName) => Promise<ShownDrift | null>
  readonly modelActs: Pick<ModelActs, 'promote' | 'rollBack' | 'shadow'>
}

const common = { tags: ['models'], security: [{ bearer: [] }] }
const admin = { scope: 'admin' } as const

/** `/v1/models`: the versions in use and on disk; promotion behind a gate, its undoing, and shadows. */
export function modelRoutes({ showModels, showDrift, modelActs }: ModelRoutesOptions): ApiRoutes {
  return (app) => {
    const list = {
      ...common,
      summary: 'Models in use and on disk',
      response: { 200: modelListSchema, ...problemResponses }
    }
    app.get('/v1/models', { schema: list, config: { scope: 'operate' } }, async () => ({
      ...(await showModels()),
      nextCursor: null
    }))

    driftRoute(app, showDrift)

    const promote = {
      ...common,
      summary: 'Let a version serve, if it is not worse than the active one',
      params: modelParamsSchema,
      body: promoteSchema,
      response: { 200: promotedSchema, ...problemResponses }
    }
    app.post('/v1/models/:name/promote', { schema: promote, config: admin }, async (request) => {
      const { name } = request.params
      const { version, force } = request.body
      const outcome = await modelActs.promote(name, version, { by: byOf(request), force })
      if (outcome.kind !== 'promoted') throw problemOf(outcome)
      const { versions, forced, thresholds, gate, window } = outcome
      const [reasons, removed] = [[...outcome.reasons], [...outcome.removed]]
      return { name, ...versions, forced, thresholds, reasons, removed, window, gate }
    })

    const change = {
      ...common,
      params: modelParamsSchema,
      response: { 200: modelVersionsSchema, ...problemResponses }
    }
    const rollBack = { ...change, summary: 'Return to the version before' }
    app.post('/v1/models/:name/rollback', { schema: rollBack, config: admin }, async (request) =>
      changed(request.params.name, await modelActs.rollBack(request.params.name, { by: byOf(request) }))
    )

    const shadow = {
      ...change,
      summary: 'Let a version score beside the active one',
      body: shadowModelSchema
    }
    app.post('/v1/models/:name/shadow', { schema: shadow, config: admin }, async (request) => {
      const { name } = request.params
      return changed(name, await modelActs.shadow(name, request.body.version, { by: byOf(request) }))
    })
  }
}

/** What `sluice models drift` measured last, or the check that runs by itself. */
function driftRoute(app: Parameters<ApiRoutes>[0], showDrift: ModelRoutesOptions['showDrift']): void {
  const schema = {
    ...common,
    summary: 'How far mail has moved from what a model knows, as last measured',
    params: modelParamsSchema,
    response: { 200: shownDriftSchema, ...problemResponses }
  }
  app.get('/v1/models/:name/drift', { schema, config: { scope: 'operate' } }, async (request) => {
    const shown = await showDrift(request.params.name)
    if (shown !== null) return shown
    const detail = 'Drift has not been measured here: see training.driftCheck, or call `sluice models drift`'
    throw new ProblemError('NOT_FOUND', { detail })
  })
}

function byOf({ bearer }: { bearer: { id: string } | null }): string {
  return bearer?.id ?? 'unknown'
}

function changed(name: string, outcome: ChangeOutcome | Busy) {
  if (outcome.kind !== 'changed') throw problemOf(outcome)
  return { name, ...outcome.versions }
}

type Problem = Exclude<PromoteOutcome | ChangeOutcome | Busy, { kind: 'promoted' | 'changed' }>

function problemOf(outcome: Problem): ProblemError {
  switch (outcome.kind) {
    case 'busy':
      return new ProblemError('CONFLICT', { detail: 'Another change of the models is under way' })
    case 'impossible':
      return new ProblemError('CONFLICT', { detail: outcome.detail })
    case 'unusable': {
      const { code, facts } = outcome.fault
      const { remedy = '', ...others } = facts
      return modelProblem({ code, facts: others, remedy })
    }
    case 'refused':
      return new ProblemError('GATE_REFUSED', { detail: outcome.reasons.join(' '), gate: outcome.gate })
  }
}
