import {
  calloutClientsSchema,
  shadowPageSchema,
  shadowParamsSchema,
  shadowQuerySchema,
  type CalloutClientsAnswer,
  type ShadowVerdict
} from '../../../contracts/callouts.ts'
import type { ShadowPlace } from '../../../senders/shadow-records.ts'
import type { ApiRoutes } from '../api-app.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'

export interface CalloutRoutesOptions {
  /** What clients have asked since the start. */
  readonly callouts: () => CalloutClientsAnswer
  /** Verdicts of shadow mode, oldest first, from `since` (epoch ms) and after `after`. */
  readonly shadowVerdicts: (mta: string, since: number, after: ShadowPlace | null) => Iterable<ShadowVerdict>
}

const common = { tags: ['callouts'], security: [{ bearer: [] }] }
const config = { scope: 'operate' } as const

/** `/v1/callouts`: which mail servers ask, whether what they show is enough, and what shadow mode would have done. */
export function calloutRoutes({ callouts, shadowVerdicts }: CalloutRoutesOptions): ApiRoutes {
  return (app) => {
    const list = {
      ...common,
      summary: 'List the mail servers that ask',
      response: { 200: calloutClientsSchema, ...problemResponses }
    }
    app.get('/v1/callouts', { schema: list, config }, () => callouts())

    const shadow = {
      ...common,
      summary: 'List what would have been done in shadow mode',
      params: shadowParamsSchema,
      querystring: shadowQuerySchema,
      response: { 200: shadowPageSchema, ...problemResponses }
    }
    app.get('/v1/callouts/:mta/shadow', { schema: shadow, config }, (request) => {
      const { since = 0, cursor, limit } = request.query
      const after = cursor === undefined ? null : placeOf(cursor)
      return page(shadowVerdicts(request.params.mta, since, after), limit)
    })
  }
}

function page(verdicts: Iterable<ShadowVerdict>, limit: number) {
  const items: ShadowVerdict[] = []
  for (const verdict of verdicts) {
    if (items.length === limit) return { items, nextCursor: cursorOf(items) }
    items.push(verdict)
  }
  return { items, nextCursor: null }
}

function cursorOf(items: readonly ShadowVerdict[]): string | null {
  const last = items.at(-1)
  return last === undefined ? null : `${Date.parse(last.at)}.${last.verdictId}`
}

function placeOf(cursor: string): ShadowPlace {
  const [, at = '', verdictId = ''] = /^(\d{1,15})\.(.+)$/u.exec(cursor) ?? []
  if (verdictId === '') throw new ProblemError('REQUEST_INVALID', { detail: 'cursor: is none of this list' })
  return { at: Number(at), verdictId }
}
