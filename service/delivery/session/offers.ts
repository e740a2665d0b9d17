/** What a host offers in answer to EHLO, by what delivery can use. */
export interface Offers {
  readonly startTls: boolean
  readonly pipelining: boolean
  readonly eightBitMime: boolean
  readonly smtpUtf8: boolean
  readonly dsn: boolean
  readonly requireTls: boolean
  readonly mtPriority: boolean
  /** SIZE (RFC 1870): bytes of the largest message; 0: no fixed limit; null: not offered. */
  readonly maxSizeBytes: number | null
  /** Upper case. */
  readonly auth: readonly string[]
}

/** Of a host that knows no more than HELO. */
export const noOffers: Offers = {
  startTls: false,
  pipelining: false,
  eightBitMime: false,
  smtpUtf8: false,
  dsn: false,
  requireTls: false,
  mtPriority: false,
  maxSizeBytes: null,
  auth: []
}

/** The lines of an EHLO reply after its first (RFC 5321 section 4.1.1.1). */
export function readOffers([, ...lines]: readonly string[]): Offers {
  const keywords = new Map(
    lines.map((line) => {
      const [keyword = '', ...values] = line.trim().toUpperCase().split(/[ =]+/u)
      return [keyword, values]
    })
  )
  const size = keywords.get('SIZE')
  return {
    startTls: keywords.has('STARTTLS'),
    pipelining: keywords.has('PIPELINING'),
    eightBitMime: keywords.has('8BITMIME'),
    smtpUtf8: keywords.has('SMTPUTF8'),
    dsn: keywords.has('DSN'),
    requireTls: keywords.has('REQUIRETLS'),
    mtPriority: keywords.has('MT-PRIORITY'),
    maxSizeBytes: size === undefined ? null : sizeOf(size[0]),
    auth: keywords.get('AUTH') ?? []
  }
}

function sizeOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : 0
}
