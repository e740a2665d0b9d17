import type { RememberedAnswer, SenderKey, VerdictRecord } from './sender-store.ts'
import {
  answersRange,
  expiryKey,
  numberedRange,
  type ExpiringVerdict,
  type SenderTables
} from './sender-tables.ts'

const day = 86_400_000
export const answerLifeMs = day
export const verdictLifeMs = 30 * day

/** What was answered: verdicts for support and feedback, and first answers for callers who ask again. */
export interface RememberedVerdicts {
  remembered(sender: SenderKey, key: string, at: number): RememberedAnswer | undefined
  remember(sender: SenderKey, key: string, answer: RememberedAnswer): void
  record(record: VerdictRecord): void
  verdict(id: string): VerdictRecord | undefined
  verdictsOf(sender: SenderKey, since: number): Iterable<VerdictRecord>
  /** Drops a thing if it is past its time: a key may have been given anew since, then its newer entry ends it. */
  drop(expiring: ExpiringVerdict, now: number): void
  /** Removes at most `limit` of a sender's answers and verdicts each. Gives how many are left. */
  erase(sender: SenderKey, limit: number): number
}

type VerdictTables = Pick<SenderTables, 'answers' | 'verdicts' | 'verdictsOf' | 'expiry'>

export function createRememberedVerdicts(tables: VerdictTables): RememberedVerdicts {
  const { answers, verdicts, verdictsOf, expiry } = tables

  function removeVerdict({ id, sender, at }: VerdictRecord): void {
    verdicts.remove(id)
    verdictsOf.remove([sender, at, id])
  }

  function drop({ kind, key }: ExpiringVerdict, now: number): void {
    if (kind === 'answers') {
      if (now - (answers.get(key)?.at ?? 0) >= answerLifeMs) answers.remove(key)
      return
    }
    const record = verdicts.get(key)
    if (record !== undefined && now - record.at >= verdictLifeMs) removeVerdict(record)
  }

  function erase(sender: SenderKey, limit: number): number {
    for (const { key, value } of answers.range({ ...answersRange(sender), limit })) {
      answers.remove(key)
      expiry.remove(expiryKey(value.at + answerLifeMs, 'answers', key))
    }
    for (const record of recordsOf(verdictsOf.range({ ...numberedRange(sender), limit }))) {
      removeVerdict(record)
      expiry.remove(expiryKey(record.at + verdictLifeMs, 'verdicts', record.id))
    }
    return answers.count(answersRange(sender)) + verdictsOf.count(numberedRange(sender))
  }

  function* recordsOf(rows: ReturnType<typeof verdictsOf.range>): Generator<VerdictRecord> {
    for (const { key } of rows) {
      const record = typeof key === 'object' ? verdicts.get(key[2] ?? '') : undefined
      if (record !== undefined) yield record
    }
  }

  return {
    remembered(sender, key, at) {
      const answer = answers.get([sender, key])
      return answer === undefined || at - answer.at >= answerLifeMs ? undefined : answer
    },
    remember(sender, key, answer) {
      const before = answers.get([sender, key])
      if (before !== undefined && before.at !== answer.at)
        expiry.remove(expiryKey(before.at + answerLifeMs, 'answers', [sender, key]))
      answers.put([sender, key], answer)
      expiry.put(expiryKey(answer.at + answerLifeMs, 'answers', [sender, key]), true)
    },
    record(record) {
      verdicts.put(record.id, record)
      verdictsOf.put([record.sender, record.at, record.id], true)
      expiry.put(expiryKey(record.at + verdictLifeMs, 'verdicts', record.id), true)
    },
    verdict: (id) => verdicts.get(id),
    verdictsOf: (sender, since) =>
      recordsOf(verdictsOf.range({ start: numberedRange(sender).end, end: [sender, since], reverse: true })),
    drop,
    erase
  }
}
