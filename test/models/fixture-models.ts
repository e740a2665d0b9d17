import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'
import type { Facts, Logger } from '../../service/telemetry/logger.ts'

export const bundledModels = fileURLToPath(new URL('../../service/models/bundled/', import.meta.url))

export interface LoggedEvent {
  readonly level: string
  readonly event: string
  readonly facts: Facts
}

/** A logger that keeps what it is told. */
export function recordingLogger(): { readonly log: Logger; readonly events: LoggedEvent[] } {
  const events: LoggedEvent[] = []
  const at =
    (level: string) =>
    (event: string, facts: Facts = {}) =>
      void events.push({ level, event, facts })
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, events }
}

/** A registry directory that goes with the test; `content` versions are copies of the bundled model. */
export async function registryWith(t: TestContext, versions: readonly string[]): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-models-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  for (const version of versions) {
    await cp(path.join(bundledModels, 'content'), path.join(directory, 'content', version), {
      recursive: true
    })
  }
  return directory
}

type Name = 'content' | 'takeover'

export interface VersionChange {
  readonly manifest?: (manifest: Record<string, unknown>) => object
  /** The manifest vouches for what comes out. */
  readonly weights?: (bytes: Buffer) => Buffer
}

/** The bundled model as another version in `<directory>/<name>/<version>/`. */
export async function storeVersion(
  directory: string,
  name: Name,
  version: string,
  { manifest: change = (one) => one, weights }: VersionChange = {}
): Promise<string> {
  const place = path.join(directory, name, version)
  await cp(path.join(bundledModels, name), place, { recursive: true })
  const file = path.join(place, 'manifest.json')
  const manifest: { files: Record<string, { sha256: string; bytes: number }> } = JSON.parse(
    await readFile(file, 'utf8')
  )
  if (weights !== undefined) {
    const bytes = weights(await readFile(path.join(place, 'weights.bin')))
    await writeFile(path.join(place, 'weights.bin'), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    manifest.files['weights.bin'] = { sha256, bytes: bytes.length }
  }
  await writeFile(file, JSON.stringify(change({ ...manifest, version })))
  return place
}

/** Versions that see less: all words weigh nothing; whatever a sender's habits are says nothing. */
export const worse: Readonly<Record<Name, VersionChange>> = {
  content: { weights: (bytes) => Buffer.alloc(bytes.length) },
  takeover: {
    manifest: (manifest) => ({
      ...manifest,
      calibration: { method: 'platt', slope: 1e-6, intercept: 0, prior: 0.001 }
    })
  }
}

/** Its last weight is no number. */
export const broken: VersionChange = {
  weights: (bytes) => {
    const copy = Buffer.from(bytes)
    copy.writeFloatLE(Number.NaN, copy.length - 4)
    return copy
  }
}

export async function activate(directory: string, name: Name, versions: object): Promise<void> {
  await mkdir(path.join(directory, name), { recursive: true })
  await writeFile(path.join(directory, name, 'active.json'), JSON.stringify(versions))
}
