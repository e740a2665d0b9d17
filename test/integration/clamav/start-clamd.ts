import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Closing } from '../harness/closing.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram, type RunningProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'

/** EICAR's anti-malware test file, in pieces: whole it would make scanners quarantine this source. */
export const testFile = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'].join('')
)

/** The real clamd on `port`, with a database of one signature. */
export async function startClamd(t: Closing, home: ProgramHome, port: number): Promise<RunningProgram> {
  const directory = await temporaryDirectory('clamav')
  const database = join(directory, 'database')
  await mkdir(database)
  const md5 = createHash('md5').update(testFile).digest('hex')
  await writeFile(join(database, 'local.hdb'), `${md5}:${testFile.length}:Local.Eicar\n`)
  const config = join(directory, 'clamd.conf')
  await writeFile(
    config,
    [
      'Foreground yes',
      'TCPAddr 127.0.0.1',
      `TCPSocket ${port}`,
      `DatabaseDirectory ${database}`,
      `TemporaryDirectory ${directory}`,
      'StreamMaxLength 1M',
      'MaxThreads 4'
    ].join('\n')
  )
  return startProgram(t, {
    name: 'clamd',
    path: home.at('usr/sbin/clamd'),
    args: [`--config-file=${config}`],
    env: home.env,
    readyPort: port
  })
}
