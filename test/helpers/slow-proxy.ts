import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way through a bad network: everything that clients send goes through it, at its pace. Answers come back at once. */
export interface SlowProxy {
  readonly port: number
  /** Of all connections together; Infinity: as fast as it goes; 0: nothing moves any more, and nobody is told. */
  setRate(bytesPerSecond: number): void
  /** Connections that were opened so far. */
  readonly connections: number
  close(): Promise<void>
}

export interface SlowProxyOptions {
  /** On loopback. */
  readonly toPort: number
  readonly port?: number
  readonly host?: string
}

/** What is sent on at once: small enough that a rate is a rate. */
const pieceBytes = 4_096

export async function startSlowProxy({
  toPort,
  port = 0,
  host = '127.0.0.1'
}: SlowProxyOptions): Promise<SlowProxy> {
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  let stuck: (() => void)[] = []
  let rate = Infinity
  /** Epoch ms at which the line has sent all that was given to it. */
  let freeAt = 0
  let connections = 0
  const server = createServer((client) => {
    connections += 1
    const upstream = connect(toPort, '127.0.0.1')
    for (const [one, other] of [
      [client, upstream],
      [upstream, client]
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => one.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    upstream.pipe(client)
    void carry(client, upstream)
  })
  await once(server.listen(port, host), 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    setRate,
    get connections() { return connections }, // prettier-ignore
    close
  }

  function setRate(bytesPerSecond: number): void {
    rate = bytesPerSecond
    freeAt = 0
    const waiting = stuck
    stuck = []
    for (const goOn of waiting) goOn()
  }

  async function carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) if (Buffer.isBuffer(chunk)) await send(chunk, to)
      to.end()
    } catch {
      to.destroy()
    }
  }

  async function send(chunk: Buffer, to: Socket): Promise<void> {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      const piece = chunk.subarray(at, at + pieceBytes)
      await pace(piece.length)
      if (!to.write(piece)) await once(to, 'drain')
    }
  }

  async function pace(bytes: number): Promise<void> {
    if (rate === 0) {
      await new Promise<void>((resolve) => stuck.push(resolve))
      return await pace(bytes)
    }
    if (rate === Infinity) return
    freeAt = Math.max(freeAt, Date.now()) + (bytes / rate) * 1000
    const wait = freeAt - Date.now()
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        stuck = stuck.filter((one) => one !== done)
        resolve()
      }, wait)
      const done = (): void => {
        clearTimeout(timer)
        timers.delete(timer)
        resolve()
      }
      timers.add(timer)
      // A change of the rate lets what waits go on
      stuck.push(done)
    })
  }

  async function close(): Promise<void> {
    setRate(Infinity)
    for (const timer of timers) clearTimeout(timer)
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
}
