import type { BacktestLine } from '../../service/contracts/backtest-line.ts'

/** What a line counts as. `unlabelled`: a probe of which nobody says what it is. */
export type Truth = 'honest' | 'bad' | 'unlabelled'

/** Labels of honest mail. Every other label is one of bad mail. */
export const honestLabels = [
  'ham',
  'legitimate',
  'legit',
  'honest',
  'good',
  'benign',
  'not-spam',
  'false',
  '0'
] as const

/**
 * The truth about lines by their labels, in any case; what stands after `:` or `/` only names a slice (`honest:new-laptop`). A history
 * is what its owner sent, so `observe` without a label is honest. `more`: further labels of honest mail.
 */
export function createTruthOf(
  more: readonly string[]
): (line: Pick<BacktestLine, 'label' | 'role'>) => Truth {
  const honest = new Set<string>([...honestLabels, ...more.map((label) => label.toLowerCase())])
  return ({ label, role }) => {
    if (label === null) return role === 'observe' ? 'honest' : 'unlabelled'
    const whole = label.toLowerCase()
    const [family = ''] = whole.split(/[:/]/u)
    return honest.has(whole) || honest.has(family.trim()) ? 'honest' : 'bad'
  }
}
