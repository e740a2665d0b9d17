import { modelListSchema } from '../../contracts/model.ts'
import type { ModelDescription } from '../../models/load-models.ts'
import type { ApiRoutes } from './api-app.ts'
import { problemResponses } from './problem-responses.ts'

const schema = {
  summary: 'Models in use',
  tags: ['models'],
  security: [{ bearer: [] }],
  response: { 200: modelListSchema, ...problemResponses }
}

/** `GET /v1/models`. */
export function modelRoutes({
  describe
}: {
  readonly describe: () => readonly ModelDescription[]
}): ApiRoutes {
  return (app) => {
    app.get('/v1/models', { schema, config: { scope: 'operate' } }, () => ({
      items: describe().map((model) => ({ ...model })),
      nextCursor: null
    }))
  }
}
