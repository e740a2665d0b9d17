import type { NewFrozenRow } from '../../service/models/frozen/frozen-set.ts'
import type { ContentExample } from '../content/content-example.ts'
import { installationKeyOf } from '../history/installation-senders.ts'
import type { BehaviourRow } from '../takeover/behaviour-rows.ts'
import type { SenderHistory } from '../takeover/corpus/sender-history.ts'

/** Messages that a sender's first few are: whoever is new here meets the guard without habits to speak for him. */
const newcomerUntil = 5

/** Rows of the takeover model as the gate measures them. Repeated walks are no further mail. `senderOf`: the keyed hash of a row's sender. */
export function* freezeTakeover(
  rows: readonly BehaviourRow[],
  senderOf: (row: BehaviourRow) => string
): Generator<NewFrozenRow> {
  for (const [index, row] of rows.entries()) {
    if (row.repeated) continue
    const { family, seen, source, spamLogit } = row
    const isBad = family !== 'honest'
    const honest = seen < newcomerUntil ? 'newcomers' : source
    yield {
      id: String(index),
      sender: senderOf(row),
      slice: isBad ? family : honest,
      isBad,
      features: row.row,
      spamLogit
    }
  }
}

/** For `freezeTakeover`: senders of the installation by the keys that they are erased by, those of other sets by names that are no keys. */
export function frozenSenders(
  histories: readonly Pick<SenderHistory, 'source' | 'sender'>[]
): (row: Pick<BehaviourRow, 'sender'>) => string {
  const names = histories.map((history) =>
    history.source === 'installation' ? installationKeyOf(history) : `${history.source}/${history.sender}`
  )
  return ({ sender }) => names[sender] ?? `unknown/${sender}`
}

/** Messages of the content model as the gate measures them, by their source. Passages alone are left out. */
export function* freezeContent(
  examples: readonly ContentExample[],
  sliceOf: (example: ContentExample) => string = ({ source }) => source
): Generator<NewFrozenRow> {
  for (const example of examples) {
    const { id, group, isBad, tokens, structure } = example
    if (structure === null) continue
    yield {
      id,
      sender: group === '' ? id : group,
      slice: sliceOf(example),
      isBad,
      tokens: [...tokens],
      structure
    }
  }
}
