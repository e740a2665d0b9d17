import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { behaviourDigest } from '../../service/features/digest.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { loadTakeoverModel } from '../../service/models/network/takeover-model.ts'
import { envelopeModel } from '../../service/scoring/judging/envelope-model.ts'
import { noProgress } from '../progress.ts'
import { isKeptForTheEnd } from '../split/kept-for-the-end.ts'
import { percent, textTable } from '../text-table.ts'
import type { BehaviourRow } from './behaviour-rows.ts'
import { buildRows } from './build-rows.ts'
import { knowledges } from './corpus/sender-history.ts'
import { loadTakeoverCorpus, type CorpusLimits, type TakeoverCorpus } from './corpus/takeover-corpus.ts'
import { asEnvelope, envelopeRow, withoutContent } from './envelopes-only.ts'
import { bundledTakeover } from './evaluate-takeover.ts'
import { attackRate, unreadObservers } from './train-takeover.ts'

type Model = ReturnType<typeof loadTakeoverModel>

/** Some of the senders that training uses: the scale of envelopes has two numbers. */
const limits: CorpusLimits = {
  histories: { senders: 320, messages: 90 },
  enron: { senders: 40, messages: 60 },
  personas: { senders: 60, messages: 40, attacks: 10 },
  threadAttacks: 2,
  spam: 150,
  inventedSpam: 100,
  phishing: 10
}

const seed = 1

/** What is held of mail whose envelope alone is shown, at the shipped thresholds: honest messages per 10,000, and % of attacks. */
async function evaluateEnvelopes(corpus: TakeoverCorpus, model: Model): Promise<string> {
  const rows: string[][] = []
  for (const kept of [false, true]) {
    const histories = corpus.histories.filter(({ sender }) => isKeptForTheEnd(sender) === kept)
    for (const past of ['whole', 'envelopes'] as const) {
      const given = past === 'whole' ? histories : histories.map(withoutContent)
      const badMail = past === 'whole' ? corpus.badMail : corpus.badMail.map(asEnvelope)
      const built = buildRows({
        histories: given, badMail, seed, attackRate, background: model.background, keepFolds: false, progress: noProgress
      }) // prettier-ignore
      const once = built.rows.filter(({ repeated }) => !repeated)
      const shown = once.map(({ row }) => envelopeRow(row, model.neutralRow, past === 'whole'))
      const logits = await envelopeModel(model).predict(shown)
      rows.push([kept ? 'kept' : 'training', past, `${histories.length}`, ...heldOf(once, logits, model)])
    }
  }
  const head = [
    'senders',
    'past',
    'number',
    'honest, budget 10',
    'budget 100',
    ...knowledges.map((one) => `${one}, %`)
  ]
  return textTable(head, rows)
}

function heldOf(rows: readonly BehaviourRow[], logits: readonly number[], { thresholds }: Model): string[] {
  const share = (budget: number, isIn: (row: BehaviourRow) => boolean): number => {
    const hold = thresholds.find(({ budgetPer10k }) => budgetPer10k === budget)?.hold ?? 1
    const own = logits.filter((_, index) => rows[index] !== undefined && isIn(rows[index]))
    return own.filter((logit) => logit >= Math.log(hold / (1 - hold))).length / own.length
  }
  return [
    (10_000 * share(10, isHonest)).toFixed(0),
    (10_000 * share(100, isHonest)).toFixed(0),
    ...knowledges.map((one) => percent(share(10, ({ knowledge }) => knowledge === one)))
  ]
}

function isHonest({ family }: BehaviourRow): boolean {
  return family === 'honest'
}

/** `node training/takeover/evaluate-envelopes.ts [--data DIR]` */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' } } })
  await selectBackend('wasm')
  const data = values.data ?? null
  const unread = await unreadObservers()
  const corpus = await loadTakeoverCorpus({ data, seed, limits, progress: noProgress, ...unread })
  const model = loadTakeoverModel(await readModelDirectory(bundledTakeover, 'takeover', behaviourDigest))
  process.stdout.write(`${await evaluateEnvelopes(corpus, model)}\n`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
