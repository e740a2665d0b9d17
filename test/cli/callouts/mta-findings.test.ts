import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findMtaFaults } from '../../../service/cli/callouts/mta-findings.ts'
import { configSchema, type Config } from '../../../service/config/config-schema.ts'
import type { CalloutClientAnswer, CalloutClientsAnswer } from '../../../service/contracts/callouts.ts'

const listeners = { rspamd: '127.0.0.1:11333', policy: '127.0.0.1:10040', milter: '127.0.0.1:10041' }

function asks(given: Partial<CalloutClientAnswer>): CalloutClientAnswer {
  return {
    name: 'mx1',
    kind: 'postfix-milter',
    protocol: 'milter',
    mta: 'mx1',
    configured: true,
    trusted: true,
    hold: 'quarantine',
    onFailure: 'open',
    mode: 'enforce',
    questions: 100,
    shown: { user: 100, clientIp: 100, helo: 100, recipients: 100, queueId: 100, content: 100 },
    told: { accept: 100 },
    failed: 0,
    firstAt: '2026-11-22T08:00:00.000Z',
    lastAt: '2026-11-22T09:00:00.000Z',
    lastPeer: '127.0.0.1',
    ...given
  }
}

function codesOf(client: Partial<CalloutClientAnswer>, more: Partial<CalloutClientsAnswer> = {}): string[] {
  const asked = { since: '2026-11-22T07:00:00.000Z', listeners, items: [asks(client)], ...more }
  return findMtaFaults(callouts([]), asked).map(({ code }) => code)
}

function callouts(clients: readonly object[]): Config['callouts'] {
  return configSchema.parse({ callouts: { clients } }).callouts
}

const shown = asks({}).shown
const cases: readonly (readonly [string, Partial<CalloutClientAnswer>, readonly string[]])[] = [
  ['a client that shows everything', {}, []],
  ['no user at all', { shown: { ...shown, user: 0 } }, ['USER_MISSING']],
  ['a user now and then', { shown: { ...shown, user: 20 } }, ['USER_RARE']],
  ['no address of the client', { shown: { ...shown, clientIp: 0 } }, ['CLIENT_IP_MISSING']],
  ['no queue id', { shown: { ...shown, queueId: 0 } }, ['QUEUE_ID_MISSING']],
  ['no recipients', { shown: { ...shown, recipients: 0 } }, ['RECIPIENTS_MISSING']],
  ['messages that are too large', { shown: { ...shown, content: 90 } }, ['CONTENT_MISSING']],
  [
    'a policy service, which never sees content',
    { protocol: 'postfix-policy', shown: { ...shown, content: 0 } },
    []
  ],
  ['a client that was never asked for by name', { configured: false, trusted: false }, ['CLIENT_UNNAMED']],
  ['a client that shows a token of scope score', { configured: false }, []],
  ['a client that is not trusted', { trusted: false }, ['CLIENT_UNTRUSTED']],
  ['answers that come too late', { failed: 5 }, ['ANSWERS_FAIL']],
  ['silence', { questions: 0 }, ['CLIENT_SILENT']]
]

for (const [what, client, codes] of cases)
  test(`${what}: ${codes.join(', ') || 'nothing to say'}`, () => assert.deepEqual(codesOf(client), codes))

test('a listener that is off is told from a mail server that is silent', () => {
  assert.deepEqual(codesOf({ questions: 0 }, { listeners: { ...listeners, milter: null } }), ['LISTENER_OFF'])
})

test('a listener on a unix socket alone is not off', () => {
  const asked = {
    since: '2026-11-22T07:00:00.000Z',
    listeners: { ...listeners, milter: null },
    items: [asks({ questions: 0 })]
  }
  const config = { ...callouts([]), milterSocket: '/run/sluice/milter.sock' }
  assert.deepEqual(
    findMtaFaults(config, asked).map(({ code }) => code),
    ['CLIENT_SILENT']
  )
})

test('a missing user comes with the lines to add to that mail server', () => {
  const asked = {
    since: '2026-11-22T07:00:00.000Z',
    listeners: { ...listeners, policy: '127.0.0.1:4711' },
    items: [asks({ kind: 'postfix-policy', protocol: 'postfix-policy', shown: { ...shown, user: 0 } })]
  }
  const [found] = findMtaFaults(callouts([]), asked)
  assert.ok(found?.remedy.includes('  -o smtpd_sasl_auth_enable=yes'))
})

test('a silent mail server comes with the lines that connect it, and our address in them', () => {
  const asked = {
    since: '2026-11-22T07:00:00.000Z',
    listeners: { ...listeners, policy: '127.0.0.1:4711' },
    items: [asks({ kind: 'postfix-policy', protocol: 'postfix-policy', questions: 0 })]
  }
  const [found] = findMtaFaults(callouts([]), asked)
  assert.equal(found?.remedy.filter((line) => line.includes('inet:127.0.0.1:4711')).length, 2)
})

test('nobody configured and nobody asking is said once', () => {
  const asked = { since: '2026-11-22T07:00:00.000Z', listeners, items: [] }
  assert.deepEqual(
    findMtaFaults(callouts([]), asked).map(({ code }) => code),
    ['NOBODY_ASKS']
  )
})

test('a trusted client that any local program could play is warned about, one with a password is not', () => {
  const base = { name: 'mx1', kind: 'haraka', trusted: true }
  const warned = (client: object): number =>
    findMtaFaults(callouts([{ ...base, ...client }]), {
      since: '2026-11-22T07:00:00.000Z',
      listeners,
      items: [asks({})]
    }).filter(({ code }) => code === 'TRUST_BY_LOOPBACK').length
  assert.equal(warned({}), 1)
  assert.equal(warned({ networks: ['127.0.0.1'] }), 1)
  assert.equal(warned({ networks: ['192.0.2.7'] }), 0)
  assert.equal(warned({ password: 'long enough' }), 0)
})
