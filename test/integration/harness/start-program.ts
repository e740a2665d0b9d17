import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLog, type Log } from './logs.ts'
import { onClose, type Closing } from './closing.ts'
import { endGroup, ownGroup, signalGroup } from './process-groups.ts'
import { waitFor } from './wait-for.ts'

export interface ProgramOptions {
  /** For the log and for messages. */
  readonly name: string
  readonly path: string
  readonly args: readonly string[]
  /** Added to PATH and the locale, which are all that it inherits. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** It is ready once this port of 127.0.0.1 takes connections, or its log says this. Neither: at once. */
  readonly readyPort?: number
  readonly readyLog?: RegExp
  /** Where it writes what it does not print; read as part of its log. */
  readonly logFile?: string
  readonly limitMs?: number
  /** Its input stays open: for programs that end with it. */
  readonly stdin?: 'open' | 'closed'
}

export interface RunningProgram {
  readonly pid: number
  readonly log: Log
  readonly hasEnded: () => boolean
  /** Sends it and all its children a signal. */
  signal(name: NodeJS.Signals): void
  /** SIGTERM, after `graceMs` SIGKILL, to the program and its children; waits for the end. */
  stop(): Promise<void>
}

const graceMs = 5_000

/** Starts a program in a process group of its own, keeps what it says, and stops it with all its children when the test ends. */
export async function startProgram(t: Closing, options: ProgramOptions): Promise<RunningProgram> {
  const { name, path, args, env, cwd, readyPort, readyLog, limitMs = 20_000 } = options
  const log = openLog(name, options.logFile)
  const child = spawn(path, args, {
    cwd,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...env },
    detached: true,
    stdio: 'pipe'
  })
  if (options.stdin !== 'open') child.stdin.end()
  child.stdout.on('data', (chunk: Buffer) => log.add(chunk))
  child.stderr.on('data', (chunk: Buffer) => log.add(chunk))
  child.on('error', (error) => log.add(`${error.message}\n`))
  const ended = once(child, 'close').catch(() => undefined)
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} could not be started: ${path}`)
  ownGroup(pid)
  const running: RunningProgram = {
    pid,
    log,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    signal: (signal) => signalGroup(pid, signal),
    stop
  }
  onClose(t, stop)
  await waitFor(
    `${name} is ready`,
    () => {
      if (running.hasEnded()) throw new Error(`${name} ended at once:\n${log.text()}`)
      if (readyLog !== undefined && !readyLog.test(log.text())) return false
      return readyPort === undefined || takesConnections(readyPort)
    },
    limitMs
  )
  return running

  async function stop(): Promise<void> {
    // A program that was stopped by SIGSTOP hears nothing else
    running.signal('SIGCONT')
    running.signal('SIGTERM')
    const timer = new AbortController()
    const late = sleep(graceMs, undefined, { signal: timer.signal }).then(
      () => running.signal('SIGKILL'),
      () => undefined
    )
    await Promise.race([ended, late.then(() => ended)])
    timer.abort()
    // Children that outlived their parent
    endGroup(running.pid)
  }
}

export async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
