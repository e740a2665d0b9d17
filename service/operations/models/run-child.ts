import { fork, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setInterval as every } from 'node:timers/promises'

/** The process ended, was ended, or said what nobody understands. */
export class ChildError extends Error {
  override readonly name = 'ChildError'
}

export interface RunChildOptions<Message> {
  readonly file: string
  /** Throws for what is none. */
  readonly readMessage: (message: unknown) => Message
  /** Ends it before its time. */
  readonly signal: AbortSignal
  readonly timeLimitMs: number
  /** Of resident memory; measured where the system tells it (Linux). Elsewhere only the heap is bounded. */
  readonly maxMemoryBytes?: number
}

/** Asks a process of its own, and gives what `take` makes of its last word. Rejects with what `take` throws, else with a ChildError. */
export type RunChild<Request extends object, Message> = <Result>(
  request: Request,
  /** undefined: more is to come. */
  take: (message: Message) => { readonly result: Result } | undefined
) => Promise<Result>

const maxSaid = 2_000
const watchMs = 2_000

/** Training code never runs in the service, and a fault there is none here. What it writes to standard error is told. Ends with us. */
export function createRunChild<Request extends object, Message>(
  options: RunChildOptions<Message>
): RunChild<Request, Message> {
  const { file, readMessage, signal, timeLimitMs, maxMemoryBytes } = options
  return async function runChild<Result>(
    request: Request,
    take: (message: Message) => { readonly result: Result } | undefined
  ) {
    const ended = new AbortController()
    const child = fork(file, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: heapLimit(maxMemoryBytes),
      signal,
      killSignal: 'SIGKILL'
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-maxSaid)))
    try {
      return await new Promise<Result>((resolve, reject) => {
        const end = (why: string): void => reject(new ChildError(why))
        child.on('message', (raw) => {
          try {
            const last = take(readMessage(raw))
            if (last !== undefined) resolve(last.result)
          } catch (error) {
            reject(error instanceof Error ? error : new ChildError(String(error)))
          }
        })
        child.on('error', (error) => end(error.message))
        // `close`: after its last words
        child.on('close', (code, by) => end(lastWords(code ?? by, said)))
        const timer = setTimeout(() => end(`it took more than ${timeLimitMs} ms`), timeLimitMs)
        ended.signal.addEventListener('abort', () => clearTimeout(timer))
        if (maxMemoryBytes !== undefined)
          void watchMemory(child, maxMemoryBytes, ended.signal).then((why) => why !== null && end(why))
        child.send(request)
      })
    } finally {
      ended.abort()
      child.kill('SIGKILL')
    }
  }
}

function heapLimit(maxMemoryBytes: number | undefined): string[] {
  return maxMemoryBytes === undefined
    ? []
    : [`--max-old-space-size=${Math.floor(maxMemoryBytes / 1_048_576)}`]
}

function lastWords(how: string | number | null, said: string): string {
  const words = said.trim()
  return `it ended with ${how}${words === '' ? '' : `: ${words}`}`
}

/** Why it must end; null: it has. */
async function watchMemory(child: ChildProcess, most: number, signal: AbortSignal): Promise<string | null> {
  try {
    for await (const _ of every(watchMs, undefined, { signal, ref: false })) {
      const bytes = await residentBytes(child.pid)
      if (bytes !== null && bytes > most)
        return `it took ${Math.round(bytes / 1_048_576)} MiB of memory, and may take ${Math.floor(most / 1_048_576)}`
    }
  } catch {
    // The signal: the process has ended
  }
  return null
}

/** proc_pid_status(5). */
async function residentBytes(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const found = /^VmRSS:\s+(\d+) kB$/mu.exec(status)
  return found === null ? null : Number(found[1]) * 1_024
}
