import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Reads a gzipped JSON Lines file, a value a line, hashing the file as it goes. Memory holds only what `pick` returns. */
export async function readJsonLines<T>(
  file: string,
  pick: (line: Record<string, unknown>) => T | undefined
): Promise<{ rows: T[]; sha256: string }> {
  const hash = createHash('sha256')
  const stream = createReadStream(file)
  stream.on('data', (chunk) => hash.update(chunk))
  // Errors of either stream end the loop below with that error.
  const text = pipeline(stream, createGunzip(), () => undefined)
  const rows: T[] = []
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
    const value: unknown = line === '' ? null : JSON.parse(line)
    const row = isRecord(value) ? pick(value) : undefined
    if (row !== undefined) rows.push(row)
  }
  return { rows, sha256: hash.digest('hex') }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value if it is text, else ''. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
