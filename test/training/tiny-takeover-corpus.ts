import { noProgress } from '../../training/progress.ts'
import { observeInventedBadMail } from '../../training/takeover/corpus/observe-bad-mail.ts'
import { observePersonas } from '../../training/takeover/corpus/observe-personas.ts'
import { createObserve } from '../../training/takeover/corpus/observe-training-mail.ts'
import type { TakeoverCorpus } from '../../training/takeover/corpus/takeover-corpus.ts'

/** A dozen invented senders and a handful of invented bad mail: enough to run everything, too little to learn much. */
export async function tinyTakeoverCorpus(): Promise<TakeoverCorpus> {
  const observe = createObserve(() => null)
  const { histories, provenance } = await observePersonas({
    seed: 5, personas: 14, messages: 14, attacks: 8, observe, progress: noProgress
  }) // prettier-ignore
  const badMail = await observeInventedBadMail(5, 60, observe)
  return { histories, badMail, phishing: [], provenance: [provenance] }
}
