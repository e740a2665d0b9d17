import type { z } from 'zod'
import { modelListSchema } from '../../contracts/model.ts'
import { adminTokenOf, createServiceClient } from './service-client.ts'

export type UsedModel = z.output<typeof modelListSchema>['items'][number]

/** The models that the service at `http` uses; undefined where it does not tell, as without a token. */
export async function usedModels(place: {
  readonly http: string
  readonly dataDir: string
  readonly configuredToken: string | undefined
}): Promise<readonly UsedModel[] | undefined> {
  const token = await adminTokenOf(place.dataDir, place.configuredToken)
  try {
    const client = createServiceClient({ address: place.http, token, timeoutMs: 5_000 })
    return (await client.get('/v1/models', modelListSchema)).items
  } catch {
    return undefined
  }
}
