import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { headerFields } from '../../message/header-block.ts'

/** Signatures that are looked at; each of them may cost a look-up and a hash of the whole body. Honest mail has one to four. */
const maxSignatures = 10

const chunkBytes = 64 * 1024

/** A message for mailauth to read: without signatures beyond all measure, and bit by bit, so that others have their turn in between. */
export function toVerifiable(raw: Uint8Array): Readable {
  return inTurns(withoutSurplus(raw))
}

export function inTurns(raw: Uint8Array): Readable {
  return Readable.from(chunksOf(raw), { objectMode: false })
}

async function* chunksOf(raw: Uint8Array): AsyncGenerator<Buffer> {
  for (let at = 0; at < raw.length; at += chunkBytes) {
    if (at > 0) await nextTurn()
    yield Buffer.from(raw.subarray(at, at + chunkBytes))
  }
}

function withoutSurplus(raw: Uint8Array): Uint8Array {
  const signatures = Array.from(headerFields(raw)).filter(({ name }) => name === 'dkim-signature')
  const surplus = signatures.slice(maxSignatures)
  if (surplus.length === 0) return raw
  let from = 0
  const kept = surplus.map(({ start, end }) => {
    const part = raw.subarray(from, start)
    from = end
    return part
  })
  return Buffer.concat([...kept, raw.subarray(from)])
}
