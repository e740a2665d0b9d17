import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Logger } from '../../../telemetry/logger.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import {
  admitCallers,
  callerOf,
  type AdmitOptions,
  type HookApp,
  type HookRoutes,
  type Refusal
} from '../asking/http-caller.ts'
import { discovery, discoverySchema, hookPath, registrationsPath } from './discovery.ts'
import { forgedLabels } from './forged-labels.ts'
import { hookAnswerSchema, toHookAnswer } from './hook-answer.ts'
import { HookError, hookErrorSchema, toHookError } from './hook-error.ts'
import { plannedAction, hookRequestSchema, isDecided, toCalloutRequest } from './hook-request.ts'
import {
  deregisteredSchema,
  registrationAnswerSchema,
  toRegistrationAnswer,
  toTime
} from './registration-answer.ts'
import { negotiate, registrationRequestSchema } from './registration-request.ts'
import {
  createRegistrations,
  type Registration,
  type Registrations,
  type RegistrationsOptions
} from './registrations.ts'

export interface MtaHooksRoutesOptions extends AdmitOptions, RegistrationsOptions {
  readonly ask: AskCallout
  /** Of larger messages only the envelope is judged. */
  readonly maxMessageBytes: number
  /** We answer within this; what a mail server should wait is a little more. */
  readonly deadlineMs: number
  readonly log: Logger
}

/** For the way there and back. */
const travelMs = 2_000

const errors = {
  '4xx': { description: 'Not as asked', content: { 'application/json': { schema: hookErrorSchema } } },
  '5xx': { description: 'Not now', content: { 'application/json': { schema: hookErrorSchema } } }
}
const common = { tags: ['callouts'], security: [{ bearer: [] }, {}] }
const config = { scope: 'callout' } as const

/**
 * MTA Hooks, draft-degennaro-mta-hooks-01: what the mail server may ask stands at `/.well-known/mta-hooks`; it registers, and posts every
 * message at the stage `data`. What becomes of a message later (outbound stages) is not asked for, and taken without a word.
 */
export function mtaHooksRoutes(options: MtaHooksRoutesOptions): HookRoutes {
  const { maxMessageBytes, deadlineMs, log } = options
  const registrations = createRegistrations(options)
  return (app) => {
    const offered = discovery({ maxMessageBytes, timeoutMs: deadlineMs + travelMs })
    const schema = { ...common, summary: 'What MTA Hooks may ask here', response: { 200: discoverySchema } }
    app.get('/.well-known/mta-hooks', { schema, config: { scope: 'public' } }, () => offered)
    admitCallers(app, 'mta-hooks', options, refuse, (scope) => {
      scope.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, log))
      registrationRoutes(scope, registrations, options)
      hookRoute(scope, registrations, options)
    })
  }
}

function registrationRoutes(
  scope: HookApp,
  registrations: Registrations,
  { clock }: MtaHooksRoutesOptions
): void {
  const register = {
    ...common,
    summary: 'Register a mail server for MTA Hooks',
    body: registrationRequestSchema,
    response: { 201: registrationAnswerSchema, ...errors }
  }
  scope.post(registrationsPath, { schema: register, config }, async (request, reply) => {
    const until = request.body.expiresAt ? Date.parse(request.body.expiresAt) : null
    if (until !== null && until <= clock())
      throw new HookError('INVALID_REQUEST', 'expiresAt: must lie in the future')
    const made = registrations.create(callerOf(request).name, negotiate(request.body), until)
    const answer = toRegistrationAnswer(made)
    return reply.code(201).header('location', answer.endpoints.status).send(answer)
  })

  const own = `${registrationsPath}/:id`
  const params = z.object({ id: z.string().max(255) })
  const status = {
    ...common,
    summary: 'Show a registration for MTA Hooks',
    params,
    response: { 200: registrationAnswerSchema, ...errors }
  }
  scope.get(own, { schema: status, config }, (request) =>
    toRegistrationAnswer(active(registrations, request.params.id, request))
  )

  const deregister = {
    ...common,
    summary: 'End a registration for MTA Hooks',
    params,
    response: { 200: deregisteredSchema, ...errors }
  }
  scope.delete(own, { schema: deregister, config }, (request) => {
    const registration = active(registrations, request.params.id, request)
    registrations.end(registration)
    return {
      registrationId: registration.id,
      status: 'deregistered' as const,
      deregisteredAt: toTime(clock())
    }
  })
}

function hookRoute(scope: HookApp, registrations: Registrations, options: MtaHooksRoutesOptions): void {
  const { ask, maxMessageBytes } = options
  const schema = {
    ...common,
    summary: 'Judge a message for MTA Hooks',
    description: '204: nothing is to be changed.',
    body: hookRequestSchema,
    response: { 200: hookAnswerSchema, 204: z.null(), ...errors }
  }
  const documentedHeaders = z.object({
    'x-mta-hooks-registration': z.string(),
    'x-mta-hooks-request-id': z.string()
  })
  scope.post(hookPath, { schema, config: { ...config, documentedHeaders } }, async (request, reply) => {
    active(registrations, fieldOf(request, 'x-mta-hooks-registration'), request)
    const requestId = fieldOf(request, 'x-mta-hooks-request-id')
    if (!/^[\w.~:-]{1,128}$/u.test(requestId))
      throw new HookError('INVALID_REQUEST', 'X-MTA-Hooks-Request-Id: is missing or no id')
    const { body } = request
    if (!isDecided(body.stage)) return reply.code(204).send(null)
    const asked = toCalloutRequest(body, { caller: callerOf(request), requestId, maxMessageBytes })
    const answer = toHookAnswer(await ask(asked.request), plannedAction(body), forgedLabels(asked.message))
    return answer === null ? reply.code(204).send(null) : answer
  })
}

/** Of whoever asks. Throws HookError. */
function active(registrations: Registrations, id: string, request: FastifyRequest): Registration {
  const found = registrations.find(id, callerOf(request).name)
  switch (found.kind) {
    case 'active':
      return found.registration
    case 'unknown':
      throw new HookError('REGISTRATION_NOT_FOUND', 'The registration is not known')
    case 'mismatch':
      throw new HookError('REGISTRATION_MISMATCH', 'The registration was made with another credential')
    case 'expired':
      throw new HookError('REGISTRATION_EXPIRED', 'The registration has expired')
    case 'deregistered':
      throw new HookError('REGISTRATION_DEREGISTERED', 'The registration was ended')
  }
}

function fieldOf({ headers }: FastifyRequest, name: string): string {
  return [headers[name] ?? ''].flat().join(', ')
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
