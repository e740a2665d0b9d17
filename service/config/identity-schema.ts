import { z } from 'zod'
import { fieldName, safePattern } from './schema-values.ts'

const name = z.string().trim().toLowerCase().normalize('NFC').min(1).max(320)
const label = '[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]*[\\p{L}\\p{N}_])?'
const lowerCase = z.string().trim().toLowerCase()
const domain = lowerCase.regex(
  new RegExp(`^(?:${label}\\.)*${label}$`, 'u'),
  'is not a domain such as example.org'
)
const domainOrBelow = lowerCase.regex(
  new RegExp(`^(?:\\*\\.)?(?:${label}\\.)*${label}$`, 'u'),
  'is not a domain such as example.org or *.example.org'
)

/** Whose mail it is, where the protocol does not say so well enough. */
export const identitySchema = z
  .strictObject({
    /** Mail to these is internal, beside mail to the sender's own domain: `example.org`, `*.example.org`. */
    internalDomains: z.array(domainOrBelow).default([]),
    /** `+tags` of user names name nobody else. */
    ignoreTags: z.boolean().default(false),
    /** A mail domain = the one that it stands for. */
    domainAliases: z.record(domain, domain).default({}),
    /** Field of the message that names the sender over HTTP, from callers with a token that name none themselves. */
    header: fieldName.toLowerCase().optional(),
    /** Where the identity stands in the field: its first group, else the whole match. */
    pattern: safePattern.optional()
  })
  .superRefine(({ domainAliases }, context) => {
    for (const [alias, target] of Object.entries(domainAliases)) {
      if (!Object.hasOwn(domainAliases, target)) continue
      context.addIssue({
        code: 'custom',
        path: ['domainAliases', alias],
        message: `${target} is itself an alias`
      })
    }
  })

/** Several names of one person, whose habits are kept under `user`. */
export const aliasesSchema = z
  .array(z.strictObject({ user: name, addresses: z.array(name).min(1) }))
  .default([])
  .superRefine((aliases, context) => {
    const users = new Set(aliases.map(({ user }) => user))
    const owners = new Map<string, string>()
    for (const [index, { user, addresses }] of aliases.entries()) {
      for (const [place, address] of addresses.entries()) {
        const fault = aliasFault(address, user, users, owners)
        if (fault !== null) {
          context.addIssue({ code: 'custom', path: [index, 'addresses', place], message: fault })
        }
        owners.set(address, user)
      }
    }
  })

function aliasFault(
  address: string,
  user: string,
  users: ReadonlySet<string>,
  owners: ReadonlyMap<string, string>
): string | null {
  const owner = owners.get(address)
  if (owner !== undefined && owner !== user) return `is already an alias of ${owner}`
  return users.has(address) && address !== user ? 'is itself a user with aliases' : null
}
