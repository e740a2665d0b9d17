import { reply, type SmtpReply } from '../verbs/reply.ts'

export type Read<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'refused'; readonly reply: SmtpReply }

/** Takes one parameter into the draft, or says what is wrong with it. */
export type Reader<T> = (value: string | null, draft: T) => T | SmtpReply

const parameterPattern = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~\u0080-\u{10ffff}]+))?$/u

/** What follows a path (RFC 5321 section 4.1.2, esmtp-param), by a table of the keywords that we know. */
export function readParameters<T>(
  rest: string,
  readers: Readonly<Record<string, Reader<T>>>,
  nothing: T
): Read<T> {
  if (rest !== '' && !rest.startsWith(' ')) return refused(malformed('Syntax error after the address'))
  const seen = new Set<string>()
  let draft = nothing
  for (const word of rest.split(' ')) {
    if (word === '') continue
    const [, name, value = null] = parameterPattern.exec(word) ?? []
    if (name === undefined) return refused(malformed('Syntax error in a parameter'))
    const keyword = name.toUpperCase()
    const reader = Object.hasOwn(readers, keyword) ? readers[keyword] : undefined
    if (reader === undefined) return refused(unknownParameter)
    if (seen.has(keyword)) return refused(malformed(`${keyword} given twice`))
    seen.add(keyword)
    const next = reader(value, draft)
    if (isReply(next)) return refused(next)
    draft = next
  }
  return { kind: 'read', value: draft }
}

/** RFC 5321 section 4.1.1.11. */
const unknownParameter = reply(555, '5.5.4', 'Parameter not recognised or not offered here')

/** 501 with the status of a wrong argument (RFC 3463 section 3.6). The text must not hold what the client sent. */
export function malformed(text: string): SmtpReply {
  return reply(501, '5.5.4', text)
}

function refused(given: SmtpReply): Read<never> {
  return { kind: 'refused', reply: given }
}

function isReply(value: unknown): value is SmtpReply {
  return typeof value === 'object' && value !== null && 'code' in value && 'status' in value
}
