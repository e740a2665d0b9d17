import type { Writable } from 'node:stream'

/** Whole lines. Resolves when they are handed over: whoever waits for it cannot run ahead of the reader. */
export type WriteLines = (lines: string | Uint8Array) => Promise<void>

export function createWriteLines(output: Writable): WriteLines {
  return async function writeLines(lines) {
    return new Promise((resolve, reject) => {
      output.write(lines, (error) => (error ? reject(error) : resolve()))
    })
  }
}
