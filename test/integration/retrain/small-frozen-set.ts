import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  readFrozenHead,
  readFrozenRows,
  writeFrozenSet,
  type FrozenHead
} from '../../../service/models/frozen/frozen-set.ts'

const bundled = fileURLToPath(new URL('../../../training/gate/frozen/takeover', import.meta.url))

/** The messages of every fourth sender of the bundled set: enough to tell a model from a contrary one, and no finer. */
export async function writeSmallFrozenSet(directory: string): Promise<string> {
  const head = await readFrozenHead(bundled)
  if (head === null) throw new Error('The bundled set is gone')
  const place = join(directory, 'frozen')
  await writeFrozenSet(place, head, someRows(head))
  return place
}

async function* someRows(head: FrozenHead) {
  const senders: string[] = []
  for await (const row of readFrozenRows(bundled, 'takeover', head)) {
    if (!senders.includes(row.sender)) senders.push(row.sender)
    if (senders.indexOf(row.sender) % 4 === 0) yield row
  }
}
