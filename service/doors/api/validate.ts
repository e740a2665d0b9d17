import type { FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import type { ProblemFault } from '../../contracts/problem.ts'
import { ProblemError } from './problem-error.ts'

/** A request of ten thousand wrong addresses is answered with the first few. */
const maxFaults = 20

/** Validates with zod; a fault becomes REQUEST_INVALID, naming every path. What is no zod schema only documents. */
export const validatorCompiler: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  if (!(schema instanceof z.ZodType)) return (value: unknown) => ({ value })
  const prefix = httpPart === 'body' || httpPart === undefined ? '' : httpPart
  return (value: unknown) => {
    const parsed = schema.safeParse(value)
    return parsed.success ? { value: parsed.data } : { error: requestInvalid(parsed.error, prefix) }
  }
}

/** `prefix`: the part of the request that is not its body, to stand before the paths. */
export function requestInvalid(error: z.ZodError, prefix = ''): ProblemError {
  const errors = error.issues.flatMap(toFaults).slice(0, maxFaults)
  const named = errors.map(({ path, message }) => ({ path: joined(prefix, path), message }))
  const first = named[0]
  const detail =
    first === undefined ? undefined : `${first.path === '' ? 'body' : first.path}: ${first.message}`
  return new ProblemError('REQUEST_INVALID', { errors: named, ...(detail !== undefined && { detail }) })
}

/** An unknown field is named by its own path, not by that of the object it stands in. */
function toFaults(issue: z.core.$ZodIssue): readonly ProblemFault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: pathText(issue.path), message: messageOf(issue) }]
  return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: 'is not a known field' }))
}

function messageOf({ code, message }: z.core.$ZodIssue): string {
  return code === 'invalid_type' && message.endsWith('received undefined') ? 'is required' : message
}

/** `envelope.to[3]` */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => joined(text, typeof step === 'number' ? `[${step}]` : bounded(String(step))),
    ''
  )
}

function joined(left: string, right: string): string {
  return left === '' || right === '' || right.startsWith('[') ? left + right : `${left}.${right}`
}

/** Keys are the client's own text. */
function bounded(key: string): string {
  return key.length > 100 ? `${key.slice(0, 100)}…` : key
}
