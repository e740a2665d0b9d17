// `npm run bench:callouts`: what a verdict costs a mail server, by each way of asking; Sluice beside rspamd in the same position, same
// mail, one run. Postfix writes every message to its queue, as it always does, and throws it away after that.
import { parseArgs } from 'node:util'
import { spamAssassinMessages, type BenchmarkMessage } from './corpus.ts'
import { saturate, type HttpRequest, type LoadResult } from './load.ts'
import { startPostfix } from './peers/postfix.ts'
import { startRspamd } from './peers/rspamd.ts'
import { freeCalloutPorts, startSluicePeer } from './peers/sluice.ts'
import { submitAll } from './smtp-load.ts'
import { steady } from './steady.ts'

type Way = 'rspamd HTTP' | 'milter' | 'policy' | 'nobody asked'

interface Measured {
  readonly way: Way
  readonly judge: 'Sluice' | 'rspamd' | 'Postfix alone'
  readonly load: LoadResult
  /** Of the judge, all its processes and threads. */
  readonly cpuMs: number
}

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '500' },
    connections: { type: 'string', default: '16' }
  }
})
const connections = Number(values.connections)
/** What a provider sends is nearly all honest. */
const messages = spamAssassinMessages(Number(values.messages), 'ham')
const meanBytes = messages.reduce((sum, { raw }) => sum + raw.length, 0) / messages.length
console.log(
  `${messages.length} honest messages of the SpamAssassin corpus, mean ${Math.round(meanBytes)} bytes, ${connections} connections`
)
const alone = await behindPostfix('nobody asked', 'Postfix alone', null, [])
report([...(await measureSluice()), ...(await measureRspamd()), ...present([alone])])

async function measureSluice(): Promise<readonly Measured[]> {
  const sluice = await startSluicePeer(sluiceConfiguration(), await freeCalloutPorts())
  const { pid, callouts } = sluice
  const measured = [
    await overHttp('Sluice', pid, callouts.rspamd),
    await behindPostfix('milter', 'Sluice', pid, milterAt(callouts.milter)),
    await behindPostfix('policy', 'Sluice', pid, policyAt(callouts.policy))
  ]
  await sluice.close()
  return present(measured)
}

/** It answers no policy questions. */
async function measureRspamd(): Promise<readonly Measured[]> {
  const rspamd = await startRspamd({ milter: true })
  if ('missing' in rspamd) {
    console.log(`rspamd is left out: ${rspamd.missing}`)
    return []
  }
  const { pid, port, milterPort } = rspamd
  const measured = [
    await overHttp('rspamd', pid, port),
    await behindPostfix('milter', 'rspamd', pid, milterAt(milterPort ?? 0))
  ]
  await rspamd.close()
  return present(measured)
}

async function overHttp(judge: Measured['judge'], pid: number, port: number): Promise<Measured> {
  const requests = messages.map((message) => checkv2(port, message))
  const { last, cpuMs } = await steady(pid, () => saturate(requests, connections))
  return { way: 'rspamd HTTP', judge, load: last, cpuMs }
}

/** `pid`: of the judge; null: of Postfix itself. */
async function behindPostfix(
  way: Way,
  judge: Measured['judge'],
  pid: number | null,
  settings: readonly string[]
): Promise<Measured | null> {
  const postfix = await startPostfix(settings)
  if ('missing' in postfix) {
    console.log(`${judge} by ${way} is left out: ${postfix.missing}`)
    return null
  }
  const { last, cpuMs } = await steady(pid ?? postfix.pid, () =>
    submitAll(postfix.port, messages, connections)
  )
  await postfix.close()
  return { way, judge, load: last, cpuMs }
}

function present(measured: readonly (Measured | null)[]): readonly Measured[] {
  return measured.flatMap((one) => one ?? [])
}

function checkv2(port: number, { from, to, raw }: BenchmarkMessage): HttpRequest {
  const headers = { from, rcpt: to, ip: '203.0.113.7', helo: 'bench.example.org', user: from }
  return { port, path: '/checkv2', headers, body: raw }
}

function milterAt(port: number): readonly string[] {
  return [`smtpd_milters = inet:127.0.0.1:${port}`, 'milter_default_action = tempfail']
}

function policyAt(port: number): readonly string[] {
  const check = `check_policy_service inet:127.0.0.1:${port}`
  return [`smtpd_recipient_restrictions = ${check}`, `smtpd_end_of_data_restrictions = ${check}`]
}

/** Limits wide open; its mail is trusted, so that what it learns is paid for too. */
function sluiceConfiguration(): string {
  const clients = ['rspamd', 'postfix-milter', 'postfix-policy'].map(
    (kind) => `[[callouts.clients]]
name = "${kind}"
kind = "${kind}"
networks = ["127.0.0.1"]
trusted = true
`
  )
  return `${clients.join('')}[limits]
messagesPerHour = 1000000
messagesPerDay = 1000000
recipientsPerHour = 1000000
recipientsPerDay = 1000000
newRecipientsPerDay = 1000000
`
}

function report(measured: readonly Measured[]): void {
  const rows = measured.map(({ way, judge, load, cpuMs }) => [
    `${way}, ${judge}`,
    {
      'messages/s': load.perSecond.toFixed(0),
      'CPU ms/message': cpuMs.toFixed(2),
      'p50 ms': load.p50Ms.toFixed(1),
      'p99 ms': load.p99Ms.toFixed(1),
      failed: load.failed
    }
  ])
  console.table(Object.fromEntries(rows))
  for (const ours of measured.filter(({ judge }) => judge === 'Sluice')) {
    const theirs = measured.find(({ way, judge }) => way === ours.way && judge === 'rspamd')
    if (theirs === undefined) continue
    const perCpu = (theirs.cpuMs / ours.cpuMs).toFixed(2)
    const perSecond = (ours.load.perSecond / theirs.load.perSecond).toFixed(2)
    console.log(
      `ratio by ${ours.way}, Sluice to rspamd: messages per CPU second ${perCpu}, messages per second ${perSecond}`
    )
  }
}
