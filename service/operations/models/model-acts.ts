import type { Actor, Busy, ChangeOutcome, ModelActsOptions, ModelName, UnderWay } from './acting.ts'
import { createExchange } from './exchange.ts'
import { createMeasure, createPromote, type MeasureOutcome, type PromoteOutcome } from './promote.ts'

/** What people do with the versions of a model. One act at a time: another one meanwhile is told `busy`. */
export interface ModelActs {
  promote(
    name: ModelName,
    version: string,
    actor: Actor & { readonly force: boolean }
  ): Promise<PromoteOutcome | Busy>
  /** As a promotion would be, and nothing else. */
  measure(name: ModelName, version: string): Promise<MeasureOutcome | Busy>
  /** To the version before; where there is none, or it cannot be used, to the one of this release. */
  rollBack(name: ModelName, actor: Actor): Promise<ChangeOutcome | Busy>
  /** null: no shadow any more. */
  shadow(name: ModelName, version: string | null, actor: Actor): Promise<ChangeOutcome | Busy>
  /** How far a promotion is. */
  readonly underWay: () => UnderWay | null
}

export function createModelActs(options: ModelActsOptions): ModelActs {
  let isBusy = false
  let progress: UnderWay | null = null
  const exchange = createExchange(options)
  const measure = createMeasure(options, exchange, (now) => (progress = now))
  const promote = createPromote(options, exchange, measure)
  const rollBack = createRollBack(options, exchange)
  const shadow = createShadow(options, exchange)

  async function alone<Outcome>(act: () => Promise<Outcome>): Promise<Outcome | Busy> {
    if (isBusy) return { kind: 'busy' }
    isBusy = true
    try {
      return await act()
    } finally {
      isBusy = false
      progress = null
    }
  }

  return {
    promote: (...asked) => alone(() => promote(...asked)),
    measure: (...asked) => alone(() => measure(...asked)),
    rollBack: (...asked) => alone(() => rollBack(...asked)),
    shadow: (...asked) => alone(() => shadow(...asked)),
    underWay: () => progress
  }
}

type Exchange = ReturnType<typeof createExchange>

function createRollBack({ registry }: ModelActsOptions, { exchange, remember }: Exchange) {
  return async function rollBack(name: ModelName, { by }: Actor): Promise<ChangeOutcome> {
    const before = await registry.active(name)
    const { active, previous, shadow } = before
    if (active === null)
      return { kind: 'impossible', detail: 'The model of this release is in use: there is none before it' }
    const versions = { active: previous, previous: null, shadow }
    const first = await exchange(name, before, versions)
    const isStuck = first.kind === 'unusable' && previous !== null
    const outcome = isStuck ? await exchange(name, before, { ...versions, active: null }) : first
    if (outcome.kind !== 'changed') return outcome
    const version = outcome.versions.active ?? ''
    await remember({ name, version, event: 'rolled_back', facts: { from: active, isStuck } }, by)
    return outcome
  }
}

function createShadow({ registry, shadows }: ModelActsOptions, { exchange, remember, faultOf }: Exchange) {
  return async function shadow(
    name: ModelName,
    version: string | null,
    { by }: Actor
  ): Promise<ChangeOutcome> {
    const before = await registry.active(name)
    if (version !== null) {
      if (!shadows) return { kind: 'impossible', detail: 'Shadows are switched off: models.shadow is false' }
      if (before.active === version) return { kind: 'impossible', detail: `${version} is the active version` }
      const fault = await faultOf(name, version)
      if (fault !== null) return { kind: 'unusable', fault }
    }
    const outcome = await exchange(name, before, { ...before, shadow: version })
    if (outcome.kind !== 'changed') return outcome
    const event = {
      name,
      version: version ?? '',
      event: 'shadowed',
      facts: { before: before.shadow }
    } as const
    await remember(event, by, before.shadow !== version)
    return outcome
  }
}
