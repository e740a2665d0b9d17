import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyDeployFile, type Replacements } from '../harness/deploy-file.ts'
import { freePorts } from '../harness/free-ports.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import type { Closing } from '../harness/closing.ts'

export const rspamdCommand = 'usr/bin/rspamd'

export interface RspamdOptions {
  readonly rspamd: ProgramHome
  /** The files of deploy/mta/rspamd-proxy that go to local.d, each with what stands for ports in it. */
  readonly files: Readonly<Record<string, Replacements>>
  /** Whether rspamd's own scanner runs too. */
  readonly scanner: 'off' | 'on'
}

export interface Rspamd {
  readonly milterPort: number
  readonly logFile: string
}

/** rspamd with its proxy worker as a milter. */
export async function startRspamd(t: Closing, { rspamd, files, scanner }: RspamdOptions): Promise<Rspamd> {
  const directory = await temporaryDirectory('rspamd')
  const local = join(directory, 'local.d')
  await mkdir(local)
  for (const [file, replacements] of Object.entries(files))
    await copyDeployFile(`rspamd-proxy/${file}`, join(local, file.split('/').at(-1) ?? file), replacements)
  const [proxy = 0, normal = 0] = await freePorts(2)
  // What an operator who has rspamd already says to the proxy
  const own = `upstream "local" {\n  hosts = "127.0.0.1:${normal}";\n}\n`
  if (scanner === 'on') await appendFile(join(local, 'worker-proxy.inc'), own)
  const configuration = join(directory, 'rspamd.conf')
  await writeFile(join(directory, 'suffixes'), 'com\nnet\norg\n')
  await writeFile(configuration, configurationOf(directory, { proxy, normal, scanner }))
  await startProgram(t, {
    name: 'rspamd',
    path: rspamd.at(rspamdCommand),
    args: ['--no-fork', '--insecure', `--config=${configuration}`, ...variablesOf(rspamd, directory)],
    env: rspamd.env,
    logFile: logFileOf(directory),
    readyPort: proxy
  })
  return { milterPort: proxy, logFile: logFileOf(directory) }
}

const logFileOf = (directory: string): string => join(directory, 'rspamd.log')

/**
 * The package's rspamd.conf without rules and the world's domain suffixes: they take long to compile, and nobody here asks them. The
 * proxy's part is the package's own, with the port on top.
 */
function configurationOf(
  directory: string,
  { proxy, normal, scanner }: { proxy: number; normal: number; scanner: 'off' | 'on' }
): string {
  return `
.include "$CONFDIR/actions.conf"
options {
  filters = "";
  disable_hyperscan = true;
  url_tld = "${directory}/suffixes";
  pidfile = "${directory}/rspamd.pid";
  control_socket = "${directory}/control.sock mode=0600";
}
logging { type = "file"; filename = "${logFileOf(directory)}"; level = "info"; }
worker "normal" {
  bind_socket = "127.0.0.1:${normal}";
  ${scanner === 'on' ? '' : '.include(priority=1,duplicate=merge) "$LOCAL_CONFDIR/local.d/worker-normal.inc"'}
}
worker "rspamd_proxy" {
  bind_socket = "127.0.0.1:${proxy}";
  .include "$CONFDIR/worker-proxy.inc"
  .include(priority=1,duplicate=merge) "$LOCAL_CONFDIR/local.d/worker-proxy.inc"
}
`
}

/** Where its files are, and where it may write. */
export function variablesOf({ root, at }: ProgramHome, directory: string): string[] {
  const places = { LOCAL_CONFDIR: directory, DBDIR: directory, RUNDIR: directory, LOGDIR: directory }
  const unpacked = {
    CONFDIR: at('etc/rspamd'),
    SHAREDIR: at('usr/share/rspamd'),
    RULESDIR: at('usr/share/rspamd/rules'),
    LUALIBDIR: at('usr/share/rspamd/lualib'),
    PLUGINSDIR: at('usr/share/rspamd/plugins')
  }
  const variables = { ...places, ...(root !== '/' && unpacked) }
  return Object.entries(variables).map(([name, value]) => `--var=${name}=${value}`)
}
