import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Bearer } from '../../../access/tokens.ts'
import { batchAnswerSchema } from '../../../contracts/batch.ts'
import { verdictRequestSchema, type VerdictRequest } from '../../../contracts/verdict-request.ts'
import type { Logger } from '../../../telemetry/logger.ts'
import type { BatchLine } from '../answer-batch.ts'
import type { AnswerRequest } from '../answer-request.ts'
import { toTold } from '../answer-problems.ts'
import type { ApiRoutes } from '../api-app.ts'
import { inTurn } from '../in-turn.ts'
import { lineContent, lineRoute } from './line-routes.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'
import { readLine } from '../read-line.ts'

export interface BatchRoutesOptions {
  readonly answer: AnswerRequest
  /** Of one line. */
  readonly bodyLimitBytes: number
  readonly log: Logger
  /** A connection on which nothing moves for so long is closed; default 60 s. */
  readonly idleTimeoutMs?: number
}

const url = '/v1/verdicts/batch'

/** Enough to keep a core busy, few enough that single messages find their way between. */
const maxInFlight = 16
/** A full house is no reason to answer a back-fill with problems: it waits its turn for about a minute. */
const overloadedWaitMs = 250
const maxOverloadedWaits = 240

const schema = {
  summary: 'Score many messages',
  description:
    'Newline-delimited JSON: a line is the body of `POST /v1/verdicts`, and is answered by one line, in order: a verdict, or in its ' +
    'place a problem that names the line. Answers come while lines are sent, and no further lines are read while nobody reads the ' +
    'answers: read while you write. Messages of one sender are scored one after the other, so that each is compared with what was ' +
    'learned before it. Who may teach is as for a single message.',
  tags: ['verdicts'],
  security: [{ bearer: [] }, {}],
  // As JSON Schema, which documents: as zod it would be held against the stream
  body: { content: { [lineContent]: { schema: z.toJSONSchema(verdictRequestSchema, { io: 'input' }) } } },
  response: {
    200: {
      description: 'A verdict or a problem a line',
      content: { [lineContent]: { schema: batchAnswerSchema } }
    },
    ...problemResponses
  }
}

/** `POST /v1/verdicts/batch`: for back-fills and evaluation (DESIGN.md section 7.1). */
export function batchRoutes(options: BatchRoutesOptions): ApiRoutes {
  const { bodyLimitBytes, idleTimeoutMs } = options
  return lineRoute({
    url,
    schema,
    scope: 'score',
    maxInFlight,
    maxLineBytes: bodyLimitBytes,
    idleTimeoutMs,
    answerLines: (bearer, gone) => createAnswerLine(options, bearer, gone)
  })
}

/** A line → its verdict or its problem. */
function createAnswerLine(
  { answer, log }: BatchRoutesOptions,
  bearer: Bearer | null,
  gone: AbortSignal
): (line: BatchLine) => Promise<object> {
  const afterOwn = inTurn()
  return async function answerLine(line) {
    try {
      const asked = readLine(line, verdictRequestSchema)
      return await afterOwn(senderOf(asked), () => patiently(() => answer(asked, bearer), gone))
    } catch (error) {
      return { ...toTold(error, url, log).toProblem(), line: line.number }
    }
  }
}

/** As scoring will find it, but for aliases and what a header field says: such names of one sender merely lose their order. */
function senderOf({ sender, auth, envelope }: VerdictRequest): string {
  return (sender ?? auth?.user ?? envelope.from ?? '').toLowerCase()
}

/** Tries again while too much work is waiting, as long as somebody waits for the answer. */
async function patiently<Answer>(act: () => Promise<Answer>, gone: AbortSignal): Promise<Answer> {
  for (let waits = 0; ; waits += 1) {
    gone.throwIfAborted()
    try {
      return await act()
    } catch (error) {
      const isFull = error instanceof ProblemError && error.code === 'OVERLOADED'
      if (!isFull || waits === maxOverloadedWaits) throw error
      await sleep(overloadedWaitMs, undefined, { signal: gone })
    }
  }
}
