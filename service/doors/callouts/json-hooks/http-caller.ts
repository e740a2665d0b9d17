import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { isForwarded, isLocalRequest, sharedSecret } from '../../../access/http-credentials.ts'
import { hasScope, type Tokens } from '../../../access/tokens.ts'
import { noIntroduction, type Introduction } from '../asking/callout-request.ts'
import type { CalloutProtocol } from '../clients/client-kinds.ts'
import type { FindClient } from '../clients/client-profile.ts'
import { peerOf } from '../listening/socket-server.ts'

/** The HTTP server that hooks are served on. */
export type HookApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What puts the routes of one protocol there. */
export type HookRoutes = (app: HookApp) => void

export interface Caller {
  /** Or a word that is no address, where it is not known. */
  readonly peer: string
  readonly introduction: Introduction
  /** The same for all that one client asks, whatever address it asks from. */
  readonly name: string
}

/** Why somebody may not ask. */
export type Refusal = 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'SCOPE_MISSING'

export interface AdmitOptions {
  readonly tokens: Pick<Tokens, 'verify'>
  readonly findClient: FindClient
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null: on routes that are no hooks. */
    mailServer: Caller | null
  }
}

/**
 * Routes that ask every request, before its body is read, who it is: a token of scope `score`, a configured client (by its secret or its
 * network), or a program of this machine, which is answered and never learned from, as on the other callout listeners. `refuse` has to
 * throw or to answer.
 */
export function admitCallers(
  app: HookApp,
  protocol: CalloutProtocol,
  options: AdmitOptions,
  refuse: (why: Refusal, reply: FastifyReply) => void,
  routes: HookRoutes
): void {
  void app.register((scope, _options, registered) => {
    scope.decorateRequest('mailServer', null)
    scope.addHook('onRequest', (request, reply, done) => {
      const caller = admit(request, protocol, options)
      if (typeof caller === 'string') {
        refuse(caller, reply)
        return
      }
      request.mailServer = caller
      done()
    })
    routes(scope.withTypeProvider<ZodTypeProvider>())
    registered()
  })
}

/** Of a request that was admitted. */
export function callerOf({ mailServer }: FastifyRequest): Caller {
  if (mailServer === null) throw new Error('The route admits nobody')
  return mailServer
}

function admit(
  request: FastifyRequest,
  protocol: CalloutProtocol,
  { tokens, findClient }: AdmitOptions
): Caller | Refusal {
  const { headers, raw } = request
  const secret = sharedSecret(headers.authorization)
  const token = secret === undefined ? undefined : tokens.verify(secret)
  const peer = addressOf(request)
  const introduction: Introduction = {
    ...noIntroduction,
    userAgent: headers['user-agent'] ?? null,
    password: secret ?? null,
    ...(token !== undefined && hasScope(token, 'score') && { tokenId: token.id })
  }
  const known = introduction.tokenId ?? findClient({ protocol, peer, introduction })?.name
  if (known !== undefined) return { peer, introduction, name: known }
  if (token !== undefined) return 'SCOPE_MISSING'
  if (secret !== undefined) return 'TOKEN_INVALID'
  return isLocalRequest(raw.socket.remoteAddress, headers)
    ? { peer, introduction, name: 'local' }
    : 'TOKEN_MISSING'
}

/** No network has the words: a proxy on this machine must not lend its own address to the whole world, nor a lost connection have none. */
function addressOf({ headers, raw }: FastifyRequest): string {
  return isForwarded(headers) ? 'forwarded' : (peerOf(raw.socket) ?? 'gone')
}
