import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { before, test, type TestContext } from 'node:test'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { calibrate } from '../../service/models/calibration.ts'
import { loadModels } from '../../service/models/shelf/load-models.ts'
import { noProgress } from '../../training/progress.ts'
import { evaluateOutOfFold } from '../../training/takeover/evaluate-takeover.ts'
import { beatsConstant } from '../../training/takeover/evaluation/measure-takeover.ts'
import { attackRate, prior, trainOnCorpus } from '../../training/takeover/train-takeover.ts'
import { ensembleLearner } from '../../training/takeover/cross-validate.ts'
import { buildRows } from '../../training/takeover/build-rows.ts'
import { scoreForest } from '../../service/models/forest/forest.ts'
import { withWorkers } from '../../training/workers/with-workers.ts'
import { fitForest } from '../../training/takeover/fit-forest.ts'
import { fitTakeover, scoreTakeover, takeoverDefaults } from '../../training/takeover/fit-takeover.ts'
import { isKeptForTheEnd } from '../../training/split/kept-for-the-end.ts'
import type { TakeoverCorpus } from '../../training/takeover/corpus/takeover-corpus.ts'
import { recordingLogger } from '../models/fixture-models.ts'
import { tinyTakeoverCorpus } from './tiny-takeover-corpus.ts'

let corpus: TakeoverCorpus
before(async () => {
  await selectBackend('wasm')
  corpus = await tinyTakeoverCorpus()
})

async function directoryFor(t: TestContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-takeover-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  return directory
}

const train = (out: string) =>
  withWorkers({ threads: 1 }, (workers) =>
    trainOnCorpus(corpus, {
      out, seed: 3, version: '1.0.0', createdAt: '2026-11-22T00:00:00Z', command: 'npx sluice train takeover', content: null, workers
    })
  ) // prettier-ignore

/** The same fit as in `train`, scored by the layers that training builds. */
function fitAgain() {
  const histories = corpus.histories.filter(({ sender }) => !isKeptForTheEnd(sender))
  const { badMail } = corpus
  const { rows } = buildRows({
    histories,
    badMail,
    seed: 3,
    attackRate,
    keepFolds: true,
    progress: noProgress
  })
  const { model } = fitTakeover(rows, { ...takeoverDefaults, seed: 3 })
  const forest = fitForest(rows, 3, noProgress)
  const dense = scoreTakeover(model, rows)
  model.dispose()
  return { rows, raw: rows.map(({ row }, index) => ((dense[index] ?? 0) + scoreForest(forest, row)) / 2) }
}

test('the service loads and runs what training wrote', async (t) => {
  const home = await directoryFor(t)
  const first = await train(path.join(home, 'first'))
  await mkdir(path.join(home, 'takeover'))
  await rename(path.join(home, 'first', 'takeover'), path.join(home, 'takeover', '1.0.0'))
  await writeFile(path.join(home, 'takeover', 'active.json'), JSON.stringify({ active: '1.0.0' }))
  const { log } = recordingLogger()
  const models = await loadModels({ directory: home, backend: 'wasm', log })
  t.after(() => models.close())
  assert.equal(models.describe().find(({ name }) => name === 'takeover')?.source, 'active')
  const { takeover } = models.scoring
  assert.ok(takeover !== null && models.background.senders > 5)
  const [neutral = Number.NaN] = await takeover.predict([takeover.neutralRow])
  assert.ok(neutral < 0, `an unremarkable message has the log-odds ${neutral}`)
  const { rows, raw } = fitAgain()
  const served = await takeover.predict(rows.map(({ row }) => row))
  const differences = served.map((logit, index) =>
    Math.abs(logit - calibrate(raw[index] ?? 0, first.calibration))
  )
  assert.ok(Math.max(...differences) < 1e-3, `training and service differ by ${Math.max(...differences)}`)
})

test('the card names the command and no place on this machine', async (t) => {
  const out = await directoryFor(t)
  await train(out)
  const card = await readFile(path.join(out, 'takeover', 'MODEL_CARD.md'), 'utf8')
  const manifest = await readFile(path.join(out, 'takeover', 'manifest.json'), 'utf8')
  assert.match(card, /npx sluice train takeover/u)
  assert.doesNotMatch(card + manifest, /\/(?:home|tmp|root|work)\//u)
})

test('a model that always says the same fails the check, a trained one passes it', () => {
  const options = { seed: 3, progress: noProgress, report: () => undefined }
  const constant = evaluateOutOfFold(corpus, { ...options, learn: () => (unseen) => unseen.map(() => 0.3) })
  const trained = evaluateOutOfFold(corpus, {
    ...options,
    learn: ensembleLearner({ ...takeoverDefaults, seed: 3 })
  })
  assert.equal(beatsConstant(constant, prior), false)
  assert.equal(beatsConstant(trained, prior), true)
})
