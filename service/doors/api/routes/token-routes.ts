import { z } from 'zod'
import { AccessError } from '../../../access/access-error.ts'
import type { Tokens } from '../../../access/tokens.ts'
import { createTokenSchema, newTokenSchema, tokenListSchema } from '../../../contracts/token.ts'
import type { ApiRoutes } from '../api-app.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'

const common = { tags: ['tokens'], security: [{ bearer: [] }] }
const config = { scope: 'admin' } as const

/** `/v1/tokens`: make, list and revoke bearer tokens. The secret is answered once. */
export function tokenRoutes({
  tokens
}: {
  readonly tokens: Pick<Tokens, 'create' | 'list' | 'revoke'>
}): ApiRoutes {
  return (app) => {
    const create = {
      ...common,
      summary: 'Make a token',
      body: createTokenSchema,
      response: { 201: newTokenSchema, ...problemResponses }
    }
    app.post('/v1/tokens', { schema: create, config }, async (request, reply) => {
      const { name, scopes } = request.body
      const { id, secret } = await tokens.create(name, scopes)
      return reply.code(201).send({ id, name, scopes, secret })
    })

    const list = {
      ...common,
      summary: 'List tokens',
      response: { 200: tokenListSchema, ...problemResponses }
    }
    app.get('/v1/tokens', { schema: list, config }, () => ({
      items: tokens.list().map(({ id, name, scopes, createdAt }) => ({
        id,
        name,
        scopes: [...scopes],
        createdAt: new Date(createdAt).toISOString()
      })),
      nextCursor: null
    }))

    const params = z.object({ id: z.string() })
    const revoke = {
      ...common,
      summary: 'Revoke a token',
      params,
      response: { 204: z.null(), ...problemResponses }
    }
    app.delete('/v1/tokens/:id', { schema: revoke, config }, async (request, reply) => {
      await tokens.revoke(request.params.id).catch(asProblem)
      return reply.code(204).send(null)
    })
  }
}

function asProblem(error: unknown): never {
  if (error instanceof AccessError && error.code === 'TOKEN_UNKNOWN') throw new ProblemError('NOT_FOUND')
  if (error instanceof AccessError && error.code === 'TOKEN_LAST_ADMIN')
    throw new ProblemError('CONFLICT', { detail: error.message })
  throw error
}
