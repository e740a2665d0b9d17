/** What a client speaks, by its first bytes. `unclear`: too few of them. */
export type Sniffed = 'http' | 'rspamc' | 'spamc' | 'unclear'

/** The longest command of the older protocols is `REPORT_IFSPAM`. */
const maxCommandBytes = 16
const versions = { rspamc: 'RSPAMC/', spamc: 'SPAMC/' } as const

/** `CHECK RSPAMC/1.3`, `REPORT SPAMC/1.2`; whatever can't become one of these is left to HTTP, which also says so of what is none. */
export function sniffProtocol(bytes: Uint8Array): Sniffed {
  const start = Buffer.from(bytes.subarray(0, maxCommandBytes + 8)).toString('latin1')
  const blank = start.indexOf(' ')
  if (blank === -1) return bytes.length > maxCommandBytes || /[^A-Z_]/u.test(start) ? 'http' : 'unclear'
  if (!/^[A-Z_]{1,16}$/u.test(start.slice(0, blank))) return 'http'
  const after = start.slice(blank + 1)
  if (after.startsWith(versions.rspamc)) return 'rspamc'
  if (after.startsWith(versions.spamc)) return 'spamc'
  return versions.rspamc.startsWith(after) || versions.spamc.startsWith(after) ? 'unclear' : 'http'
}
