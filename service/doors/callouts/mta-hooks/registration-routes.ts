import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { callerOf, type HookApp } from '../json-hooks/http-caller.ts'
import { registrationsPath } from './discovery.ts'
import { errorResponses, HookError } from './hook-error.ts'
import {
  deregisteredSchema,
  registrationAnswerSchema,
  toRegistrationAnswer,
  toTime
} from './registration-answer.ts'
import { negotiate, registrationRequestSchema } from './registration-request.ts'
import type { Registration, Registrations } from './registrations.ts'

const common = { tags: ['callouts'], security: [{ bearer: [] }, {}] }
const config = { scope: 'callout' } as const

/** A mail server registers, asks for its registration, and ends it. `clock`: epoch ms. */
export function registrationRoutes(scope: HookApp, registrations: Registrations, clock: () => number): void {
  const register = {
    ...common,
    summary: 'Register a mail server for MTA Hooks',
    body: registrationRequestSchema,
    response: { 201: registrationAnswerSchema, ...errorResponses }
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
    response: { 200: registrationAnswerSchema, ...errorResponses }
  }
  scope.get(own, { schema: status, config }, (request) =>
    toRegistrationAnswer(activeRegistration(registrations, request.params.id, request))
  )

  const deregister = {
    ...common,
    summary: 'End a registration for MTA Hooks',
    params,
    response: { 200: deregisteredSchema, ...errorResponses }
  }
  scope.delete(own, { schema: deregister, config }, (request) => {
    const registration = activeRegistration(registrations, request.params.id, request)
    registrations.end(registration)
    return {
      registrationId: registration.id,
      status: 'deregistered' as const,
      deregisteredAt: toTime(clock())
    }
  })
}

/** That of whoever asks. Throws HookError. */
export function activeRegistration(
  registrations: Registrations,
  id: string,
  request: FastifyRequest
): Registration {
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
