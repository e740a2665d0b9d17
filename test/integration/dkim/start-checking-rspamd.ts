import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Closing } from '../harness/closing.ts'
import { freePort } from '../harness/free-ports.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { rspamdCommand, variablesOf } from '../rspamd-proxy/start-rspamd.ts'

export interface CheckingRspamd {
  /** The symbols that it finds in a message. */
  check(raw: Uint8Array): Promise<readonly string[]>
}

const answerSchema = z.object({ symbols: z.record(z.string(), z.unknown()) })

/** rspamd's scanner with its DKIM module alone, that asks the given name server for keys. */
export async function startCheckingRspamd(
  t: Closing,
  rspamd: ProgramHome,
  dnsPort: number
): Promise<CheckingRspamd> {
  const directory = await temporaryDirectory('rspamd-dkim')
  await mkdir(join(directory, 'local.d'))
  const port = await freePort()
  const logFile = join(directory, 'rspamd.log')
  const configuration = join(directory, 'rspamd.conf')
  await writeFile(join(directory, 'suffixes'), 'com\nnet\norg\n')
  await writeFile(configuration, configurationOf(directory, { port, dnsPort, logFile }))
  await startProgram(t, {
    name: 'rspamd',
    path: rspamd.at(rspamdCommand),
    args: ['--no-fork', '--insecure', `--config=${configuration}`, ...variablesOf(rspamd, directory)],
    env: rspamd.env,
    logFile,
    readyPort: port
  })
  return {
    async check(raw) {
      const response = await fetch(`http://127.0.0.1:${port}/checkv2`, {
        method: 'POST',
        body: Buffer.from(raw),
        signal: AbortSignal.timeout(30_000)
      })
      return Object.keys(answerSchema.parse(await response.json()).symbols)
    }
  }
}

function configurationOf(
  directory: string,
  { port, dnsPort, logFile }: { port: number; dnsPort: number; logFile: string }
): string {
  return `
.include "$CONFDIR/actions.conf"
options {
  filters = "dkim";
  disable_hyperscan = true;
  url_tld = "${directory}/suffixes";
  pidfile = "${directory}/rspamd.pid";
  control_socket = "${directory}/control.sock mode=0600";
  local_addrs = [];
  dns { nameserver = ["127.0.0.1:${dnsPort}:1"]; timeout = 2s; retransmits = 2; }
}
dkim { trusted_only = false; skip_multi = false; check_local = true; check_authed = true; }
logging { type = "file"; filename = "${logFile}"; level = "info"; }
worker "normal" { bind_socket = "127.0.0.1:${port}"; }
`
}
