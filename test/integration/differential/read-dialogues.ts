import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Beginning = 'connect' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'tls'

export interface Dialogue {
  readonly begin: Beginning
  readonly steps: readonly string[]
  /** Why the answers differ; null: they must not. */
  readonly difference: string | null
}

/** The table beside this file; its head says how it is written. */
export async function readDialogues(): Promise<readonly Dialogue[]> {
  const table = await readFile(join(import.meta.dirname, 'dialogues.txt'), 'utf8')
  return table
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .flatMap(toDialogues)
}

function toDialogues(line: string): Dialogue[] {
  const [said = '', difference = null] = line.split(' !! ')
  return alternatives(said).map((one) => {
    const [, begin = '', steps = ''] = /^(\w+): (.*)$/u.exec(one) ?? []
    if (!isBeginning(begin)) throw new Error(`no dialogue: ${line}`)
    return { begin, steps: steps.split(' >> '), difference }
  })
}

function alternatives(text: string): string[] {
  const found = /(?<!\$)\{([^{}]*)\}/u.exec(text)
  if (found === null) return [text]
  const [whole, inner = ''] = found
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + whole.length)]
  return inner.split('|').flatMap((one) => alternatives(before + one + after))
}

function isBeginning(text: string): text is Beginning {
  return ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'tls'].includes(text)
}
