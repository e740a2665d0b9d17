import { parseMessage as realParser } from '../../service/parse/parse-message.ts'
import type { ParseOutcome } from '../../service/parse/parsed-message.ts'

/** Stands for a parser that a message can hang, starve or break: what it does stands in the subject. */
export async function parseMessage(raw: Uint8Array): Promise<ParseOutcome> {
  const text = new TextDecoder().decode(raw)
  if (text.includes('Subject: hang')) spin()
  if (text.includes('Subject: wait')) await new Promise(() => undefined)
  if (text.includes('Subject: starve')) hoard()
  if (text.includes('Subject: exit')) process.exit(1)
  if (text.includes('Subject: throw')) throw new Error('broken parser')
  return realParser(raw)
}

function spin(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
}

function hoard(): never {
  const hoarded: number[][] = []
  for (;;) hoarded.push(Array.from({ length: 100_000 }, (_, index) => index))
}
