import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from '../peers/end-with-us.ts'
import type { ProgramHome } from '../../test/integration/harness/programs.ts'
import { freePort } from '../peers/free-port.ts'
import { takesConnections } from '../peers/takes-connections.ts'
import { probeMark } from './probe.ts'

/** smtp-sink(1), which keeps each message as a file in memory: the file's time is the arrival. */
export interface DumpingSink {
  readonly port: number
  /** Messages taken since it was started. */
  received(): number
  /** Of the probes that have arrived: milliseconds between the stamp in the message and its last byte here. Forgets all messages. */
  takeLatencies(): readonly number[]
  close(): Promise<void>
}

export async function startDumpingSink(postfix: ProgramHome): Promise<DumpingSink> {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const directory = mkdtempSync(join(memory, 'sluice-sink-'))
  // As root it gives up its rights, and still writes here
  chmodSync(directory, 0o777)
  const port = await freePort()
  const rights = process.getuid?.() === 0 ? ['-u', 'nobody', '-R', directory] : []
  const template = rights.length > 0 ? 'm.' : join(directory, 'm.')
  const args = [...rights, '-c', '-d', template, `127.0.0.1:${port}`, '500']
  const child = endWithUs(
    spawn(postfix.at('usr/sbin/smtp-sink'), args, {
      env: { PATH: process.env['PATH'], ...postfix.env },
      stdio: ['ignore', 'pipe', 'ignore']
    })
  )
  let received = 0
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    received = Number([...text.matchAll(/mesg=(?<count>\d+)/gu)].at(-1)?.groups?.['count'] ?? received)
  })
  for (let attempt = 0; !(await takesConnections(port)); attempt++) {
    if (child.exitCode !== null || attempt === 100)
      throw new Error(`smtp-sink did not answer on port ${port}`)
    await sleep(20)
  }
  return {
    port,
    received: () => received,
    takeLatencies: () => takeLatencies(directory),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

function takeLatencies(directory: string): readonly number[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name)
    const stamp = new RegExp(`^${probeMark}: (\\d+)`, 'mu').exec(readFileSync(path, 'latin1'))?.[1]
    const arrivedAt = statSync(path).mtimeMs
    rmSync(path)
    return stamp === undefined ? [] : [Math.max(0, arrivedAt - Number(stamp))]
  })
}
