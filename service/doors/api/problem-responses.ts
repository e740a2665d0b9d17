import { problemSchema } from '../../contracts/problem.ts'

const content = { 'application/problem+json': { schema: problemSchema } }

/** Every route may answer these: stands beside its own answers in `schema.response`. */
export const problemResponses = {
  '4xx': { description: 'The request was not acceptable', content },
  '5xx': { description: 'The request could not be answered now', content }
}
