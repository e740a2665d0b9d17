import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseNetworks } from '../../../../service/access/networks.ts'
import { holdsOf } from '../../../../service/config/callouts-schema.ts'
import { noIntroduction } from '../../../../service/doors/callouts/asking/callout-request.ts'
import { clientKinds } from '../../../../service/doors/callouts/clients/client-kinds.ts'
import {
  createChooseClient,
  createFindClient,
  type ClientSelectors,
  type ConfiguredClient
} from '../../../../service/doors/callouts/clients/client-profile.ts'

const anybody: ClientSelectors = { networks: null, settingsId: null, userAgent: null, password: null }

function client(name: string, selectors: Partial<ClientSelectors>): ConfiguredClient {
  const profile = {
    name,
    kind: 'haraka',
    mta: name,
    trusted: true,
    hold: 'tempfail',
    route: null,
    onFailure: 'open',
    mode: 'enforce',
    labels: true,
    identityHeader: null
  } as const
  return { profile, selectors: { ...anybody, ...selectors } }
}

const choose = createChooseClient(
  createFindClient(
    [
      client('by-password', { password: 'correct horse' }),
      client('by-settings', { settingsId: 'outbound', networks: parseNetworks(['192.0.2.0/24']) }),
      client('by-agent', { userAgent: 'Haraka/' })
    ],
    (given, expected) => given === expected
  )
)

const cases = [
  ['by-password', { password: 'correct horse' }, '192.0.2.1'],
  ['by-settings', { settingsId: 'outbound' }, '192.0.2.1'],
  ['by-settings', { settingsId: 'outbound' }, null],
  ['unnamed-rspamd', { settingsId: 'outbound' }, '198.51.100.1'],
  ['by-agent', { userAgent: 'Haraka/3.3' }, '198.51.100.1'],
  ['unnamed-rspamd', { password: 'wrong' }, '192.0.2.1'],
  ['unnamed-zonemta', { kind: 'zonemta' }, '192.0.2.1'],
  ['unnamed-rspamd', { kind: 'postfix-milter' }, '192.0.2.1'],
  ['unnamed-rspamd', { kind: 'toString' }, '192.0.2.1']
] as const

for (const [name, introduction, peer] of cases)
  test(`${JSON.stringify(introduction)} from ${peer ?? 'a unix socket'} is ${name}`, () => {
    const given = { ...noIntroduction, ...introduction }
    const profile = choose({ protocol: 'rspamd', peer, introduction: given })
    assert.equal(profile.name, name)
    assert.equal(profile.trusted, !name.startsWith('unnamed'))
  })

test('a client of another protocol is not taken for one of this', () => {
  const introduction = { ...noIntroduction, password: 'correct horse' }
  assert.equal(choose({ protocol: 'milter', peer: null, introduction }).name, 'unnamed-postfix-milter')
})

test('the configuration knows the same kinds, and holds as each does by itself where nothing is said', () => {
  const configured = Object.entries(holdsOf).map(([kind, [usual]]) => [kind, usual])
  assert.deepEqual(
    configured,
    Object.entries(clientKinds).map(([kind, { hold }]) => [kind, hold])
  )
})
