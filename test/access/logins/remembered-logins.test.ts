import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rememberLogins } from '../../../service/access/logins/remembered-logins.ts'
import type { LoginAttempt } from '../../../service/access/logins/login.ts'

const attempt: LoginAttempt = { name: 'alice', password: 'right horse', ip: null, isSecure: true }

function house() {
  let now = 0
  let asked = 0
  const behind = {
    authenticate: async ({ name, password }: LoginAttempt) => {
      asked += 1
      return await Promise.resolve(password === 'right horse' ? { name, identities: null } : undefined)
    },
    close: () => Promise.resolve()
  }
  const logins = rememberLogins({ behind, rememberedMs: 1_000, clock: () => now })
  return { logins, asked: () => asked, pass: (ms: number) => (now += ms) }
}

test('who was let in is not asked for again, for a while', async () => {
  const { logins, asked, pass } = house()
  await logins.authenticate(attempt)
  await logins.authenticate(attempt)
  assert.equal(asked(), 1)
  pass(1_000)
  await logins.authenticate(attempt)
  assert.equal(asked(), 2)
})

test('the same login many times at once is one question', async () => {
  const { logins, asked } = house()
  const answers = await Promise.all([1, 2, 3].map(() => logins.authenticate(attempt)))
  assert.deepEqual([answers.every((user) => user?.name === 'alice'), asked()], [true, 1])
})

test('a refusal is not remembered, nor does it lend its memory to another password', async () => {
  const { logins, asked } = house()
  const wrong = { ...attempt, password: 'wrong horse' }
  assert.equal(await logins.authenticate(wrong), undefined)
  assert.equal(await logins.authenticate(wrong), undefined)
  assert.equal((await logins.authenticate(attempt))?.name, 'alice')
  assert.equal(asked(), 3)
})
