import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

export interface JsonLinesFile {
  /** One value on a line of its own; resolves once there is room for the next. Rejects if the file cannot be written. */
  write(value: unknown): Promise<void>
  close(): Promise<void>
}

/** Writes values to a file, a line each, no faster than the disk takes them. Without a name nothing is written. */
export async function openJsonLines(file: string | undefined): Promise<JsonLinesFile> {
  if (file === undefined) return { write: () => Promise.resolve(), close: () => Promise.resolve() }
  const stream = createWriteStream(file)
  await once(stream, 'open')
  let fault: Error | null = null
  stream.on('error', (error) => (fault = error))
  return {
    async write(value) {
      if (fault !== null) throw fault
      if (!stream.write(`${JSON.stringify(value)}\n`)) await once(stream, 'drain')
    },
    async close() {
      if (fault !== null) return
      stream.end()
      await finished(stream)
    }
  }
}
