#!/usr/bin/env node
// Runs the notebooks on an invented history: `node scripts/notebooks.mjs --check|--write [01 04 …]`, all of them without a number.
//   --check  every cell has to succeed and to show what the committed notebook shows (the same kinds of output); no file is changed
//   --write  stores the outputs, without what differs from run to run
// What it needs lies below .servers/notebooks: a Python environment with nbconvert (PyPI), the kernel of the npm package deno, the data directory of
// the invented installation. Nothing is installed in the system. Plain JavaScript, no packages. Exit code 1: a notebook is at fault; 2: something
// to run it with is missing.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'notebooks')
const home = join(root, '.servers', 'notebooks')
const environment = join(home, 'venv')
const dataDir = join(home, 'data')
const bin = join(root, 'node_modules', '.bin')
const node = existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath
const sluice = join(root, 'service', 'cli', 'sluice.ts')

const pythonPackages = ['nbconvert==7.17.2', 'nbclient==0.11.0', 'jupyter_client==8.10.0', 'nbformat==5.11.1']
const cellSeconds = 240
/** The kernel may lose the word that a cell has ended: its outputs are there by then. */
const quietSeconds = 5
const startMs = 30_000
const endMs = 15_000

/** Of the environment only what programs need to run: other settings of Sluice would be those of somebody's service. */
const plainEnv = Object.fromEntries(
  [
    'PATH',
    'HOME',
    'LANG',
    'TMPDIR',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'PIP_INDEX_URL',
    'PIP_CONFIG_FILE'
  ].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
)
const sluiceEnv = {
  ...plainEnv,
  PATH: `${bin}:${process.env.PATH}`,
  SLUICE_DATADIR: dataDir,
  SLUICE_HTTP_PORT: '0',
  SLUICE_CALLOUTS_RSPAMDPORT: '0',
  SLUICE_CALLOUTS_POLICYPORT: '0',
  SLUICE_CALLOUTS_MILTERPORT: '0',
  SLUICE_SMTP_SUBMISSIONPORT: '0',
  SLUICE_SMTP_SUBMISSIONSPORT: '0',
  SLUICE_SMTP_RELAYPORT: '0',
  SLUICE_LOG_LEVEL: 'error',
  // The invented weeks stay where they are, and today moves on
  SLUICE_CLICKHOUSE_RETENTIONDAYS: '10000'
}

const [mode, ...numbers] = process.argv.slice(2)
if (mode !== '--check' && mode !== '--write') {
  console.error('usage: node scripts/notebooks.mjs --check|--write [01 02 …]')
  process.exit(2)
}
const isWanted = (name) =>
  name.endsWith('.ipynb') && (numbers.length === 0 || numbers.some((one) => name.startsWith(one)))
const names = (await readdir(folder)).filter(isWanted).toSorted()

await prepareEnvironment()
say('sluice history seed')
await rm(dataDir, { recursive: true, force: true })
must(node, [sluice, 'history', 'seed'], { env: sluiceEnv, remedy: '' })
const service = await startService()
const faults = []
try {
  for (const name of names) faults.push(...(await runNotebook(name)))
} finally {
  await endService()
}
for (const fault of faults) console.error(fault)
say(faults.length === 0 ? `${names.length} notebooks ran` : `faults: ${faults.length}`)
process.exitCode = faults.length === 0 ? 0 : 1

/** Once; a change of the packages makes it anew. */
async function prepareEnvironment() {
  const mark = join(environment, 'packages.txt')
  const packages = pythonPackages.join('\n')
  if (!existsSync(mark) || (await readFile(mark, 'utf8')) !== packages) {
    say('python3 -m venv, pip install nbconvert')
    await rm(environment, { recursive: true, force: true })
    await mkdir(home, { recursive: true })
    const remedy = 'Install python3 and python3-venv (Debian); PyPI has to be reachable once.'
    must('python3', ['-m', 'venv', environment], { env: plainEnv, remedy })
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pythonPackages]
    must(join(environment, 'bin', 'python'), pip, { env: plainEnv, remedy })
    await writeFile(mark, packages)
  }
  const kernel = join(environment, 'share', 'jupyter', 'kernels', 'deno')
  await mkdir(kernel, { recursive: true })
  const argv = [denoBinary(), 'jupyter', '--kernel', '--conn', '{connection_file}']
  const spec = { argv, display_name: 'Deno', language: 'typescript' }
  await writeFile(join(kernel, 'kernel.json'), JSON.stringify(spec))
}

/** In the package of this machine; the one named deno only starts it. */
function denoBinary() {
  const libc = process.platform === 'linux' ? '-glibc' : ''
  const file = join(root, 'node_modules', '@deno', `${process.platform}-${process.arch}${libc}`, 'deno')
  if (existsSync(file)) return file
  return giveUp('The npm package deno is not installed for this machine: run npm ci')
}

function must(command, args, { env, remedy }) {
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: home,
    env,
    timeout: 300_000
  })
  if (status === 0) return
  const why = error?.message ?? stderr.trim().slice(-800)
  giveUp(`${[command, ...args.slice(0, 3)].join(' ')} failed: ${why}\n${remedy}`)
}

