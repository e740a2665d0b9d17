import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import type { MessageFacts } from '../../service/history/rows/message-row.ts'
import { verdictOf } from '../../test/helpers/fixed-score.ts'
import type { WarmedSenders } from '../behaviour/warmed-senders.ts'

/** What honest mail of the SpamAssassin corpus leaves in history. */
export function measuredRows({ sent }: WarmedSenders): readonly MessageFacts[] {
  const features = new Float32Array(behaviourFeatureNames.length).fill(0.5)
  const passage = new Float32Array(10).fill(-4)
  return sent.map(({ observation, sender }, index) => ({
    submissionId: `bench-${index}`,
    sender,
    caller: 'smtp',
    receivedAt: observation.receivedAt,
    decidedAt: observation.receivedAt,
    messageIdHash: 'bench-message-id',
    shadow: false,
    sizeBytes: observation.sizeBytes,
    observation,
    reading: { whole: -4, passages: [...passage] },
    features,
    featureDigest: behaviourDigest,
    riskLogit: -3,
    takeoverLogit: -4,
    spamLogit: -5,
    verdict: verdictOf('allow', sender),
    judged: 'allow',
    learned: true,
    charged: true,
    priors: 7,
    habits: 1,
    habitsMade: 2
  }))
}
