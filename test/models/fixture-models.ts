import { cp, mkdtemp, rm } from 'node:fs/promises'
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
