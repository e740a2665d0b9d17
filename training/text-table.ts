/** Rows as a Markdown table that also reads well in a terminal: columns padded to their widest cell. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length))
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n'
  )
}

/** 0.8736 → `87.4`. */
export function percent(share: number, digits = 1): string {
  return Number.isFinite(share) ? (100 * share).toFixed(digits) : 'n/a'
}
