import { loadEnronStaff } from '../../datasets/enron/load-enron.ts'
import { loadHistories } from '../../datasets/histories/load-histories.ts'
import type { DataSet, LabelledMail, Provenance } from '../../datasets/labelled-mail.ts'
import { loadLingSpam } from '../../datasets/ling-spam/load-ling-spam.ts'
import { loadPhishingPot } from '../../datasets/phishing-pot/load-phishing-pot.ts'
import { loadSpamAssassin } from '../../datasets/spam-assassin/load-spam-assassin.ts'
import { observeMail } from '../observe-mail.ts'
import { noProgress, type Progress } from '../progress.ts'
import { isKeptForTheEnd } from '../split/kept-for-the-end.ts'
import { withHarmfulLines } from './carriers.ts'
import type { ContentExample } from './content-example.ts'
import { generateLabelled } from './synthetic-labelled.ts'

export interface ContentCorpusOptions {
  /** Directory of the optional sets; null: only what comes from npm or is generated. */
  readonly data: string | null
  readonly seed: number
  readonly progress?: Progress
}

export interface ContentCorpus {
  readonly examples: readonly ContentExample[]
  readonly provenance: readonly Provenance[]
}

/** Of this many messages one is taken: enough to know the kind of mail, small enough to retrain in minutes. */
const enronEvery = 4
const historiesEvery = 6
const syntheticCount = 9_000

/** Everything that the content model may learn from, observed by the service's own code. */
export async function loadContentCorpus({
  data,
  seed,
  progress = noProgress
}: ContentCorpusOptions): Promise<ContentCorpus> {
  const sets = [await loadSpamAssassin(), generateLabelled(seed, syntheticCount)]
  if (data !== null) {
    sets.push(
      await loadLingSpam(data),
      await loadEnronStaff(data, enronEvery),
      await historiesAsLabelled(data)
    )
  }
  sets.push(withHarmfulLines(sets.map(({ mail }) => mail).flat(), seed))
  return observeAll(sets, progress)
}

/** The one corpus that comes with the development dependencies. */
export async function loadSpamAssassinAlone(progress: Progress = noProgress): Promise<ContentCorpus> {
  return observeAll([await loadSpamAssassin()], progress)
}

/** Real phishing, to measure on. Its licence forbids training. */
export async function loadPhishing(data: string, progress: Progress = noProgress): Promise<ContentCorpus> {
  return observeAll([await loadPhishingPot(data)], progress)
}

async function historiesAsLabelled(data: string): Promise<DataSet<LabelledMail>> {
  const { provenance, mail } = await loadHistories(data)
  const taken = mail.filter(({ sender }, index) => index % historiesEvery === 0 && !isKeptForTheEnd(sender))
  return {
    provenance,
    mail: taken.map(({ id, sender, raw }) => ({
      id,
      source: 'histories',
      label: 'honest',
      group: sender,
      raw
    }))
  }
}

async function observeAll(
  sets: readonly DataSet<LabelledMail>[],
  progress: Progress
): Promise<ContentCorpus> {
  const total = sets.reduce((sum, { mail }) => sum + mail.length, 0)
  const examples: ContentExample[] = []
  let done = 0
  for (const { mail } of sets) {
    for (const message of mail) {
      const example = await toExample(message)
      if (example !== null) examples.push(example)
      done += 1
      progress('observe', done, total)
    }
  }
  return { examples, provenance: sets.map(({ provenance }) => provenance) }
}

async function toExample({ id, source, label, group, raw }: LabelledMail): Promise<ContentExample | null> {
  const observation = await observeMail(raw)
  if (observation === null) return null
  const { tokens, structure } = observation.content
  return {
    id,
    source,
    group,
    isBad: label === 'bad',
    tokens: Uint32Array.from(tokens),
    structure: Float32Array.from(structure)
  }
}
