import { bagWeights } from '../profile/bag.ts'
import { minStyleWords } from '../profile/fold-observation.ts'
import { wordPrior } from './background.ts'
import type { Comparison } from './family.ts'
import { trust } from './surprisal.ts'

export interface WordHabit {
  /** Mean over the message's words of ln(p by this sender / p by anybody), each -3 to 4. */
  readonly logOdds: number
  /** Share of the message's words that the profile does not hold. */
  readonly novelty: number
}

/** Words of anybody that stand beside the sender's own (MODELS.md). */
const pseudoWords = 300

/** How much the words are this sender's. Zeros where the message or the history holds too little text. */
export function wordHabit({ observation, profile, background }: Comparison): WordHabit {
  const { words, authoredWords } = observation.style
  const { total, messages } = profile.words
  if (words.length === 0 || authoredWords < minStyleWords || total === 0) return { logOdds: 0, novelty: 0 }
  const counts = bagWeights(profile.words, words)
  let logOdds = 0
  let unknown = 0
  for (let index = 0; index < words.length; index++) {
    const count = counts[index] ?? 0
    if (count === 0) unknown += 1
    const odds = (count / wordPrior(background, words[index] ?? 0) + pseudoWords) / (total + pseudoWords)
    logOdds += Math.max(-3, Math.min(4, Math.log(odds)))
  }
  const confidence = trust(messages)
  return { logOdds: (confidence * logOdds) / words.length, novelty: (confidence * unknown) / words.length }
}
