import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import * as tf from '@tensorflow/tfjs-core'
import { noProgress, type Progress, type ShareDone } from '../progress.ts'
import { carryOut } from './carry-out.ts'
import type { Answer, Asked, JobKind } from './jobs.ts'

/** Threads that share a run's jobs. How many there are, and which does what, changes nothing of the answers. */
export interface Workers {
  /** 1: none beside this one. */
  readonly threads: number
  /**
   * Jobs of one step of the run, as many at a time as there are threads; the answers stand in the order of what was asked. Rejects with
   * what a job throws, and when its thread ends.
   */
  run<Kind extends JobKind>(
    kind: Kind,
    asked: readonly Asked<Kind>[],
    progress?: Progress
  ): Promise<readonly Answer<Kind>[]>
  /** Ends the threads, whatever they are at. */
  close(): Promise<void>
}

export interface WorkersOptions {
  /** 1: none beside this one. Default: one a core, four at most, as each holds a network and its heap. */
  readonly threads?: number
}

/** To `worker.ts`. */
export interface ToWorker {
  readonly kind: JobKind
  readonly asked: Asked<JobKind>
}

/** From `worker.ts`. */
export type FromWorker =
  | { readonly tells: 'progress'; readonly share: number }
  | { readonly tells: 'answer'; readonly answer: Answer<JobKind> }
  | { readonly tells: 'fault'; readonly fault: unknown }

const mostThreads = 4

/** The native library keeps all cores busy from one thread. */
const needsBackend: ReadonlySet<JobKind> = new Set(['takeover network', 'content network', 'content half'])

/** Threads start with their first job. The backend must have been selected. */
export function openWorkers({
  threads = Math.min(mostThreads, availableParallelism())
}: WorkersOptions = {}): Workers {
  const backend = tf.getBackend()
  const beside = openTurns(threads <= 1 ? [] : Array.from({ length: threads }, () => openThread(backend)))
  const here = openTurns([hereIn()])
  return {
    threads,
    async run(kind, asked, progress = noProgress) {
      const told = tellAll(kind, asked.length, progress)
      const isHere = threads <= 1 || (backend === 'tensorflow' && needsBackend.has(kind))
      return Promise.all(asked.map((one, index) => (isHere ? here : beside).carry(kind, one, told(index))))
    },
    close: () => beside.close()
  }
}

/** The share that is done of all jobs of a step, in hundredths of a job. */
function tellAll(step: string, jobs: number, progress: Progress): (job: number) => ShareDone {
  const shares = new Float64Array(jobs)
  return (job) => (share) => {
    shares[job] = share
    progress(step, Math.floor(100 * shares.reduce((sum, one) => sum + one, 0)), 100 * jobs)
  }
}

/** One that carries out one job at a time. */
interface Thread {
  carry<Kind extends JobKind>(kind: Kind, asked: Asked<Kind>, progress: ShareDone): Promise<Answer<Kind>>
  close(): Promise<void>
}

/** Each job goes to the first thread that is free. */
function openTurns(threads: readonly Thread[]): Thread {
  const free = [...threads]
  const waiting: ((thread: Thread) => void)[] = []
  const next = (): Promise<Thread> => {
    const thread = free.shift()
    return thread === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(thread)
  }
  return {
    async carry(kind, asked, progress) {
      const thread = await next()
      try {
        return await thread.carry(kind, asked, progress)
      } finally {
        const first = waiting.shift()
        if (first === undefined) free.push(thread)
        else first(thread)
      }
    },
    close: async () => void (await Promise.all(threads.map((thread) => thread.close())))
  }
}

function hereIn(): Thread {
  return {
    async carry(kind, asked, progress) {
      const answer = await carryOut(kind, asked, progress)
      progress(1)
      return answer
    },
    close: async () => undefined
  }
}

function openThread(backend: string): Thread {
  let worker: Worker | null = null
  let isClosed = false
  const start = (): Worker => {
    const started = new Worker(new URL('worker.ts', import.meta.url), {
      workerData: { backend: backend === 'tensorflow' ? 'wasm' : backend }
    })
    // An 'exit' follows
    started.on('error', () => undefined)
    started.once('exit', () => (worker = null))
    return started
  }
  return {
    async carry(kind, asked, progress) {
      if (isClosed) throw new Error('the threads of the training run have been closed')
      worker ??= start()
      return ask(worker, { kind, asked }, progress)
    },
    async close() {
      isClosed = true
      await worker?.terminate()
    }
  }
}

function ask<Kind extends JobKind>(
  worker: Worker,
  job: ToWorker,
  progress: ShareDone
): Promise<Answer<Kind>> {
  return new Promise((resolve, reject) => {
    const hear = (message: FromWorker): void => {
      if (message.tells === 'progress') return progress(message.share)
      forget()
      if (message.tells === 'fault') return reject(asError(message.fault))
      progress(1)
      resolve(message.answer)
    }
    const fail = (error: unknown): void => {
      forget()
      reject(asError(error))
    }
    const end = (code: number): void =>
      fail(new Error(`a thread of the training run ended with code ${code}`))
    const forget = (): void => {
      worker.off('message', hear).off('error', fail).off('exit', end)
    }
    worker.on('message', hear).on('error', fail).on('exit', end)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads, not a window
    worker.postMessage(job)
  })
}

function asError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error(String(fault))
}
