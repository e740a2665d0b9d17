import type { Manifest } from '../../service/models/manifest.ts'
import type { ContentExample } from '../content/content-example.ts'
import { loadContentCorpus, type ContentCorpus } from '../content/load-content-corpus.ts'
import { contentDefaults } from '../content/fit-content.ts'
import { contentShape } from '../content/content-network-choices.ts'
import { trainOnContent } from '../content/train-content.ts'
import { startBackend } from '../accelerator/choose-backend.ts'
import { contentWork } from '../accelerator/fit-work.ts'
import { noProgress } from '../progress.ts'
import { bucketOf } from '../split/assign-folds.ts'
import { besideWorkers, observeIn, withWorkers } from '../workers/with-workers.ts'
import { historyCard } from './history-card.ts'
import { openLabelledRows, type LabelledRow, type LabelledRows } from './labelled-rows.ts'
import { installationProvenance, type TrainOnHistoryOptions } from './train-on-history.ts'

export interface TrainContentOnHistoryOptions extends TrainOnHistoryOptions {
  /** Unlabelled messages, drawn by their ids. Default: 10,000. */
  readonly maxUnlabelled?: number
  /** Default: all that is bundled. */
  readonly bundled?: ContentCorpus
}

const usualUnlabelled = 10_000
const buckets = 1_048_576

/** A content model of the words that this installation's senders write, beside the bundled mail. History has hashed words, and no text. */
export async function trainContentOnHistory(options: TrainContentOnHistoryOptions): Promise<Manifest> {
  const { seed, progress = noProgress, maxUnlabelled = usualUnlabelled } = options
  await startBackend(options, contentWork({ ...contentDefaults, shape: contentShape }))
  return withWorkers(options, async (workers) => {
    const labelled = openLabelledRows(options)
    const [own, known] = await besideWorkers(
      workers,
      () => collectExamples(labelled, seed, maxUnlabelled),
      async () =>
        options.bundled ?? loadContentCorpus({ data: null, seed, progress, observe: observeIn(workers) })
    )
    const facts = labelled.facts()
    const corpus: ContentCorpus = {
      examples: [...known.examples, ...own],
      passages: known.passages,
      provenance: [...known.provenance, installationProvenance(facts)]
    }
    const cardMore = historyCard(facts, `The run learned from ${own.length} of them, each by its weight.`)
    return trainOnContent(corpus, { ...options, data: null, workers, cardMore })
  })
}

/** Words of everything that somebody spoke of, and of a draw of the rest. */
async function collectExamples(
  { rows }: Pick<LabelledRows, 'rows'>,
  seed: number,
  maxUnlabelled: number
): Promise<readonly ContentExample[]> {
  const spoken: ContentExample[] = []
  let drawn: { readonly lot: number; readonly example: ContentExample }[] = []
  const keep = (): void => {
    drawn = drawn.toSorted((one, other) => one.lot - other.lot).slice(0, maxUnlabelled)
  }
  for await (const one of rows()) {
    if (one.observation.shows === 'envelope') continue
    const example = toExample(one)
    if (one.label.basis !== 'unlabelled') spoken.push(example)
    else drawn.push({ lot: bucketOf(example.id, buckets, seed), example })
    if (drawn.length > 2 * maxUnlabelled) keep()
  }
  keep()
  return [...spoken, ...drawn.map(({ example }) => example)]
}

function toExample({ row, observation, label }: LabelledRow): ContentExample {
  const { tokens, structure } = observation.content
  return {
    id: row.submission_id,
    source: 'installation',
    group: row.sender,
    isBad: label.isBad,
    weight: label.weight,
    tokens: Uint32Array.from(tokens),
    structure: Float32Array.from(structure)
  }
}
