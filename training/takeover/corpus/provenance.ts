import type { Manifest } from '../../../service/models/manifest.ts'
import type { BehaviourRow } from '../behaviour-rows.ts'
import type { SenderHistory } from './sender-history.ts'
import type { TakeoverCorpus } from './takeover-corpus.ts'

/** What was used of each set, for the manifest. Honest: messages of training senders; bad: rows of attacks on them, or messages of a bad set. */
export function provenanceOf(
  corpus: TakeoverCorpus,
  histories: readonly SenderHistory[],
  rows: readonly BehaviourRow[]
): Manifest['data'] {
  return corpus.provenance.flatMap(({ source, ...more }) => {
    // Measured by the evaluation, not by this run.
    if (source === 'phishing-pot') return []
    const honest = histories
      .filter((one) => one.source === source)
      .reduce((sum, { mail }) => sum + mail.length, 0)
    const attacks = rows.filter((row) => row.source === source && row.family !== 'honest').length
    const bad = source === 'spam-assassin' ? corpus.badMail.length : attacks
    return [{ source, ...more, use: 'train' as const, honest, bad }]
  })
}
