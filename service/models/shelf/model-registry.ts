import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { activeFileOf, readActiveVersions, versionPattern, type ActiveVersions } from './active-file.ts'
import { faultOf, featureDigestOf, type Fault } from '../load-model.ts'
import type { Manifest } from '../manifest.ts'
import { readManifest, readModelDirectory, type ModelName } from '../model-directory.ts'
import { ModelError } from '../model-error.ts'
import { versionDirectoryOf } from './candidates.ts'

export interface ModelRegistryOptions {
  /** `<dataDir>/models`; need not exist. */
  readonly directory: string
  /** Replaces a file or leaves it as it was; on disk when it resolves. */
  readonly replaceFile: (file: string, data: string) => Promise<void>
}

/** A version on disk, usable or not. */
export interface StoredVersion {
  readonly version: string
  /** null: its manifest cannot be read. */
  readonly createdAt: string | null
  readonly fault: Fault | null
}

/** The versions on disk, and which of them are in use: `<directory>/<name>/<version>/` and `active.json`. */
export interface ModelRegistry {
  active(name: ModelName): Promise<ActiveVersions>
  /** A crash leaves what was, or this. */
  activate(name: ModelName, versions: ActiveVersions): Promise<void>
  /** `<directory>/<name>/<version>/`; null: the one that came with this release. */
  directoryOf(name: ModelName, version: string | null): string
  /** The newest first. Manifests only are read. */
  versions(name: ModelName): Promise<readonly StoredVersion[]>
  /** Every checksum, the digest of its features, and that it is the version that its directory says. Throws ModelError. */
  check(name: ModelName, version: string): Promise<Manifest>
  /** Takes a copy of a model directory in. Throws ModelError; a version that is here already is MODEL_VERSION_TAKEN. */
  add(directory: string): Promise<Manifest>
  /** Removes versions but those in use, and of the others the `keep` newest. Gives what is gone. */
  retain(name: ModelName, keep: number): Promise<readonly string[]>
}

export function createModelRegistry({ directory, replaceFile }: ModelRegistryOptions): ModelRegistry {
  const directoryOf = (name: ModelName, version: string | null): string =>
    versionDirectoryOf(directory, name, version)
  return { active, activate, directoryOf, versions, check, add, retain }

  function active(name: ModelName): Promise<ActiveVersions> {
    return readActiveVersions(directory, name)
  }

  async function activate(name: ModelName, next: ActiveVersions): Promise<void> {
    await mkdir(path.join(directory, name), { recursive: true })
    await replaceFile(activeFileOf(directory, name), `${JSON.stringify(next, null, 2)}\n`)
  }

  async function versions(name: ModelName): Promise<readonly StoredVersion[]> {
    const entries = await readdir(path.join(directory, name), { withFileTypes: true }).catch(() => [])
    const found = entries.filter((entry) => entry.isDirectory() && versionPattern.test(entry.name))
    const stored = await Promise.all(found.map((entry) => describe(name, entry.name)))
    return stored.toSorted(newestFirst)
  }

  async function describe(name: ModelName, version: string): Promise<StoredVersion> {
    try {
      const { createdAt } = await manifestOf(directoryOf(name, version), name, version)
      return { version, createdAt, fault: null }
    } catch (error) {
      return { version, createdAt: null, fault: faultOf(error) }
    }
  }

  async function check(name: ModelName, version: string): Promise<Manifest> {
    const place = directoryOf(name, version)
    await manifestOf(place, name, version)
    return (await readModelDirectory(place, name, featureDigestOf(name))).manifest
  }

  async function add(from: string): Promise<Manifest> {
    const { name, version } = await readManifest(from)
    const { manifest } = await readModelDirectory(from, name, featureDigestOf(name))
    const place = directoryOf(name, version)
    const { fault } = await describe(name, version)
    if (fault?.code !== 'MODEL_MISSING') throw new ModelError('MODEL_VERSION_TAKEN', { directory: place })
    const half = path.join(directory, name, `.${version}.new`)
    await rm(half, { recursive: true, force: true })
    await mkdir(half, { recursive: true })
    for (const file of ['manifest.json', ...Object.keys(manifest.files)])
      await cp(path.join(from, file), path.join(half, file))
    // Copied whole, or not there at all
    await rename(half, place)
    return check(name, version)
  }

  async function retain(name: ModelName, keep: number): Promise<readonly string[]> {
    const { active: used, shadow, previous } = await active(name)
    const others = (await versions(name)).filter(({ version }) => ![used, shadow, previous].includes(version))
    const gone = others.slice(keep).map(({ version }) => version)
    for (const version of gone) await rm(directoryOf(name, version), { recursive: true, force: true })
    return gone
  }
}

async function manifestOf(directory: string, name: ModelName, version: string): Promise<Manifest> {
  const manifest = await readManifest(directory)
  if (manifest.name === name && manifest.version === version) return manifest
  const fault = `is ${manifest.name} ${manifest.version} instead of ${name} ${version}`
  throw new ModelError('MODEL_MANIFEST_INVALID', { directory, file: 'manifest.json', fault })
}

/** Those that cannot be read last: they are the first to go. */
function newestFirst(a: StoredVersion, b: StoredVersion): number {
  const order = (b.createdAt ?? '').localeCompare(a.createdAt ?? '')
  return order === 0 ? b.version.localeCompare(a.version, 'en', { numeric: true }) : order
}
