import {
  problems,
  toProblem,
  type Problem,
  type ProblemCode,
  type ProblemFault
} from '../../contracts/problem.ts'

export interface ProblemFacts {
  /** A sentence about this very occurrence. */
  readonly detail?: string
  readonly errors?: readonly ProblemFault[]
  /** Of a model that did not pass. */
  readonly gate?: Problem['gate']
  /** Header fields of the answer: `retry-after`, `allow`, `www-authenticate`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Thrown by routes and hooks; the server answers it as RFC 9457 problem details. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly facts: ProblemFacts
  /** As Fastify's own errors have it: for routes whose protocol words its errors in another way. */
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, facts: ProblemFacts = {}) {
    super(facts.detail ?? problems[code].title)
    this.code = code
    this.facts = facts
    this.statusCode = problems[code].status
    this.headers = facts.headers ?? {}
  }

  toProblem(): Problem {
    return toProblem(this.code, this.facts.detail, this.facts.errors, this.facts.gate)
  }
}
