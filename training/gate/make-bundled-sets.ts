import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { behaviourDigest, contentDigest } from '../../service/features/digest.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { writeFrozenSet } from '../../service/models/frozen/frozen-set.ts'
import { bundledDirectoryOf } from '../../service/models/shelf/candidates.ts'
import { loadTakeoverModel } from '../../service/models/network/takeover-model.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import type { ContentExample } from '../content/content-example.ts'
import { generateLabelled } from '../content/synthetic-labelled.ts'
import { observeMail } from '../observe-mail.ts'
import { noProgress } from '../progress.ts'
import { buildRows } from '../takeover/build-rows.ts'
import { observePersonas } from '../takeover/corpus/observe-personas.ts'
import { createObserve, openContentModel } from '../takeover/corpus/observe-training-mail.ts'
import { freezeContent, freezeTakeover } from './freeze-rows.ts'

/**
 * Invented mail that no training run makes, for installations without frozen messages of their own:
 * `node training/gate/make-bundled-sets.ts [--out DIR]`. The same bytes at every run.
 */
const { values } = parseArgs({ options: { out: { type: 'string' } } })
const out = values.out ?? fileURLToPath(new URL('frozen/', import.meta.url))

/** Training counts its seeds from 1. */
const seed = 90_001
const personas = { personas: 60, messages: 30, attacks: 16 }
const contentMessages = 1_600
const attackRate = 0.25
const createdAt = '2026-11-22T00:00:00Z'
const source = 'invented by this project'

await selectBackend('wasm')
await makeContent()
await makeTakeover()

async function makeTakeover(): Promise<void> {
  const content = await openContentModel(bundledDirectoryOf('content'))
  const files = await readModelDirectory(bundledDirectoryOf('takeover'), 'takeover', behaviourDigest)
  const { background } = loadTakeoverModel(files)
  const observe = createObserve(() => content)
  const { histories } = await observePersonas({ ...personas, seed, observe, progress: noProgress })
  const { rows } = buildRows({
    histories,
    badMail: [],
    seed,
    attackRate,
    background,
    keepFolds: false,
    progress: noProgress
  })
  const head = { name: 'takeover', featureDigest: behaviourDigest, createdAt, source } as const
  await writeFrozenSet(
    path.join(out, 'takeover'),
    head,
    freezeTakeover(rows, ({ sender }) => `persona-${sender}`)
  )
}

async function makeContent(): Promise<void> {
  const examples: ContentExample[] = []
  for (const { id, source: from, label, group, raw } of generateLabelled(seed, contentMessages).mail) {
    const observation = await observeMail(raw)
    if (observation === null) continue
    const { tokens, structure } = observation.content
    const shown = { tokens: Uint32Array.from(tokens), structure: Float32Array.from(structure) }
    examples.push({ id, source: from, group, isBad: label === 'bad', ...shown })
  }
  const head = { name: 'content', featureDigest: contentDigest, createdAt, source } as const
  await writeFrozenSet(path.join(out, 'content'), head, freezeContent(examples, kindOf))
}

/** `bad/loan:de` → `bad/loan`: a template in whatever language. Honest ones are one kind: there are many, and few of each. */
function kindOf({ group, isBad, source: from }: ContentExample): string {
  return isBad ? (/^[^:]+/u.exec(group)?.[0] ?? from) : 'honest'
}
