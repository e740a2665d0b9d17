import { z } from 'zod'

export const base = '/callouts/mta-hooks'
export const registrationsPath = `${base}/registrations`
export const hookPath = `${base}/hook`

/**
 * All that we want to see. The Postfix bridge mta-hooks-milter offers the first eight (its later versions these and more): what it does not
 * offer is not missed.
 */
export const fetchProperties = [
  '/stage',
  '/action',
  '/timestamp',
  '/protocol',
  '/rawMessage',
  '/envelope',
  '/queue',
  '/client',
  '/auth',
  '/tls'
] as const
export type FetchProperty = (typeof fetchProperties)[number]

/** Without these there is nothing to judge, or nothing to say. */
export const neededProperties = [
  '/stage',
  '/action',
  '/rawMessage',
  '/envelope'
] as const satisfies FetchProperty[]

/** Only here is there a message. Of outbound stages nothing is asked for: we judge before a message is accepted. */
export const inboundStages = ['data'] as const
export const inboundActions = ['accept', 'reject', 'quarantine'] as const
export const updateProperties = ['/action', '/response', '/message/headers'] as const

/** Registrations take no memory (see registrations.ts): this many are promised, none is counted. */
const maxRegistrations = 65_535

export const discoverySchema = z.object({
  version: z.literal('1.0'),
  endpoints: z.object({ registration: z.string(), deregistration: z.string() }),
  serialization: z.array(z.literal('json')),
  capabilities: z.object({
    inbound: z.object({
      stages: z.array(z.enum(inboundStages)),
      actions: z.array(z.enum(inboundActions)),
      fetchProperties: z.array(z.enum(fetchProperties)),
      updateProperties: z.array(z.enum(updateProperties))
    })
  }),
  limits: z.object({ maxMessageSize: z.int(), maxRegistrations: z.int(), timeoutMs: z.int() }),
  extensions: z.object({})
})

/** What stands at `/.well-known/mta-hooks`. `maxMessageBytes`: of larger messages only the envelope is judged. `timeoutMs`: we answer before. */
export function discovery(limits: {
  readonly maxMessageBytes: number
  readonly timeoutMs: number
}): z.output<typeof discoverySchema> {
  const { maxMessageBytes: maxMessageSize, timeoutMs } = limits
  return {
    version: '1.0',
    endpoints: { registration: registrationsPath, deregistration: `${registrationsPath}/{registration_id}` },
    serialization: ['json'],
    capabilities: {
      inbound: {
        stages: [...inboundStages],
        actions: [...inboundActions],
        fetchProperties: [...fetchProperties],
        updateProperties: [...updateProperties]
      }
    },
    limits: { maxMessageSize, maxRegistrations, timeoutMs },
    extensions: {}
  }
}
