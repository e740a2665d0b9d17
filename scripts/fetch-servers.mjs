#!/usr/bin/env node
// The mail programs that `npm run test:integration` runs: `node scripts/fetch-servers.mjs [name …]`, all of them without a name.
// Debian's mail servers exclude each other, so each is unpacked, with the libraries that it needs, into a folder of its own below
// .servers (SLUICE_TEST_SERVERS names another one); nothing is installed and nothing in the system is configured. What is already there
// is left alone. Plain JavaScript, no packages. Exit code 1 if something could not be had; the others are fetched all the same.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = process.env.SLUICE_TEST_SERVERS ?? join(root, '.servers')
const npmPrograms = join(root, 'test', 'integration', 'programs')

/** Debian packages by the folder that they are unpacked to; `file` is what the tests look for, in the system too. */
const debian = {
  postfix: { packages: ['postfix'], file: 'usr/sbin/postfix' },
  sasl: { packages: ['sasl2-bin', 'libsasl2-modules', 'libsasl2-modules-db'], file: 'usr/sbin/saslpasswd2' },
  exim: { packages: ['exim4-daemon-heavy', 'exim4-base'], file: 'usr/sbin/exim4' },
  opensmtpd: { packages: ['opensmtpd'], file: 'usr/sbin/smtpd' },
  // Debian 12's own is older than the OpenSSL that it runs with: with it there is no TLS, and so no AUTH
  'opensmtpd-7': { packages: ['opensmtpd'], file: 'usr/sbin/smtpd', backportedTo: 'bookworm' },
  spamc: { packages: ['spamc'], file: 'usr/bin/spamc' },
  swaks: { packages: ['swaks'], file: 'usr/bin/swaks' },
  rspamd: { packages: ['rspamd'], file: 'usr/bin/rspamd' },
  redis: { packages: ['redis-server'], file: 'usr/bin/redis-server' },
  dovecot: { packages: ['dovecot-core'], file: 'usr/sbin/dovecot' },
  clamav: { packages: ['clamav-daemon'], file: 'usr/sbin/clamd' },
  lua: { packages: ['lua5.4'], file: 'usr/bin/lua5.4' }
}

/** What Maven Central has, by the folder that its jars are copied to. */
const maven = { mongo: join(root, 'test', 'integration', 'zonemta', 'mongo-pom.xml') }

/** Users that programs insist on, by the name that is compiled into them. They are made only by root, as Debian's packages would. */
const users = {
  exim: ['Debian-exim'],
  opensmtpd: ['opensmtpd', 'opensmtpq'],
  'opensmtpd-7': ['opensmtpd', 'opensmtpq']
}

