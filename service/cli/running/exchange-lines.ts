import { request, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { readNdjson } from '../../contracts/ndjson.ts'

export interface ExchangeOptions {
  readonly url: URL
  readonly token: string | undefined
  /** Each a value on a line of its own. No faster than the service takes them. */
  readonly lines: AsyncIterable<string>
  /** What is thrown where the service refuses. */
  readonly refusal: (status: number, body: string) => Error
}

/** Of one answer. */
const maxAnswerBytes = 1_048_576

/** Sends lines and gives the answers, each as soon as it is there. Ends with the error of the connection or of the lines. */
export async function* exchangeLines({
  url,
  token,
  lines,
  refusal
}: ExchangeOptions): AsyncGenerator<string> {
  const headers = {
    'content-type': 'application/x-ndjson',
    ...(token !== undefined && { authorization: `Bearer ${token}` })
  }
  const asking = request(url, { method: 'POST', headers, agent: false })
  const arrived = Promise.withResolvers<IncomingMessage>()
  asking.once('response', (response) => arrived.resolve(response))
  asking.once('error', (error) => arrived.reject(error))
  let fault: unknown = null
  const sent = pipeline(Readable.from(lines, { highWaterMark: 1 }), asking).catch((error: unknown) => {
    fault = error
    arrived.reject(error)
  })
  try {
    const response = await arrived.promise
    if (response.statusCode !== 200) throw refusal(response.statusCode ?? 0, await text(response))
    for await (const answer of readNdjson(response, maxAnswerBytes)) {
      if (answer.kind !== 'text') throw new Error('an answer cannot be read')
      yield answer.text
    }
    await sent
    if (fault !== null) throw fault
  } catch (error) {
    throw fault instanceof Error && isConsequence(error) ? fault : error
  } finally {
    asking.destroy()
  }
}

/** The connection ended because the lines did. */
function isConsequence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}
