import { AuthenticationError } from '../../../authentication/authentication-error.ts'
import type { CheckDomain } from '../../../authentication/publishing/check-domain.ts'
import { domainCheckSchema, domainParamsSchema } from '../../../contracts/domain.ts'
import type { ApiRoutes } from '../api-app.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'

/** `/v1/domains/{domain}/dns`: what to publish, what is published, and what to change. Asks DNS anew each time. */
export function domainRoutes({ checkDomain }: { readonly checkDomain: CheckDomain }): ApiRoutes {
  return (app) => {
    const check = {
      tags: ['domains'],
      security: [{ bearer: [] }],
      summary: 'Compare what a domain publishes with what its mail needs',
      params: domainParamsSchema,
      response: { 200: domainCheckSchema, ...problemResponses }
    }
    app.get('/v1/domains/:domain/dns', { schema: check, config: { scope: 'operate' } }, async (request) => {
      const { records, notes, ...checked } = await checkDomain(request.params.domain).catch(asProblem)
      return {
        ...checked,
        records: records.map((one) => ({ ...one, found: [...one.found] })),
        notes: [...notes]
      }
    })
  }
}

function asProblem(error: unknown): never {
  if (error instanceof AuthenticationError) throw new ProblemError('UNAVAILABLE', { detail: error.message })
  throw error
}
