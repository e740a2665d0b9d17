import type { ApiRoutes } from '../api-app.ts'

export interface MetricsRoutesOptions {
  readonly metrics: { readonly contentType: string; render(): Promise<string> }
}

/** `GET /metrics` in Prometheus' text format. */
export function metricsRoutes({ metrics }: MetricsRoutesOptions): ApiRoutes {
  return (app) => {
    const schema = {
      summary: 'Metrics',
      tags: ['health'],
      security: [{ bearer: [] }],
      produces: ['text/plain']
    }
    app.get('/metrics', { schema, config: { scope: 'operate' } }, async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.render())
    )
  }
}
