import type { Manifest } from '../../service/models/manifest.ts'
import { startBackend } from '../accelerator/choose-backend.ts'
import { takeoverWork } from '../accelerator/fit-work.ts'
import { noProgress } from '../progress.ts'
import type { CrossFitOptions } from '../takeover/corpus/cross-fit-content.ts'
import { openContentIfAny, type OpenContentModel } from '../takeover/corpus/observe-training-mail.ts'
import { fullCorpus, loadTakeoverCorpus, type TakeoverCorpus } from '../takeover/corpus/takeover-corpus.ts'
import { takeoverDefaults } from '../takeover/fit-takeover.ts'
import { bundledContent, observers, trainOnCorpus } from '../takeover/train-takeover.ts'
import { besideWorkers, withWorkers } from '../workers/with-workers.ts'
import { historyCard } from './history-card.ts'
import { collectSenders, type InstallationLimits, type InstallationSenders } from './installation-senders.ts'
import { openLabelledRows, type HistoryFacts } from './labelled-rows.ts'
import { installationProvenance, type TrainOnHistoryOptions } from './train-on-history.ts'

export interface TrainTakeoverOnHistoryOptions extends TrainOnHistoryOptions {
  /** What reads the text. Default: the bundled one. */
  readonly contentDirectory?: string
  readonly limits?: InstallationLimits
  /** Beside the installation's senders. Default: all that is bundled. */
  readonly bundled?: TakeoverCorpus
}

/**
 * A takeover model of this installation's senders beside the bundled ones. History has no text: attacks that are written into a real message
 * come from invented senders, the others are put together of what history shows.
 */
export async function trainTakeoverOnHistory(options: TrainTakeoverOnHistoryOptions): Promise<Manifest> {
  const { seed, contentDirectory = bundledContent, progress = noProgress } = options
  await startBackend(options, takeoverWork(takeoverDefaults))
  const content = await openContentIfAny(contentDirectory)
  return withWorkers(options, async (workers) => {
    const labelled = openLabelledRows(options)
    const [own, known] = await besideWorkers(
      workers,
      () => collectSenders(labelled, content, seed, options.limits),
      async () => options.bundled ?? loadBundled(content, { data: null, seed, workers, progress })
    )
    const facts = labelled.facts()
    const corpus = {
      ...known,
      histories: [...own.histories, ...known.histories],
      badMail: [...own.badMail, ...known.badMail],
      provenance: [...known.provenance, installationProvenance(facts)]
    }
    return trainOnCorpus(corpus, { ...options, content, workers, cardMore: cardOf(facts, own) })
  })
}

function cardOf(facts: HistoryFacts, { histories, tooShort, badMail }: InstallationSenders): string {
  const walked = histories.reduce((sum, { mail }) => sum + mail.length, 0)
  return historyCard(
    facts,
    `The first ${walked} messages of ${histories.length} senders were walked through; ${tooShort} more had a single one, which says nothing. ` +
      `${badMail.length} bad ones were put under other senders' names.`
  )
}

async function loadBundled(
  content: OpenContentModel | null,
  options: Omit<CrossFitOptions, 'calibration'>
): Promise<TakeoverCorpus> {
  return loadTakeoverCorpus({ ...options, limits: fullCorpus, ...(await observers(content, options)) })
}
