import { z } from 'zod'

/** A domain in a path: as DNS spells it. */
export const domainParamsSchema = z.object({
  domain: z
    .string()
    .max(253)
    .toLowerCase()
    .regex(
      /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/u,
      'is not a domain such as example.org'
    )
})

export const recordCheckSchema = z.object({
  kind: z.enum(['SPF', 'DKIM', 'DMARC', 'MTA-STS', 'TLS-RPT', 'PTR', 'HELO']),
  name: z.string().describe('What to look up'),
  type: z.enum(['TXT', 'PTR', 'A/AAAA']),
  wanted: z.string().describe('What it should say'),
  found: z.array(z.string()).describe('What DNS says now'),
  state: z
    .enum(['ok', 'missing', 'differs', 'dangerous', 'unknown'])
    .describe('`dangerous` harms more than no record; `unknown`: DNS did not answer'),
  required: z.boolean().describe('Without it mail is refused or taken for forged'),
  change: z.string().nullable().describe('What to change, exactly; null: nothing')
})

/** Answer of `GET /v1/domains/{domain}/dns`. */
export const domainCheckSchema = z.object({
  domain: z.string(),
  ok: z.boolean().describe('Every required record is as it should be'),
  records: z.array(recordCheckSchema),
  notes: z.array(z.string()).describe('What is wrong on our side')
})

export type DomainCheckAnswer = z.output<typeof domainCheckSchema>
