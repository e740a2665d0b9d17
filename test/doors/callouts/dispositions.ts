import * as fc from 'fast-check'
import {
  answerOf,
  failureOf,
  type CalloutAnswer,
  type FailureCause
} from '../../../service/doors/callouts/asking/callout-answer.ts'
import { verdictOf } from '../../helpers/fixed-score.ts'
import { client } from './open-hooks.ts'

/** All that the seam may answer to a client of this kind, also with settings that the configuration refuses. */
export function dispositionsOf(kind: 'stalwart' | 'mta-hooks'): fc.Arbitrary<CalloutAnswer> {
  const profiles = fc
    .record({
      hold: fc.constantFrom('quarantine', 'tempfail', 'reject', 'route', 'label'),
      onFailure: fc.constantFrom('open', 'closed'),
      mode: fc.constantFrom('enforce', 'shadow'),
      labels: fc.boolean()
    })
    .map((given) => client(kind, given).profile)
  const judged = fc.constantFrom('allow' as const, 'hold' as const, 'block' as const)
  const causes = fc.constantFrom<FailureCause>('deadline', 'overloaded', 'failed')
  return fc.oneof(
    fc.tuple(judged, profiles).map(([says, profile]) => answerOf(verdictOf(says, 'alice'), profile)),
    fc.tuple(causes, profiles).map(([cause, profile]) => failureOf(cause, profile))
  )
}
