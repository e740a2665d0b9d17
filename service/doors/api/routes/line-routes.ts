import type { Readable } from 'node:stream'
import type { Bearer } from '../../../access/tokens.ts'
import type { Scope } from '../../../access/scope.ts'
import { answerBatch, type BatchLine } from '../answer-batch.ts'
import type { ApiRoutes } from '../api-app.ts'
import { ProblemError } from '../problem-error.ts'

/** Newline-delimited JSON. */
export const lineContent = 'application/x-ndjson'

export interface LineRouteOptions {
  readonly url: string
  readonly schema: object
  readonly scope: Scope
  /** Lines that are being answered at a time. */
  readonly maxInFlight: number
  readonly maxLineBytes: number
  /** A connection on which nothing moves for so long is closed; default 60 s. */
  readonly idleTimeoutMs?: number | undefined
  /** Called once a request; what it gives answers the lines in order and never rejects. `gone`: nobody waits any more. */
  readonly answerLines: (bearer: Bearer | null, gone: AbortSignal) => (line: BatchLine) => Promise<object>
}

const defaultIdleTimeoutMs = 60_000

/** A route that answers line by line while lines come: bounded in lines and bytes, as long as something moves. */
export function lineRoute(options: LineRouteOptions): ApiRoutes {
  const { url, schema, scope: allowed, maxInFlight, maxLineBytes, answerLines } = options
  const { idleTimeoutMs = defaultIdleTimeoutMs } = options
  return (app) => {
    const closing = new AbortController()
    app.addHook('preClose', (done) => {
      closing.abort()
      done()
    })
    void app.register((scope, _options, registered) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser([lineContent, 'application/jsonl'], (_request, body, done) =>
        done(null, body)
      )
      scope.post(url, { schema, config: { scope: allowed, streamsBody: true } }, (request, reply) => {
        if (request.body === undefined)
          throw new ProblemError('REQUEST_INVALID', { detail: 'The body is missing' })
        // Of the connection, whichever way nothing moves
        reply.raw.setTimeout(idleTimeoutMs, () => request.raw.destroy())
        const gone = new AbortController()
        reply.raw.once('close', () => {
          gone.abort()
          // Where not all was read there is no next request to be found behind it
          if (!request.raw.complete) request.raw.destroy()
        })
        const answers = answerBatch({
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parser above hands the stream on
          chunks: request.body as Readable,
          answer: answerLines(request.bearer, gone.signal),
          maxInFlight,
          maxLineBytes,
          stop: closing.signal
        })
        return reply.type(lineContent).send(answers)
      })
      registered()
    })
  }
}
