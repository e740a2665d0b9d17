import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { createCatalogue, type PastEntry } from '../../../service/cli/history/catalogue.ts'
import { gatherPast, type PastSources } from '../../../service/cli/history/gather-past.ts'
import { createPastFaultLog } from '../../../service/cli/history/past-faults.ts'
import { createPastReader, type PastLine } from '../../../service/cli/history/read-past.ts'
import { createUnpackedFiles } from '../../../service/cli/history/unpacked-files.ts'

export const now = Date.UTC(2026, 10, 22, 12)

export interface Gathered {
  readonly entries: readonly PastEntry[]
  readonly lines: readonly PastLine[]
  /** `CODE place`, the directory left out. */
  readonly faults: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  readonly found: number
}

/** A directory with these files, removed after the test. */
export async function filesOf(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-past-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true })
    await writeFile(
      join(directory, name),
      typeof content === 'string' ? Buffer.from(content, 'latin1') : content
    )
  }
  return directory
}

/** What the command line would send, of files in this directory. */
export async function gatherIn(
  t: TestContext,
  directory: string,
  {
    receivedBy = [],
    maxBytes = 1_000_000,
    ...named
  }: PastSources & { receivedBy?: readonly string[]; maxBytes?: number }
): Promise<Gathered> {
  const inside = (paths: readonly string[] = []): readonly string[] =>
    paths.map((path) => join(directory, path))
  const sources = { ...named, ...Object.fromEntries(
    (['mbox', 'maildir', 'jsonl', 'postfixLog', 'eximLog'] as const).map((kind) => [kind, inside(named[kind])])
  ) } // prettier-ignore
  const files = createUnpackedFiles()
  t.after(() => files.remove())
  const [catalogue, faults, hosts] = [createCatalogue(), createPastFaultLog(), new Set(receivedBy)]
  let found = 0
  await gatherPast(sources, {
    catalogue,
    faults,
    files,
    maxBytes,
    now,
    receivedBy: hosts,
    found: () => (found += 1)
  })
  const entries = Array.from(catalogue.inOrder())
  const reader = createPastReader({ receivedBy: hosts, maxBytes })
  const lines: PastLine[] = []
  for (const entry of entries) lines.push(await reader.read(entry))
  await reader.close()
  const told = faults.listed().map(({ code, place }) => `${code} ${place.replace(`${directory}/`, '')}`)
  return { entries, lines, faults: told, counts: { ...faults.counts() }, found }
}

/** The message of a line as text. */
export function textOf(line: PastLine | undefined): string {
  return Buffer.from(typeof line?.['raw'] === 'string' ? line['raw'] : '', 'base64').toString('latin1')
}

/** A sent message with LF line ends, as an mbox holds it. */
export function copyOf(id: number, body = 'Hello.\n', fields: readonly string[] = []): string {
  const date = new Date(now - (100 - id) * 86_400_000).toUTCString().replace('GMT', '+0000')
  return [
    ...fields,
    'From: Ann <ann@example.org>',
    'To: "Bob, the builder" <bob@example.net>',
    `Date: ${date}`,
    `Message-ID: <${id}@example.org>`,
    'Subject: Hi',
    '',
    body
  ].join('\n')
}
