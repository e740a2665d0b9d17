import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const deploy = new URL('../../../deploy/mta/', import.meta.url)

/** What a test puts in the place of a deploy file's ports, paths and names. */
export type Replacements = Readonly<Record<string, string | number>>

/**
 * A file of deploy/mta as an operator would copy it, with some of its text replaced everywhere it stands. A text that stands nowhere is an
 * error: the documentation and the test would have parted.
 */
export async function readDeployFile(path: string, replacements: Replacements = {}): Promise<string> {
  let text = await readFile(fileURLToPath(new URL(path, deploy)), 'utf8')
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`deploy/mta/${path} does not say ${JSON.stringify(from)}`)
    text = text.replaceAll(from, String(to))
  }
  return text
}

export async function copyDeployFile(
  path: string,
  target: string,
  replacements: Replacements = {}
): Promise<void> {
  await writeFile(target, await readDeployFile(path, replacements))
}
