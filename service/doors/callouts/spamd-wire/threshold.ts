import { blockScore, holdScore } from '../../../verdict/budget/score-scale.ts'
import type { ScanResult } from '../rspamd/answering/scan-result.ts'

/**
 * For clients that compare two numbers: a message is spam where its score is at least this. From 6 on it is held and from 15 on refused;
 * only what passes with nothing but a label lies between the two and below the threshold.
 */
export function thresholdOf({ isSpam, score }: Pick<ScanResult, 'isSpam' | 'score'>): number {
  return !isSpam && score >= holdScore ? blockScore : holdScore
}
