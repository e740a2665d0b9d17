// Some registries do not serve every platform's binary packages, so `npm install` leaves them out of the lockfile and `npm ci`
// then refuses it everywhere. This writes the missing entries: name and exact version from the parent, os and cpu from the name.
import { readFileSync, writeFileSync } from 'node:fs'

const path = 'package-lock.json'
const lock = JSON.parse(readFileSync(path, 'utf8'))
const oses = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  sunos: 'sunos',
  aix: 'aix',
  android: 'android',
  openharmony: 'openharmony'
}
const cpus = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32']
const added = []
for (const [at, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (at === '' || lock.packages[`${at}/node_modules/${name}`] || lock.packages[`node_modules/${name}`])
      continue
    const words = name.split(/[-/@]/)
    const os = Object.keys(oses).find((o) => words.includes(o))
    const cpu = cpus.find((c) => words.includes(c))
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os && { os: [oses[os]] })
    }
    added.push(`${name}@${version}`)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, JSON.stringify(lock, null, 2) + '\n')
console.log(`${added.length} added:`, added.join(' '))
