import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IdentityRules } from '../../service/senders/identity.ts'
import { createMayWriteAs } from '../../service/senders/own-addresses.ts'

const rules: IdentityRules = {
  aliases: [
    { user: 'alice@example.org', addresses: ['a.smith@example.org', 'asmith', 'info@partner.example'] },
    { user: 'tickets@example.org', addresses: ['alice+tickets@example.org'] }
  ],
  domainAliases: { 'example.com': 'example.org' },
  ignoreTags: false
}
const domains = [
  {
    name: 'example.org',
    identities: ['office@example.org', '*@lists.example.org'],
    users: [{ user: 'carol', addresses: ['*@shop.example'] }]
  },
  { name: 'xn--bcher-kva.example', identities: ['*@bücher.example'], users: [{ user: 'Asmith', addresses: ['chief@example.net'] }] } // prettier-ignore
]
const mayWriteAs = createMayWriteAs(rules, domains)

const cases: readonly (readonly [id: string, own: readonly string[], foreign: readonly string[]])[] = [
  [
    'alice@example.org',
    [
      'alice@example.org',
      'ALICE@Example.ORG',
      'alice@example.com',
      'alice+news@example.org',
      'a.smith@example.org',
      'a.smith+x@example.com',
      'info@partner.example',
      'office@example.org',
      'anything@lists.example.org',
      // Written down for `asmith`, who is Alice
      'chief@example.net'
    ],
    [
      'bob@example.org',
      'alice@example.net',
      'alice+tickets@example.org',
      'al\u0456ce@example.org',
      'x@shop.example'
    ]
  ],
  ['bob@example.org', ['office@example.org'], ['alice@example.org', 'a.smith@example.org', 'x@shop.example']],
  ['carol', ['anybody@shop.example'], ['carol@example.org', 'office@example.org']],
  ['eve@bücher.example', ['eve@xn--bcher-kva.example', 'adam@bücher.example'], ['eve@bucher.example']],
  ['dave', [], ['dave@example.org', 'office@example.org']]
]

for (const [id, own, foreign] of cases) {
  test(`${id} may write as ${own.length} of ${own.length + foreign.length} addresses`, () => {
    assert.deepEqual(own.filter((address) => !mayWriteAs({ id }, null, address)), []) // prettier-ignore
    assert.deepEqual(
      foreign.filter((address) => mayWriteAs({ id }, null, address)),
      []
    )
  })
}

test('what a back-end grants takes the place of the configuration’s patterns, not of name and aliases', () => {
  const alice = { id: 'alice@example.org' }
  const granted = ['*@sales.example.org']
  assert.equal(mayWriteAs(alice, granted, 'x@sales.example.org'), true)
  assert.equal(mayWriteAs(alice, granted, 'office@example.org'), false)
  assert.equal(mayWriteAs(alice, granted, 'a.smith@example.org'), true)
  assert.equal(mayWriteAs(alice, [], 'alice@example.org'), true)
  assert.equal(mayWriteAs(alice, ['*'], 'whoever@example.net'), true)
})
