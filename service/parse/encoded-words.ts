import { decodeCharset } from './decode-charset.ts'
import { decodeQuotedPrintable } from './decode-quoted-printable.ts'

/** RFC 2047 section 2, with the language tag of RFC 2231 section 5. */
const word = /=\?([\w-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/giu

/**
 * A header value with its encoded words decoded. Undefined where the mail library has to decide: broken words, rare charsets,
 * control characters.
 */
export function decodeWords(value: string): string | undefined {
  if (/[^\P{Cc}\t]|\uFFFD/u.test(value)) return undefined
  if (!value.includes('=?')) return value
  const runs = splitRuns(value)
  const texts = runs.map((run) =>
    typeof run === 'string' ? run : decodeCharset(Buffer.concat(run.bytes), run.charset)
  )
  return texts.every((text) => text !== undefined && !text.includes('=?')) ? texts.join('') : undefined
}

/** Neighbouring words of one charset: a character may be torn over two of them. */
interface Run {
  readonly charset: string
  readonly bytes: Buffer[]
}

/** Plain text and runs of encoded words in turn; white space between words is not shown (RFC 2047 section 6.2). */
function splitRuns(value: string): readonly (string | Run)[] {
  const runs: (string | Run)[] = []
  let behind = 0
  for (const found of value.matchAll(word)) {
    const [whole, name = '', encoding = '', text = ''] = found
    const charset = name.toLowerCase()
    const between = value.slice(behind, found.index)
    const last = runs.at(-1)
    const continues = typeof last === 'object' && between.trim() === ''
    if (!continues && between !== '') runs.push(between)
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQ(text)
    if (continues && last.charset === charset) last.bytes.push(bytes)
    else runs.push({ charset, bytes: [bytes] })
    behind = found.index + whole.length
  }
  runs.push(value.slice(behind))
  return runs
}

/** RFC 2047 section 4.2: like quoted-printable, with an underscore for a blank. */
function decodeQ(text: string): Buffer {
  return decodeQuotedPrintable(Buffer.from(text.replaceAll('_', '=20')))
}
