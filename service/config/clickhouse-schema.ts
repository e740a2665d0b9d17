import { z } from 'zod'

export const clickhouseSchema = z
  .strictObject({
    /** `embedded`: a server of our own in a child process; `off`: no history; else the URL of a server or cluster. */
    url: z
      .union([z.enum(['embedded', 'off']), z.url({ protocol: /^https?$/u })], {
        error: 'must be "embedded", "off" or a URL such as http://clickhouse:8123'
      })
      .default('embedded'),
    database: z
      .string()
      .regex(/^\w{1,64}$/u, 'may hold letters, digits and underscores')
      .default('sluice'),
    user: z.string().default('default'),
    /** Its first line is the password. */
    passwordFile: z.string().optional(),
    password: z.string().optional(),
    /** Name of a ClickHouse cluster: tables are made on all of its servers, and replicated. */
    cluster: z
      .string()
      .regex(/^\w{1,64}$/u, 'may hold letters, digits and underscores')
      .optional(),
    /** Rows older than this are dropped; 27 years is what ClickHouse's clock bears. */
    retentionDays: z.int().min(1).max(10_000).default(400),
    /** Of the embedded server. */
    maxMemoryMiB: z.int().min(256).default(1_500),
    /** Rows that wait on disk while ClickHouse is away; beyond it the oldest are lost, and counted. Some 10 kB each. */
    maxWaitingRows: z.int().min(1_000).default(200_000)
  })
  .superRefine(({ url, cluster }, context) => {
    if (cluster !== undefined && (url === 'embedded' || url === 'off'))
      context.addIssue({ code: 'custom', path: ['cluster'], message: 'needs the url of a server' })
  })
