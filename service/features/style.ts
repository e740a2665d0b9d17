import { minStyleWords } from '../profile/fold-observation.ts'
import { deviation, rateDeviations } from './deviation.ts'
import { showsContent, type Comparison, type Facts, type Family } from './family.ts'
import { gramSimilarity } from './gram-similarity.ts'
import { habitFeatureNames, habitFeatureValues, isUsual, type HabitFeature } from './habit-features.ts'
import { wordHabit } from './word-habit.ts'

const habits: readonly HabitFeature[] = [
  { name: 'language', habit: 'language' },
  { name: 'script', habit: 'script' },
  { name: 'greeting', habit: 'greeting' },
  { name: 'sign_off', habit: 'signOff' },
  { name: 'signature', habit: 'signature' },
  { name: 'subject_bracket', habit: 'subjectBracket' }
]

const own = [
  'has_text',
  'words_log',
  'words_deviation',
  'word_log_odds',
  'word_novelty',
  'gram_distance',
  'gram_distance_least',
  'rates_mean',
  'rates_max'
] as const

/** How it is written: language, words, character habits, punctuation. On what the sender wrote, not on what is quoted. */
export const styleFamily: Family = {
  group: 'style',
  names: [...own, ...habitFeatureNames(habits)],
  isShown: showsContent,
  measure(comparison) {
    const { style } = comparison.observation
    const readable = style.authoredWords >= minStyleWords
    const words = wordHabit(comparison)
    const grams = gramSimilarity(comparison)
    const rates = readable ? rateDeviations(comparison).map(Math.abs) : []
    const wordsLog = Math.log1p(style.authoredWords)
    const values: Record<(typeof own)[number], number> = {
      has_text: Number(readable),
      words_log: wordsLog,
      words_deviation: deviation(comparison, 'wordsLog', wordsLog),
      word_log_odds: words.logOdds,
      word_novelty: words.novelty,
      gram_distance: grams.distance,
      gram_distance_least: grams.leastDistance,
      rates_mean: rates.length === 0 ? 0 : rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
      rates_max: rates.reduce((most, rate) => Math.max(most, rate), 0)
    }
    return {
      values: [...own.map((name) => values[name]), ...habitFeatureValues(habits, comparison)],
      facts: facts(comparison, words.novelty, grams.similarity)
    }
  }
}

function facts(comparison: Comparison, novelty: number, similarity: number | null): Facts {
  return {
    languageKnown: isUsual(comparison, 'language'),
    language: comparison.values.language || 'unknown',
    newWordsPercent: Math.round(100 * novelty),
    signatureKnown: isUsual(comparison, 'signature'),
    ...(similarity !== null && { similarityPercent: Math.round(100 * similarity) })
  }
}
