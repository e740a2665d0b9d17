import type { FastifyRequest } from 'fastify'
import { hasScope, type Bearer, type Tokens } from '../../access/tokens.ts'
import { ProblemError } from './problem-error.ts'

type Checked = Pick<Tokens, 'verify' | 'onlyFirstAdmin'>

/**
 * Who asks, by the route's scope; throws ProblemError. null: nobody showed a token, and none was needed. Scoring is open to loopback
 * until somebody makes a token besides the first admin's, so that a first message can be scored without set-up; it teaches nothing.
 */
export function authorise(request: FastifyRequest, tokens: Checked): Bearer | null {
  const { scope } = request.routeOptions.config
  if (scope === undefined || scope === 'public') return null
  const secret = bearerSecret(request.headers.authorization)
  if (secret === undefined) {
    if (scope === 'score' && isLocal(request) && tokens.onlyFirstAdmin()) return null
    throw new ProblemError('TOKEN_MISSING', challenge(''))
  }
  const bearer = tokens.verify(secret)
  if (bearer === undefined) throw new ProblemError('TOKEN_INVALID', challenge(', error="invalid_token"'))
  if (!hasScope(bearer, scope)) {
    const { headers } = challenge(`, error="insufficient_scope", scope="${scope}"`)
    throw new ProblemError('SCOPE_MISSING', { detail: `The token needs the scope ${scope}`, headers })
  }
  return bearer
}

/** RFC 6750 section 3. */
function challenge(parameters: string): { headers: { 'www-authenticate': string } } {
  return { headers: { 'www-authenticate': `Bearer realm="sluice"${parameters}` } }
}

/** undefined: no Authorization field. Another scheme than Bearer is a wrong token, not a missing one. */
function bearerSecret(field: string | undefined): string | undefined {
  if (field === undefined) return undefined
  return /^Bearer +(\S+)$/iu.exec(field.trim())?.[1] ?? ''
}

/** A proxy on this machine makes the whole world look local, but says so. */
const forwardingFields = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const

function isLocal(request: FastifyRequest): boolean {
  const address = request.raw.socket.remoteAddress ?? ''
  const loopback = address === '::1' || /^(?:::ffff:)?127\./u.test(address)
  return loopback && forwardingFields.every((name) => request.headers[name] === undefined)
}
