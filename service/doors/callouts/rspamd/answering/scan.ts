import { answerTo, type AnswerToOptions } from '../../asking/answer-to.ts'
import { messageIdOf } from '../../asking/message-id.ts'
import { json, type Exchange, type Handle } from '../exchange.ts'
import { writeMixed } from '../reading/multipart.ts'
import type { Received } from '../reading/read-body.ts'
import { receiveForm, receiveMessage, type MessageLimits } from '../reading/receive-message.ts'
import { toScanResult, type ScanResult } from './scan-result.ts'
import { toEnvelope, type Envelope } from '../reading/to-question.ts'
import { writeOldResult, writeResult, type ScanFacts } from './write-result.ts'

export interface ScanOptions extends AnswerToOptions {
  readonly limits: MessageLimits
  /** Epoch ms. */
  readonly clock: () => number
  readonly onScanned: (result: ScanResult) => void
}

/** The words that ask for a verdict. */
export function createScan(options: ScanOptions): Readonly<Record<'check' | 'checkv2' | 'checkv3', Handle>> {
  const { limits, clock, onScanned } = options

  async function scan(envelope: Envelope, message: Received): Promise<readonly [ScanResult, ScanFacts]> {
    const start = clock()
    try {
      const result = toScanResult(await answerTo(envelope, message, options))
      onScanned(result)
      const messageId = message.kind === 'whole' ? messageIdOf(message.bytes) : null
      return [result, { messageId, durationMs: clock() - start }]
    } finally {
      if (message.kind === 'whole') message.release()
    }
  }

  /** What the fields say is looked at first: who says nonsense need not send a message. */
  async function scanBody(exchange: Exchange): Promise<readonly [ScanResult, ScanFacts]> {
    const envelope = toEnvelope(exchange.fields, exchange.peer)
    return await scan(envelope, await receiveMessage(exchange, limits))
  }

  return {
    check: async (exchange) => json(writeOldResult(...(await scanBody(exchange)))),
    checkv2: async (exchange) => json(writeResult(...(await scanBody(exchange)))),
    async checkv3(exchange) {
      const { envelope, message } = await receiveForm(exchange, limits)
      return writeMixed(json(writeResult(...(await scan(envelope, message)))))
    }
  }
}
