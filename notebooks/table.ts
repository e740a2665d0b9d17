import { jupyterDisplay, type Shown } from './picture.ts'

export interface TableOptions {
  /** Rows shown; how many more there are is said. */
  readonly most?: number
  /** Digits after the point of numbers that are not whole. */
  readonly digits?: number
}

/** Rows as a table; columns in the order of the first row's keys. */
export function table(rows: readonly object[], options: TableOptions = {}): Shown {
  const text = tableText(rows, options)
  return { [jupyterDisplay]: () => ({ 'text/markdown': text, 'text/plain': text }) }
}

const usualRows = 30
const usualDigits = 3

export function tableText(
  rows: readonly object[],
  { most = usualRows, digits = usualDigits }: TableOptions = {}
): string {
  const [first] = rows
  if (first === undefined) return 'Nothing was found.'
  const names = Object.keys(first)
  const shown = rows.slice(0, most).map((row) => {
    const values = new Map<string, unknown>(Object.entries(row))
    return names.map((name) => cell(values.get(name), digits))
  })
  const numeric = names.map((name) =>
    rows.every((row) => isNumeric(new Map<string, unknown>(Object.entries(row)).get(name)))
  )
  const lines = [
    line(names),
    line(numeric.map((isNumber) => (isNumber ? '---:' : '---'))),
    ...shown.map(line)
  ]
  const more = rows.length - shown.length
  return more > 0 ? `${lines.join('\n')}\n\n${more} more rows.` : lines.join('\n')
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || value === null
}

function cell(value: unknown, digits: number): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(digits)
  if (Array.isArray(value)) return value.map((one) => cell(one, digits)).join(', ')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
