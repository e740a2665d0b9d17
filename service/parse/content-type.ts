/** Lower-cased `type/subtype` and the parameters that decide the structure (RFC 2045 section 5.1). */
export interface ContentType {
  readonly type: string
  readonly boundary: string | null
  readonly charset: string | null
  /** Format=flowed (RFC 3676), without or with DelSp. */
  readonly flowed: 'no' | 'yes' | 'deletes-blank'
}

/** Gives `fallback` as type where the field names none: text/plain, or message/rfc822 inside a digest (RFC 2046 section 5.1.5). */
export function parseContentType(value: string, fallback: string): ContentType {
  const named = (/^[^;(]*/u.exec(value)?.[0] ?? '').trim().toLowerCase()
  const parameters = parseParameters(value)
  return {
    type: isType(named) ? named : fallback,
    boundary: joined(parameters, 'boundary'),
    charset: joined(parameters, 'charset')?.toLowerCase() ?? null,
    flowed: flowedBy(parameters)
  }
}

function flowedBy(parameters: ReadonlyMap<string, string>): ContentType['flowed'] {
  if (parameters.get('format')?.toLowerCase() !== 'flowed') return 'no'
  return parameters.get('delsp')?.toLowerCase() === 'yes' ? 'deletes-blank' : 'yes'
}

function isType(text: string): boolean {
  const slash = text.indexOf('/')
  return slash > 0 && slash < text.length - 1 && text.length <= 127 && !/[\s"();]/u.test(text)
}

/** More parameters than this were not written by a mail program. */
const maxParameters = 100

/** Parameters by lower-cased name; one walk, quoted strings and their escapes respected. The first of a name counts. */
export function parseParameters(value: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  let at = value.indexOf(';')
  while (at >= 0 && parameters.size < maxParameters) {
    const equals = value.indexOf('=', at)
    if (equals < 0) break
    const name = value
      .slice(value.lastIndexOf(';', equals) + 1, equals)
      .trim()
      .toLowerCase()
    const [text, next] = parameterValue(value, equals + 1)
    if (text !== '' && !parameters.has(name)) parameters.set(name, text)
    at = next
  }
  return parameters
}

/** RFC 2231 section 3: a long value may come in pieces, `boundary*0` and on. */
function joined(parameters: ReadonlyMap<string, string>, name: string): string | null {
  const whole = parameters.get(name)
  if (whole !== undefined) return whole
  let text = ''
  for (let index = 0; index < maxParameters; index += 1) {
    const piece = parameters.get(`${name}*${index}`)
    if (piece === undefined) break
    text += piece
  }
  return text === '' ? null : text
}

function parameterValue(value: string, from: number): [text: string, next: number] {
  let at = from
  while (value[at] === ' ' || value[at] === '\t') at += 1
  if (value[at] !== '"') {
    const end = value.indexOf(';', at)
    const text = value.slice(at, end < 0 ? undefined : end).trim()
    return [text, end]
  }
  let text = ''
  for (at += 1; at < value.length && value[at] !== '"'; at += 1) {
    if (value[at] === '\\') at += 1
    text += value[at] ?? ''
  }
  return [text, value.indexOf(';', at)]
}
