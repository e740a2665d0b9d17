// `npm run bench:score`: messages per second and processor time per message over HTTP, Sluice beside rspamd, same mail, same run.
import { parseArgs } from 'node:util'
import { spamAssassinMessages, type BenchmarkMessage } from './corpus.ts'
import { paced, saturate, type HttpRequest, type LoadResult } from './load.ts'
import { startRspamd, type Peer } from './peers/rspamd.ts'
import { startSluicePeer } from './peers/sluice.ts'
import { processRssMiB } from './process-cpu.ts'
import { steady } from './steady.ts'

interface Measured {
  readonly name: string
  readonly saturated: LoadResult
  readonly cpuMs: number
  readonly at60: LoadResult
  readonly rssMiB: number
}

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '16' },
    /** What a provider sends is nearly all honest; in the whole corpus a third is spam, held with a full explanation. */
    ham: { type: 'boolean', default: false }
  }
})
const messages = spamAssassinMessages(Number(values.messages), values.ham ? 'ham' : 'all')
const connections = Number(values.connections)
const meanBytes = messages.reduce((sum, { raw }) => sum + raw.length, 0) / messages.length
console.log(
  `${messages.length} messages of the SpamAssassin corpus${values.ham ? ' (ham)' : ''}, mean ${Math.round(meanBytes)} bytes, ${connections} connections`
)

const generous =
  '[limits]\nmessagesPerHour = 1000000\nmessagesPerDay = 1000000\nrecipientsPerHour = 1000000\nrecipientsPerDay = 1000000\nnewRecipientsPerDay = 1000000\n'
const sluice = await startSluicePeer(generous)
const results = [await measurePeer('Sluice, message/rfc822', sluice, (message) => rfc822(sluice, message))]
results.push(await measurePeer('Sluice, JSON', sluice, (message) => json(sluice, message)))
await sluice.close()

const rspamd = await startRspamd()
if ('missing' in rspamd) console.log(`rspamd is left out: ${rspamd.missing}`)
else {
  results.push(await measurePeer('rspamd, look-ups off', rspamd, (message) => checkv2(rspamd, message)))
  await rspamd.close()
}
report(results)

async function measurePeer(
  name: string,
  peer: Peer,
  toRequest: (message: BenchmarkMessage) => HttpRequest
): Promise<Measured> {
  const requests = messages.map(toRequest)
  const { last: saturated, cpuMs } = await steady(peer.pid, () => saturate(requests, connections))
  const at60 = await paced(requests, saturated.perSecond * 0.6)
  return { name, saturated, cpuMs, at60, rssMiB: processRssMiB(peer.pid) }
}

function rfc822(peer: { port: number; token: string }, { from, to, raw }: BenchmarkMessage): HttpRequest {
  const headers = {
    authorization: `Bearer ${peer.token}`,
    'content-type': 'message/rfc822',
    'x-sluice-user': from,
    'x-sluice-from': from,
    'x-sluice-rcpt': to,
    'x-sluice-client-ip': '203.0.113.7',
    'x-sluice-helo': 'laptop.local'
  }
  return { port: peer.port, path: '/v1/verdicts', headers, body: raw }
}

function json(peer: { port: number; token: string }, { from, to, raw }: BenchmarkMessage): HttpRequest {
  const headers = { authorization: `Bearer ${peer.token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({
    client: { ip: '203.0.113.7', helo: 'laptop.local' },
    auth: { user: from, method: 'PLAIN' },
    envelope: { from, to: [to] },
    raw: raw.toString('base64')
  })
  return { port: peer.port, path: '/v1/verdicts', headers, body: Buffer.from(body) }
}

function checkv2(peer: { port: number }, { from, to, raw }: BenchmarkMessage): HttpRequest {
  const headers = { from, rcpt: to, ip: '203.0.113.7', helo: 'laptop.local', user: from }
  return { port: peer.port, path: '/checkv2', headers, body: raw }
}

function report(measured: readonly Measured[]): void {
  console.table(
    Object.fromEntries(
      measured.map(({ name, saturated, cpuMs, at60, rssMiB }) => [
        name,
        {
          'messages/s': fixed(saturated.perSecond, 0),
          'CPU ms/message': fixed(cpuMs),
          'messages/CPU s': fixed(1_000 / cpuMs, 0),
          'p50 ms at 60 %': fixed(at60.p50Ms),
          'p99 ms at 60 %': fixed(at60.p99Ms),
          'RSS MiB': fixed(rssMiB, 0),
          failed: saturated.failed + at60.failed
        }
      ])
    )
  )
  const ours = measured[0]
  const theirs = measured[2]
  if (ours && theirs)
    console.log(
      `ratio, messages per CPU second, Sluice (rfc822) to rspamd: ${fixed(theirs.cpuMs / ours.cpuMs)}`
    )
}

function fixed(value: number, digits = 2): string {
  return value.toFixed(digits)
}
