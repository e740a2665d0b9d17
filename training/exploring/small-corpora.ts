import { observeMail } from '../observe-mail.ts'
import type { ContentExample } from '../content/content-example.ts'
import type { ContentCorpus } from '../content/load-content-corpus.ts'
import { generateLabelled } from '../content/synthetic-labelled.ts'
import { noProgress } from '../progress.ts'
import { observeInventedBadMail } from '../takeover/corpus/observe-bad-mail.ts'
import { observePersonas } from '../takeover/corpus/observe-personas.ts'
import { createObserve, openContentIfAny } from '../takeover/corpus/observe-training-mail.ts'
import type { TakeoverCorpus } from '../takeover/corpus/takeover-corpus.ts'
import { bundledContent } from '../takeover/train-takeover.ts'

const usual = { messages: 900, senders: 16, each: 20, attacks: 10, bad: 120 } as const

/**
 * Invented mail of which a content model is trained in seconds instead of minutes: to try an idea out, not to serve. Everything beside it
 * is the run's own way.
 */
export async function smallContentCorpus(
  seed: number,
  messages: number = usual.messages
): Promise<ContentCorpus> {
  const { mail, provenance } = generateLabelled(seed, messages)
  const examples: ContentExample[] = []
  for (const { id, source, label, group, raw } of mail) {
    const observation = await observeMail(raw)
    if (observation === null) continue
    const { tokens, structure } = observation.content
    const shown = { tokens: Uint32Array.from(tokens), structure: Float32Array.from(structure) }
    examples.push({ id, source, group, isBad: label === 'bad', ...shown })
  }
  return { examples, passages: new Map(), provenance: [provenance] }
}

/** The same for a takeover model: invented senders with attacks on them, read by the bundled content model. */
export async function smallTakeoverCorpus(seed: number): Promise<TakeoverCorpus> {
  const content = await openContentIfAny(bundledContent)
  const observe = createObserve(() => content)
  const { histories, provenance } = await observePersonas({
    seed,
    personas: usual.senders,
    messages: usual.each,
    attacks: usual.attacks,
    observe,
    progress: noProgress
  })
  const badMail = await observeInventedBadMail(seed, usual.bad, observe)
  return { histories, badMail, phishing: [], provenance: [provenance] }
}
