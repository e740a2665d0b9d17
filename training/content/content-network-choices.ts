import { contentBuckets, structureNames } from '../../service/observation/observation.ts'
import type { SourceShares } from './content-example.ts'

/** How much each source may say within its class, whatever its size. */
export const sourceShares: SourceShares = {
  'spam-assassin': 4,
  'ling-spam': 1,
  enron: 2,
  histories: 1.5,
  synthetic: 4,
  carriers: 2,
  installation: 4
}

export const contentShape = {
  buckets: contentBuckets,
  bagRows: 65_536,
  bagUnits: 8,
  hiddenUnits: 16,
  structure: structureNames.length
}

export const contentInputs = [
  { name: 'tokens', shape: [null, null], dtype: 'int32' },
  { name: 'structure', shape: [null, structureNames.length], dtype: 'float32' }
]
