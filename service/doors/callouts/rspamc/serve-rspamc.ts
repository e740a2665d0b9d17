import type { Logger } from '../../../telemetry/logger.ts'
import type { ServeConnection } from '../listening/serve-connection.ts'
import { answerTo, type AnswerToOptions } from '../asking/answer-to.ts'
import { RspamdError } from '../rspamd/rspamd-error.ts'
import type { Fault, Received } from '../spamd-wire/request-reader.ts'
import { serveRequest, type WireLimits } from '../spamd-wire/serve-request.ts'
import { faultReplyOf, pong, replyOf, skipped } from './rspamc-reply.ts'
import { toQuestion } from './rspamc-request.ts'

export interface ServeRspamcOptions extends AnswerToOptions {
  readonly limits: WireLimits
  readonly log: Logger
}

/** rspamd's protocol before it spoke HTTP, which Exim's `spamd_address = … variant=rspamd` still speaks: one question a connection. */
export function createServeRspamc(options: ServeRspamcOptions): ServeConnection {
  return function serveRspamc(connection, first) {
    const { peer } = connection
    return serveRequest(connection, first, options.limits, async (received) => {
      const answered = await answer(received, peer, options)
      if (typeof answered !== 'string') return answered
      options.log.warn('callouts.request_faulty', { protocol: 'rspamc', peer, fault: answered })
      return faultReplyOf(answered)
    })
  }
}

/** The bytes of the answer, or what is wrong with the request. */
async function answer(
  received: Received,
  peer: string | null,
  options: ServeRspamcOptions
): Promise<Uint8Array | Fault> {
  if (received.kind === 'fault') return received.fault
  const { method } = received.head
  if (method === 'PING') return pong
  if (method === 'SKIP') return skipped
  if (!scans.has(method)) return 'no-request'
  try {
    const { envelope, message } = toQuestion(received, peer)
    return replyOf(await answerTo(envelope, message, options))
  } catch (error) {
    if (error instanceof RspamdError) return 'bad-field'
    throw error
  }
}

/** They differ in how much of the answer is shown, which nobody minds any more. */
const scans: ReadonlySet<string> = new Set(['CHECK', 'SYMBOLS', 'PROCESS', 'REPORT', 'REPORT_IFSPAM'])
