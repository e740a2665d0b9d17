import { ProblemError } from './problem-error.ts'

/** Why a model, or the file that names the versions in use, is not used. */
export interface ModelFault {
  readonly code: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly remedy: string
}

/** As the client is told: the code, the file, and what to do. */
export function modelProblem({ code, facts, remedy }: ModelFault): ProblemError {
  const told = Object.entries(facts).map(([fact, value]) => `${fact} ${String(value)}`)
  const detail = `${code} (${told.join(', ')}). What is in use stays. ${remedy}`.trimEnd()
  return new ProblemError('MODEL_UNUSABLE', { detail })
}

/** The rooms below throw it; a door knows them by what they show. */
export function isModelFault(error: Error): error is Error & ModelFault {
  return error.name === 'ModelError' && 'code' in error && 'facts' in error && 'remedy' in error
}
