import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import type { Submission } from '../../message/submission.ts'
import { createKeyedHash } from '../../observation/keyed-hash.ts'
import type { NetworkOrigin } from '../../observation/network.ts'
import { observeRecipients } from '../../observation/observe-recipients.ts'
import { envelopeOutcome, type Observable } from './observe-in-process.ts'
import type { ObserveBatch, ObserveWorkerData } from './observe-worker.ts'
import { unpackOutcomes, type PackedOutcomes } from './pack-outcomes.ts'
import type { Observer, ObserveOutcome } from '../scoring-ports.ts'
import { watchProgress } from './watch-progress.ts'

export interface ObserverOptions {
  readonly workers: number
  /** Per message, from the moment its worker starts on it. */
  readonly timeLimitMs: number
  /** Heap of one worker; a message that needs more costs the worker, not the service. */
  readonly workerMemoryMiB: number
  /** The installation's key for keyed hashes. */
  readonly key: Uint8Array
  /** Who operates the network of a client's address. */
  readonly originOf?: (ip: string | null) => NetworkOrigin
  /** URL of a module that exports another `parseMessage`. */
  readonly parser?: string
}

/** A hand-over costs a tenth of a short message: under load several travel together, but never long ones. */
const maxBatch = 8
const maxBatchBytes = 262_144

interface Waiting {
  readonly submission: Observable
  readonly resolve: (outcome: ObserveOutcome) => void
  /** Was in a batch whose worker was lost: goes alone, so that only the one that deserves it takes the blame. */
  readonly alone: boolean
}

/** Parse and observation in worker threads: a message that hangs or kills its worker is `unreadable`, the others go on. */
export function createObserver(options: ObserverOptions): Observer {
  const pool = createPool(options)
  const keyedHash = createKeyedHash(options.key)
  const waiting: Waiting[] = []
  let free = options.workers
  let closed = false
  let whenIdle: (() => void) | null = null

  const finish = async (batch: readonly Waiting[]): Promise<void> => {
    const again = await runBatch(pool, batch, options.timeLimitMs)
    free += 1
    waiting.unshift(...again)
    startNext()
    if (free === options.workers) whenIdle?.()
  }
  const startNext = (): void => {
    while (free > 0 && waiting.length > 0) {
      free -= 1
      void finish(takeBatch(waiting, options.workers))
    }
  }

  return {
    observe: (submission) => {
      if (closed) return Promise.resolve(lost('the service is closing'))
      const shown = observable(submission, options.originOf)
      if (shown.shows === 'envelope') return Promise.resolve(envelopeOutcome(shown, keyedHash))
      return new Promise((resolve) => {
        waiting.push({ submission: shown, resolve, alone: false })
        startNext()
      })
    },
    recipients: (envelope) => observeRecipients(envelope, keyedHash),
    close: async () => {
      closed = true
      if (free < options.workers) await new Promise<void>((resolve) => (whenIdle = resolve))
      await pool.close({ force: true })
    }
  }
}

function createPool(options: ObserverOptions): Piscina {
  const workerData: ObserveWorkerData = { key: Uint8Array.from(options.key), parser: options.parser ?? null }
  const pool = new Piscina({
    filename: fileURLToPath(new URL('observe-worker.ts', import.meta.url)),
    name: 'observeBatch',
    minThreads: options.workers,
    maxThreads: options.workers,
    resourceLimits: { maxOldGenerationSizeMb: options.workerMemoryMiB },
    recordTiming: false,
    workerData
  })
  // A worker that dies between two messages is replaced; there is nobody to tell.
  pool.on('error', () => undefined)
  return pool
}

function observable(
  { receivedAt, sender, client, auth, envelope, raw, sizeBytes, shows = 'whole' }: Submission,
  originOf: ObserverOptions['originOf']
): Observable {
  const network = originOf?.(client.ip)
  return { receivedAt, sender, client, auth, envelope, raw, sizeBytes, shows, network }
}

/** As many as keep all workers busy, bounded in number and bytes. */
function takeBatch(waiting: Waiting[], workers: number): readonly Waiting[] {
  const most = Math.min(maxBatch, Math.ceil(waiting.length / workers))
  let bytes = 0
  let count = 0
  for (const { submission, alone } of waiting.slice(0, most)) {
    bytes += submission.raw.length
    if (count > 0 && (alone || bytes > maxBatchBytes)) break
    count += 1
    if (alone) break
  }
  return waiting.splice(0, count)
}

/** Runs a batch; gives back those that have to go again, because another message took their worker. */
async function runBatch(
  pool: Piscina,
  batch: readonly Waiting[],
  timeLimitMs: number
): Promise<readonly Waiting[]> {
  const progress = new Int32Array(new SharedArrayBuffer(4))
  const abort = new AbortController()
  const stopWatching = watchProgress(progress, timeLimitMs, () => abort.abort())
  try {
    // The caller keeps its bytes; the copy moves into the worker. A view into a larger buffer would drag all of that along.
    const submissions = batch.map(({ submission }) => ({
      ...submission,
      raw: new Uint8Array(submission.raw)
    }))
    const task: ObserveBatch = { submissions, progress }
    const transferList = submissions.map(({ raw }) => raw.buffer)
    const packed: PackedOutcomes = await pool.run(task, { signal: abort.signal, transferList })
    const outcomes = unpackOutcomes(packed)
    for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] ?? lost('no answer'))
    return []
  } catch (error) {
    if (batch.length > 1) return batch.map((one) => ({ ...one, alone: true }))
    const detail = error instanceof Error ? error.message : 'unknown'
    batch[0]?.resolve(abort.signal.aborted ? tooSlow(timeLimitMs) : lost(detail))
    return []
  } finally {
    stopWatching()
  }
}

function tooSlow(timeLimitMs: number): ObserveOutcome {
  return { kind: 'unreadable', cause: 'time-limit', detail: `not read within ${timeLimitMs} ms` }
}

function lost(detail: string): ObserveOutcome {
  return { kind: 'unreadable', cause: 'worker-lost', detail }
}
