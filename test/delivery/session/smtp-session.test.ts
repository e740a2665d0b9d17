import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { SessionEnvelope } from '../../../service/delivery/session/envelope-commands.ts'
import { openSession, type OpenOutcome } from '../../../service/delivery/session/smtp-session.ts'
import type { SessionOptions } from '../../../service/delivery/session/session-options.ts'
import { noTls, tlsDemandOf, type TlsaRecord } from '../../../service/delivery/session/tls-demand.ts'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import { noParameters } from '../../../service/message/mail-parameters.ts'
import {
  close,
  silence,
  startScriptedHost,
  type HostScript,
  type ScriptedHost,
  type Turn
} from '../../helpers/scripted-host.ts'

const message = Buffer.from('Subject: hi\r\n\r\n.one\r\ntwo\r\n')
const envelope = (
  to: readonly string[] = ['bob@b.test'],
  more: Partial<SessionEnvelope> = {}
): SessionEnvelope => ({
  from: 'alice@a.test',
  to,
  size: message.length,
  eightBit: false,
  ...more
})

async function open(
  t: TestContext,
  { port }: Pick<ScriptedHost, 'port'>,
  more: Partial<SessionOptions> = {}
): Promise<OpenOutcome> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  t.after(() => socket.destroy())
  return openSession({
    socket,
    hostname: 'localhost',
    ehlo: 'mx.test',
    demand: noTls,
    auth: null,
    socketTimeoutMs: 2_000,
    ...more
  })
}

async function session(t: TestContext, script: HostScript, more: Partial<SessionOptions> = {}) {
  const host = await startScriptedHost(t, script)
  const opened = await open(t, host, more)
  assert.equal(opened.kind, 'open')
  return { host, session: opened.kind === 'open' ? opened.session : assert.fail() }
}

const said = ({ results }: { readonly results: ReadonlyMap<string, { kind: string; status: string }> }) =>
  [...results.values()].map(({ kind, status }) => `${kind} ${status}`)

for (const offers of [['PIPELINING'], []]) {
  const how = offers.length > 0 ? 'at once' : 'one by one'

  test(`commands go ${how}, and each recipient has its own outcome`, async (t) => {
    const answers: Record<string, string> = { no: '550 5.1.1 who?', later: '450 4.2.1 not now' }
    const { host, session: outgoing } = await session(t, {
      offers,
      answer: (verb, line) => (verb === 'RCPT' ? answers[/<(\w+)@/u.exec(line)?.[1] ?? ''] : undefined)
    })
    const sent = await outgoing.send(envelope(['yes@b.test', 'no@b.test', 'later@b.test']), message)
    assert.deepEqual(said(sent), ['delivered 2.0.0', 'failed 5.1.1', 'deferred 4.2.1'])
    assert.equal(sent.reusable, true)
    assert.deepEqual(host.bodies, [message.toString()])
  })

  test(`a sender who is refused (${how}) refuses all, and the connection takes the next message after RSET`, async (t) => {
    let isFirst = true
    const { host, session: outgoing } = await session(t, {
      offers,
      answer: (verb) => {
        if (verb === 'RCPT' || verb === 'DATA') return isFirst ? '503 5.5.1 no' : undefined
        if (verb === 'RSET') isFirst = false
        return verb === 'MAIL' && isFirst ? '550 5.7.1 not you' : undefined
      }
    })
    const refused = await outgoing.send(envelope(['a@b.test', 'b@b.test']), message)
    assert.deepEqual(said(refused), ['failed 5.7.1', 'failed 5.7.1'])
    assert.deepEqual(said(await outgoing.send(envelope(), message)), ['delivered 2.0.0'])
    assert.ok(host.heard.includes('RSET'))
  })

  test(`nothing is sent where no recipient was taken (${how})`, async (t) => {
    const { host, session: outgoing } = await session(t, {
      offers,
      answer: (verb) => (verb === 'RCPT' ? '550 5.1.1 who?' : undefined)
    })
    const sent = await outgoing.send(envelope(), message)
    assert.deepEqual(said(sent), ['failed 5.1.1'])
    assert.equal(sent.reusable, true)
    assert.ok(!host.bodies.join('').includes('Subject'))
  })
}

const long = `250 ${'x'.repeat(5_000)}`
const endless = Buffer.from('250-more\r\n'.repeat(200))
const hostile: readonly (readonly [string, string, Turn, string])[] = [
  ...['MAIL', 'RCPT', 'DATA', 'BODY'].flatMap((verb) => [
    ['stalls at', verb, silence, 'deferred 4.4.2'] as const,
    ['closes at', verb, close, 'deferred 4.4.2'] as const,
    ['answers garbage to', verb, 'HTTP/1.1 400 Bad Request', 'deferred 4.5.0'] as const,
    ['leaves with 421 at', verb, '421 4.3.2 shutting down', 'deferred 4.3.2'] as const
  ]),
  ['answers with an endless line to', 'RCPT', long, 'deferred 4.5.0'],
  ['answers with endless lines to', 'MAIL', endless, 'deferred 4.5.0'],
  ['says that it has taken what was not sent, at', 'DATA', '250 2.0.0 queued', 'deferred 4.5.0'],
  ['lies about its status at', 'BODY', '550 2.0.0 fine', 'failed 5.0.0'],
  ['invites again after', 'BODY', '354 more', 'deferred 4.0.0']
]

