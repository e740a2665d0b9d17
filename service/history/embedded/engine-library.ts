import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** By `platform-arch`: the package that carries the engine there. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@chdb/lib-linux-x64-gnu',
  'linux-arm64': '@chdb/lib-linux-arm64-gnu',
  'darwin-x64': '@chdb/lib-darwin-x64',
  'darwin-arm64': '@chdb/lib-darwin-arm64'
}

/** Path of the engine's library; undefined: the optional packages are not installed, or there are none for this machine. */
export function engineLibrary(): string | undefined {
  const name = packages[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  try {
    const require = createRequire(import.meta.url)
    require.resolve('ffi-rs')
    const file = join(dirname(require.resolve(`${name}/package.json`)), 'libchdb.so')
    return existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}
