import { SingleBar } from 'cli-progress'
import { verdictAnswerSchema, type VerdictAnswer } from '../../contracts/verdict-answer.ts'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import type { DemoPerson } from './people.ts'
import type { ServiceClient } from '../running/service-client.ts'

export interface ReplayCount {
  readonly messages: number
  /** Held or blocked although honest, among each sender's first messages and after them. */
  readonly stoppedEarly: number
  readonly stoppedLater: number
  readonly later: number
  readonly tookMs: number
}

/** Until so many messages of a sender are known, there is little to compare with. */
export const warmUpMessages = 20

/** Submits the weeks behind over HTTP, each at its own time, and lets them teach. One sender's mail goes in order, senders side by side. */
export async function replay(
  client: ServiceClient,
  people: readonly DemoPerson[],
  { signal }: { readonly signal: AbortSignal }
): Promise<ReplayCount> {
  const startedAt = performance.now()
  const total = people.reduce((sum, { past }) => sum + past.length, 0)
  const bar = openBar(total)
  const counts = { stoppedEarly: 0, stoppedLater: 0, later: 0 }
  const replayOne = async ({ past }: DemoPerson): Promise<void> => {
    for (const [index, message] of past.entries()) {
      signal.throwIfAborted()
      const { verdict } = await scoreOver(client, message, 'auto')
      const isEarly = index < warmUpMessages
      if (!isEarly) counts.later += 1
      if (verdict !== 'allow') counts[isEarly ? 'stoppedEarly' : 'stoppedLater'] += 1
      bar?.increment()
    }
  }
  try {
    await Promise.all(people.map(replayOne))
  } finally {
    bar?.stop()
  }
  return { messages: total, ...counts, tookMs: performance.now() - startedAt }
}

/** `POST /v1/verdicts` for this message. `never`: it changes nothing. */
export function scoreOver(
  client: ServiceClient,
  message: SyntheticSubmission,
  learn: 'auto' | 'never'
): Promise<VerdictAnswer> {
  return client.post(
    '/v1/verdicts',
    { ...requestOf(message), learn, explain: learn === 'never' },
    verdictAnswerSchema
  )
}

/** The message as the body of a request. */
export function requestOf({ sender, client, envelope, raw, receivedAt }: SyntheticSubmission) {
  return {
    receivedAt: new Date(receivedAt).toISOString(),
    client,
    auth: { user: sender },
    envelope: { from: envelope.mailFrom, to: envelope.rcptTo },
    raw: Buffer.from(raw).toString('base64')
  }
}

/** On standard error, and only where somebody is looking. */
function openBar(total: number): SingleBar | undefined {
  if (!process.stderr.isTTY) return undefined
  const bar = new SingleBar({
    format: '  learning habits {bar} {value}/{total}  {eta_formatted}',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true
  })
  bar.start(total, 0)
  return bar
}
