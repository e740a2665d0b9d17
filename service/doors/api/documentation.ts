import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ApiApp } from './api-app.ts'

/** OpenAPI 3.1 at `/docs/json`, for people at `/docs`. Has to be registered before the routes. */
export async function documentApi(app: ApiApp, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sluice',
        version,
        description:
          'Scores outgoing mail before it leaves. Errors are RFC 9457 problem details: match on `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } }
    },
    transform: toDocumented
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
}

type Transform = typeof jsonSchemaTransform

/** zod → JSON Schema, and what the provider's own transform leaves out: a body by content type, and header fields that a route reads itself. */
const toDocumented: Transform = (document) => {
  const { schema, route } = document
  const contents = contentsOf(schema?.body)
  const headers = route.config?.documentedHeaders
  if (schema === undefined || (contents ?? headers) === undefined) return jsonSchemaTransform(document)
  const { body, ...rest } = schema
  const transformed = jsonSchemaTransform({
    ...document,
    schema: contents === undefined ? { ...rest, body } : rest
  })
  return {
    url: transformed.url,
    schema: {
      ...transformed.schema,
      ...(contents !== undefined && {
        body: { content: mapValues(contents, ({ schema: one }) => ({ schema: toJsonSchema(one) })) }
      }),
      ...(headers !== undefined && { headers: withoutRequired(toJsonSchema(headers)) })
    }
  }
}

interface Content {
  readonly schema: unknown
}

function contentsOf(body: unknown): Readonly<Record<string, Content>> | undefined {
  if (typeof body !== 'object' || body === null || !('content' in body)) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own route schemas, in Fastify's form
  return body.content as Readonly<Record<string, Content>>
}

function toJsonSchema(schema: unknown): object {
  if (schema instanceof z.ZodType) return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' })
  return typeof schema === 'object' && schema !== null ? schema : {}
}

/** They may accompany one of the content types only. */
function withoutRequired(schema: object): object {
  return { ...schema, required: [] }
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In) => Out
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