for (const [what, at, turn, expected] of hostile) {
  for (const offers of [['PIPELINING'], []]) {
    const how = offers.length > 0 ? 'pipelined' : 'in turn'
    test(`a host that ${what} ${at} (${how}): ${expected}`, async (t) => {
      const script = { offers, answer: (verb: string) => (verb === at ? turn : undefined) }
      const { session: outgoing } = await session(t, script, { socketTimeoutMs: 60 })
      assert.deepEqual(said(await outgoing.send(envelope(), message)), [expected])
    })
  }
}

for (const [what, script, status] of [
  ['says nothing', { greeting: silence }, '4.4.2'],
  ['greets with garbage', { greeting: Buffer.from([0, 1, 2, 10, 255]) }, '4.4.2'],
  ['greets with a refusal', { greeting: '554 5.7.1 not you' }, '4.4.2'],
  ['stalls at EHLO', { answer: (verb: string) => (verb === 'EHLO' ? silence : undefined) }, '4.4.2']
] as const) {
  test(`a host that ${what} is asked later`, async (t) => {
    const opened = await open(t, await startScriptedHost(t, script), { socketTimeoutMs: 60 })
    assert.deepEqual(opened.kind === 'refused' && [opened.result.kind, opened.result.status], [
      'deferred',
      status
    ])
  })
}

test('a host that knows no EHLO gets HELO', async (t) => {
  const { host, session: outgoing } = await session(t, {
    answer: (verb) => (verb === 'EHLO' ? '502 5.5.1 what?' : undefined)
  })
  assert.deepEqual(said(await outgoing.send(envelope(), message)), ['delivered 2.0.0'])
  assert.ok(host.heard.includes('HELO mx.test'))
})

const asked = {
  ...noParameters,
  ret: 'HDRS' as const,
  envid: 'a+b=c',
  recipients: { 'bob@b.test': { notify: ['SUCCESS', 'DELAY'] as const, orcpt: 'rfc822;bob+x@b.test' } }
}

test('what the sender wants to hear goes on to a host that offers DSN, recipient by recipient', async (t) => {
  const { host, session: outgoing } = await session(t, {
    offers: ['DSN', 'SIZE 0', 'PIPELINING', 'MT-PRIORITY']
  })
  const sent = await outgoing.send(
    envelope(['bob@b.test', 'eve@b.test'], { parameters: asked, priority: 4 }),
    message
  )
  assert.deepEqual(
    host.heard.filter((line) => /^(?:MAIL|RCPT)/u.test(line)),
    [
      `MAIL FROM:<alice@a.test> SIZE=${message.length} MT-PRIORITY=4 RET=HDRS ENVID=a+2Bb+3Dc`,
      'RCPT TO:<bob@b.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob+2Bx@b.test',
      'RCPT TO:<eve@b.test>'
    ]
  )
  const [result] = sent.results.values()
  assert.equal(result?.kind === 'delivered' && result.reach, 'passed-on')
})

test('nothing of it goes to a host that does not', async (t) => {
  const { host, session: outgoing } = await session(t, {})
  const sent = await outgoing.send(envelope(['bob@b.test'], { parameters: asked, priority: -4 }), message)
  assert.ok(host.heard.includes('MAIL FROM:<alice@a.test>') && host.heard.includes('RCPT TO:<bob@b.test>'))
  const [result] = sent.results.values()
  assert.equal(result?.kind === 'delivered' && result.reach, undefined)
})

test('addresses beyond ASCII need SMTPUTF8, except where only the domain is', async (t) => {
  const { host, session: outgoing } = await session(t, { offers: ['PIPELINING'] })
  const sent = await outgoing.send(envelope(['jörg@b.test', 'joe@bücher.test']), message)
  assert.deepEqual(said(sent), ['failed 5.6.7', 'delivered 2.0.0'])
  assert.ok(host.heard.includes('RCPT TO:<joe@xn--bcher-kva.test>'))
  const { host: knowing, session: other } = await session(t, { offers: ['SMTPUTF8'] })
  assert.deepEqual(said(await other.send(envelope(['jörg@b.test']), message)), ['delivered 2.0.0'])
  assert.ok(knowing.heard.includes('MAIL FROM:<alice@a.test> SMTPUTF8'))
})

