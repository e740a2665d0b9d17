import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { createInput, type Input } from './input.ts'
import { createOutput, type Output } from './output.ts'
import type { SessionTls } from './session.ts'
import { startTls } from './start-tls.ts'

/** Both directions of a connection; after a handshake they are others. */
export interface Wire {
  readonly socket: Socket
  readonly input: Input
  readonly output: Output
  /** What came before it in the clear is nobody's (RFC 3207 section 4.2). null: it failed, or took too long. */
  secure(secureContext: SecureContext, timeoutMs: number): Promise<SessionTls | null>
}

export function openWire(plain: Socket): Wire {
  let socket: Socket = plain
  let input = createInput(plain)
  let output = createOutput(plain)
  return {
    get socket() {
      return socket
    },
    get input() {
      return input
    },
    get output() {
      return output
    },
    async secure(secureContext, timeoutMs) {
      input.discard()
      const secured = await startTls(socket, secureContext, timeoutMs)
      if (secured === null) return null
      socket = secured.socket
      input = createInput(socket)
      output = createOutput(socket)
      return secured.tls
    }
  }
}
