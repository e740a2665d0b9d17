import {
  historyServerRequestSchema,
  historyServerSchema,
  type HistoryServer
} from '../../../contracts/history-server.ts'
import type { ApiRoutes } from '../api-app.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'

export interface HistoryServerRoutesOptions {
  /** Writes what waits, and says where it is. null: there is no history. */
  readonly findHistory: ((senders: readonly string[]) => Promise<FoundHistory>) | null
}

export type FoundHistory =
  | { readonly kind: 'found'; readonly server: HistoryServer }
  /** It does not answer, or is not for this version. */
  | { readonly kind: 'away'; readonly why: string }

/** `POST /v1/history/server`: for training, backtests and notebooks, which read ClickHouse themselves. */
export function historyServerRoutes({ findHistory }: HistoryServerRoutesOptions): ApiRoutes {
  const schema = {
    summary: 'Find the history',
    description: 'Writes what waits, then says where ClickHouse answers, for whoever trains on it.',
    tags: ['history'],
    security: [{ bearer: [] }],
    body: historyServerRequestSchema,
    response: { 200: historyServerSchema, ...problemResponses }
  }
  return (app) => {
    app.post('/v1/history/server', { schema, config: { scope: 'admin' } as const }, async (request) => {
      if (findHistory === null)
        throw new ProblemError('NOT_FOUND', {
          detail:
            'No history is kept: clickhouse.url is "off", or the packages of the embedded engine are missing'
        })
      const found = await findHistory(request.body.senders)
      if (found.kind === 'away')
        throw new ProblemError('UNAVAILABLE', { detail: `History cannot be read: ${found.why}` })
      return found.server
    })
  }
}
