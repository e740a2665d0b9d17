import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { GateMessage, GateReport, GateRequest } from '../../models/frozen/gate-report.ts'

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
const maxSaid = 2_000

/** In a process of its own, of low priority: training code never runs in the service, and a fault there is none here. Ends with us. */
export function createRunGate({
  readMessage,
  signal,
  timeLimitMs = defaultLimitMs
}: RunGateOptions): RunGate {
  return async function runGate(request, onProgress) {
    const child = fork(gateFile, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      signal,
      killSignal: 'SIGKILL',
      timeout: timeLimitMs
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-maxSaid)))
    try {
      return await new Promise<GateReport>((resolve, reject) => {
        const fail = (detail: string): void => reject(new GateError('GATE_FAILED', { detail }))
        child.on('message', (raw) => {
          try {
            const message = readMessage(raw)
            if (message.kind === 'report') resolve(message.report)
            else if (message.kind === 'fault') reject(new GateError(message.code, message.facts))
            else onProgress(message.step, message.done, message.total)
          } catch (error) {
            fail(String(error))
          }
        })
        child.on('error', (error) => fail(error.message))
        child.on('exit', (code, by) => fail(`it ended with ${code ?? by}: ${said.trim()}`))
        child.send(request)
      })
    } finally {
      child.kill('SIGKILL')
    }
  }
}
