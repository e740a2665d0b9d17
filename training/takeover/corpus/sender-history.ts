import type { ContentReading } from '../../../service/features/family.ts'
import type { Observation } from '../../../service/observation/observation.ts'

export const sourceNames = ['histories', 'synthetic', 'enron', 'installation'] as const
export type SourceName = (typeof sourceNames)[number]

/**
 * What the first message of a takeover is (MODEL_CARD.md says how each is made). A1: bulk to strangers. A2: bulk to contacts. A3: one
 * phishing mail to one contact. A4: an answer in a real thread with a bad line. A4L: the sender's own next message with a bad line.
 * A5: fraud in plain text, without a link. A6: another sender's harmless mail; A6H: the most similar sender's; A6K: another's
 * words to this sender's contacts.
 */
export const attackFamilies = ['A1', 'A2', 'A3', 'A4', 'A4L', 'A5', 'A6', 'A6H', 'A6K'] as const
export type AttackFamily = (typeof attackFamilies)[number]

/** M0: the thief's own client, zone and network. M1: client, zone and structure copied. M2: everything copied. */
export const knowledges = ['M0', 'M1', 'M2'] as const
export type Knowledge = (typeof knowledges)[number]

/** An observation without the content model's tokens, which have become a reading. */
export interface TrainingMail {
  readonly observation: Observation
  /** null without a content model. */
  readonly reading: ContentReading | null
}

/** A bad message made for one place of a history: it would come before honest message number `at`. */
export interface CraftedMail extends TrainingMail {
  readonly at: number
  readonly family: AttackFamily
  /** null: made in the victim's own client, to be changed to any knowledge. */
  readonly knowledge: Knowledge | null
}

export interface SenderHistory {
  readonly source: SourceName
  readonly sender: string
  /** In order of time. */
  readonly mail: readonly TrainingMail[]
  readonly crafted: readonly CraftedMail[]
}

/** Bad mail of nobody in particular, for putting under any sender's name. */
export interface BadMail extends TrainingMail {
  /** Campaign: messages of one group stay on one side of a split. */
  readonly group: string
}
