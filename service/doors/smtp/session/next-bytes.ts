import type { Duplex } from 'node:stream'

export type Chunk =
  { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'ended' } | { readonly kind: 'late' }

/** What a socket has: at once, or when there is something, it is over, or the time (of `performance.now()`) is. */
export function nextBytes(socket: Duplex, deadline: number): Promise<Chunk> {
  const ready = read(socket)
  if (ready !== undefined) return Promise.resolve(ready)
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle({ kind: 'late' }), Math.max(0, deadline - performance.now()))
    const onReadable = (): void => {
      const found = read(socket)
      if (found !== undefined) settle(found)
    }
    const onEnd = (): void => settle({ kind: 'ended' })
    socket.on('readable', onReadable).once('end', onEnd).once('close', onEnd)

    function settle(found: Chunk): void {
      clearTimeout(timer)
      socket.off('readable', onReadable).off('end', onEnd).off('close', onEnd)
      resolve(found)
    }
  })
}

function read(socket: Duplex): Chunk | undefined {
  const bytes: unknown = socket.read()
  if (Buffer.isBuffer(bytes)) return { kind: 'bytes', bytes }
  return socket.destroyed || socket.readableEnded ? { kind: 'ended' } : undefined
}
