import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../../../telemetry/logger.ts'
import { admitCallers, type AdmitOptions, type HookRoutes, type Refusal } from '../json-hooks/http-caller.ts'
import { discovery, discoverySchema } from './discovery.ts'
import { HookError, toHookError } from './hook-error.ts'
import { hookRoute, type HookRouteOptions } from './hook-route.ts'
import { registrationRoutes } from './registration-routes.ts'
import { createRegistrations, type RegistrationsOptions } from './registrations.ts'

export interface MtaHooksRoutesOptions extends AdmitOptions, RegistrationsOptions, HookRouteOptions {
  /** We answer within this; what a mail server should wait is a little more. */
  readonly deadlineMs: number
  readonly log: Logger
}

/** For the way there and back. */
const travelMs = 2_000

/**
 * MTA Hooks, draft-degennaro-mta-hooks-01: what the mail server may ask stands at `/.well-known/mta-hooks`; it registers, and posts every
 * message at the stage `data`. What becomes of a message later (outbound stages) is not asked for, and taken without a word.
 */
export function mtaHooksRoutes(options: MtaHooksRoutesOptions): HookRoutes {
  const { maxMessageBytes, deadlineMs, log } = options
  const registrations = createRegistrations(options)
  return (app) => {
    const offered = discovery({ maxMessageBytes, timeoutMs: deadlineMs + travelMs })
    const schema = {
      tags: ['callouts'],
      summary: 'What MTA Hooks may ask here',
      response: { 200: discoverySchema }
    }
    app.get('/.well-known/mta-hooks', { schema, config: { scope: 'public' } }, () => offered)
    admitCallers(app, 'mta-hooks', options, refuse, (scope) => {
      scope.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, log))
      registrationRoutes(scope, registrations, options.clock)
      hookRoute(scope, registrations, options)
    })
  }
}

function refuse(why: Refusal): never {
  const challenge = { 'www-authenticate': 'Bearer realm="sluice"' }
  if (why === 'SCOPE_MISSING')
    throw new HookError('REGISTRATION_DENIED', 'The token needs the scope score', challenge)
  throw new HookError(
    'INVALID_CREDENTIALS',
    "A token of scope score or a client's password is needed",
    challenge
  )
}

function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger
): FastifyReply {
  const told = toHookError(error)
  // What says no status is nobody's protocol, but a fault of ours
  if (error.statusCode === undefined)
    log.error('callouts.hook_failed', { route: request.routeOptions.url, error })
  return reply
    .code(told.statusCode)
    .headers({ ...told.headers })
    .send(told.toAnswer())
}
