import type { Socket } from 'node:net'
import { createReplyReader, type Reply } from './reply-reader.ts'

/** Why no reply came. */
export interface Silence {
  readonly kind: 'closed' | 'timeout' | 'garbage' | 'aborted'
  readonly why: string
}

export type Heard = { readonly reply: Reply } | { readonly silence: Silence }

/** A conversation of commands and replies, with everything hostile bounded. Replies come in the order of commands. */
export interface Dialogue {
  say(bytes: string | Uint8Array): void
  /** The next reply. Resolves in any case; after a silence nothing more comes. */
  hear(timeoutMs: number): Promise<Heard>
  /** Listens no more, while TLS begins on the socket. */
  pause(): void
  /** Goes on over the encrypted socket; what was said before is forgotten. */
  moveTo(socket: Socket): void
  /** Something came that was not asked for, or not yet. */
  readonly hasUnheard: boolean
  readonly socket: Socket
  readonly isOpen: boolean
  /** The end of a message has not left us: whoever breaks off now knows that nobody has taken it. */
  readonly isWithdrawable: boolean
  /** Whoever waits hears `aborted`. */
  end(why: string): void
}

/** Replies that may wait: those of a hundred recipients, sent at once, and a few. */
const maxWaiting = 256

export function createDialogue(first: Socket): Dialogue {
  const replies = createWaitingRoom()
  let reader = createReplyReader()
  let socket = first
  let isMessageSaid = false
  listen()

  return {
    say,
    hear: (timeoutMs) => replies.next(timeoutMs, () => finish(tooSlow)),
    pause,
    moveTo: (next) => {
      socket = next
      reader = createReplyReader()
      listen()
    },
    end: (why) => finish({ kind: 'aborted', why }),
    get hasUnheard() { return reader.isWithin || replies.count > 0 }, // prettier-ignore
    get socket() { return socket }, // prettier-ignore
    get isOpen() { return replies.over === null && socket.writable }, // prettier-ignore
    get isWithdrawable() { return !isMessageSaid || socket.writableLength > 0 } // prettier-ignore
  }

  /** Messages are bytes, commands are text. */
  function say(bytes: string | Uint8Array): void {
    isMessageSaid = typeof bytes !== 'string'
    if (replies.over === null && socket.writable) socket.write(bytes)
  }

  function finish(silence: Silence): void {
    if (replies.over !== null) return
    socket.destroy()
    replies.end(silence)
  }

  function listen(): void {
    socket.on('data', read)
    socket.on('error', onError)
    socket.on('end', onClose)
    socket.on('close', onClose)
  }

  function pause(): void {
    socket.removeListener('data', read)
    socket.removeListener('end', onClose)
    socket.removeListener('close', onClose)
  }

  function onError(error: Error): void {
    finish({ kind: 'closed', why: `the connection broke: ${error.message}` })
  }

  function onClose(): void {
    finish({ kind: 'closed', why: 'the host closed the connection' })
  }

  function read(chunk: Buffer): void {
    if (replies.over !== null) return
    const found = reader.read(chunk)
    if (found === 'garbage') finish(notSmtp)
    else if (found === 'too-long' || replies.count + found.length > maxWaiting) finish(tooMuch)
    else for (const reply of found) replies.add(reply)
  }
}

const tooSlow: Silence = { kind: 'timeout', why: 'the host did not answer in time' }
const notSmtp: Silence = { kind: 'garbage', why: 'the host answered with what is no SMTP reply' }
const tooMuch: Silence = { kind: 'garbage', why: 'the host answered at greater length than any reply needs' }

/** Replies that nobody has asked for yet, and who waits for the next. */
function createWaitingRoom() {
  const replies: Reply[] = []
  let waiting: ((heard: Heard) => void) | null = null
  let over: Silence | null = null
  return { next, add, end, get count() { return replies.length }, get over() { return over } } // prettier-ignore

  function next(timeoutMs: number, onTimeout: () => void): Promise<Heard> {
    const reply = replies.shift()
    if (reply !== undefined) return Promise.resolve({ reply })
    if (over !== null) return Promise.resolve({ silence: over })
    return new Promise((resolve) => {
      const timer = setTimeout(onTimeout, timeoutMs).unref()
      waiting = (heard) => {
        clearTimeout(timer)
        waiting = null
        resolve(heard)
      }
    })
  }

  function add(reply: Reply): void {
    if (waiting === null) replies.push(reply)
    else waiting({ reply })
  }

  function end(silence: Silence): void {
    over = silence
    waiting?.({ silence })
  }
}
