import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mail, openRspamd, type Field } from './open-rspamd.ts'

const password: Field = ['Password', 'secret']

for (const { path, fields, label } of [
  { path: '/learnspam', fields: [password], label: 'spam' },
  { path: '/learnham', fields: [password], label: 'legitimate' },
  { path: '/learnclass', fields: [password, ['Class', 'spam']], label: 'spam' },
  { path: '/learnclass?class=ham', fields: [password], label: 'legitimate' }
] satisfies readonly { path: string; fields: readonly Field[]; label: string }[]) {
  test(`${path} says that the message was ${label}`, async (t) => {
    const { post, told, asked } = await openRspamd(t)
    const { status, json } = await post(path, fields)
    assert.deepEqual([status, json], [200, { success: true }])
    assert.equal(told[0]?.raw.toString(), mail)
    assert.deepEqual(
      [told[0]?.label, told[0]?.protocol, told[0]?.introduction.password],
      [label, 'rspamd', 'secret']
    )
    assert.equal(asked.length, 0)
  })
}

for (const { outcome, status, error } of [
  { outcome: 'not-trusted', status: 401, error: 'Unauthorized' },
  {
    outcome: 'unknown',
    status: 404,
    error: 'No message with this Message-ID was scanned in the last 30 days'
  }
] as const) {
  test(`learning that is ${outcome} is refused as rspamd’s controller does`, async (t) => {
    const { post, budget } = await openRspamd(t, { tell: async () => outcome })
    const { status: said, json } = await post('/learnspam')
    assert.deepEqual([said, json], [status, { error, error_domain: 'controller-error' }])
    assert.ok(budget.take(1_000_000))
  })
}

test('a class that is none of the two is refused', async (t) => {
  const { post, told } = await openRspamd(t)
  assert.equal((await post('/learnclass', [password, ['Class', 'newsletter']])).status, 400)
  assert.equal((await post('/learnclass', [password])).status, 400)
  assert.equal(told.length, 0)
})

test('what is too large to be read teaches nothing', async (t) => {
  const { post, told } = await openRspamd(t)
  assert.equal((await post('/learnspam', [password], Buffer.alloc(200_000))).status, 413)
  assert.equal(told.length, 0)
})
