import { workerData } from 'node:worker_threads'
import { createKeyedHash } from '../../observation/keyed-hash.ts'
import { parseMessage } from '../../parse/parse-message.ts'
import { observeWith, type Observable, type ParseMessage } from './observe-in-process.ts'
import { packOutcomes, type PackedOutcomes } from './pack-outcomes.ts'
import type { ObserveOutcome } from '../scoring-ports.ts'

/** What a worker is told at its start. `parser` is the URL of another module that exports `parseMessage`. */
export interface ObserveWorkerData {
  readonly key: Uint8Array
  readonly parser: string | null
}

/** Several messages in one hand-over. The worker counts in `progress[0]` which one it works on, so that a stuck one is known. */
export interface ObserveBatch {
  readonly submissions: readonly Observable[]
  readonly progress: Int32Array
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only createObserver starts this file
const { key, parser } = workerData as ObserveWorkerData
const keyedHash = createKeyedHash(key)

/** Observes one message after the other. */
export async function observeBatch({ submissions, progress }: ObserveBatch): Promise<PackedOutcomes> {
  const parse = await chosenParser()
  const outcomes: ObserveOutcome[] = []
  for (const submission of submissions) {
    Atomics.add(progress, 0, 1)
    outcomes.push(await observeWith(submission, keyedHash, parse))
  }
  return packOutcomes(outcomes)
}

async function chosenParser(): Promise<ParseMessage> {
  if (parser === null) return parseMessage
  const module: { readonly parseMessage: ParseMessage } = await import(parser)
  return module.parseMessage
}
