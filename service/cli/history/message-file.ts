import { open, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { headerLength } from '../../message/header-block.ts'

/** As much as a header takes. */
const maxHeaderBytes = 131_072
const firstBytes = 16_384
const unpack = promisify(gunzip)

/** A message that is a file, packed or not (Dovecot's zlib plugin packs single ones). Rejects what is broken, or larger when unpacked. */
export async function readMessageFile(path: string, maxBytes: number): Promise<Buffer> {
  const bytes = await readFile(path)
  return isGzip(bytes) ? await unpack(bytes, { maxOutputLength: maxBytes }) : bytes
}

/** Its header; of a plain file no more than that is read. */
export async function readHeaderOf(path: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    for (const length of [firstBytes, maxHeaderBytes]) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
      const read = buffer.subarray(0, bytesRead)
      if (isGzip(read)) return headerIn(await readMessageFile(path, maxBytes))
      if (headerLength(read) < bytesRead || bytesRead < length || length === maxHeaderBytes)
        return headerIn(read)
    }
    return new Uint8Array()
  } finally {
    await handle.close()
  }
}

function headerIn(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, headerLength(bytes))
}

/** RFC 1952 section 2.3.1. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
