import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { close, silence, startScriptedHost, type HostScript, type Turn } from '../../helpers/scripted-host.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import type { Closing } from '../harness/closing.ts'
import { waitFor } from '../harness/wait-for.ts'
import { closingAfter, openService, routeTo, type DurableService, type Story } from './open-service.ts'

interface Hostile {
  readonly does: string
  readonly script: HostScript
  /** Of its route. */
  readonly tls?: 'off' | 'opportunistic' | 'required'
  /** Default: one of its own. */
  readonly to?: readonly string[]
  /** Each recipient in the end of the first attempt: its state, and what its reply and status say. */
  readonly outcome: readonly (readonly [state: string, told: RegExp])[]
}

const noAnswer = /^4\.\d\.\d+ .+/u
const garbage = Buffer.from([0, 255, 13, 10, 200, 7, 10, 13, 0, 254, 13, 10])
const on = (verb: string, turn: Turn): HostScript => ({
  answer: (said) => (said === verb ? turn : undefined)
})
const pending = [['pending', noAnswer]] as const
const three = ['one', 'two', 'three']
const notTwo = (reply: string): HostScript => ({
  answer: (verb, line) => (verb === 'RCPT' && line.includes('<two@') ? reply : undefined)
})

/** What the other side may do to us. Whoever falls silent does so for longer than an attempt may take. */
const hostiles: readonly Hostile[] = [
  { does: 'takes the connection and says nothing', script: { greeting: silence }, outcome: pending },
  ...['EHLO', 'MAIL', 'RCPT', 'DATA', 'BODY'].map((verb) => ({
    does: `falls silent after ${verb}`,
    script: on(verb, silence),
    outcome: pending
  })),
  { does: 'greets with bytes that are no SMTP', script: { greeting: garbage }, outcome: pending },
  { does: 'answers MAIL with bytes that are no SMTP', script: on('MAIL', garbage), outcome: pending },
  { does: 'answers the message with bytes that are no SMTP', script: on('BODY', garbage), outcome: pending },
  { does: 'never ends its line', script: on('MAIL', Buffer.alloc(3_000_000, 'x')), outcome: pending },
  { does: 'closes instead of greeting', script: { greeting: close }, outcome: pending },
  { does: 'closes at MAIL', script: on('MAIL', close), outcome: pending },
  { does: 'closes at DATA', script: on('DATA', close), outcome: pending },
  { does: 'closes at the end of the message', script: on('BODY', close), outcome: pending },
  { does: 'greets with 421', script: { greeting: '421 4.3.2 too busy' }, outcome: [['pending', /^4\.\d\.\d 421 /u]] },
  { does: 'puts the message off', script: on('BODY', '452 4.3.1 no room'), outcome: [['pending', /^4\.3\.1 452 /u]] },
  {
    does: 'puts one recipient of three off',
    script: notTwo('450 4.2.1 later'),
    to: three,
    outcome: [['delivered', /^2\./u], ['pending', /^4\.2\.1 450 /u], ['delivered', /^2\./u]]
  },
  {
    does: 'refuses one recipient of three',
    script: notTwo('550 5.1.1 unknown'),
    to: three,
    outcome: [['delivered', /^2\./u], ['bounced', /^5\.1\.1 550 /u], ['delivered', /^2\./u]]
  },
  {
    does: 'fails the TLS handshake that is required',
    script: { offers: ['STARTTLS'], answer: (verb) => (verb === 'STARTTLS' ? Buffer.from('220 go on\r\nno TLS at all, sorry\r\n') : undefined) },
    tls: 'required',
    outcome: pending
  },
  {
    does: 'closes in the TLS handshake that is required',
    script: { offers: ['STARTTLS'], answer: (verb) => (verb === 'STARTTLS' ? close : undefined) },
    tls: 'required',
    outcome: pending
  },
  {
    does: 'offers no TLS where it is required',
    script: {},
    tls: 'required',
    outcome: pending
  }
] // prettier-ignore

const attemptTimeoutMs = 3_000

describe('whatever a destination does, its messages wait, their stories say why, and others are not slowed', () => {
  const closing = closingAfter()
  let service: DurableService
  const stories = new Map<string, Story>()
  let goodAfterMs = Infinity
  let reports: readonly string[] = []

  before(async () => {
    const sink = await startSink()
    closing.after(() => sink.close())
    const routes = await Promise.all(hostiles.map((one, index) => routeOf(one, index, closing)))
    const deadDns = { name: 'dead', kind: 'mx', domains: ['dead-dns.test'] }
    service = await openService(closing, {
      routes: [...routes, deadDns, routeTo(sink.port)],
      delivery: { attemptTimeoutMs, firstRetryDelayMs: 600_000, maxConnections: 40 },
      // Nobody answers there
      more: { dns: { servers: ['127.0.0.1:9'], timeoutMs: 300 } }
    })
    await service.start()
    const ids = new Map<string, string>()
    for (const [index, { does, to = ['one'] }] of hostiles.entries())
      ids.set(does, await service.accept({ key: does, to: to.map((name) => `${name}@${domainOf(index)}`) }))
    ids.set('has no DNS', await service.accept({ key: 'dns', to: ['one@dead-dns.test'] }))
    const startedAt = performance.now()
    await service.accept({ key: 'good', to: ['one@good.test'] })
    await waitFor('the good one arrives', () => sink.mails.some(({ data }) => data.includes('X-Key: good')))
    goodAfterMs = performance.now() - startedAt
    for (const [does, id] of ids) stories.set(does, await tried(id))
    reports = sink.mails.filter(({ from }) => from === '').map(({ data }) => data)
  })

  for (const { does, outcome } of hostiles)
    test(does, () => {
      const story = stories.get(does)
      assert.deepEqual(story?.recipients.map(({ state }) => state), outcome.map(([state]) => state)) // prettier-ignore
      for (const [index, [, told]] of outcome.entries()) {
        const { status, reply } = story?.recipients[index] ?? {}
        assert.match(`${status} ${reply}`, told)
      }
      assert.equal(story?.attempts, 1)
    })

  test('has no DNS', () => {
    const [recipient] = stories.get('has no DNS')?.recipients ?? []
    assert.equal(recipient?.state, 'pending')
    assert.match(`${recipient?.status} ${recipient?.reply}`, /^4\.4\.\d /u)
  })

  test('a good destination gets its mail while the others stall', () => {
    assert.ok(goodAfterMs < attemptTimeoutMs, `${Math.round(goodAfterMs)} ms`)
  })

  test('only what was refused for good is reported to the sender', () => {
    assert.equal(reports.length, 1)
    assert.match(reports[0] ?? '', /Final-Recipient: rfc822; ?two@/iu)
  })

  async function tried(id: string): Promise<Story> {
    return await waitFor(`${id} was tried`, async () => {
      const story = await service.story(id)
      return story.attempts > 0 && story
    })
  }
})

const domainOf = (index: number): string => `hostile-${index}.test`

async function routeOf({ script, tls = 'off' }: Hostile, index: number, t: Closing): Promise<object> {
  const host = await startScriptedHost(t, script)
  return routeTo(host.port, { name: `hostile-${index}`, tls, domains: [domainOf(index)] })
}
