import type { ScoringModels } from '../models/model-ports.ts'
import type { ScoreWindow, WindowScore } from '../senders/score-window/score-window.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import {
  isOverBudget,
  movedThresholds,
  moveThresholds,
  type BudgetState,
  type BudgetWindowOptions,
  type MoveOptions
} from '../verdict/budget/budget-window.ts'
import { probabilityOf } from '../verdict/fuse-risk.ts'
import { honestTailOf } from '../verdict/budget/honest-tail.ts'
import type { Policy } from '../verdict/policy.ts'
import { thresholdsFor, type Thresholds } from '../verdict/budget/thresholds.ts'

/** What verdicts follow at the moment. */
export interface ThresholdsInForce {
  now(): Thresholds
  /** Inside the transaction: lets a score move the thresholds. */
  count(score: WindowScore): void
  /** Scores of one sender that are counted in a day; more of them say nothing new, and would push out those of others. */
  readonly maxPerSenderPerDay: number
}

export interface ThresholdsInForceOptions {
  readonly models: ScoringModels
  readonly policy: Policy
  /** Without it the manifest's thresholds stay. */
  readonly budgetWindow?: BudgetWindow | undefined
  /** Epoch ms. */
  readonly clock: () => number
  readonly metrics: Pick<Metrics, 'gauge'>
  readonly log: Pick<Logger, 'warn'>
}

export interface BudgetWindow {
  readonly window: ScoreWindow<BudgetState>
  readonly options: BudgetWindowOptions
}

/** Thresholds from the models' manifest, moved by what the installation's own mail scores. */
export function createThresholdsInForce(options: ThresholdsInForceOptions): ThresholdsInForce {
  const { models, policy, budgetWindow } = options
  const measured = models.takeover?.thresholds ?? models.content?.thresholds ?? []
  const manifest = thresholdsFor(measured, policy)
  if (budgetWindow === undefined)
    return { now: () => manifest, count: () => undefined, maxPerSenderPerDay: 0 }
  const { holdBudgetPer10k: budgetPer10k } = policy
  const tail = honestTailOf(measured)
  return followWindow(
    options,
    budgetWindow,
    { ...budgetWindow.options, manifest, tail, budgetPer10k },
    manifest
  )
}

/** By which the windows of these models are kept: exchange one of them, and it is another window. */
export function windowVersionOf({ takeover, content }: WindowedModels): string {
  return `${takeover?.version ?? 'none'}+${content?.version ?? 'none'}`
}

type WindowedModels = { readonly [Name in keyof ScoringModels]: { readonly version: string } | null }

/** Versions whose windows are kept beside the one in use: two shadows, and the one before, to which a rollback returns. */
const otherVersions = 3
/** The thresholds are computed anew when the window has this much more of scores, or after this long. */
const freshShare = 0.05
const staleMs = 3_600_000

function followWindow(
  { models, clock, metrics, log }: ThresholdsInForceOptions,
  { window }: BudgetWindow,
  move: MoveOptions,
  manifest: Thresholds
): ThresholdsInForce {
  const version = windowVersionOf(models)
  const state = (): BudgetState | undefined => window.state(version)
  const now = (): Thresholds => movedThresholds(manifest, inForce(state(), move))
  const alarm = createAlarm(log, clock)
  let isTidy = false
  showMetrics(metrics, { window, version, state, now })
  return { now, count, maxPerSenderPerDay: Math.ceil(move.maxSenderShare * window.capacity) }

  function count(score: WindowScore): void {
    if (!isTidy) window.retain(version, otherVersions)
    isTidy = true
    const counted = window.add(version, score)
    const before = inForce(state(), move)
    const at = clock()
    if (before !== undefined && !isStale(before, counted, at)) return
    const next = moveThresholds({ scores: window.scores(version), counted, at }, move, before)
    window.keepState(version, next)
    alarm(next)
  }
}

/** What was computed for another budget says nothing. */
function inForce(state: BudgetState | undefined, { budgetPer10k }: MoveOptions): BudgetState | undefined {
  return state?.budgetPer10k === budgetPer10k ? state : undefined
}

function isStale({ messages, counted, computedAt }: BudgetState, countedNow: number, at: number): boolean {
  const fresh = countedNow - counted
  return fresh >= Math.max(1, freshShare * messages) || Math.abs(at - computedAt) >= staleMs
}

const alarmEveryMs = 3_600_000

/** Says once an hour that more honest mail is held than the budget allows, because the bound of the threshold is reached. */
function createAlarm(log: Pick<Logger, 'warn'>, clock: () => number) {
  let last = -Infinity
  return function alarm(state: BudgetState): void {
    const at = clock()
    if (!isOverBudget(state) || Math.abs(at - last) < alarmEveryMs) return
    last = at
    const { messages, senders, budgetPer10k, hold } = state
    log.warn('scoring.hold_budget_exceeded', {
      budgetPer10k,
      messages,
      senders,
      threshold: probabilityOf(hold.value),
      wanted: probabilityOf(hold.wanted)
    })
  }
}

interface Shown extends Pick<BudgetWindow, 'window'> {
  readonly version: string
  readonly state: () => BudgetState | undefined
  readonly now: () => Thresholds
}

function showMetrics(metrics: Pick<Metrics, 'gauge'>, { window, version, state, now }: Shown): void {
  metrics.gauge('sluice_hold_threshold', () => now().hold)
  metrics.gauge('sluice_budget_window_messages', () => Math.min(window.counted(version), window.capacity))
  metrics.gauge('sluice_budget_window_senders', () => state()?.senders ?? 0)
  metrics.gauge('sluice_budget_window_held_share', () => shareOfOnes(window.scores(version).held))
  metrics.gauge('sluice_hold_budget_exceeded', () => {
    const known = state()
    return known !== undefined && isOverBudget(known) ? 1 : 0
  })
}

function shareOfOnes(held: Uint8Array): number {
  return held.length === 0 ? 0 : held.reduce((sum, one) => sum + one, 0) / held.length
}
