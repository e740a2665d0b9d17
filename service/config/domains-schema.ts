import { domainToASCII } from 'node:url'
import { z } from 'zod'

/** As DNS spells it: lower case, A-labels. */
const domainName = z
  .string()
  .trim()
  .transform((text) => domainToASCII(text.replace(/\.$/u, '')))
  .pipe(
    z
      .string()
      .regex(
        /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/u,
        'is not a domain such as example.org'
      )
  )

const dkimSchema = z.strictObject({
  /** What the selectors begin with: the first keys are `<selector>1-rsa` and `<selector>1-ed`, those of the next rotation `<selector>2-…`. */
  selector: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?$/u, 'may hold lower-case letters, digits and hyphens')
    .default('sluice'),
  /** Who does not know Ed25519 (RFC 8463) reads the RSA signature, and the other way round. */
  algorithm: z.enum(['both', 'rsa-sha256', 'ed25519-sha256']).default('both'),
  /** The keys also sign mail from the names below the domain that have no entry of their own. */
  subdomains: z.boolean().default(true)
})

/** A mailbox, everybody of a domain, or of the domains below one. */
const identityPattern = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?:\*|(?:\*|[^\s@*<>",;]+)@(?:\*\.)?[^\s@*<>",;]+)$/u,
    'is not an address such as alice@example.org, *@example.org or *@*.example.org'
  )

const userIdentities = z.strictObject({
  user: z.string().trim().toLowerCase().normalize('NFC').min(1).max(320),
  addresses: z.array(identityPattern).min(1)
})

/** Domains that mail is sent from by right: their keys sign it. */
export const domainsSchema = z
  .array(
    z.strictObject({
      name: domainName,
      dkim: dkimSchema.prefault({}),
      /** Its key seals mail of others that we only relay (ARC). Where no domain does, the one that `smtp.hostname` belongs to. */
      sealsRelayed: z.boolean().default(false),
      /**
       * What every user of the domain may write as, besides their own name and aliases. `*` is every address there is, for an application that
       * sends for others.
       */
      identities: z.array(identityPattern).default([]),
      /** What single users may write as, of whichever domain they are. */
      users: z.array(userIdentities).default([])
    })
  )
  .default([])
  .superRefine((domains, context) => {
    for (const [index, { name }] of domains.entries()) {
      if (domains.findIndex((other) => other.name === name) === index) continue
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `${name} stands here twice` })
    }
  })

export const dnsSchema = z.strictObject({
  /** Resolvers of mail authentication, `127.0.0.1` or `192.0.2.1:5353`; empty: those of the system. */
  servers: z
    .array(
      z.string().regex(/^(?:[0-9.]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$|^[0-9a-fA-F:]+$/u, 'is not an address')
    )
    .default([]),
  /** Of one question to one server, which is asked twice: those who wait for it are `domains check` and ARC, not the mail. */
  timeoutMs: z.int().min(100).max(30_000).default(3_000),
  /** A message waits this long for the forecast of its DMARC result; the answers come into the cache all the same. */
  forecastTimeoutMs: z.int().min(1).max(1_000).default(20),
  /** Answers that are remembered. A forecast needs about ten, and its sender's next message the same. */
  cacheEntries: z.int().min(100).max(1_000_000).default(10_000)
})
