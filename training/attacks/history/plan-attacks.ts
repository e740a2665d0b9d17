import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { Observation } from '../../../service/observation/observation.ts'
import { attackDeck, type AttackCell } from '../attack-cell.ts'
import { isAnswer } from './draw-lent.ts'

/** Which attacks come before the messages of one sender, as these pass by. */
export interface AttackPlan {
  /** Cells that come before this honest message, the `number`th of the sender in the span. */
  due(number: number, next: Observation): readonly AttackCell[]
  /** Cells that found no place. */
  left(): number
}

export interface PlanOptions {
  /** Number of the first message that may be attacked, and about how many there are. */
  readonly from: number
  readonly to: number
  readonly attacks: number
  readonly deck?: readonly AttackCell[]
}

/** Messages that a cell lets pass while none has a header that it can take over as it is. */
const patience = 12

interface Waiting {
  readonly cell: AttackCell
  readonly at: number
}

/** Dealt from a shuffled deck, so that each cell gets its share. */
export function planAttacks({ from, to, attacks, deck = attackDeck }: PlanOptions, chance: Chance): AttackPlan {
  let cards: AttackCell[] = []
  let waiting: Waiting[] = []
  for (let dealt = 0; dealt < attacks; dealt += 1) {
    if (cards.length === 0) cards = [...deck]
    const [cell] = cards.splice(chance.int(0, cards.length - 1), 1)
    if (cell !== undefined) waiting.push({ cell, at: chance.int(from, Math.max(from, to - 1)) })
  }
  return {
    due(number, next) {
      if (next.recipients.length === 0) return []
      const comes = ({ cell, at }: Waiting): boolean =>
        number >= at && (serves(cell, next) || number - at >= patience || number >= to - 1)
      const found = waiting.filter(comes)
      waiting = waiting.filter((one) => !comes(one))
      return found.map(({ cell }) => cell)
    },
    left: () => waiting.length
  }
} // prettier-ignore

function serves({ family }: AttackCell, next: Observation): boolean {
  if (family === 'A4') return isAnswer(next) && next.style.quotedFraction > 0
  return family !== 'A4L' || next.style.authoredChars > 0
}
