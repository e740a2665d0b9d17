import { setImmediate as breathe } from 'node:timers/promises'
import type { Queue } from '../../queue/queue.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { PendingRecall, RecallRecords } from './recall-records.ts'
import type { RecallQueued } from './recall-queued.ts'

export interface RecallWatchOptions {
  readonly records: RecallRecords
  readonly queue: Pick<Queue, 'byVerdict' | 'waitingSenders'>
  readonly senders: Pick<SenderStore, 'keyOf'>
  readonly recallQueued: RecallQueued
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly log: Pick<Logger, 'error'>
}

/** Recalls the queued mail of every sender whose containment rises, one after the other; also what an earlier end of the service left over. */
export interface RecallWatch {
  /** Resolves once nothing is left to look at. */
  settled(): Promise<void>
  close(): Promise<void>
}

const maxAtOnce = 20
/** After a fault, of the disk for example. */
const retryMs = 30_000
/** Senders compared before others get the processor. */
const sliceLength = 200

export function createRecallWatch(options: RecallWatchOptions): RecallWatch {
  const { records, accept, log } = options
  const state = { closed: false, again: false, running: null as Promise<void> | null }
  let retry: NodeJS.Timeout | undefined
  const stopListening = records.onNote(look)
  look()
  return { settled, close }

  function look(): void {
    state.again = true
    state.running ??= run().finally(() => {
      state.running = null
      if (state.again && !state.closed) look()
    })
  }

  async function run(): Promise<void> {
    try {
      while (state.again && !state.closed) {
        state.again = false
        // A note is told inside the transaction that writes it
        await breathe()
        await lookOnce()
      }
    } catch (error) {
      log.error('operations.recall_failed', { error })
      retry = setTimeout(look, retryMs)
      retry.unref()
    }
  }

  /** In a transaction of its own, it sees what was noted in those before. */
  async function lookOnce(): Promise<void> {
    for (const pending of await accept(() => records.pending(maxAtOnce))) {
      if (state.closed) return
      const senderId = await nameOf(pending, options)
      if (senderId !== null) await options.recallQueued(senderId)
      await accept(() => records.done(pending))
      state.again = true
    }
  }

  async function settled(): Promise<void> {
    while (state.running !== null) await state.running
  }

  async function close(): Promise<void> {
    state.closed = true
    stopListening()
    clearTimeout(retry)
    await settled()
  }
}

/** Containment knows senders by their key alone, the queue by their name; null: no mail of that sender waits. */
async function nameOf(
  { sender, ref }: PendingRecall,
  { queue, senders }: RecallWatchOptions
): Promise<string | null> {
  const named = queue.byVerdict(ref)?.senderId
  if (named !== undefined && senders.keyOf(named) === sender) return named
  let compared = 0
  for (const one of queue.waitingSenders()) {
    if (senders.keyOf(one) === sender) return one
    compared += 1
    if (compared % sliceLength === 0) await breathe()
  }
  return null
}
