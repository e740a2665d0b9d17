import { z } from 'zod'
import { fetchProperties, hookPath, inboundStages, registrationsPath } from './discovery.ts'
import type { Registration } from './registrations.ts'

const time = z.iso.datetime()

export const registrationAnswerSchema = z.object({
  registrationId: z.string(),
  status: z.literal('active'),
  createdAt: time,
  expiresAt: time,
  hookEndpoint: z.string(),
  negotiated: z.object({
    serialization: z.literal('json'),
    inbound: z.object({
      stages: z.array(z.enum(inboundStages)),
      properties: z.array(z.enum(fetchProperties))
    }),
    outbound: z.null()
  }),
  endpoints: z.object({ deregistration: z.string(), status: z.string() })
})

export const deregisteredSchema = z.object({
  registrationId: z.string(),
  status: z.literal('deregistered'),
  deregisteredAt: time
})

/** What a mail server is told of its registration, when it makes it and when it asks. */
export function toRegistrationAnswer({
  id,
  createdAt,
  expiresAt,
  properties
}: Registration): z.output<typeof registrationAnswerSchema> {
  const own = `${registrationsPath}/${id}`
  return {
    registrationId: id,
    status: 'active',
    createdAt: toTime(createdAt),
    expiresAt: toTime(expiresAt),
    hookEndpoint: hookPath,
    negotiated: {
      serialization: 'json',
      inbound: { stages: [...inboundStages], properties: [...properties] },
      outbound: null
    },
    endpoints: { deregistration: own, status: own }
  }
}

/** RFC 3339, UTC. */
export function toTime(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
