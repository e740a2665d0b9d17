import { z } from 'zod'
import { AccessError } from '../access-error.ts'
import type { LoginAttempt, Logins, LoginUser } from './login.ts'
import { normalName } from '../user-name.ts'

export interface HttpLoginsOptions {
  readonly url: string
  /** Sent as `Authorization: Bearer`. */
  readonly token: string | null
  readonly timeoutMs: number
}

/** What the back-end answers with 200. Unknown fields are its own business. */
export const loginAnswerSchema = z.object({
  /** The name under which habits are learned; default: the one that was given. */
  user: z.string().min(1).max(254).optional(),
  /** Patterns of addresses, as in `[[domains]] identities`; left out: as the configuration says. */
  identities: z.array(z.string().min(1).max(320)).max(1_000).optional()
})

/** An answer is a line, not a document. */
const maxAnswerBytes = 64 * 1024

/**
 * A back-end over HTTP: `POST` of `{ user, password, ip, secure }`. 200 lets in, 401, 403 and 404 do not, anything else means that it cannot
 * say now.
 */
export function createHttpLogins({ url, token, timeoutMs }: HttpLoginsOptions): Logins {
  return { authenticate, close: () => Promise.resolve() }

  async function authenticate(attempt: LoginAttempt): Promise<LoginUser | undefined> {
    try {
      const response = await ask(attempt)
      if (isRefusal(response.status)) {
        await response.body?.cancel()
        return undefined
      }
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
      return toUser(attempt, loginAnswerSchema.parse(JSON.parse(await readBounded(response))))
    } catch (error) {
      throw new AccessError('AUTH_UNAVAILABLE', { backend: url }, error)
    }
  }

  function ask({ name, password, ip, isSecure }: LoginAttempt): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` })
      },
      body: JSON.stringify({ user: name, password, ip, secure: isSecure }),
      // A password goes where it was sent, and nowhere else
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs)
    })
  }
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403 || status === 404
}

function toUser({ name }: LoginAttempt, answer: z.output<typeof loginAnswerSchema>): LoginUser {
  const user = normalName(answer.user ?? name)
  if (user === undefined) throw new Error('the answer holds no user name')
  return { name: user, identities: answer.identities ?? null }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let read = 0
  for await (const chunk of response.body ?? []) {
    read += chunk.length
    if (read > maxAnswerBytes) throw new Error(`the answer is longer than ${maxAnswerBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
