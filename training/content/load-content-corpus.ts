import { loadEnronStaff } from '../../datasets/enron/load-enron.ts'
import { loadHistories } from '../../datasets/histories/load-histories.ts'
import type { DataSet, LabelledMail, Provenance } from '../../datasets/labelled-mail.ts'
import { loadLingSpam } from '../../datasets/ling-spam/load-ling-spam.ts'
import { loadPhishingPot } from '../../datasets/phishing-pot/load-phishing-pot.ts'
import { loadSpamAssassin } from '../../datasets/spam-assassin/load-spam-assassin.ts'
import { observeMail } from '../observe-mail.ts'
import { noProgress, type Progress } from '../progress.ts'
import { bucketOf } from '../split/assign-folds.ts'
import { isKeptForTheEnd } from '../split/kept-for-the-end.ts'
import { withHarmfulLines } from './carriers.ts'
import type { ContentExample } from './content-example.ts'
import { generateLabelled } from './synthetic-labelled.ts'

export interface ContentCorpusOptions {
  /** Directory of the optional sets; null: only what comes from npm or is generated. */
  readonly data: string | null
  readonly seed: number
  readonly progress?: Progress
  /** Which mail to take, before anything is made of it. Default: all. */
  readonly takes?: (mail: Pick<LabelledMail, 'id' | 'group'>) => boolean
}

export interface ContentCorpus {
  readonly examples: readonly ContentExample[]
  /** By id of the example: one passage of it, to learn from only. */
  readonly passages: ReadonlyMap<string, ContentExample>
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
  progress = noProgress,
  takes = () => true
}: ContentCorpusOptions): Promise<ContentCorpus> {
  const whole: DataSet<LabelledMail>[] = [await loadSpamAssassin(), generateLabelled(seed, syntheticCount)]
  if (data !== null) {
    whole.push(
      await loadLingSpam(data),
      withoutKept(await loadEnronStaff(data, enronEvery)),
      await historiesAsLabelled(data)
    )
  }
  const sets: DataSet<LabelledMail>[] = whole.map(({ provenance, mail }) => ({
    provenance,
    mail: mail.filter(takes)
  }))
  const carriers = withHarmfulLines(
    sets.flatMap(({ mail }) => mail),
    seed,
    (origin) => takes({ id: origin, group: origin })
  )
  return observeAll([...sets, carriers], progress, carriers.lines)
}

/** The one corpus that comes with the development dependencies. */
export async function loadSpamAssassinAlone(progress: Progress = noProgress): Promise<ContentCorpus> {
  return observeAll([await loadSpamAssassin()], progress)
}

/** Real phishing, to measure on. Its licence forbids training. */
export async function loadPhishing(data: string, progress: Progress = noProgress): Promise<ContentCorpus> {
  return observeAll([await loadPhishingPot(data)], progress)
}

/** Senders kept for the end are kept out of this model too. */
function withoutKept({ provenance, mail }: DataSet<LabelledMail>): DataSet<LabelledMail> {
  const from = /^From:[^\n]*?([\w.+'-]+@[\w.-]+)/imu
  return {
    provenance,
    mail: mail.filter(
      ({ raw }) => !isKeptForTheEnd((from.exec(raw.slice(0, 4_000))?.[1] ?? '').toLowerCase())
    )
  }
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
  progress: Progress,
  lines: ReadonlyMap<string, string> = new Map()
): Promise<ContentCorpus> {
  const total = sets.reduce((sum, { mail }) => sum + mail.length, 0)
  const examples: ContentExample[] = []
  const passages = new Map<string, ContentExample>()
  let done = 0
  for (const { mail } of sets) {
    for (const message of mail) {
      const example = await toExample(message, lines.get(message.id))
      if (example !== null) examples.push(example.whole)
      if (example?.passage != null) passages.set(example.whole.id, example.passage)
      done += 1
      progress('observe', done, total)
    }
  }
  return { examples, passages, provenance: sets.map(({ provenance }) => provenance) }
}

/** The message, and one of its passages by itself, as short texts are judged too: the line that was put in, if one was. */
async function toExample(
  { id, source, label, group, raw }: LabelledMail,
  line: string | undefined
): Promise<{ whole: ContentExample; passage: ContentExample | null } | null> {
  const observation = await observeMail(raw)
  if (observation === null) return null
  const { tokens, structure, passages } = observation.content
  const whole = {
    id,
    source,
    group,
    isBad: label === 'bad',
    tokens: Uint32Array.from(tokens),
    structure: Float32Array.from(structure)
  }
  const alone = line === undefined ? undefined : await observeMail(`Subject: \r\n\r\n${line}`)
  const one = alone?.content.passages[0] ?? passages[bucketOf(id, Math.max(1, passages.length), 0)]
  const passage = one === undefined ? null : { ...whole, tokens: Uint32Array.from(one), structure: null }
  return { whole, passage }
}
