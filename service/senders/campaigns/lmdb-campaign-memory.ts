import type { Storage } from '../../storage/storage.ts'
import type { CampaignMemory } from './campaign-memory.ts'
import { createTableCampaignMemory } from './table-campaign-memory.ts'

/** The campaign memory of one process. Writes are allowed inside `storage.transaction` only. */
export function createLmdbCampaignMemory(storage: Storage): CampaignMemory {
  return createTableCampaignMemory({
    bodies: storage.table('campaigns.bodies'),
    bands: storage.table('campaigns.bands'),
    links: storage.table('campaigns.links'),
    facts: storage.table('campaigns.facts')
  })
}
