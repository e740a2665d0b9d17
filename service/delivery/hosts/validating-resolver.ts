import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import type { ResolveSecurely, SecureAnswer } from './dane.ts'
import { parseDnsAnswer, toDnsQuestion, type DnsAnswer, type RecordType } from './dns-message.ts'

export interface ValidatingResolverOptions {
  /** An address, `127.0.0.1` or `[::1]:5353`, of a resolver that validates and that nobody sits in front of: its word is taken. */
  readonly server: string
  /** Of one question, which is asked twice. */
  readonly timeoutMs: number
  /** Epoch ms. */
  readonly clock: () => number
}

interface Entry {
  readonly answer: SecureAnswer
  readonly until: number
}

const tries = 2
const maxEntries = 5_000
/** What the zone says, within reason: an attacker's long-lived answer ends, and a second's does not load the resolver. */
const minKeepMs = 60_000
const maxKeepMs = 3_600_000
const dnsPort = 53

/**
 * Asks a resolver that validates DNSSEC and believes its AD flag (RFC 7672 section 2.1.1: so it must be on this machine or on the way to it
 * nobody else). Node's own resolver does not tell that flag. Throws with a DNS code where there is no answer; a bogus one is `ESERVFAIL`.
 */
export function createValidatingResolver(options: ValidatingResolverOptions): ResolveSecurely {
  const { clock } = options
  const server = toServer(options.server)
  const entries = new Map<string, Entry>()
  return async function resolveSecurely(name, type) {
    const key = `${type} ${name.toLowerCase()}`
    const known = entries.get(key)
    if (known !== undefined && known.until > clock()) return known.answer
    const { records, secure, ttl } = await ask(server, name, type, options.timeoutMs)
    const answer = { records, secure }
    const keepMs = Math.min(Math.max((ttl ?? 0) * 1_000, minKeepMs), maxKeepMs)
    entries.delete(key)
    entries.set(key, { answer, until: clock() + keepMs })
    const [oldest] = entries.keys()
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
    return answer
  }
}

interface Server {
  readonly host: string
  readonly port: number
}

function toServer(text: string): Server {
  const found = /^(?:\[([^\]]+)\]|([0-9.]+))(?::(\d+))?$/u.exec(text)
  return { host: found?.[1] ?? found?.[2] ?? text, port: Number(found?.[3] ?? dnsPort) }
}

async function ask(server: Server, name: string, type: RecordType, timeoutMs: number): Promise<DnsAnswer> {
  for (let tried = 1; ; tried += 1) {
    const id = randomInt(0x10000)
    const question = toDnsQuestion(id, name, type)
    const heard = await overUdp(server, question, id, type, timeoutMs)
    const answer = heard?.isTruncated === true ? await overTcp(server, question, id, type, timeoutMs) : heard
    if (answer === null && tried < tries) continue
    if (answer === null) throw dnsError('ETIMEOUT', name, type)
    if (answer.code !== 0 && answer.code !== noSuchName) throw dnsError('ESERVFAIL', name, type)
    return answer
  }
}

const noSuchName = 3

function dnsError(code: string, name: string, type: RecordType): Error {
  return Object.assign(new Error(`${type} ${name}: ${code}`), { code })
}

/** null: no answer in time. What does not answer the question is not heard. */
function overUdp(
  { host, port }: Server,
  question: Buffer,
  id: number,
  type: RecordType,
  timeoutMs: number
): Promise<DnsAnswer | null> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    const timer = setTimeout(() => end(null), timeoutMs)
    socket.on('error', () => end(null))
    socket.on('message', (message) => {
      const answer = parseDnsAnswer(message, type)
      if (answer?.id === id && isSameQuestion(message, question)) end(answer)
    })
    // A connected socket hears nobody else
    socket.connect(port, host, () => socket.send(question))

    function end(answer: DnsAnswer | null): void {
      clearTimeout(timer)
      socket.removeAllListeners('message')
      socket.close()
      resolve(answer)
    }
  })
}

/** RFC 5452 section 3: the answer repeats what was asked. */
function isSameQuestion(answer: Buffer, question: Buffer): boolean {
  // Header before, EDNS after
  const asked = question
    .subarray(12, question.length - 11)
    .toString('latin1')
    .toLowerCase()
  return answer.toString('latin1', 12, 12 + asked.length).toLowerCase() === asked
}

function overTcp(
  { host, port }: Server,
  question: Buffer,
  id: number,
  type: RecordType,
  timeoutMs: number
): Promise<DnsAnswer | null> {
  return new Promise((resolve) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(question.length)
    const socket = connect(port, host, () => socket.write(Buffer.concat([length, question])))
    const timer = setTimeout(() => end(null), timeoutMs)
    let heard = Buffer.alloc(0)
    socket.on('error', () => end(null))
    socket.on('close', () => end(null))
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk])
      if (heard.length < 2 || heard.length < heard.readUInt16BE(0) + 2) return
      const answer = parseDnsAnswer(heard.subarray(2), type)
      end(answer?.id === id ? answer : null)
    })

    function end(answer: DnsAnswer | null): void {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
  })
}
