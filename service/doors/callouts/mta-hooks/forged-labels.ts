import { headerFields } from '../../../message/header-block.ts'
import { labelNames } from '../asking/label-fields.ts'

/** The bridge to milters takes a thousand changes of one message. */
const maxForged = 500
/** No mail server lets a header grow so long (Postfix: 100 kB), and looking for more would keep others waiting. */
const maxFields = 20_000

/**
 * Which header fields of a message bear a name that only we write: their places among all fields, from 0, ascending. `too-many`: they
 * can't all be told, or taken out.
 */
export function forgedLabels(message: Uint8Array): readonly number[] | 'too-many' {
  const places: number[] = []
  let fields = 0
  for (const { name } of headerFields(message)) {
    if (ours.has(name)) places.push(fields)
    fields += 1
    if (fields > maxFields || places.length > maxForged) return 'too-many'
  }
  return places
}

const ours: ReadonlySet<string> = new Set(labelNames.map((name) => name.toLowerCase()))
