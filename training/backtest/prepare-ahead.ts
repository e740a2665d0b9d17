import type { Submission } from '../../service/message/submission.ts'
import type { Observer, ObserveOutcome } from '../../service/scoring/scoring-ports.ts'
import type { ReadLine } from './read-submissions.ts'

/** A line whose message the workers have been given. */
export interface PreparedLine extends ReadLine {
  readonly observed: Promise<ObserveOutcome>
}

export interface PrepareAhead {
  /** The same lines in the same order, each some dozens of lines after its message was given to the workers. */
  prepare(lines: AsyncIterable<ReadLine>): AsyncGenerator<PreparedLine>
  /** For scoring: gives what was prepared, without doing it again. */
  readonly observer: Observer
}

/** Enough to keep every worker busy while one message is scored; long messages wait for fewer. */
const maxAhead = 64
const maxAheadBytes = 64 * 1024 * 1024

/** What a message shows does not depend on what was learned before it: only scoring has to keep the order, parsing runs ahead of it. */
export function prepareAhead(workers: Observer): PrepareAhead {
  const prepared = new WeakMap<Submission, Promise<ObserveOutcome>>()

  async function* prepare(lines: AsyncIterable<ReadLine>): AsyncGenerator<PreparedLine> {
    const ahead: PreparedLine[] = []
    let bytes = 0
    for await (const line of lines) {
      const observed = workers.observe(line.submission)
      prepared.set(line.submission, observed)
      ahead.push({ ...line, observed })
      bytes += line.submission.sizeBytes
      while (ahead.length > maxAhead || bytes > maxAheadBytes) {
        const next = ahead.shift()
        if (next === undefined) break
        bytes -= next.submission.sizeBytes
        yield next
      }
    }
    yield* ahead
  }

  return {
    prepare,
    observer: {
      observe: (submission) => prepared.get(submission) ?? workers.observe(submission),
      recipients: (envelope) => workers.recipients(envelope),
      close: () => workers.close()
    }
  }
}
