import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import type { Zone } from '../delivery/zone.ts'

export interface DnsServer {
  readonly port: number
  /** `127.0.0.1:5353`, as `dns.servers` takes it. */
  readonly address: string
  /** From now on it answers by this. */
  serve(zone: Zone): void
  /** Answers about these names it calls validated (AD), as if it did. */
  sign(...names: readonly string[]): void
  readonly asked: readonly string[]
}

const codes = { A: 1, PTR: 12, MX: 15, TXT: 16, AAAA: 28, TLSA: 52 } as const
const serverFailure = 2
const noSuchName = 3

/**
 * A name server on loopback (RFC 1035) that answers as `zone` does: NXDOMAIN, NODATA and SERVFAIL honestly; a text `ETIMEOUT` for records
 * is met with silence.
 */
export async function startDnsServer(
  t: Pick<TestContext, 'after'>,
  zone: Zone = {},
  port = 0
): Promise<DnsServer> {
  let records = zone
  const asked: string[] = []
  const signed = new Set<string>()
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => {
    const answered = answer(message, records, asked)
    if (answered !== null && signed.has(question(message).name)) answered[3] = (answered[3] ?? 0) | 0x20
    if (answered !== null) socket.send(answered, peer.port, peer.address)
  })
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => void socket.close())
  const { port: bound } = socket.address()
  return {
    port: bound,
    address: `127.0.0.1:${bound}`,
    asked,
    serve: (next) => void (records = next),
    sign: (...names) => {
      for (const name of names) signed.add(name)
    }
  }
}

function answer(message: Buffer, zone: Zone, asked: string[]): Buffer | null {
  const { name, type, end } = question(message)
  const typeName = Object.entries(codes).find(([, code]) => code === type)?.[0] ?? String(type)
  asked.push(`${typeName} ${name}`)
  const known = zone[name]
  const found = known?.[typeName]
  if (found === 'ETIMEOUT') return null
  if (known === undefined || found === 'ENOTFOUND') return reply(message, end, noSuchName, [])
  if (typeof found === 'string') return reply(message, end, found === 'ENODATA' ? 0 : serverFailure, [])
  return reply(
    message,
    end,
    0,
    (found ?? []).map((record) => resource(type, data(typeName, record)))
  )
}

const headerBytes = 12

function question(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = headerBytes
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

/** Authoritative, recursion available; the question again, then the answers. Additional records (EDNS) are left out. */
function reply(message: Buffer, end: number, code: number, answers: readonly Buffer[]): Buffer {
  const header = Buffer.from(message.subarray(0, headerBytes))
  header.writeUInt16BE(0x8580 | code, 2)
  header.writeUInt16BE(answers.length, 6)
  header.writeUInt16BE(0, 8)
  header.writeUInt16BE(0, 10)
  return Buffer.concat([header, message.subarray(headerBytes, end), ...answers])
}

function resource(type: number, rdata: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc000 | headerBytes, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(60, 6)
  head.writeUInt16BE(rdata.length, 10)
  return Buffer.concat([head, rdata])
}

function data(type: string, record: unknown): Buffer {
  switch (type) {
    case 'A':
      return Buffer.from(String(record).split('.').map(Number))
    case 'TXT':
      return Buffer.concat([record].flat().flatMap((text) => strings(String(text))))
    case 'PTR':
      return nameBytes(String(record))
    case 'MX':
      return exchangerBytes(record)
    case 'TLSA':
      return tlsaBytes(record)
    default:
      throw new Error(`${type} is not served here`)
  }
}

/** `{ priority, exchange }`. */
function exchangerBytes(record: unknown): Buffer {
  const { priority, exchange } = Object.assign({ priority: 0, exchange: '' }, record)
  return Buffer.concat([Buffer.from([priority >> 8, priority & 0xff]), nameBytes(exchange)])
}

/** `{ usage, selector, mtype, cert }`. */
function tlsaBytes(record: unknown): Buffer {
  const { usage, selector, mtype, cert } = Object.assign(
    { usage: 3, selector: 0, mtype: 1, cert: Buffer.alloc(0) },
    record
  )
  return Buffer.concat([Buffer.from([usage, selector, mtype]), cert])
}

function strings(text: string): readonly Buffer[] {
  return (text.match(/.{1,255}/gsu) ?? ['']).map((part) =>
    Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])
  )
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '')
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0])
  ])
}
