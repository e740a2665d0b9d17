import { showsContent, type Family } from './family.ts'

const names = [
  'whole_logit',
  'worst_logit',
  'second_logit',
  'mean_logit',
  'least_logit',
  'first_logit',
  'last_logit',
  'count_log'
] as const

/**
 * What the content model says of the message and of its passages: the same words weigh more where much else is news, and the thief's line
 * in a genuine message is seen in a passage, not in the whole (MODELS.md, A4L). How much a passage sounds like the sender was tried
 * and told nothing more.
 */
export const passagesFamily: Family = {
  group: 'passages',
  names,
  isShown: showsContent,
  measure({ reading }) {
    if (reading === null) return { values: names.map(() => 0), facts: {} }
    const { whole } = reading
    // A message without text of its own is its own only passage
    const passages = reading.passages.length === 0 ? [whole] : reading.passages
    const [worst = whole, second = worst] = passages.toSorted((a, b) => b - a)
    const values: Record<(typeof names)[number], number> = {
      whole_logit: whole,
      worst_logit: worst,
      second_logit: second,
      mean_logit: passages.reduce((total, logit) => total + logit, 0) / passages.length,
      least_logit: Math.min(...passages),
      first_logit: passages[0] ?? whole,
      last_logit: passages.at(-1) ?? whole,
      count_log: Math.log1p(passages.length)
    }
    return {
      values: names.map((name) => values[name]),
      facts: {
        passages: passages.length,
        worstPassage: passages.indexOf(worst) + 1,
        worstPassageStandsOut: passages.length > 1 && worst - second > 1
      }
    }
  }
}
