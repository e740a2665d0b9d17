/** Whose fault it is, in rspamd's words. */
export type ErrorDomain = 'protocol-error' | 'task-error' | 'controller-error'

/** A request that gets no scan: its status and its JSON are those of rspamd. */
export class RspamdError extends Error {
  override readonly name = 'RspamdError'
  readonly status: number
  readonly domain: ErrorDomain

  /**
   * `code`: as in rspamd's sources. It answers scan requests with 500 plus the last two digits (400 becomes 500, 413 becomes 513), so that
   * mail servers take every one for a server that failed; its controller says the code itself.
   */
  constructor(code: number, message: string, domain: ErrorDomain = 'protocol-error') {
    super(message)
    this.status = domain === 'controller-error' ? code : 500 + (code % 100)
    this.domain = domain
  }
}
