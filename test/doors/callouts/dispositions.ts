import * as fc from 'fast-check'
import {
  answerOf,
  failureOf,
  type CalloutAnswer
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
  const says = fc.constantFrom('allow', 'hold', 'block', 'deadline', 'overloaded', 'failed', 'too-large')
  return fc.tuple(says, profiles).map(([said, profile]) => {
    switch (said) {
      case 'allow':
      case 'hold':
      case 'block':
        return answerOf(verdictOf(said, 'alice'), profile)
      default:
        return failureOf(said, profile)
    }
  })
}
