import { fileURLToPath } from 'node:url'
import type { GateMessage, GateReport, GateRequest } from '../../models/frozen/gate-report.ts'
import { ChildError, createRunChild } from './run-child.ts'

export type GateProgress = (step: string, done: number, total: number) => void

/** Measures a version against the active one. Rejects with a GateError. */
export type RunGate = (request: GateRequest, onProgress: GateProgress) => Promise<GateReport>

/** The gate could not measure: a code of ModelError with its facts, or GATE_FAILED. */
export class GateError extends Error {
  override readonly name = 'GateError'
  readonly code: string
  readonly facts: Readonly<Record<string, string>>

  constructor(code: string, facts: Readonly<Record<string, string>>) {
    super('The versions could not be compared')
    this.code = code
    this.facts = facts
  }
}

export interface RunGateOptions {
  /** Throws for what is none. */
  readonly readMessage: (message: unknown) => GateMessage
  /** Ends it before its time. */
  readonly signal: AbortSignal
  readonly timeLimitMs?: number
}

const gateFile = fileURLToPath(new URL('../../../training/gate/gate-child.ts', import.meta.url))
/** A hundred times what the bundled messages take. */
const defaultLimitMs = 600_000

/** In a process of its own, of low priority. */
export function createRunGate({ timeLimitMs = defaultLimitMs, ...options }: RunGateOptions): RunGate {
  const runChild = createRunChild<GateRequest, GateMessage>({ file: gateFile, timeLimitMs, ...options })
  return async function runGate(request, onProgress) {
    try {
      return await runChild(request, (message) => {
        if (message.kind === 'report') return { result: message.report }
        if (message.kind === 'fault') throw new GateError(message.code, message.facts)
        onProgress(message.step, message.done, message.total)
        return undefined
      })
    } catch (error) {
      if (error instanceof GateError) throw error
      const detail = error instanceof ChildError ? error.message : String(error)
      throw new GateError('GATE_FAILED', { detail })
    }
  }
}
