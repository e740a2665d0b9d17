import type { Socket } from 'node:net'
import { sniffProtocol, type Sniffed } from './sniff-protocol.ts'

export interface FirstBytes {
  readonly protocol: Exclude<Sniffed, 'unclear'>
  /** What was read. With HTTP it is back in the socket, where Node's server looks for it. */
  readonly bytes: Buffer
}

/** Reads as far as it takes to know what a client speaks, and leaves the socket paused. null: it went away, or said too little in time. */
export function readFirstBytes(socket: Socket, withinMs: number): Promise<FirstBytes | null> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0)
    const late = setTimeout(() => settle(null), withinMs)
    socket.on('readable', onReadable).on('end', onGone).on('close', onGone)

    function onReadable(): void {
      const chunk: unknown = socket.read()
      if (!Buffer.isBuffer(chunk)) return
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
      const protocol = sniffProtocol(bytes)
      if (protocol === 'unclear') return
      // At once: a moment later the socket may have ended, and takes nothing back
      if (protocol === 'http') socket.unshift(bytes)
      settle({ protocol, bytes })
    }
    function onGone(): void {
      settle(null)
    }
    function settle(first: FirstBytes | null): void {
      clearTimeout(late)
      socket.off('readable', onReadable).off('end', onGone).off('close', onGone).pause()
      resolve(first)
    }
  })
}
