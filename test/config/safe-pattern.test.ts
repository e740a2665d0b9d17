import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patternFault } from '../../service/config/safe-pattern.ts'
import { maxIdentityHeaderLength } from '../../service/message/identity-header.ts'

const usable = [
  '^user=([^; ]+)',
  '^.*<([^>]+)>',
  '^(?:sasl|user): (\\S+)$',
  '^User=(\\w+?)(?:;|R$)',
  '^(?<user>[^@]+@example\\.org)'
]

for (const pattern of usable) {
  test(`${pattern} may be used`, () => assert.equal(patternFault(pattern), null))
}

const refused: readonly (readonly [pattern: string, fault: RegExp])[] = [
  ['^(a+)+$', /repeat a group/u],
  ['^(?:a|aa)*$', /repeat a group/u],
  ['^a*a*a*a*b', /more than 3 repeats/u],
  ['^(a|a)(a|a)(a|a)(a|a)b', /further alternatives/u],
  ['.*user=(.*)', /begin with/u],
  ['^a|.*b', /alternatives in a group/u],
  ['^(.)\\1', /refer back/u],
  ['^(?<a>.)\\k<a>', /refer back/u],
  ['^(?=.*a).*b', /look ahead/u],
  ['^(', /group/iu],
  [`^${'a'.repeat(200)}`, /more than 200/u]
]

for (const [pattern, fault] of refused) {
  test(`${pattern.slice(0, 30)} is refused`, () => assert.match(patternFault(pattern) ?? '', fault))
}

test('the worst pattern that may be used answers within a third of a second of work', () => {
  const worst = '^a*a*a*b'
  assert.equal(patternFault(worst), null)
  const startedAt = process.cpuUsage().user
  assert.equal(new RegExp(worst, 'iu').test('a'.repeat(maxIdentityHeaderLength)), false)
  assert.ok(process.cpuUsage().user - startedAt < 300_000)
})
