import { createHash } from 'node:crypto'
import {
  attributeNames,
  contentBuckets,
  gramBuckets,
  rateNames,
  structureNames,
  wordBuckets
} from '../observation/observation.ts'
import { behaviourFeatureNames } from './behaviour.ts'

/** Raised when a feature keeps its name but not its meaning. */
const behaviourVersion = 1
const contentVersion = 1

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** What a takeover model was trained on, as one hash. A model with another one is refused. */
export const behaviourDigest = digestOf([
  behaviourVersion,
  behaviourFeatureNames,
  attributeNames,
  rateNames,
  wordBuckets,
  gramBuckets
])

/** The same for a content model. */
export const contentDigest = digestOf([contentVersion, structureNames, contentBuckets])
