import { createChance } from '../../../datasets/synthetic-mail/chance.ts'
import type { PlantLeak } from './header-probe.ts'

/** One field more than the sender's program writes. */
export const extraField: PlantLeak = (attack) => ({
  ...attack,
  raw: Buffer.concat([Buffer.from('X-Priority: 3\r\n'), attack.raw])
})

/** Headers of any earlier message instead of the next one's: always seen before, where honest mail now and then is new. */
export const headersOfAnyMoment: PlantLeak = (attack, earlier) => {
  const { raw, client } = earlier.length === 0 ? attack : createChance(attack.id).pick(earlier)
  return { ...attack, raw, client }
}
