import { z } from 'zod'
import { importAnswerSchema, importLineSchema, type ImportLine } from '../../../contracts/history-import.ts'
import type { ImportPast, PastSubmission } from '../../../operations/history/import-past.ts'
import type { Logger } from '../../../telemetry/logger.ts'
import type { BatchLine } from '../answer-batch.ts'
import { toTold } from '../answer-problems.ts'
import type { ApiRoutes } from '../api-app.ts'
import { lineContent, lineRoute } from './line-routes.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'
import { readLine } from '../read-line.ts'

export interface HistoryImportRoutesOptions {
  readonly importPast: ImportPast
  /** Of one line. */
  readonly bodyLimitBytes: number
  readonly log: Logger
}

const url = '/v1/history/import'

/** Enough to keep workers busy and to fill a transaction; few enough that live messages find their way between. */
const maxInFlight = 96
/** While ClickHouse takes what waits for it nothing else moves. */
const idleTimeoutMs = 300_000

const schema = {
  summary: 'Import mail of the past',
  description:
    'Newline-delimited JSON: a line is a message that its owner sent before, as an operator vouches; it is answered by one line, in order. ' +
    'What it shows becomes part of its owner’s habits and a row of history. It is not scored, counted or charged. Messages of an owner come ' +
    'in the order of time; the same message is imported once. Read while you write.',
  tags: ['history'],
  security: [{ bearer: [] }],
  // As JSON Schema, which documents: as zod it would be held against the stream
  body: { content: { [lineContent]: { schema: z.toJSONSchema(importLineSchema, { io: 'input' }) } } },
  response: {
    200: {
      description: 'What became of it, or a problem, a line',
      content: { [lineContent]: { schema: importAnswerSchema } }
    },
    ...problemResponses
  }
}

/** `POST /v1/history/import`. One at a time: two would learn one sender's mail in no order. */
export function historyImportRoutes({
  importPast,
  bodyLimitBytes,
  log
}: HistoryImportRoutesOptions): ApiRoutes {
  let isBusy = false
  return lineRoute({
    url,
    schema,
    scope: 'admin',
    maxInFlight,
    maxLineBytes: bodyLimitBytes,
    idleTimeoutMs,
    answerLines(_bearer, gone) {
      if (isBusy) throw new ProblemError('CONFLICT', { detail: 'Another import is running' })
      isBusy = true
      gone.addEventListener('abort', () => (isBusy = false), { once: true })
      return (line) => answerLine(line, importPast, log)
    }
  })
}

async function answerLine(line: BatchLine, importPast: ImportPast, log: Logger): Promise<object> {
  try {
    const { kind, ...told } = await importPast(toPast(readLine(line, importLineSchema)))
    return { outcome: kind, ...told }
  } catch (error) {
    return { ...toTold(error, url, log).toProblem(), line: line.number }
  }
}

function toPast({
  owner,
  receivedAt,
  client,
  envelope,
  raw,
  sizeBytes,
  messageId
}: ImportLine): PastSubmission {
  return {
    owner,
    receivedAt,
    client: { ip: client?.ip ?? null, helo: client?.helo ?? null },
    envelope: { mailFrom: envelope.from, rcptTo: envelope.to },
    raw: raw ?? null,
    sizeBytes: sizeBytes ?? 0,
    messageId: messageId ?? null
  }
}
