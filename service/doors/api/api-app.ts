import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Scope } from '../../access/scope.ts'
import type { Bearer } from '../../access/tokens.ts'

/** The HTTP server, its schemas in zod. */
export type ApiApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** One file of routes: a factory takes what they need and gives this. */
export type ApiRoutes = (app: ApiApp) => void

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What the bearer's token has to allow; `public`: nobody is asked; `callout`: the route itself asks, as mail servers may also show
     * what `[[callouts.clients]]` says of them. Every route says one.
     */
    readonly scope?: Scope | 'public' | 'callout'
    /** Header fields to show in the documentation. The route reads and checks them itself. */
    readonly documentedHeaders?: z.ZodObject
    /** The body is read while it is answered, for as long as that takes: the route bounds it, line by line. */
    readonly streamsBody?: boolean
  }
  interface FastifyRequest {
    /** null: nobody showed a token (scoring on loopback, public routes). */
    bearer: Bearer | null
  }
}
