import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressPatterns } from '../../service/message/address-patterns.ts'
import { comparableAddress } from '../../service/message/comparable-address.ts'

const cases: readonly (readonly [pattern: string, covered: readonly string[], others: readonly string[]])[] = [
  ['alice@example.org', ['Alice@EXAMPLE.org', '"alice"@example.org', 'alice@example.org.'], ['alice@sub.example.org', 'alicia@example.org']],
  ['*@example.org', ['anybody@example.org', '"a b"@example.org'], ['alice@example.org.evil.example', 'alice@sub.example.org', 'alice@notexample.org']],
  ['*@*.example.org', ['alice@a.example.org', 'alice@a.b.example.org'], ['alice@example.org', 'alice@xexample.org']],
  ['news@*.example.org', ['news@shop.example.org'], ['alice@shop.example.org', 'news@example.org']],
  ['*@bücher.example', ['alice@xn--bcher-kva.example', 'alice@BÜCHER.example'], ['alice@bucher.example']],
  ['jürgen@example.org', ['JÜRGEN@example.org', 'ju\u0308rgen@example.org'], ['jurgen@example.org']],
  ['*', ['anybody@anywhere.example', 'alice@[192.0.2.1]'], []],
  ['alice', [], ['alice@example.org']],
  ['*@*', [], ['alice@example.org']],
  ['', [], ['alice@example.org']]
] // prettier-ignore

for (const [pattern, covered, others] of cases) {
  test(`${pattern || 'an empty pattern'} covers ${covered.join(', ') || 'nothing'}`, () => {
    const covers = createAddressPatterns([pattern])
    const isCovered = (text: string): boolean => covers(comparableAddress(text) ?? assert.fail(text))
    assert.deepEqual(
      covered.filter((text) => !isCovered(text)),
      []
    )
    assert.deepEqual(others.filter(isCovered), [])
  })
}

for (const text of [
  'alice',
  '@example.org',
  'alice@',
  'a b@example.org',
  'alice@example.org,mallory@evil.example',
  '<alice>@example.org',
  'alice@%65xample.org',
  'alice@exa mple.org',
  '"a\nb"@example.org',
  '""@example.org'
])
  // prettier-ignore
  test(`${JSON.stringify(text)} is no address`, () => {
    assert.equal(comparableAddress(text), undefined)
  })
