import type { ApiApp } from './api-app.ts'
import { ProblemError } from './problem-error.ts'

/** Ten thousand recipients are the most structure that a request has; addresses such as `a@[192.0.2.1]` count too. */
const maxStructure = 50_000

/** JSON only: Fastify would also read text/plain, and a type that no route reads is refused instead (415). */
export function acceptOnlyJson(app: ApiApp): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    refuseOvergrown(body)
    return parse(request, body, done)
  })
}

/**
 * A body of the allowed size is read in some milliseconds when it is a message as text or base64, and in ten seconds when it is all
 * brackets: too long to be away from everybody else. What stands inside strings is no structure, and is stepped over at the speed of
 * memory: a mail server's hook sends whole messages as they are.
 */
export function refuseOvergrown(body: string): void {
  if (!hasMoreMembers(body, maxStructure)) return
  throw new ProblemError('REQUEST_INVALID', { detail: 'The body has more members than any request' })
}

function hasMoreMembers(text: string, most: number): boolean {
  let count = 0
  let at = 0
  while (at < text.length) {
    const quote = text.indexOf('"', at)
    const end = quote === -1 ? text.length : quote
    for (; at < end; at += 1) {
      if (isStructure(text.charCodeAt(at))) count += 1
      if (count > most) return true
    }
    at = quote === -1 ? end : afterString(text, quote + 1)
  }
  return false
}

/** `[`, `{`, `,` */
function isStructure(code: number): boolean {
  return code === 0x5b || code === 0x7b || code === 0x2c
}

/** `from`: behind the opening quote. */
function afterString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0
    while (quote - escapes > from && text.charCodeAt(quote - escapes - 1) === 0x5c) escapes += 1
    if (escapes % 2 === 0) return quote + 1
  }
  return text.length
}
