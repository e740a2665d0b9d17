import { z } from 'zod'
import { line } from '../../../contracts/verdict-request.ts'
import { fetchProperties, inboundStages, neededProperties, type FetchProperty } from './discovery.ts'
import { HookError } from './hook-error.ts'

const names = z.array(z.string().max(128)).max(128)
const subscription = z.object({ stages: names, properties: names.nullish() })

/** Unknown fields pass: the protocol is an Internet-Draft that still grows, and it is its business what they mean. */
export const registrationRequestSchema = z
  .object({
    name: line(255).min(1).describe('The mail server'),
    version: line(255).nullish(),
    timeoutMs: z.int().min(1).max(3_600_000).nullish(),
    expiresAt: z.iso.datetime({ offset: true }).nullish().describe('Earlier than we would end it'),
    serialization: z.union([z.string(), names]),
    inbound: subscription.nullish(),
    outbound: subscription.nullish().describe('Never subscribed to'),
    filter: z.unknown().optional().describe('None is known')
  })
  .describe('A mail server registers')

export type RegistrationRequest = z.output<typeof registrationRequestSchema>

/** What is agreed on: which properties of those that are offered, in our order. Throws HookError. */
export function negotiate({ serialization, inbound, filter }: RegistrationRequest): readonly FetchProperty[] {
  if (![serialization].flat().includes('json'))
    throw new HookError('UNSUPPORTED_SERIALIZATION', 'Only json is spoken here')
  // A filter that is not understood might leave out the message that matters
  if (filter !== undefined && filter !== null)
    throw new HookError('UNSUPPORTED_FILTER', 'No filter is known here')
  if (!inboundStages.some((stage) => inbound?.stages.includes(stage)))
    throw new HookError('UNSUPPORTED_SUBSCRIPTION', 'Only the inbound stage data is judged')
  const offered = inbound?.properties ?? fetchProperties
  const missing = neededProperties.filter((property) => !offered.includes(property))
  if (missing.length > 0)
    throw new HookError(
      'UNSUPPORTED_SUBSCRIPTION',
      `Needed properties are not offered: ${missing.join(', ')}`
    )
  return fetchProperties.filter((property) => offered.includes(property))
}
