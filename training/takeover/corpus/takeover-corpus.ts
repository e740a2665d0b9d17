import type { LabelledMail, Provenance } from '../../../datasets/labelled-mail.ts'
import { loadPhishingPot } from '../../../datasets/phishing-pot/load-phishing-pot.ts'
import { loadSpamAssassin } from '../../../datasets/spam-assassin/load-spam-assassin.ts'
import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import type { Progress } from '../../progress.ts'
import { isKeptForTheEnd } from '../../split/kept-for-the-end.ts'
import { collectPhishingLines, inventedLines, spamLines, type BadLine } from '../../bad-lines.ts'
import { loadEnronSenders, loadHistorySenders, type SenderLimits, type SenderSet } from './load-senders.ts'
import { observeBadMail, observeInventedBadMail } from './observe-bad-mail.ts'
import { observeSender } from './observe-histories.ts'
import { observePersonas } from './observe-personas.ts'
import type { Observe } from './observe-training-mail.ts'
import type { BadMail, SenderHistory, SourceName } from './sender-history.ts'

export interface CorpusLimits {
  readonly histories: SenderLimits
  readonly enron: SenderLimits
  readonly personas: { readonly senders: number; readonly messages: number; readonly attacks: number }
  /** Per real sender and family. */
  readonly threadAttacks: number
  readonly spam: number
  readonly inventedSpam: number
  /** Real phishing, for measuring only. */
  readonly phishing: number
}

/** Enough to know each kind of mail, small enough to retrain in minutes on one core. */
export const fullCorpus: CorpusLimits = {
  histories: { senders: 1_000, messages: 140 },
  enron: { senders: 60, messages: 80 },
  personas: { senders: 143, messages: 40, attacks: 30 },
  threadAttacks: 14,
  spam: 500,
  inventedSpam: 400,
  phishing: 500
}

export interface CorpusOptions {
  /** Directory of the optional sets; null: invented senders and the spam from npm alone. */
  readonly data: string | null
  readonly seed: number
  readonly limits: CorpusLimits
  readonly observe: Observe
  /** For senders kept for the end and mail that only measures: the shipped model, which has seen neither. */
  readonly observeKept: Observe
  readonly progress: Progress
}

export interface TakeoverCorpus {
  readonly histories: readonly SenderHistory[]
  readonly badMail: readonly BadMail[]
  /** Never trained, tuned or thresholded on: its licence allows measuring only. */
  readonly phishing: readonly BadMail[]
  readonly provenance: readonly Provenance[]
}

/** Everything that the takeover model may learn from, observed by the service's own code. */
export async function loadTakeoverCorpus(options: CorpusOptions): Promise<TakeoverCorpus> {
  const { data, seed, limits, observe, progress } = options
  const spam = await loadSpamAssassin()
  const lines = [
    ...inventedLines(`takeover lines ${seed}`),
    ...spamLines(spam.mail.filter(isBad), 2).slice(0, 400)
  ]
  const { histories: invented, provenance } = await observePersonas({
    seed, observe, progress, personas: limits.personas.senders, messages: limits.personas.messages, attacks: limits.personas.attacks
  }) // prettier-ignore
  const badMail = [
    ...(await observeBadMail(spam, limits.spam, observe)),
    ...(await observeInventedBadMail(seed, limits.inventedSpam, observe))
  ]
  const own = { histories: invented, badMail, phishing: [], provenance: [provenance, spam.provenance] }
  if (data === null) return own
  const known = await loadHistorySenders(data, limits.histories)
  const business = await loadEnronSenders(data, limits.enron)
  const phishing = await loadPhishingPot(data)
  const bad: LinesFor = { training: lines, kept: await collectPhishingLines(phishing.mail) }
  return {
    histories: [
      ...(await observeSet(known, 'histories', bad, options)),
      ...(await observeSet(business, 'enron', bad, options)),
      ...invented
    ],
    badMail,
    phishing: await observeBadMail(phishing, limits.phishing, options.observeKept),
    provenance: [...own.provenance, known.provenance, business.provenance, phishing.provenance]
  }
}

function isBad({ label }: LabelledMail): boolean {
  return label === 'bad'
}

/** Lines that thread attacks put in: what measures must not have taught. */
interface LinesFor {
  readonly training: readonly BadLine[]
  readonly kept: readonly BadLine[]
}

async function observeSet(
  { senders }: SenderSet,
  source: SourceName,
  lines: LinesFor,
  options: CorpusOptions
): Promise<readonly SenderHistory[]> {
  const random = createRandom(options.seed + source.length)
  const histories: SenderHistory[] = []
  for (const [index, sender] of senders.entries()) {
    const isKept = isKeptForTheEnd(sender.sender)
    histories.push(
      await observeSender(sender, {
        source,
        lines: isKept ? lines.kept : lines.training,
        random,
        observe: isKept ? options.observeKept : options.observe,
        threadAttacks: options.limits.threadAttacks
      })
    )
    options.progress(`observe ${source}`, index + 1, senders.length)
  }
  return histories
}