/** Fetches what is missing of `names`. Returns what could not be had, each with what to do. */
async function fetchServers(names) {
  await mkdir(cache, { recursive: true })
  const faults = []
  for (const name of names) {
    try {
      const startedAt = Date.now()
      const done = await fetchOne(name)
      addUsers(users[name] ?? [])
      say(`${name.padEnd(10)} ${done} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
    } catch (error) {
      faults.push(`${name}: ${error.message}`)
      say(`${name.padEnd(10)} failed: ${error.message}`)
    }
  }
  return faults
}

function fetchOne(name) {
  if (name === 'programs') return fetchPrograms()
  return Object.hasOwn(maven, name) ? fetchMaven(name) : fetchDebian(name)
}

async function fetchMaven(name) {
  const pom = maven[name]
  const home = join(cache, name)
  const stamp = join(home, 'installed-pom.xml')
  const wanted = await readFile(pom, 'utf8')
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return 'is there'
  await rm(home, { recursive: true, force: true })
  const goal = [
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${join(home, 'lib')}`
  ]
  await run('mvn', ['--quiet', '--batch-mode', `--file=${pom}`, ...goal])
  await writeFile(stamp, wanted)
  return 'copied by Maven'
}

async function fetchDebian(name) {
  const { packages, file, backportedTo } = debian[name]
  const home = join(cache, name)
  if (existsSync(join(home, file))) return 'is there'
  if (existsSync(join('/', file))) return `is installed: /${file}`
  const wanted = await packagesFor(packages)
  const downloads = await mkdtemp(join(cache, `${name}-download-`))
  const unpacked = join(downloads, 'root')
  try {
    await run('apt-get', ['download', ...wanted], downloads)
    if (backportedTo !== undefined) await replaceByBackport(packages[0], backportedTo, downloads)
    const files = (await readdir(downloads)).filter((one) => one.endsWith('.deb'))
    for (const deb of files) await run('dpkg', ['-x', deb, unpacked], downloads)
    if (!existsSync(join(unpacked, file))) throw new Error(`${packages[0]} does not hold ${file}`)
    await rm(home, { recursive: true, force: true })
    // Whole or not at all, whenever this is interrupted
    await rename(unpacked, home)
    return `unpacked: ${files.join(' ')}`
  } finally {
    await rm(downloads, { recursive: true, force: true })
  }
}

/** The packages themselves and those that the system lacks for them, as `name=version`. */
async function packagesFor(packages) {
  if (!hasCommand('apt-get') || !hasCommand('dpkg'))
    throw new Error(`this is no Debian: install ${packages.join(', ')} by the system's own packages`)
  const simulated = await simulate(packages).catch(async () => {
    say('apt-get update …')
    await run('apt-get', ['update', '-qq'])
    return simulate(packages)
  })
  return Array.from(
    simulated.matchAll(/^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)/gmu),
    ([, name, version]) => `${name}=${version}`
  )
}

/** The package itself from Debian's backports, where the system is the release that they are for; what it needs is the release's own. */
async function replaceByBackport(name, release, downloads) {
  if (!new RegExp(`^VERSION_CODENAME=${release}$`, 'mu').test(await readFile('/etc/os-release', 'utf8')))
    return
  const state = await mkdtemp(join(downloads, 'apt-'))
  const sources = join(state, 'sources.list')
  await writeFile(sources, `deb http://deb.debian.org/debian ${release}-backports main\n`)
  const settings = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(state, 'lists'),
    'Dir::Cache': join(state, 'cache'),
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false'
  }
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])
  for (const deb of (await readdir(downloads)).filter((one) => one.startsWith(`${name}_`)))
    await rm(join(downloads, deb))
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    await mkdir(join(state, folder), { recursive: true })
  await run('apt-get', [...options, 'update', '-qq'])
  await run('apt-get', [...options, 'download', name], downloads)
}

function simulate(packages) {
  const options = ['--simulate', '--yes', '--reinstall', '--no-install-recommends']
  return run('apt-get', ['install', ...options, ...packages])
}

/** npm's own lockfile of the last installation tells whether it is what package-lock.json asks for. */
async function fetchPrograms() {
  const home = join(cache, 'programs')
  const lock = await readFile(join(npmPrograms, 'package-lock.json'), 'utf8')
  const stamp = join(home, 'installed-lock.json')
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === lock) return 'is there'
  await mkdir(home, { recursive: true })
  for (const file of ['package.json', 'package-lock.json'])
    await cp(join(npmPrograms, file), join(home, file))
  // Without install scripts: addons that they would download or compile are all optional
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], home)
  await writeFile(stamp, lock)
  return 'installed by npm ci'
}

function addUsers(names) {
  for (const name of names) {
    if (spawnSync('id', [name]).status === 0) continue
    if (process.getuid?.() !== 0) {
      say(`  the user ${name} is missing: run this as root once, or useradd --system --user-group ${name}`)
      continue
    }
    const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
    const { status, stderr } = spawnSync('useradd', [...options, '--shell', '/usr/sbin/nologin', name], {
      encoding: 'utf8'
    })
    if (status !== 0)
      throw new Error(`the user ${name} could not be added: ${stderr?.trim() ?? 'no useradd'}`)
    say(`  added the user ${name}`)
  }
}

function hasCommand(name) {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined
}

/** The command's output; its errors as an Error. */
function run(command, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve(stdout)
      const why = stderr
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('W: '))
        .slice(-4)
        .join('\n  ')
      reject(
        new Error(
          `${command} ${args[0]} ended with ${code}: ${why}\n  Is the network (or the mirror) there? Then try again.`
        )
      )
    })
  })
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

async function main(asked) {
  const known = [...Object.keys(debian), ...Object.keys(maven), 'programs']
  const unknown = asked.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    say(`Not known: ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
    return 2
  }
  const faults = await fetchServers(asked.length > 0 ? asked : known)
  if (faults.length > 0) say(`\n${faults.length} could not be fetched; their tests are skipped.`)
  return faults.length > 0 ? 1 : 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.slice(2))
