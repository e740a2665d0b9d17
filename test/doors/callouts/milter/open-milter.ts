import type { TestContext } from 'node:test'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import type { AskCallout } from '../../../../service/doors/callouts/asking/ask-callout.ts'
import type { CalloutAnswer } from '../../../../service/doors/callouts/asking/callout-answer.ts'
import type { CalloutRequest } from '../../../../service/doors/callouts/asking/callout-request.ts'
import { createMilterDoor, type MilterLimits } from '../../../../service/doors/callouts/milter/milter-door.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import { connectMilter, say, type MilterClient } from './milter-client.ts'

export const profile: CalloutAnswer['profile'] = {
  name: 'mx',
  kind: 'postfix-milter',
  mta: 'mx',
  trusted: true,
  hold: 'quarantine',
  route: null,
  decideAt: 'end-of-data',
  onFailure: 'open',
  mode: 'enforce',
  labels: true,
  identityHeader: null
}

export function answerOf(
  disposition: CalloutAnswer['disposition'],
  given: Partial<CalloutAnswer> = {}
): CalloutAnswer {
  return {
    disposition,
    reply: { code: 250, status: '2.0.0', text: 'Ok' },
    labels: [
      { name: 'X-Sluice-Verdict', value: 'allow' },
      { name: 'X-Sluice-Id', value: 'v1' }
    ],
    verdict: null,
    profile,
    ...given
  }
}

export interface OpenMilter {
  readonly port: number
  readonly questions: CalloutRequest[]
  readonly warnings: string[]
  /** A connection on which both sides have introduced themselves. */
  readonly connected: () => Promise<MilterClient>
  readonly close: () => Promise<void>
}

/** The door on a free port, with a seam that records what it is asked. */
export async function openMilter(
  t: TestContext,
  ask: AskCallout = () => Promise.resolve(answerOf('accept')),
  limits: Partial<MilterLimits> = {}
): Promise<OpenMilter> {
  const questions: CalloutRequest[] = []
  const warnings: string[] = []
  const door = createMilterDoor({
    ask: (request) => {
      questions.push(request)
      return ask(request)
    },
    limits: { maxConnections: 20, maxMessageBytes: 100_000, budget: createByteBudget(1_000_000), ...limits },
    identityHeader: 'X-AuthUser',
    log: {
      ...silentLogger,
      warn: (event, facts) => void warnings.push(`${event} ${String(facts?.['cause'])}`),
      error: (event) => void warnings.push(event)
    }
  })
  const port = (await door.listen({ host: '127.0.0.1', port: 0 })) ?? 0
  t.after(() => door.close())
  return {
    port,
    questions,
    warnings,
    async connected() {
      const client = await connectMilter({ port })
      t.after(() => client.close())
      client.send(say.postfix())
      await client.next()
      return client
    },
    close: () => door.close()
  }
}