test('an address that would end its command is never said', async (t) => {
  const { host, session: outgoing } = await session(t, {})
  assert.deepEqual(said(await outgoing.send(envelope(['a@b.test>\r\nRCPT TO:<x@y.test']), message)), [
    'failed 5.1.3'
  ])
  assert.ok(!host.heard.some((line) => line.startsWith('RCPT')))
})

test('a message above the size that a host offers is not sent', async (t) => {
  const { session: outgoing } = await session(t, { offers: ['SIZE 10'] })
  assert.deepEqual(said(await outgoing.send(envelope(), message)), ['failed 5.3.4'])
})

test('a mailbox store answers for each recipient (LMTP)', async (t) => {
  const { session: outgoing, host } = await session(
    t,
    { offers: ['PIPELINING'], repliesAfterBody: ['250 2.1.5 in', '452 4.2.2 full'] },
    { protocol: 'lmtp' }
  )
  const { results } = await outgoing.send(envelope(['a@b.test', 'b@b.test']), message)
  const [first, second] = results.values()
  assert.deepEqual([first?.kind === 'delivered' && first.reach, second?.status], ['final', '4.2.2'])
  assert.ok(host.heard.includes('LHLO mx.test'))
})

const directory = mkdtemp(join(tmpdir(), 'sluice-session-'))

async function certificate() {
  return loadCertificate({ directory: await directory, hostname: 'localhost', clock: Date.now })
}

const digestOf = (cert: string): Buffer => createHash('sha256').update(new X509Certificate(cert).raw).digest()
const record = (cert: Buffer, usage = 3): TlsaRecord => ({ usage, selector: 0, mtype: 1, cert })

test('what encryption was had, and who vouches for the host, is told', async (t) => {
  const tls = await certificate()
  const host = await startScriptedHost(t, { offers: ['STARTTLS'], tls })
  const ways = [
    [tlsDemandOf('opportunistic', [], false), undefined, 'none'],
    [tlsDemandOf('opportunistic', [], false), [tls.cert], 'pkix'],
    [tlsDemandOf('opportunistic', [], true), [tls.cert], 'sts'],
    [tlsDemandOf('required', [], false), [tls.cert], 'pkix'],
    [tlsDemandOf('opportunistic', [record(digestOf(tls.cert))], true), undefined, 'dane']
  ] as const
  for (const [demand, authorities, verified] of ways) {
    const opened = await open(t, host, { demand, authorities })
    assert.equal(opened.kind === 'open' && opened.session.tls?.verified, verified)
    assert.match((opened.kind === 'open' && opened.session.tls?.version) || '', /^TLSv1\.[23]$/u)
  }
})

test('a certificate that does not prove what is asked keeps the mail here', async (t) => {
  const tls = await certificate()
  const host = await startScriptedHost(t, { offers: ['STARTTLS'], tls })
  for (const [hostname, demand, authorities] of [
    ['localhost', tlsDemandOf('opportunistic', [], true), undefined],
    ['other.test', tlsDemandOf('required', [], false), [tls.cert]],
    ['localhost', tlsDemandOf('opportunistic', [record(Buffer.alloc(32))], false), [tls.cert]]
  ] as const) {
    const opened = await open(t, host, { hostname, demand, authorities })
    assert.deepEqual(
      opened.kind === 'refused' && [
        opened.result.kind,
        opened.result.status,
        opened.plaintext,
        opened.isUnmet
      ],
      ['deferred', '4.7.5', false, true]
    )
  }
})

test('TLSA records of the wrong kind prove nothing, but that there is TLS', () => {
  const demand = tlsDemandOf('opportunistic', [record(Buffer.alloc(32), 1)], false)
  assert.deepEqual([demand.start, demand.proof], ['must', 'none'])
})

for (const [what, turn] of [
  ['stalls in', '220 2.0.0 go on'],
  ['answers with text in', Buffer.from('220 2.0.0 go on\r\n250 injected\r\n')]
] as const) {
  test(`a host that ${what} the handshake is left in time`, async (t) => {
    const host = await startScriptedHost(t, {
      offers: ['STARTTLS'],
      answer: (verb) => (verb === 'STARTTLS' ? turn : undefined)
    })
    const opened = await open(t, host, {
      demand: tlsDemandOf('opportunistic', [], false),
      socketTimeoutMs: 60
    })
    assert.deepEqual(opened.kind === 'refused' && opened.result.status, '4.7.5')
  })
}

test('what comes unasked over a waiting connection makes it unfit', async (t) => {
  const { session: outgoing } = await session(t, {
    answer: (verb) => (verb === 'BODY' ? Buffer.from('250 2.0.0 taken\r\n421 4.4.2 idle\r\n') : undefined)
  })
  const sent = await outgoing.send(envelope(), message)
  assert.deepEqual([said(sent), sent.reusable], [['delivered 2.0.0'], false])
})
