import { cases, outcomeMark, type Outcome } from './outcomes.ts'

interface Event {
  readonly type: string
  readonly data: { readonly message?: unknown }
}

/** A reporter of node:test: prints, after all tests, what every client did in every case. */
// oxlint-disable-next-line import/no-default-export -- node:test takes a reporter as the default export
export default async function* reportOutcomes(events: AsyncIterable<Event>): AsyncGenerator<string> {
  const rows = new Map<string, Partial<Record<string, string>>>()
  for await (const { type, data } of events) {
    const { message } = data
    if (type !== 'test:diagnostic' || typeof message !== 'string' || !message.startsWith(outcomeMark))
      continue
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `report`
    const outcome = JSON.parse(message.slice(outcomeMark.length)) as Outcome
    rows.set(outcome.client, { ...rows.get(outcome.client), [outcome.case]: outcome.happened })
  }
  if (rows.size > 0) yield `\n${toTable(rows)}\n`
}

/** Markdown, so that it can be read on a terminal and pasted. */
function toTable(rows: ReadonlyMap<string, Partial<Record<string, string>>>): string {
  const head = ['client', ...cases]
  const body = Array.from(rows, ([client, row]) => [client, ...cases.map((name) => row[name] ?? '-')])
  const widths = head.map((name, column) =>
    Math.max(name.length, ...body.map((cells) => cells[column]?.length ?? 0))
  )
  const toLine = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [toLine(head), rule, ...body.map(toLine)].join('\n')
}
