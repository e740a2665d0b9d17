/** One reply of the other side: all of its lines, without codes. */
export interface Reply {
  readonly code: number
  /** `550 5.1.1 no such user`: on one line, as it is recorded. */
  readonly text: string
  readonly lines: readonly string[]
}

/** Puts bytes together to replies (RFC 5321 section 4.2), bounded against whoever sends what is none. */
export interface ReplyReader {
  /** The replies that are whole now, or what is wrong: then nothing more can be read. */
  read(chunk: Buffer): readonly Reply[] | 'garbage' | 'too-long'
  /** A reply has begun. */
  readonly isWithin: boolean
}

/** RFC 5321 section 4.5.3.1.5 says 512; some say more. Nobody needs this much. */
const maxLineLength = 4_096
const maxLines = 128

export function createReplyReader(): ReplyReader {
  let rest = ''
  let lines: string[] = []
  return { read, get isWithin() { return rest !== '' || lines.length > 0 } } // prettier-ignore

  function read(chunk: Buffer): readonly Reply[] | 'garbage' | 'too-long' {
    const parts = (rest + chunk.toString('latin1')).split('\n')
    rest = parts.pop() ?? ''
    if ([...parts, rest].some(({ length }) => length > maxLineLength)) return 'too-long'
    const replies: Reply[] = []
    for (const part of parts) {
      const found = /^([2-5]\d\d)(?:([ -])(.*))?$/u.exec(part.endsWith('\r') ? part.slice(0, -1) : part)
      if (found === null) return 'garbage'
      const [, code = '', mark = ' ', text = ''] = found
      lines.push(Buffer.from(text, 'latin1').toString('utf8'))
      if (lines.length > maxLines) return 'too-long'
      if (mark === ' ') replies.push(whole(code))
    }
    return replies
  }

  function whole(code: string): Reply {
    const reply = { code: Number(code), text: `${code} ${joined(lines)}`.trimEnd(), lines }
    lines = []
    return reply
  }
}

/** An enhanced status that every line repeats is said once. */
function joined(lines: readonly string[]): string {
  const [first = ''] = lines
  const status = /^[245]\.\d{1,3}\.\d{1,3}\s/u.exec(first)?.[0]
  return lines
    .map((line, at) =>
      at > 0 && status !== undefined && line.startsWith(status) ? line.slice(status.length) : line
    )
    .join(' ')
}
