import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { copyDeployFile } from '../harness/deploy-file.ts'
import type { Mail } from '../harness/mails.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'

export interface Filter {
  /** As pipe(8) of Postfix runs it. */
  run(mail: Mail): Promise<Ran>
  /** Names of what it keeps. */
  held(): Promise<readonly string[]>
  /** `sluice-release FILE`. */
  release(name: string): Promise<Ran>
}

export interface Ran {
  readonly exitCode: number
  readonly said: string
  readonly tookMs: number
}

/** deploy/mta/spamc with the real spamc; its sendmail is swaks, and hands everything to the sink. */
export async function openFilter(spamc: ProgramHome, socket: string, sinkPort: number): Promise<Filter> {
  const directory = await temporaryDirectory('spamc')
  const held = join(directory, 'held')
  const sendmail = join(directory, 'sendmail')
  await mkdir(held)
  await writeFile(sendmail, sendmailTo(sinkPort))
  await chmod(sendmail, 0o755)
  const install = async (name: string, replacements: Readonly<Record<string, string>>): Promise<string> => {
    const path = join(directory, name)
    await copyDeployFile(`spamc/${name}`, path, { '/usr/sbin/sendmail': sendmail, ...replacements })
    return path
  }
  const filter = await install('sluice-filter', {
    '/run/sluice/rspamd.sock': socket,
    'held=/var/spool/sluice-held': `held=${held}`
  })
  const releasing = await install('sluice-release', {})
  const run = (script: string, args: readonly string[], input: string): Promise<Ran> =>
    runScript(script, args, input, spamc)
  return {
    run: ({ user, from, to, raw }) => run(filter, [user, from, ...to], raw),
    held: async () => (await readdir(held)).filter((name) => name.endsWith('.eml')),
    release: (name) => run(releasing, [join(held, name)], '')
  }
}

function sendmailTo(port: number): string {
  return `#!/bin/sh
# sendmail -G -i -f SENDER -- RECIPIENT …
sender=$4
shift 5
exec swaks --server 127.0.0.1 --port ${port} --from "$sender" --to "$(IFS=,; echo "$*")" --data - >/dev/null
`
}

async function runScript(
  script: string,
  args: readonly string[],
  input: string,
  spamc: ProgramHome
): Promise<Ran> {
  const startedAt = performance.now()
  const path = [spamc.at('usr/bin'), process.env['PATH'] ?? ''].join(delimiter)
  const child = spawn('sh', [script, ...args], {
    env: { PATH: path, LC_ALL: 'C.UTF-8', ...spamc.env },
    stdio: ['pipe', 'pipe', 'inherit']
  })
  child.stdin.end(input)
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { exitCode: child.exitCode ?? -1, said, tookMs: performance.now() - startedAt }
}
