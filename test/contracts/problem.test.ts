import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problems, problemSchema, toProblem, type ProblemCode } from '../../service/contracts/problem.ts'

test('a problem says what RFC 9457 asks for, and our code', () => {
  const problem = toProblem('ID_REUSED', 'The id came before', [{ path: 'id', message: 'is taken' }])

  assert.deepEqual(problem, {
    type: 'urn:sluice:problem:id-reused',
    title: 'The idempotency key was used for another message',
    status: 409,
    code: 'ID_REUSED',
    detail: 'The id came before',
    errors: [{ path: 'id', message: 'is taken' }]
  })
})

test('every problem is an error status and matches its schema', () => {
  for (const code of Object.keys(problems)) {
    assert.ok(isProblemCode(code))
    const problem = toProblem(code)
    assert.ok(problem.status >= 400 && problem.status < 600)
    assert.deepEqual(problemSchema.parse(problem), problem)
  }
})

function isProblemCode(code: string): code is ProblemCode {
  return code in problems
}
