import type { EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import type { ReplayReader } from '../../service/history/reader/replay-reader.ts'
import type { RowSpan } from '../../service/history/reader/stream-rows.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { fuseRisk } from '../../service/verdict/fuse-risk.ts'
import { collectSenders } from '../history/installation-senders.ts'
import { openLabelledRows } from '../history/labelled-rows.ts'
import { noProgress } from '../progress.ts'
import type { BehaviourRow } from '../takeover/behaviour-rows.ts'
import { buildRows } from '../takeover/build-rows.ts'
import { openContentIfAny } from '../takeover/corpus/observe-training-mail.ts'
import { directoryInUse, openModelInUse } from './models-in-use.ts'

export interface PresentAttacksOptions {
  readonly reader: Pick<ReplayReader, 'messages'> & EvidenceReader
  readonly span?: RowSpan
  /** Epoch ms: what is said to come later came by a wrong clock. */
  readonly now: number
  /** Of the installation whose models judge. */
  readonly dataDir?: string | undefined
  readonly seed?: number
  /** Walked through: senders, and the first messages of each. */
  readonly senders?: number
  readonly messages?: number
}

/** One message, honest or another's under this sender's name, as the models in use see it. */
export interface PresentedMessage {
  readonly sender: number
  /** `honest`, or what kind of attack: MODEL_CARD.md says how each is made. */
  readonly family: BehaviourRow['family']
  readonly isBad: boolean
  /** What the takeover model was shown. */
  readonly features: Float32Array
  readonly spamLogit: number | null
  readonly riskLogit: number
}

const badLimit = 300
const attacksAnHonest = 0.6

/**
 * What would have happened: other senders' messages, and what was labelled bad, put under the name of each sender of history, judged by the
 * models in use beside the sender's own mail.
 */
export async function presentAttacks(options: PresentAttacksOptions): Promise<readonly PresentedMessage[]> {
  const { reader, span = {}, now, dataDir, seed = 1, senders = 100, messages = 80 } = options
  await selectBackend('wasm')
  const content = await openContentIfAny(await directoryInUse('content', dataDir))
  const labelled = openLabelledRows({ reader, span, now })
  const own = await collectSenders(labelled, content, seed, { senders, messages, bad: badLimit })
  const takeover = await openModelInUse('takeover', dataDir)
  try {
    const { rows } = buildRows({
      histories: own.histories,
      badMail: own.badMail,
      seed,
      attackRate: attacksAnHonest,
      background: takeover.model.background,
      keepFolds: false,
      progress: noProgress
    })
    const walked = rows.filter(({ repeated }) => !repeated)
    const logits = await takeover.model.predict(walked.map(({ row }) => row))
    return walked.map(({ sender, family, row, spamLogit }, index) => ({
      sender,
      family,
      isBad: family !== 'honest',
      features: row,
      spamLogit,
      riskLogit: fuseRisk(logits[index] ?? Number.NaN, spamLogit)
    }))
  } finally {
    takeover.model.close()
  }
}
