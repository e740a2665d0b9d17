import type { z } from 'zod'
import type { ProblemCode } from '../../contracts/problem.ts'
import { refuseOvergrown } from './accept-json.ts'
import type { BatchLine } from './answer-batch.ts'
import { ProblemError } from './problem-error.ts'
import { requestInvalid } from './validate.ts'

/** A line → what it asks; throws ProblemError for whatever is no request. */
export function readLine<Schema extends z.ZodType>(line: BatchLine, schema: Schema): z.output<Schema> {
  if (line.kind !== 'text') throw new ProblemError(unreadable[line.kind])
  refuseOvergrown(line.text)
  const parsed = schema.safeParse(parseJson(line.text))
  if (!parsed.success) throw requestInvalid(parsed.error)
  return parsed.data
}

const unreadable = {
  'too-long': 'BODY_TOO_LARGE',
  'not-utf8': 'BODY_MALFORMED',
  closing: 'SHUTTING_DOWN'
} as const satisfies Record<Exclude<BatchLine['kind'], 'text'>, ProblemCode>

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ProblemError('BODY_MALFORMED', error instanceof Error ? { detail: error.message } : {})
  }
}
