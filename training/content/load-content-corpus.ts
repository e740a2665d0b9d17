import { loadEnronStaff } from '../../datasets/enron/load-enron.ts'
import { loadHistories } from '../../datasets/histories/load-histories.ts'
import type { DataSet, LabelledMail, Provenance } from '../../datasets/labelled-mail.ts'
import { loadLingSpam } from '../../datasets/ling-spam/load-ling-spam.ts'
import { loadPhishingPot } from '../../datasets/phishing-pot/load-phishing-pot.ts'
import { loadSpamAssassin } from '../../datasets/spam-assassin/load-spam-assassin.ts'
import { noProgress, type Progress } from '../progress.ts'
import { isKeptForTheEnd } from '../split/kept-for-the-end.ts'
import { withHarmfulLines } from './carriers.ts'
import type { ContentExample } from './content-example.ts'
import { observeLabelled, type MailToObserve, type ObservedMail } from './observe-labelled.ts'
import { generateLabelled } from './synthetic-labelled.ts'

export interface ContentCorpusOptions {
  /** Directory of the optional sets; null: only what comes from npm or is generated. */
  readonly data: string | null
  readonly seed: number
  readonly progress?: Progress
  /** Which mail to take, before anything is made of it. Default: all. */
  readonly takes?: (mail: Pick<LabelledMail, 'id' | 'group'>) => boolean
  /** Default: in this thread alone. */
  readonly observe?: ObserveChunks
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
  takes = () => true,
  observe = observeHere
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
  return observeAll([...sets, carriers], { progress, lines: carriers.lines, observe })
}

/** The one corpus that comes with the development dependencies. */
export async function loadSpamAssassinAlone(progress: Progress = noProgress): Promise<ContentCorpus> {
  return observeAll([await loadSpamAssassin()], { progress })
}

/** Real phishing, to measure on. Its licence forbids training. */
export async function loadPhishing(data: string, progress: Progress = noProgress): Promise<ContentCorpus> {
  return observeAll([await loadPhishingPot(data)], { progress })
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

/** `observeLabelled` of each chunk, in order. */
export type ObserveChunks = (
  chunks: readonly (readonly MailToObserve[])[],
  progress: Progress
) => Promise<readonly (readonly (ObservedMail | null)[])[]>

interface ObserveAllOptions {
  readonly progress: Progress
  readonly lines?: ReadonlyMap<string, string>
  readonly observe?: ObserveChunks
}

/** Messages of one job. */
const atOnce = 250

async function observeAll(
  sets: readonly DataSet<LabelledMail>[],
  { progress, lines = new Map(), observe = observeHere }: ObserveAllOptions
): Promise<ContentCorpus> {
  const mail = sets.flatMap((set) => set.mail.map((one) => ({ ...one, line: lines.get(one.id) })))
  const chunks = Array.from({ length: Math.ceil(mail.length / atOnce) }, (_, chunk) =>
    mail.slice(chunk * atOnce, (chunk + 1) * atOnce)
  )
  const observed = await observe(chunks, progress)
  const examples: ContentExample[] = []
  const passages = new Map<string, ContentExample>()
  for (const one of observed.flat()) {
    if (one === null) continue
    examples.push(one.whole)
    if (one.passage !== null) passages.set(one.whole.id, one.passage)
  }
  return { examples, passages, provenance: sets.map(({ provenance }) => provenance) }
}

const observeHere: ObserveChunks = async (chunks, progress) => {
  const observed: (readonly (ObservedMail | null)[])[] = []
  for (const chunk of chunks) {
    observed.push(await observeLabelled(chunk))
    progress('observe', observed.length, chunks.length)
  }
  return observed
}
