/** What keeps history from working. The service goes on without it. */
export const historyErrors = {
  HISTORY_ENGINE_MISSING:
    'The embedded ClickHouse is not installed: run `npm install` with optional packages, set clickhouse.url to a server, or to "off"',
  HISTORY_ENGINE_FAILED: 'The embedded ClickHouse ended before it was ready',
  HISTORY_SCHEMA_NEWER: 'The database was written by a newer Sluice: use that version',
  HISTORY_MIGRATION_CHANGED:
    'A migration that was applied differs from the one of this version: the database was edited',
  HISTORY_ERASURE_RUNS: 'ClickHouse is still erasing a sender: rows wait until it is done',
  HISTORY_UNREACHABLE: 'ClickHouse does not answer'
} as const satisfies Record<string, string>

export type HistoryErrorCode = keyof typeof historyErrors

export class HistoryError extends Error {
  override readonly name = 'HistoryError'
  readonly code: HistoryErrorCode
  readonly facts: Readonly<Record<string, string | number>>

  constructor(
    code: HistoryErrorCode,
    facts: Readonly<Record<string, string | number>> = {},
    cause?: unknown
  ) {
    super(historyErrors[code], { cause })
    this.code = code
    this.facts = facts
  }
}

/** What keeps history from working, in words, with the facts of a fault of ours: `… (migration 9999 of_tomorrow)`. */
export function describeHistoryFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const facts = error instanceof HistoryError ? Object.entries(error.facts) : []
  const told = facts.map(([name, value]) => `${name} ${value}`).join(', ')
  return told === '' ? error.message : `${error.message} (${told})`
}
