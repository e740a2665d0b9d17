// The gate's process: training code, beside the service and never in it. It lives as long as its IPC channel, and gives way to everything else.
import { constants, setPriority } from 'node:os'
import { faultOf } from '../../service/models/load-model.ts'
import type { GateMessage, GateRequest } from '../../service/models/frozen/gate-report.ts'
import { runGate } from './run-gate.ts'

const tell = (message: GateMessage): void => void process.send?.(message)

process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => undefined)
setPriority(constants.priority.PRIORITY_LOW)

const progress = (step: string, done: number, total: number): void =>
  tell({ kind: 'progress', step, done, total })

process.once('message', (request: GateRequest) => {
  runGate({ ...request, progress })
    .then((report) => tell({ kind: 'report', report }))
    .catch((error: unknown) => {
      const { code, ...facts } = faultOf(error)
      tell({ kind: 'fault', code, facts })
    })
    .finally(() => process.disconnect())
})
