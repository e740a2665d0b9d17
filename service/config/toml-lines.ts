/**
 * The 1-based line on which a key stands in TOML text, or of the nearest table above it; null if neither is there. Positions are all
 * that is looked for: the text has been parsed already.
 */
export function lineOf(text: string, path: readonly string[]): number | null {
  const lines = linesByPath(text)
  for (let length = path.length; length > 0; length--) {
    const line = lines.get(path.slice(0, length).join('.'))
    if (line !== undefined) return line
  }
  return null
}

const table = /^\s*\[([^[\]]+)\]/u
const arrayTable = /^\s*\[\[([^[\]]+)\]\]/u
const keyValue = /^\s*([\w."'-]+)\s*=/u

function linesByPath(text: string): Map<string, number> {
  const lines = new Map<string, number>()
  const elements = new Map<string, number>()
  let prefix = ''
  for (const [index, line] of text.split('\n').entries()) {
    const array = arrayTable.exec(line)?.[1]
    const name = array ?? table.exec(line)?.[1]
    const key = keyValue.exec(line)?.[1]
    if (name !== undefined) {
      prefix = clean(name)
      if (array !== undefined) prefix = `${prefix}.${next(elements, prefix)}`
      lines.set(prefix, index + 1)
    } else if (key !== undefined) {
      lines.set(prefix === '' ? clean(key) : `${prefix}.${clean(key)}`, index + 1)
    }
  }
  return lines
}

function next(elements: Map<string, number>, name: string): number {
  const position = elements.get(name) ?? 0
  elements.set(name, position + 1)
  return position
}

function clean(name: string): string {
  return name.replaceAll(/["'\s]/gu, '')
}
