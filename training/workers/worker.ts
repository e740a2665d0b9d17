// A thread of a training run: carries out one job after another, on a backend of its own.
import { parentPort, workerData } from 'node:worker_threads'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { carryOut } from './carry-out.ts'
import type { FromWorker, ToWorker } from './open-workers.ts'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what openWorkers hands over
const { backend } = workerData as { readonly backend: Parameters<typeof selectBackend>[0] }
const ready = selectBackend(backend)

function tell(message: FromWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads, not a window
  parentPort?.postMessage(message)
}

parentPort?.on('message', ({ kind, asked }: ToWorker) => {
  ready
    .then(() => carryOut(kind, asked, (share) => tell({ tells: 'progress', share })))
    .then((answer) => tell({ tells: 'answer', answer }))
    .catch((fault: unknown) => tell({ tells: 'fault', fault }))
})
