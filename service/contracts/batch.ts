import { z } from 'zod'
import { problemSchema } from './problem.ts'
import { verdictAnswerSchema } from './verdict-answer.ts'

/** Stands in the place of the verdict of a line that could not be answered. */
export const batchProblemSchema = problemSchema
  .extend({ line: z.int().min(1).describe('Which line of the request; blank lines count') })
  .describe('A problem with one line')

/** A line of the answer of `POST /v1/verdicts/batch`. A problem is told from a verdict by its `code`. */
export const batchAnswerSchema = z.union([verdictAnswerSchema, batchProblemSchema])
