import { z } from 'zod'
import { count } from './schema-values.ts'

/** Where the passwords of SMTP clients are checked. */
export const authSchema = z
  .strictObject({
    backend: z.enum(['file', 'http', 'dovecot']).default('file'),
    /** Of `file`; default: `users.json` in the data directory. */
    usersFile: z.string().optional(),
    /** Of `http`: asked by POST. Passwords go there, so anything but this machine needs https. */
    url: z.url({ protocol: /^https?$/u }).optional(),
    /** Of `http`: sent as a bearer token; better given as `passwordFile`, whose first line is read at start. */
    password: z.string().optional(),
    passwordFile: z.string().optional(),
    /** Of `dovecot`: its auth-client listener. */
    dovecotSocket: z.string().min(1).default('/var/run/dovecot/auth-client'),
    /** Clients wait for minutes, but what hangs here hangs every login. */
    timeoutMs: count.default(5_000),
    /** A changed password of `http` and `dovecot` works late by as much; 0: every login is asked. */
    rememberedSeconds: z.int().min(0).max(86_400).default(300)
  })
  .superRefine(({ backend, url }, context) => {
    if (backend !== 'http') return
    if (url === undefined) {
      context.addIssue({ code: 'custom', path: ['url'], message: 'is needed with backend = "http"' })
    } else if (!isPrivateEnough(new URL(url))) {
      context.addIssue({ code: 'custom', path: ['url'], message: 'must be https: passwords are sent to it' })
    }
  })

function isPrivateEnough({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
}
