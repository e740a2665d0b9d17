import type { Logger } from '../../../telemetry/logger.ts'
import type { ServeConnection } from '../listening/serve-connection.ts'
import type { Tell } from '../asking/tell.ts'
import { answerTo, type AnswerToOptions } from '../asking/answer-to.ts'
import type { RequestHead } from '../spamd-wire/request-head.ts'
import type { Body, Received } from '../spamd-wire/request-reader.ts'
import { serveRequest, type WireLimits } from '../spamd-wire/serve-request.ts'
import { toScan } from './scan.ts'
import {
  faultReplyOf,
  isScan,
  pong,
  replyOf,
  tellReplyOf,
  type ScanMethod,
  type SpamcFault
} from './spamc-reply.ts'
import { toQuestion, toTold } from './spamc-request.ts'
import { withWholeBody } from './whole-body.ts'

export interface ServeSpamcOptions extends AnswerToOptions {
  readonly tell: Tell
  readonly limits: WireLimits
  readonly log: Logger
}

/** The bytes of the answer, or why there is none. */
type Said = Uint8Array | SpamcFault

/** SpamAssassin's protocol (spamd/PROTOCOL, 1.0 to 1.5), as spamc, Exim without a variant and many more speak it. */
export function createServeSpamc(options: ServeSpamcOptions): ServeConnection {
  return function serveSpamc(connection, first) {
    const { peer } = connection
    return serveRequest(connection, first, options.limits, async (received) => {
      const said = await answer(received, peer, options)
      if (typeof said !== 'string') return said
      options.log.warn('callouts.request_faulty', { protocol: 'spamc', peer, fault: said })
      return faultReplyOf(said)
    })
  }
}

async function answer(received: Received, peer: string | null, options: ServeSpamcOptions): Promise<Said> {
  if (received.kind === 'fault') return received.fault
  const { head } = received
  const { method } = head
  if (method === 'PING') return pong
  if (method === 'SKIP') return Buffer.alloc(0)
  if (method !== 'TELL' && !isScan(method)) return 'unknown-method'
  return await withWholeBody(received, options.limits, async (body): Promise<Said> => {
    if (body.kind === 'not-zlib') return body.kind
    return isScan(method)
      ? await scan(method, head, body, peer, options)
      : await tell(head, body, peer, options)
  })
}

async function scan(
  method: ScanMethod,
  head: RequestHead,
  body: Body,
  peer: string | null,
  options: ServeSpamcOptions
): Promise<Said> {
  const givesBack = method === 'PROCESS' || method === 'HEADERS'
  if (givesBack && body.kind !== 'whole') return body.kind
  const { envelope, message } = toQuestion(head, body, peer)
  const answered = await answerTo(envelope, message, options)
  // There is no word for "later" but a failure
  if (answered.disposition === 'tempfail') return 'no-verdict'
  return replyOf(head, method, toScan(answered), body.kind === 'whole' ? body.bytes : Buffer.alloc(0))
}

async function tell(
  head: RequestHead,
  body: Body,
  peer: string | null,
  options: ServeSpamcOptions
): Promise<Said> {
  if (body.kind !== 'whole') return body.kind
  const told = toTold(head, body.bytes, peer)
  if (told === null) return tellReplyOf(false)
  const outcome = await options.tell(told)
  options.log.info('callouts.told', { protocol: 'spamc', peer, label: told.label, outcome })
  return tellReplyOf(outcome === 'taken')
}
