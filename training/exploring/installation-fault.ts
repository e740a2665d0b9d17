const faults = {
  INSTALLATION_NOT_FOUND: {
    what: 'no running Sluice was found',
    remedy:
      'Start one on the data directory (`npx sluice start`), or name a ClickHouse: SLUICE_HISTORY_URL=http://user:password@host:8123/sluice. To learn on invented mail: SLUICE_DATADIR=./invented npx sluice history seed, then start there.'
  },
  INSTALLATION_REFUSED: {
    what: 'the running Sluice did not say where its history is',
    remedy:
      'The admin token of its data directory has to be readable, and `clickhouse.url` must not be "off".'
  },
  INSTALLATION_URL_INVALID: {
    what: 'SLUICE_HISTORY_URL is no address of a ClickHouse',
    remedy: 'For example: http://reader:secret@clickhouse.example:8123/sluice'
  }
} as const

export type InstallationFaultCode = keyof typeof faults

/** No history to look at. */
export class InstallationError extends Error {
  override readonly name = 'InstallationError'
  readonly code: InstallationFaultCode
  readonly remedy: string

  constructor(code: InstallationFaultCode, detail: string, cause?: unknown) {
    const { what, remedy } = faults[code]
    super(`${what} (${detail}). ${remedy}`, { cause })
    this.code = code
    this.remedy = remedy
  }
}
