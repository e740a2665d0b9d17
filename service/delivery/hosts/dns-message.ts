/** The types that the search for hosts asks for (RFC 1035, 3596, 6698). */
export const recordTypes = { A: 1, MX: 15, AAAA: 28, TLSA: 52 } as const
export type RecordType = keyof typeof recordTypes

/** A parsed answer: what node's resolver gives for the same types, and whether the name server vouches for it. */
export interface DnsAnswer {
  readonly id: number
  readonly isTruncated: boolean
  /** RCODE: 0 found, or nothing of this type; 2 failed (also: bogus); 3 no such name. */
  readonly code: number
  /** AD (RFC 4035 section 3.2.3). */
  readonly secure: boolean
  readonly records: readonly unknown[]
  /** Seconds: the shortest of the answers; null: there are none. */
  readonly ttl: number | null
}

const headerBytes = 12
/** RD and AD: recursion is wanted, and to be told what is secure (RFC 6840 section 5.7). */
const wantedFlags = 0x0120
const responseFlag = 0x8000
const truncatedFlag = 0x0200
const secureFlag = 0x0020
/** RFC 6891; the size that passes everywhere unfragmented (DNS flag day 2020). */
const ednsPayloadBytes = 1_232
const maxRecords = 64

/** A question as it goes over the wire. Throws `EBADNAME` for what is no name. */
export function toDnsQuestion(id: number, name: string, type: RecordType): Buffer {
  const head = Buffer.alloc(headerBytes)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(wantedFlags, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(1, 10)
  const tail = Buffer.alloc(4)
  tail.writeUInt16BE(recordTypes[type], 0)
  tail.writeUInt16BE(1, 2)
  const edns = Buffer.alloc(11)
  edns.writeUInt16BE(41, 1)
  edns.writeUInt16BE(ednsPayloadBytes, 3)
  return Buffer.concat([head, toWireName(name), tail, edns])
}

function toWireName(name: string): Buffer {
  const labels = name.replace(/\.$/u, '').split('.')
  const isName = labels.every((label) => label.length > 0 && label.length < 64) && name.length <= 253
  if (!isName) throw Object.assign(new Error(`${name.slice(0, 100)} is no name`), { code: 'EBADNAME' })
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0])
  ])
}

/** What a name server answered to a question for `type`; null: it is no answer, or runs past its own end. */
export function parseDnsAnswer(message: Buffer, type: RecordType): DnsAnswer | null {
  try {
    return readAnswer(message, type)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function readAnswer(message: Buffer, type: RecordType): DnsAnswer | null {
  const flags = message.readUInt16BE(2)
  const count = message.readUInt16BE(6)
  if ((flags & responseFlag) === 0 || message.readUInt16BE(4) !== 1) return null
  let at = readName(message, headerBytes).end + 4
  const records: unknown[] = []
  let ttl: number | null = null
  for (let index = 0; index < Math.min(count, maxRecords); index += 1) {
    at = readName(message, at).end
    const dataAt = at + 10
    const end = dataAt + message.readUInt16BE(at + 8)
    if (end > message.length) throw new RangeError('the record runs past the message')
    ttl = Math.min(ttl ?? Infinity, message.readUInt32BE(at + 4))
    if (message.readUInt16BE(at) === recordTypes[type]) records.push(readData(message, type, dataAt, end))
    at = end
  }
  return {
    id: message.readUInt16BE(0),
    isTruncated: (flags & truncatedFlag) !== 0,
    code: flags & 0x000f,
    secure: (flags & secureFlag) !== 0,
    records,
    ttl
  }
}

function readData(message: Buffer, type: RecordType, at: number, end: number): unknown {
  switch (type) {
    case 'A':
      return [...message.subarray(at, at + 4)].join('.')
    case 'AAAA':
      return Array.from({ length: 8 }, (_, index) => message.readUInt16BE(at + index * 2).toString(16)).join(
        ':'
      )
    case 'MX':
      return { priority: message.readUInt16BE(at), exchange: readName(message, at + 2).name }
    case 'TLSA':
      return {
        usage: message.readUInt8(at),
        selector: message.readUInt8(at + 1),
        mtype: message.readUInt8(at + 2),
        cert: Buffer.from(message.subarray(at + 3, end))
      }
  }
}

/** RFC 1035 section 4.1.4. Pointers may only lead back, and not for ever. */
function readName(message: Buffer, from: number): { readonly name: string; readonly end: number } {
  const labels: string[] = []
  let at = from
  let end: number | null = null
  for (let jumps = 0; jumps < 128; jumps += 1) {
    const length = message.readUInt8(at)
    if (length === 0) return { name: labels.join('.'), end: end ?? at + 1 }
    if (length >= 0xc0) {
      end ??= at + 2
      const target = message.readUInt16BE(at) & 0x3fff
      if (target >= at) throw new RangeError('a pointer leads forward')
      at = target
      continue
    }
    if (length > 63 || at + 1 + length > message.length) throw new RangeError('a label is too long')
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  throw new RangeError('a name does not end')
}
