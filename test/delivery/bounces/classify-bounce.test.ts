import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { loadBounceRules, readBounceRules } from '../../../service/delivery/bounces/bounce-rules.ts'
import { createClassifyBounce } from '../../../service/delivery/bounces/classify-bounce.ts'
import { readReply } from '../../../service/delivery/session/reply.ts'
import { bounceKinds } from '../../../service/message/bounce-kind.ts'
import '../../helpers/fixed-chance.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

const rules = loadBounceRules(null)
const classify = createClassifyBounce(rules)

function kindOf(reply: string, mx: string | null = 'mx.example.net') {
  const { status } = readReply(reply)
  return classify({ reply, status, mx })
}

for (const { name, kind, example, host } of rules.rules) {
  test(`the rule "${name}" is the first for its example`, () => {
    assert.deepEqual(kindOf(example, host ?? 'mx.example.net'), { kind, rule: name })
  })
}

test('the names of rules are unique, and every kind but one has a rule', () => {
  const names = rules.rules.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  const used = new Set<string>(rules.rules.map(({ kind }) => kind))
  assert.deepEqual(
    Object.keys(bounceKinds).filter((kind) => !used.has(kind)),
    []
  )
})

test('a provider is known by the end of its host’s name, not by a name that only looks like it', () => {
  const reply = '550 5.4.1 Recipient address rejected: Access denied'
  assert.equal(kindOf(reply, 'contoso-com.mail.protection.outlook.com').kind, 'unknown-user')
  assert.equal(kindOf(reply, 'notoutlook.com').kind, 'policy')
})

test('what no rule knows is "other"', () => {
  assert.deepEqual(kindOf('554 transaction failed'), { kind: 'other', rule: null })
})

test('rules of the installation go before ours', async (t) => {
  const path = join(await temporaryDirectory(t), 'rules.json')
  const own = {
    name: 'theirs',
    kind: 'policy',
    text: ['transaction failed'],
    example: '554 transaction failed'
  }
  await writeFile(path, JSON.stringify({ rules: [own] }))
  const both = createClassifyBounce(loadBounceRules(path))
  assert.deepEqual(both({ reply: '554 transaction failed', status: '5.0.0', mx: null }), {
    kind: 'policy',
    rule: 'theirs'
  })
})

for (const [what, content, said] of [
  ['no JSON', '{', /cannot be read as JSON/u],
  [
    'a kind that does not exist',
    '{"rules":[{"name":"a","kind":"bad","text":["ab"],"example":""}]}',
    /is none of/u
  ],
  ['a rule without a condition', '{"rules":[{"name":"a","kind":"tls","example":""}]}', /match everything/u],
  [
    'a provider that is not named',
    '{"rules":[{"name":"a","kind":"tls","provider":"x","text":["ab"],"example":""}]}',
    /not in providers/u
  ]
] as const) {
  test(`${what} in a file of rules is told with its place`, async (t) => {
    const path = join(await temporaryDirectory(t), 'rules.json')
    await writeFile(path, content)
    assert.throws(() => readBounceRules(path), { code: 'BOUNCE_RULES_INVALID', message: said })
  })
}

test('no reply makes matching slow or fail', () => {
  const word = fc.constantFrom(
    ...rules.rules.flatMap(({ text = [] }) => text.map((one) => one.split('*')[0] ?? ''))
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }), (words) => {
      assert.ok(classify({ reply: `550 ${words.join(' ')}`, status: '5.0.0', mx: null }).kind in bounceKinds)
    }),
    { numRuns: 100 }
  )
})
