import type { ActiveVersions } from '../../models/shelf/active-file.ts'
import type { GateReport } from '../../models/frozen/gate-report.ts'
import { windowVersionOf } from '../../scoring/thresholds-in-force.ts'
import type { WindowFill } from '../../scoring/window-fill.ts'
import type { createExchange } from './exchange.ts'
import type { Actor, ChangeOutcome, ModelActsOptions, ModelName, UnderWay } from './acting.ts'
import { GateError } from './run-gate.ts'

export type PromoteOutcome =
  | Exclude<ChangeOutcome, { kind: 'changed' }>
  | ({ readonly kind: 'refused' } & Measured)
  | ({
      readonly kind: 'promoted'
      readonly versions: ActiveVersions
      readonly forced: boolean
      /** `window`: they go on from what it scored as a shadow here; `manifest`: from what was measured in training. */
      readonly thresholds: 'window' | 'manifest'
      readonly removed: readonly string[]
    } & Measured)

interface Measured {
  readonly gate: GateReport
  /** Of its scores as a shadow. */
  readonly window: WindowFill
  /** What speaks against it, in sentences. */
  readonly reasons: readonly string[]
}

/** Lets a version serve that the gate finds not worse than the active one, or that somebody insists on. */
export function createPromote(
  options: ModelActsOptions,
  { exchange, remember }: ReturnType<typeof createExchange>,
  measure: ReturnType<typeof createMeasure>
) {
  const { registry, log } = options

  return async function promote(
    name: ModelName,
    version: string,
    { by, force }: Actor & { readonly force: boolean }
  ): Promise<PromoteOutcome> {
    const before = await registry.active(name)
    const { active, shadow } = before
    const outcome = await measure(name, version)
    if (outcome.kind !== 'measured') return outcome
    const { kind: _, ...measured } = outcome
    const forced = measured.reasons.length > 0
    if (forced && !force) {
      log.warn('models.promotion_refused', { name, version, reasons: measured.reasons, by })
      return { kind: 'refused', ...measured }
    }
    const isShadow = shadow === version
    const versions = { active: version, previous: active, shadow: isShadow ? null : shadow }
    const changed = await exchange(name, before, versions)
    if (changed.kind !== 'changed') return changed
    const thresholds = measured.window.isFilled ? 'window' : 'manifest'
    const { result, heldPer10k } = measured.gate
    const facts = { previous: active, forced, thresholds, gate: result, heldPer10k }
    await remember({ name, version, event: 'promoted', facts }, by, isShadow)
    const removed = await registry.retain(name, options.keepVersions)
    return { kind: 'promoted', versions, forced, thresholds, removed, ...measured }
  }
}

export type MeasureOutcome =
  Exclude<ChangeOutcome, { kind: 'changed' }> | ({ readonly kind: 'measured' } & Measured)

/** Measures a version against the active one, and changes nothing. */
export function createMeasure(
  options: ModelActsOptions,
  { faultOf }: Pick<ReturnType<typeof createExchange>, 'faultOf'>,
  onProgress: (now: UnderWay) => void
) {
  const { registry, shelf, runGate, frozenSets, windowFill, holdBudgetPer10k, log } = options

  return async function measure(name: ModelName, version: string): Promise<MeasureOutcome> {
    const { active } = await registry.active(name)
    if (active === version) return { kind: 'impossible', detail: `${version} is the active version` }
    const fault = await faultOf(name, version)
    if (fault !== null) return { kind: 'unusable', fault }
    onProgress({ name, version, step: 'load', done: 0, total: 1 })
    const request = {
      name,
      candidate: registry.directoryOf(name, version),
      active: registry.directoryOf(name, servingOf(shelf, name)),
      sets: frozenSets(name),
      budgetPer10k: holdBudgetPer10k
    }
    try {
      const gate = await runGate(request, (step, done, total) =>
        onProgress({ name, version, step, done, total })
      )
      const { models } = shelf.current()
      const window = windowFill(windowVersionOf({ ...models, [name]: { version } }))
      const reasons = reasonsAgainst(gate, window, windowFill(windowVersionOf(models)))
      return { kind: 'measured', gate, window, reasons }
    } catch (error) {
      if (!(error instanceof GateError)) throw error
      const { code, facts } = error
      log.error('models.gate_failed', { name, version, code, ...facts })
      return { kind: 'unusable', fault: { code, facts } }
    }
  }
}

/** What really serves: an active version that is damaged on disk does not. null: the model of this release. */
function servingOf(
  { describe }: Pick<ModelActsOptions['shelf'], 'describe'>,
  name: ModelName
): string | null {
  const serving = describe().find((model) => model.name === name)
  return serving === undefined || serving.source === 'bundled' ? null : serving.version
}

function reasonsAgainst(gate: GateReport, window: WindowFill, own: WindowFill): readonly string[] {
  // Without frozen messages what it has scored here beside the active version speaks for it
  const isMeasured = gate.result === 'passed' || (gate.result === 'unmeasured' && window.isFilled)
  const thresholds =
    own.isFilled && !window.isFilled
      ? [
          `Its thresholds would start from its manifest: as a shadow it has scored ${percent(window.filledShare)} of what thresholds of its own take here.`
        ]
      : []
  return [...(isMeasured ? [] : gate.reasons), ...thresholds]
}

function percent(share: number): string {
  return `${Math.floor(100 * share)} %`
}
