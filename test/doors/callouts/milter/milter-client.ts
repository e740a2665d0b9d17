import { once } from 'node:events'
import { connect } from 'node:net'
import {
  createFrameDecoder,
  encodeFrame,
  type Frame
} from '../../../../service/doors/callouts/milter/frames.ts'

/** The mail server's side: says what it is told to, and reads whole answers. */
export interface MilterClient {
  send(...bytes: readonly Buffer[]): void
  /** The next answer; null once the other side has closed. */
  next(): Promise<Frame | null>
  /** Answers up to the one that ends a message (`c` or `y`), each as letter and text. */
  answer(): Promise<readonly string[]>
  /** Says that nothing more comes, and still listens. */
  half(): void
  close(): void
}

export async function connectMilter(place: { port: number } | { path: string }): Promise<MilterClient> {
  const socket = 'port' in place ? connect(place.port, '127.0.0.1') : connect(place.path)
  await once(socket, 'connect')
  const decoder = createFrameDecoder(1_000_000)
  const frames: Frame[] = []
  const waiting: ((frame: Frame | null) => void)[] = []
  let closed = false
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    closed = true
    for (const resolve of waiting.splice(0)) resolve(null)
  })
  socket.on('data', (chunk: Buffer) => {
    for (const frame of decoder.decode(chunk)) {
      if (typeof frame === 'string') throw new Error(`we were answered with a ${frame}`)
      const resolve = waiting.shift()
      if (resolve === undefined) frames.push(frame)
      else resolve(frame)
    }
  })

  function next(): Promise<Frame | null> {
    const frame = frames.shift()
    if (frame !== undefined) return Promise.resolve(frame)
    return closed ? Promise.resolve(null) : new Promise((resolve) => waiting.push(resolve))
  }

  return {
    send: (...bytes) => void (socket.writable && socket.write(Buffer.concat(bytes))),
    next,
    async answer() {
      const said: string[] = []
      for (;;) {
        const frame = await next()
        if (frame === null) return [...said, 'closed']
        said.push(frame.letter + textOf(frame))
        if ('cy'.includes(frame.letter)) return said
      }
    },
    half: () => socket.end(),
    close: () => socket.destroy()
  }
}

/** The strings of a frame, after its index if it has one: `1|X-Sluice-Verdict|`. */
function textOf({ letter, data }: Frame): string {
  if (letter !== 'i' && letter !== 'm') return data.toString('latin1').replace(/\0$/u, '')
  return `${data.readUInt32BE()}|${data.toString('latin1', 4, data.length - 1).replaceAll('\0', '|')}`
}

export function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, 4 * at)
  return bytes
}

const strings = (...texts: readonly string[]): Buffer =>
  Buffer.from(texts.map((text) => `${text}\0`).join(''), 'latin1')

/** What a mail server says, as bytes. */
export const say = {
  negotiate: (version: number, actions: number, steps: number) =>
    encodeFrame('O', uint32(version, actions, steps)),
  /** As Postfix 3.7 offers. */
  postfix: () => say.negotiate(6, 0x1ff, 0x1fffff),
  macros: (stage: string, ...words: readonly string[]) =>
    encodeFrame('D', Buffer.from(stage), strings(...words)),
  connect: (family: string, port: number, address: string) =>
    encodeFrame(
      'C',
      strings('client.example.org'),
      Buffer.from(family),
      Buffer.from([port >> 8, port & 255]),
      strings(address)
    ),
  unknownClient: () => encodeFrame('C', strings('localhost'), Buffer.from('U')),
  helo: (name: string) => encodeFrame('H', strings(name)),
  mail: (address: string, ...parameters: readonly string[]) =>
    encodeFrame('M', strings(address, ...parameters)),
  rcpt: (address: string) => encodeFrame('R', strings(address)),
  header: (name: string, value: string) => encodeFrame('L', strings(name, value)),
  endOfHeader: () => encodeFrame('N'),
  body: (text: string) => encodeFrame('B', Buffer.from(text, 'latin1')),
  end: (text = '') => encodeFrame('E', Buffer.from(text, 'latin1')),
  abort: () => encodeFrame('A'),
  quit: () => encodeFrame('Q'),
  quitNewConnection: () => encodeFrame('K'),
  data: () => encodeFrame('T'),
  unknown: (text: string) => encodeFrame('U', strings(text)),
  /** One whole message. */
  message: (from: string, to: string, text = 'Hello\r\n') =>
    Buffer.concat([
      say.mail(from),
      say.rcpt(to),
      say.header('Subject', ' x'),
      say.endOfHeader(),
      say.end(text)
    ])
}
