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
 * A body of the allowed size is read in some milliseconds when it is a message in base64, and in ten seconds when it is all brackets:
 * too long to be away from everybody else. Base64 has none of these characters, so the count looks at all of it at the speed of memory.
 */
export function refuseOvergrown(body: string): void {
  if (['[', '{', ','].every((character) => !occursMoreOften(body, character, maxStructure))) return
  throw new ProblemError('REQUEST_INVALID', { detail: 'The body has more members than any request' })
}

function occursMoreOften(text: string, character: string, most: number): boolean {
  let count = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
    count += 1
    if (count > most) return true
  }
  return false
}
