import { behaviourFeatureNames, behaviourGroups, type Behaviour } from '../../features/behaviour.ts'
import { maskRow } from '../../models/network/mask-row.ts'

const groupNames = Object.keys(behaviourGroups)
const allShown = 2 ** groupNames.length - 1

/** By column of a behaviour row: the number of its group. */
export const behaviourGroupOf = Uint8Array.from(behaviourFeatureNames, (name) =>
  groupNames.indexOf(name.slice(0, name.indexOf('.')))
)

/** The row as a takeover model is shown it: what the message does not show stands as in the model's neutral row. */
export function shownRow(
  { row, shown }: Pick<Behaviour, 'row' | 'shown'>,
  neutralRow: Float32Array | null
): Float32Array {
  return shown === allShown || neutralRow === null ? row : maskRow(row, neutralRow, behaviourGroupOf, shown)
}
