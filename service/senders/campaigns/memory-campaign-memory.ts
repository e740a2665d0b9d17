import { createMemoryTable } from '../../storage/memory-table.ts'
import type { CampaignMemory } from './campaign-memory.ts'
import { createTableCampaignMemory } from './table-campaign-memory.ts'

/** A campaign memory that lives as long as its process: for backtests and tests. Writes count at once. */
export function createMemoryCampaignMemory(): CampaignMemory {
  return createTableCampaignMemory({
    bodies: createMemoryTable(),
    bands: createMemoryTable(),
    links: createMemoryTable(),
    facts: createMemoryTable()
  })
}
