import { open, type FileHandle } from 'node:fs/promises'
import type { Gathering, OwnerOf } from './gathering.ts'
import { mboxMessages, type MboxMessage } from './mbox-messages.ts'
import { readSentHeader } from './sent-header.ts'
import { sentMoment } from './sent-moment.ts'

/** Notes where the messages of an mbox lie, compressed or not. */
export async function gatherMbox(file: string, ownerOf: OwnerOf, gathering: Gathering): Promise<void> {
  const { files, faults } = gathering
  const { path, broken } = await files.unpacked(file)
  const handle = await open(path)
  try {
    let messages = 0
    for await (const message of mboxMessages(handle)) {
      messages += 1
      noteMessage(message, { file, path, ownerOf }, gathering)
    }
    if (messages === 0) faults.add(...(await nothingIn(handle, file)))
    if (broken !== null) faults.add('FILE_BROKEN', file, broken)
  } finally {
    await handle.close()
  }
}

async function nothingIn(handle: FileHandle, file: string): Promise<['NOT_MBOX' | 'NO_MESSAGES', string]> {
  const { size } = await handle.stat()
  return [size === 0 ? 'NO_MESSAGES' : 'NOT_MBOX', file]
}

interface Place {
  readonly file: string
  readonly path: string
  readonly ownerOf: OwnerOf
}

function noteMessage(message: MboxMessage, { file, path, ownerOf }: Place, gathering: Gathering): void {
  const { catalogue, faults, maxBytes, now, receivedBy } = gathering
  const { offset, length, header, deliveredAt, isUnquoted } = message
  const place = `${file} at byte ${offset}`
  gathering.found()
  if (length > maxBytes) return faults.add('TOO_LARGE', place, `${length} bytes`)
  const sent = readSentHeader(header, receivedBy)
  const moment = sentMoment([...sent.dates, ...(deliveredAt === null ? [] : [deliveredAt])], now)
  if ('fault' in moment) return faults.add(moment.fault, place)
  const owner = ownerOf(sent.from)
  if (owner === null) return faults.add('NO_OWNER', place)
  const format = isUnquoted ? 'mbox-unquoted' : 'mbox'
  catalogue.add({ format, path, file, offset, length, owner, at: moment.at })
}
