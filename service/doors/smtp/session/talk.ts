import { createPace } from '../bounds/pace.ts'
import { maxAuthLineBytes } from '../commands/command.ts'
import type { DoorContext } from '../door-context.ts'
import { readMessage, type ReadOutcome } from '../verbs/read-message.ts'
import type { Wire } from './wire.ts'

/** What a verb may have of the connection while it is at work: the lines of an AUTH exchange, the bytes of a message. */
export interface Talk {
  /** Sends a challenge (334) and gives the client's line; null: it is gone, late or too long. */
  ask(challenge: string): Promise<string | null>
  /** Sends 354 and gives the message. */
  message(): Promise<ReadOutcome>
}

/** `deadline`: until when, of `performance.now()`, a line that is asked for now may come. */
export function createTalk(wire: Wire, context: DoorContext, deadline: () => number): Talk {
  const { bounds, budget, maxMessageBytes: maxBytes } = context
  return {
    async ask(challenge) {
      wire.output.sayLines(334, [challenge])
      if (!(await wire.output.flush(deadline()))) return null
      const line = await wire.input.line(maxAuthLineBytes, deadline())
      return line.kind === 'line' ? line.line.toString('latin1') : null
    },
    async message() {
      wire.output.sayLines(354, ['End data with <CR><LF>.<CR><LF>'])
      await wire.output.flush(deadline())
      const { minDataBytesPerSecond: minBytesPerSecond, dataWindowMs: windowMs, maxDataMs: maxMs } = bounds
      const pace = createPace({ minBytesPerSecond, windowMs, maxMs })
      return readMessage(wire.input, { maxBytes, budget, pace })
    }
  }
}
