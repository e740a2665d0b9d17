import type { Duplex } from 'node:stream'
import { TLSSocket, type SecureContext } from 'node:tls'
import type { Socket } from 'node:net'
import type { SessionTls } from './session.ts'

export interface Secured {
  readonly socket: TLSSocket
  readonly tls: SessionTls
}

/** The server's side of a handshake on a connection of which nothing is left unread. null: it failed, or took too long. */
export function startTls(
  plain: Socket,
  secureContext: SecureContext,
  timeoutMs: number
): Promise<Secured | null> {
  const socket = new TLSSocket(plain, { isServer: true, secureContext })
  return new Promise((resolve) => {
    const timer = setTimeout(() => fail(), timeoutMs)
    socket.on('error', fail)
    socket.once('close', fail).once('end', fail)
    socket.once('secure', () => {
      settle()
      resolve({ socket, tls: describe(socket) })
    })

    function fail(): void {
      settle()
      socket.destroy()
      resolve(null)
    }

    function settle(): void {
      clearTimeout(timer)
      socket.off('close', fail).off('end', fail).off('error', fail)
      ignoreErrors(socket)
    }
  })
}

/** Whatever a client does to its connection ends that connection only; reading and writing see the end. */
export function ignoreErrors(socket: Duplex): void {
  socket.on('error', () => socket.destroy())
}

function describe(socket: TLSSocket): SessionTls {
  return { version: socket.getProtocol() ?? 'TLS', cipher: socket.getCipher().name }
}
