import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorOf } from '../../../service/authentication/dmarc/author-domain.ts'

const cases = [
  ['one address', ['From: Ann <ann@Example.ORG>'], 'example.org'],
  ['a quoted local part with an at sign', ['From: "a@b"@example.org'], 'example.org'],
  ['an internationalised domain', ['From: ann@m\u00fcnchen.example'], 'xn--mnchen-3ya.example'],
  ['two mailboxes of one domain', ['From: a@example.org, b@example.org'], 'example.org'],
  ['a name that looks like an address', ['From: "ceo@bank.example" <x@example.org>'], 'example.org'],
  ['folded', ['From: Ann\r\n\t<ann@example.org>'], 'example.org'],
  ['no From', ['To: a@example.org'], 'no-author-domain'],
  ['two From fields', ['From: a@example.org', 'FROM : b@example.org'], 'multiple-from-fields'],
  ['two domains', ['From: a@example.org, b@example.net'], 'multiple-author-domains'],
  ['a From field of a megabyte', [`From: ${'a'.repeat(1_000_000)}@example.org`], 'invalid-author-domain']
] as const

for (const [name, fields, expected] of cases) {
  test(`whose mail it is: ${name}`, async () => {
    const author = await authorOf(
      Buffer.from([...fields, 'Subject: x', '', 'From: not@me.test'].join('\r\n'))
    )
    assert.equal(author.kind === 'domain' ? author.domain : author.why, expected)
  })
}