function giveUp(message) {
  console.error(message)
  process.exit(2)
}

/** A service like any other: notebooks find it by its run.json. */
async function startService() {
  const child = spawn(node, [sluice, 'start'], {
    cwd: home,
    env: sluiceEnv,
    stdio: ['ignore', 'ignore', 'inherit']
  })
  const deadline = performance.now() + startMs
  while (!existsSync(join(dataDir, 'run.json'))) {
    if (child.exitCode !== null || performance.now() > deadline) giveUp('The service did not start')
    await sleep(100)
  }
  return child
}

async function endService() {
  if (service.exitCode !== null) return
  const ended = new Promise((resolve) => service.once('exit', resolve))
  service.kill('SIGTERM')
  const cut = setTimeout(() => service.kill('SIGKILL'), endMs)
  await ended
  clearTimeout(cut)
}

/** Gives what is wrong with it. */
async function runNotebook(name) {
  say(name)
  const file = join(folder, name)
  const committed = JSON.parse(await readFile(file, 'utf8'))
  const executed = await execute(name)
  if (typeof executed === 'string') return [`${name}: ${executed}`]
  const cells = executed.cells.map(withoutRun)
  const found = [...faultsIn(cells), ...(mode === '--check' ? differences(committed.cells, cells) : [])]
  if (mode === '--write' && found.length === 0) {
    const { kernelspec, language_info: language } = committed.metadata
    const written = { ...committed, cells, metadata: { kernelspec, language_info: language } }
    await writeFile(file, `${JSON.stringify(written, null, 1)}\n`)
  }
  return found.map((fault) => `${name}: ${fault}`)
}

/** The notebook with its outputs; a text: why there is none. Runs where its imports lead to the project’s own modules. */
async function execute(name) {
  const out = join(home, 'run')
  await mkdir(out, { recursive: true })
  const own = (what) => join(home, 'jupyter', what)
  const args = [
    '-m',
    'jupyter',
    'nbconvert',
    '--to',
    'notebook',
    '--execute',
    '--log-level',
    'ERROR',
    `--ExecutePreprocessor.timeout=${cellSeconds}`,
    `--ExecutePreprocessor.iopub_timeout=${quietSeconds}`
  ]
  const env = {
    ...plainEnv,
    PATH: `${join(environment, 'bin')}:${bin}:${process.env.PATH}`,
    JUPYTER_PREFER_ENV_PATH: '1',
    JUPYTER_RUNTIME_DIR: own('runtime'),
    JUPYTER_CONFIG_DIR: own('config'),
    JUPYTER_DATA_DIR: own('data'),
    DENO_DIR: join(home, 'deno'),
    DENO_NO_UPDATE_CHECK: '1',
    NO_COLOR: '1',
    SLUICE_DATADIR: dataDir
  }
  const child = spawn(
    join(environment, 'bin', 'python'),
    [...args, '--output-dir', out, join(folder, name)],
    {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe']
    }
  )
  let said = ''
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4_000)))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  return code === 0 ? JSON.parse(await readFile(join(out, name), 'utf8')) : whyOf(said)
}

/** The cell and its error, without the way through nbconvert. */
function whyOf(said) {
  return (said.split('CellExecutionError: ').at(-1) ?? said).trim()
}

/** When a cell ran is nobody's business. */
function withoutRun(cell) {
  const { execution: _, ...metadata } = cell.metadata
  return { ...cell, metadata }
}

/** What may never be committed: a failure, an empty cell, a path of this machine. */
function faultsIn(cells) {
  const places = [root, homedir(), tmpdir(), dataDir].filter((place) => place.length > 1)
  return codeCells(cells).flatMap(({ id, outputs, metadata: { tags = [] } }) => {
    const text = JSON.stringify(outputs)
    return [
      ...(outputs.length === 0 && !tags.includes('silent') ? [`cell ${id} shows nothing`] : []),
      ...(outputs.some(({ output_type: type }) => type === 'error') ? [`cell ${id} failed`] : []),
      ...places.filter((place) => text.includes(place)).map((place) => `cell ${id} shows the path ${place}`)
    ]
  })
}

/** Of the kinds of output: figures may differ by the last digit from machine to machine. */
function differences(committed, cells) {
  const kinds = new Map(codeCells(committed).map(({ id, outputs }) => [id, kindsOf(outputs)]))
  return codeCells(cells)
    .filter(({ id, outputs }) => kinds.get(id) !== kindsOf(outputs))
    .map(
      ({ id, outputs }) =>
        `cell ${id} shows ${kindsOf(outputs)}, the committed one ${kinds.get(id) || 'nothing'}: run --write`
    )
}

function kindsOf(outputs) {
  return outputs
    .map(({ output_type: type, data = {} }) => [type, ...Object.keys(data).toSorted()].join(' '))
    .join(', ')
}

function codeCells(cells) {
  return cells.filter(({ cell_type: type }) => type === 'code')
}

function say(what) {
  console.log(`== ${what} (${Math.round(performance.now() / 1_000)} s)`)
}
