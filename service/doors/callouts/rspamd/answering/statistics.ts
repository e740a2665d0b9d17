import { json, type Handle } from '../exchange.ts'
import type { RspamdAction, ScanResult } from './scan-result.ts'

export interface Statistics {
  note(result: ScanResult): void
  /** `/stat`: the counts since the start, under the names that `rspamc stat` prints. */
  readonly stat: Handle
}

export function createStatistics(clock: () => number): Statistics {
  const startedAt = clock()
  const actions: Record<RspamdAction, number> = { 'no action': 0, quarantine: 0, 'soft reject': 0, reject: 0 }
  let scanned = 0
  let spam = 0

  return {
    note({ action, isSpam }) {
      scanned += 1
      actions[action] += 1
      if (isSpam) spam += 1
    },
    stat: async () =>
      json({
        uptime: Math.floor((clock() - startedAt) / 1_000),
        read_only: false,
        scanned,
        learned: 0,
        spam_count: spam,
        ham_count: scanned - spam,
        actions
      })
  }
}
