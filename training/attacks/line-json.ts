import type { BacktestLine } from '../../service/contracts/backtest-line.ts'

/** A line as `sluice backtest` reads it (DESIGN.md section 7.5): to be written as JSON. */
export function toJsonLine({
  id,
  sender,
  receivedAt,
  client,
  recipients,
  raw,
  role,
  label
}: BacktestLine): Readonly<
  Record<string, unknown>
> /* prettier-ignore */ {
  return {
    id,
    sender,
    ts: receivedAt / 1000,
    client,
    rcpt: recipients,
    raw: Buffer.from(raw).toString('latin1'),
    role,
    ...(label !== null && { label })
  }
}

/** The bytes of a file of such lines. */
export async function* toJsonLines(lines: AsyncIterable<BacktestLine>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(`${JSON.stringify(toJsonLine(line))}\n`)
}
