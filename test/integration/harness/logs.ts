import { existsSync, readFileSync } from 'node:fs'
import { afterEach } from 'node:test'

/** What a program says is kept up to this many characters: the last ones. */
const keptChars = 200_000
const shownLines = 60

/** What a program has said so far. */
export interface Log {
  add(chunk: Buffer | string): void
  /** Everything that is kept. */
  text(): string
}

const logs = new Map<string, Log>()

/**
 * A log whose last lines are shown with every test that fails. `file`: where the program writes what it
 * does not print.
 */
export function openLog(name: string, file?: string): Log {
  let kept = ''
  const log: Log = {
    add: (chunk) => void (kept = (kept + chunk.toString()).slice(-keptChars)),
    text: () =>
      kept + (file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').slice(-keptChars) : '')
  }
  logs.set(name, log)
  return log
}

/** The last lines of every log of this process. */
function lastLines(): string {
  return Array.from(logs, ([name, log]) => {
    const lines = log.text().trimEnd().split('\n').slice(-shownLines)
    return `---- ${name} ----\n${lines.join('\n')}`
  }).join('\n')
}

afterEach((context) => {
  if ('passed' in context && !context.passed && 'diagnostic' in context) context.diagnostic(lastLines())
})
