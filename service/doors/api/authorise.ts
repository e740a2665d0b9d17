import type { FastifyRequest } from 'fastify'
import { bearerSecret, isLocalRequest } from '../../access/http-credentials.ts'
import { hasScope, type Bearer, type Tokens } from '../../access/tokens.ts'
import { ProblemError } from './problem-error.ts'

type Checked = Pick<Tokens, 'verify' | 'onlyFirstAdmin'>

/**
 * Who asks, by the route's scope; throws ProblemError. null: nobody showed a token, and none was needed. Scoring is open to loopback
 * until somebody makes a token besides the first admin's, so that a first message can be scored without set-up; it teaches nothing.
 */
export function authorise(request: FastifyRequest, tokens: Checked): Bearer | null {
  const { scope } = request.routeOptions.config
  if (scope === undefined || scope === 'public' || scope === 'callout') return null
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

function isLocal({ raw, headers }: FastifyRequest): boolean {
  return isLocalRequest(raw.socket.remoteAddress, headers)
}
