/**
 * What the first message of a takeover is. A1: bulk to strangers. A2: the same body to known contacts. A3: one phishing mail to one
 * contact. A4: an answer in a real thread with a bad line. A4L: the sender's own next message with a bad line. A5: fraud in plain text, without
 * a link. A6: another person's harmless mail under this name; A6H: the most similar person's.
 */
export const attackFamilies = ['A1', 'A2', 'A3', 'A4', 'A4L', 'A5', 'A6', 'A6H'] as const
export type AttackFamily = (typeof attackFamilies)[number]

/** Harmless words of somebody else. */
export function isSwap(family: AttackFamily): boolean {
  return family === 'A6' || family === 'A6H'
}

/** M0: the thief's own client, zone and network. M1: client, zone and structure copied, foreign network and hour. M2: everything copied. */
export const knowledges = ['M0', 'M1', 'M2'] as const
export type Knowledge = (typeof knowledges)[number]

export interface AttackCell {
  readonly family: AttackFamily
  readonly knowledge: Knowledge
}

/** As backtests label it: `A4/M2`. */
export function labelOf({ family, knowledge }: AttackCell): string {
  return `${family}/${knowledge}`
}

/** A stolen web session copies everything: most thieves need to know no more. */
const shares: Readonly<Record<Knowledge, number>> = { M0: 1, M1: 1, M2: 3 }

/** Every cell as often as its knowledge is common: 20, 20 and 60 %. */
export const attackDeck: readonly AttackCell[] = attackFamilies.flatMap((family) =>
  knowledges.flatMap((knowledge) => Array.from({ length: shares[knowledge] }, () => ({ family, knowledge })))
)
