import type { ByteBudget } from '../../../access/byte-budget.ts'
import { createGrowingBuffer } from './growing-buffer.ts'
import { readHead, type HeadFault, type RequestHead } from './request-head.ts'

/** What the bytes of one connection were. */
export type Received = ReceivedRequest | ReceivedFault

export interface ReceivedRequest {
  readonly kind: 'request'
  readonly head: RequestHead
  /** The message as it was sent, perhaps compressed. Valid until the reader is released. */
  readonly body: Body
}

/** `too-large`, `no-room` (too much is being received at once): it was read to its end and not kept. */
export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  | { readonly kind: 'no-room' }

export interface ReceivedFault {
  readonly kind: 'fault'
  readonly fault: Fault
}

/** `no-room`: too much is being received at once, and it is not even known from whom. */
export type Fault = HeadFault | 'length-differs' | 'no-room' | 'too-slow'

export interface RequestReader {
  /** Takes the next bytes. True: nothing more has to come. */
  push(chunk: Uint8Array): boolean
  /** What it was, once `push` gave true or the client sends no more. */
  end(): Received
  release(): void
}

export interface RequestReaderOptions {
  readonly maxMessageBytes: number
  readonly budget: ByteBudget
}

/** What is known once the head is there. */
interface Message {
  readonly head: RequestHead
  readonly start: number
  readonly expected: number | undefined
}

/**
 * Bytes → one request, however they are cut. A message of more than `maxMessageBytes` is read to its end and not kept. There is no wait
 * and no socket in it: whoever feeds it watches the time.
 */
export function createRequestReader({ maxMessageBytes, budget }: RequestReaderOptions): RequestReader {
  const buffer = createGrowingBuffer(budget)
  let message: Message | null = null
  let arrived = 0
  let keeps: 'whole' | 'too-large' | 'no-room' = 'whole'
  let fault: Fault | null = null

  return {
    push: (chunk) => (message === null ? pushHead(chunk) : pushBody(chunk, message)),
    end,
    release: () => buffer.release()
  }

  function pushHead(chunk: Uint8Array): boolean {
    const seen = buffer.bytes().length
    const outcome = buffer.append(chunk) ? readHead(buffer.bytes(), seen) : noRoom
    if (outcome.kind === 'more') return false
    if (outcome.kind === 'fault') {
      fault = outcome.fault
      return true
    }
    const { head, length: start, contentLength: expected } = outcome
    message = { head, start, expected }
    return count(buffer.bytes().length - start, message)
  }

  function pushBody(chunk: Uint8Array, known: Message): boolean {
    if (keeps === 'whole' && !buffer.append(chunk)) drop('no-room')
    return count(chunk.length, known)
  }

  /** True: the message is complete. */
  function count(bytes: number, { expected }: Message): boolean {
    arrived += bytes
    if ((expected ?? arrived) > maxMessageBytes) drop('too-large')
    return expected !== undefined && arrived >= expected
  }

  /** What is not kept is read all the same: a client that is still writing does not listen. */
  function drop(why: 'too-large' | 'no-room'): void {
    keeps = why
    buffer.release()
  }

  function end(): Received {
    if (fault !== null) return { kind: 'fault', fault }
    if (message === null) return { kind: 'fault', fault: 'no-request' }
    const { head, start, expected } = message
    if (expected !== undefined && arrived < expected) return { kind: 'fault', fault: 'length-differs' }
    return { kind: 'request', head, body: bodyOf(start, expected ?? arrived) }
  }

  function bodyOf(start: number, sizeBytes: number): Body {
    switch (keeps) {
      case 'whole':
        return { kind: 'whole', bytes: buffer.bytes().subarray(start, start + sizeBytes) }
      case 'too-large':
        return { kind: 'too-large', sizeBytes }
      case 'no-room':
        return { kind: 'no-room' }
    }
  }
}

const noRoom = { kind: 'fault', fault: 'no-room' } as const
