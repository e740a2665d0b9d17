import { createKeyedHash } from '../../service/observation/keyed-hash.ts'
import { extractBehaviour } from '../../service/features/behaviour.ts'
import type { ContentReading } from '../../service/features/family.ts'
import { loadModels } from '../../service/models/shelf/load-models.ts'
import { parseMessage } from '../../service/parse/parse-message.ts'
import { createJudge } from '../../service/scoring/judging/judge.ts'
import { observeWith } from '../../service/scoring/observing/observe-in-process.ts'
import { readContent } from '../../service/scoring/judging/read-content.ts'
import { createLogger } from '../../service/telemetry/logger.ts'
import { measure, type Cost } from './measure.ts'
import { key, type Sent } from './warmed-senders.ts'

export interface Timed {
  readonly what: string
  readonly cost: Cost
  /** Milliseconds that DESIGN.md section 14 allows, for a mean message. */
  readonly budgetMs?: number
}

const never = Number.POSITIVE_INFINITY
const always = 0

/** What a message costs until its risk and reasons are known, step by step and as a whole, one message at a time. */
export async function timeModels(sent: readonly Sent[]): Promise<readonly Timed[]> {
  const log = createLogger({ level: 'error', redact: false })
  const models = await loadModels({ directory: 'none', backend: 'wasm', log })
  const { content, takeover } = models.scoring
  const { background } = models
  if (content === null || takeover === null)
    throw new Error('The bundled models do not load: nothing to measure')
  const judge = createJudge({ models: models.scoring, background, log })
  const read = await Promise.all(
    sent.map(async (one) => ({ ...one, reading: await readContent(content, one.observation.content) }))
  )
  const behaviourOf = ({ observation, profile, installation, reading }: Sent & { reading: ContentReading }) =>
    extractBehaviour(observation, profile, { ...background, installation }, reading)
  const rows = read.map((one) => behaviourOf(one).row)
  const judged = (wholeFrom: number) => (one: Sent) =>
    judge(one.observation, one.profile, wholeFrom, one.installation)

  let keyedHash = createKeyedHash(key)
  const parsed = await measure(sent, (one) => {
    // What a hash remembers of one round it would not know of other mail
    if (one === sent[0]) keyedHash = createKeyedHash(key)
    return observeWith(one.submission, keyedHash, parseMessage)
  })
  const timed: Timed[] = [
    { what: 'parse + observe', cost: parsed, budgetMs: 0.5 },
    { what: 'extractBehaviour', cost: await measure(read, behaviourOf) },
    {
      what: 'content pass, passages too',
      cost: await measure(sent, (one) => readContent(content, one.observation.content))
    },
    { what: 'takeover: networks + forest', cost: await measure(rows, (row) => takeover.predict([row])) },
    { what: 'judge, allowed', cost: await measure(sent, judged(never)), budgetMs: 0.4 },
    { what: 'judge, held: all reasons', cost: await measure(sent, judged(always)) }
  ]
  models.close()
  return timed
}
