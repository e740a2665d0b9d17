import { compactHash } from '../../profile/compact-hash.ts'
import type { SenderKey } from '../sender-store.ts'
import type { WindowScore, WindowScores } from './score-window.ts'

/**
 * Scores as they are stored, 16 bytes each: sender (32 bits of its key, 0 after it was forgotten), epoch seconds, log-odds as a float and
 * whether it was held, in the byte order of the machine, as the store itself is.
 */
export type PackedScores = Uint8Array

const scoreBytes = 16
const words = scoreBytes / 4

export const noScores: PackedScores = new Uint8Array(0)

export function lengthOf(packed: PackedScores): number {
  return packed.length / scoreBytes
}

/** A copy with one more. */
export function append(packed: PackedScores, { sender, at, logit, isHeld }: WindowScore): PackedScores {
  const next = new Uint8Array(packed.length + scoreBytes)
  next.set(packed)
  const place = lengthOf(packed) * words
  const numbers = new Uint32Array(next.buffer)
  numbers[place] = compactHash(sender)
  numbers[place + 1] = Math.floor(at / 1000)
  new Float32Array(next.buffer)[place + 2] = logit
  numbers[place + 3] = isHeld ? 1 : 0
  return next
}

/** A copy without the scores of a sender, undefined if there are none. The others keep their places. */
export function without(packed: PackedScores, sender: SenderKey): PackedScores | undefined {
  const hash = compactHash(sender)
  const next = new Uint8Array(packed)
  const numbers = new Uint32Array(next.buffer)
  let found = 0
  for (let place = 0; place < numbers.length; place += words) {
    if (numbers[place] !== hash) continue
    numbers.fill(0, place, place + words)
    found += 1
  }
  return found === 0 ? undefined : next
}

/** The last `most` scores of several runs, oldest first. */
export function unpackScores(runs: readonly PackedScores[], most: number): WindowScores {
  const all = new Uint8Array(runs.reduce((sum, run) => sum + run.length, 0))
  let end = 0
  for (const run of runs) {
    all.set(run, end)
    end += run.length
  }
  const first = Math.max(0, lengthOf(all) - most)
  return toColumns(all.buffer, first)
}

function toColumns(buffer: ArrayBuffer, first: number): WindowScores {
  const numbers = new Uint32Array(buffer)
  const floats = new Float32Array(buffer)
  const length = numbers.length / words - first
  const senders = new Uint32Array(length)
  const logits = new Float32Array(length)
  const held = new Uint8Array(length)
  let count = 0
  for (let place = first * words; place < numbers.length; place += words) {
    const sender = numbers[place] ?? 0
    if (sender === 0) continue
    senders[count] = sender
    logits[count] = floats[place + 2] ?? 0
    held[count] = numbers[place + 3] ?? 0
    count += 1
  }
  return {
    senders: senders.subarray(0, count),
    logits: logits.subarray(0, count),
    held: held.subarray(0, count)
  }
}
