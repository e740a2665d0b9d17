import { showsContent, type Comparison, type Facts, type Family } from './family.ts'
import { habitFeatureNames, habitFeatureValues, isUsual, type HabitFeature } from './habit-features.ts'

const habits: readonly HabitFeature[] = [
  { name: 'header_order', habit: 'headerOrder', age: true },
  { name: 'header_spelling', habit: 'headerSpelling' },
  { name: 'message_id_shape', habit: 'messageIdShape' },
  { name: 'message_id_domain', habit: 'messageIdDomain' },
  { name: 'mime', habit: 'mimeShape' },
  { name: 'mime_with_kind', habit: 'mimeWithKind' },
  { name: 'boundary', habit: 'boundaryShape' },
  { name: 'charset', habit: 'charset' },
  { name: 'transfer_encoding', habit: 'transferEncoding' },
  { name: 'wrap', habit: 'wrapBucket' },
  { name: 'attachments', habit: 'attachmentTypes' },
  { name: 'from_name', habit: 'fromName' },
  { name: 'from_address', habit: 'fromAddress' }
]

/** How the message is built: header fields, MIME tree, identifiers, the From that it shows. */
export const structureFamily: Family = {
  group: 'structure',
  names: habitFeatureNames(habits),
  isShown: showsContent,
  measure: (comparison) => ({ values: habitFeatureValues(habits, comparison), facts: facts(comparison) })
}

function facts(comparison: Comparison): Facts {
  return {
    headersKnown: isUsual(comparison, 'headerOrder'),
    bodyShapeKnown: isUsual(comparison, 'mimeShape'),
    fromNameKnown: isUsual(comparison, 'fromName'),
    fromAddressKnown: isUsual(comparison, 'fromAddress'),
    attachmentTypesKnown: isUsual(comparison, 'attachmentTypes')
  }
}
