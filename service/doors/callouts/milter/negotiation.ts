import { encodeFrame, uint32 } from './frames.ts'
import { actions, noReplyTo, replyLetters, requestedMacros, steps } from './milter-words.ts'

/** What both sides understand. */
export interface Agreement {
  readonly version: number
  readonly actions: number
  readonly steps: number
}

const ourVersion = 6
/** Older ones are of another century. */
const oldestVersion = 2

const wantedActions = actions.addHeaders | actions.changeHeaders | actions.quarantine | actions.requestMacros

/** A message of usual size costs three round trips: at DATA, for its body, and at its end. */
const wantedSteps = Object.values(noReplyTo).reduce(
  (sum, step) => sum | step,
  steps.noUnknown | steps.leadingSpace
)

/** What we want of what is offered: a mail server ends the connection if asked for more. null: too old. */
export function agree(offered: Agreement): Agreement | null {
  if (offered.version < oldestVersion) return null
  return {
    version: Math.min(offered.version, ourVersion),
    actions: offered.actions & wantedActions,
    steps: offered.steps & wantedSteps
  }
}

/** Our side of it, with the macros that we read where the mail server takes requests for them. */
export function encodeAgreement(agreement: Agreement): Buffer {
  const numbers = [agreement.version, agreement.actions, agreement.steps].map(uint32)
  const lists = (agreement.actions & actions.requestMacros) === 0 ? [] : requestedMacros
  return encodeFrame(
    replyLetters.negotiate,
    ...numbers,
    ...lists.flatMap(({ stage, names }) => [uint32(stage), Buffer.from(`${names}\0`)])
  )
}
