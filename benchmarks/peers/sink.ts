import { SMTPServer } from 'smtp-server'

export interface Sink {
  readonly port: number
  received(): number
  close(): Promise<void>
}

/** An SMTP server on a free port that counts what it takes and keeps nothing. */
export async function startSink(): Promise<Sink> {
  let received = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, callback) {
      stream.resume()
      stream.on('end', () => {
        received++
        callback(null)
      })
    }
  })
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return { port, received: () => received, close: () => new Promise((resolve) => server.close(resolve)) }
}
