import Table from 'cli-table3'
import { neutralise } from './neutralise.ts'
import { wrap, type Style, type Terminal } from './terminal.ts'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Columns of the screen that the text may take; what is longer ends in `…`, or goes on below. */
  readonly width?: number
  readonly isWrapped?: boolean
}

/** A cell is text, which is neutralised, or text with a style. */
export type Cell = string | number | { readonly text: string; readonly style: Style }

/** A table with a head, without a frame: rows can be cut with the usual tools. */
export function printTable(
  terminal: Terminal,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[]
): void {
  const table = new Table({
    head: columns.map(({ title }) => terminal.paint('bold', title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: columns.map(({ width }) => (width === undefined ? null : width + padding)),
    chars: frameless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': padding }
  })
  for (const row of rows) table.push(row.map((cell, index) => toText(terminal, cell, columns[index])))
  terminal.print(
    table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
  )
}

const padding = 2

const frameless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ''
}

function toText(terminal: Terminal, cell: Cell, column: Column | undefined): string {
  if (typeof cell === 'object') return terminal.paint(cell.style, neutralise(cell.text))
  const text = neutralise(String(cell))
  if (column?.isWrapped !== true || column.width === undefined) return text
  return wrap(text, column.width).join('\n')
}
