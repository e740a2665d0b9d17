import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createUsers, type Users } from '../../service/access/users.ts'

async function open(
  t: TestContext,
  more: { maxWaiting?: number } = {}
): Promise<{ users: Users; file: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-users-'))
  t.after(() => rm(directory, { recursive: true }))
  const file = join(directory, 'users.json')
  return { users: createUsers({ file, clock: () => Date.UTC(2026, 10, 22), ...more }), file }
}

test('a user is known by name and password, in any spelling of the name', async (t) => {
  const { users } = await open(t)
  await users.add('Alice@Example.org', 'correct horse')

  assert.deepEqual(await users.authenticate('alice@example.org', 'correct horse'), {
    name: 'alice@example.org',
    createdAt: '2026-11-22T00:00:00.000Z'
  })
  assert.equal(await users.authenticate('alice@example.org', 'wrong horse'), undefined)
  assert.equal(await users.authenticate('bob@example.org', 'correct horse'), undefined)
})

test('the file holds no password and is readable by its owner alone', async (t) => {
  const { users, file } = await open(t)
  await users.add('alice', 'correct horse')

  assert.ok(!(await readFile(file, 'utf8')).includes('correct horse'))
  assert.equal((await stat(file)).mode & 0o777, 0o600)
})

test('a change of the file by another process counts at once', async (t) => {
  const { users, file } = await open(t)
  const other = createUsers({ file })
  await other.add('alice', 'correct horse')
  assert.ok(await users.authenticate('alice', 'correct horse'))

  await other.remove('alice')

  assert.equal(await users.authenticate('alice', 'correct horse'), undefined)
  assert.deepEqual(await users.list(), [])
})

test('users added at the same time are all kept', async (t) => {
  const { users } = await open(t)

  await Promise.all(['a', 'b', 'c', 'd'].map((name) => users.add(name, 'correct horse')))

  assert.deepEqual((await users.list()).map(({ name }) => name).toSorted(), ['a', 'b', 'c', 'd'])
})

test('a second login of the same user does not pay for scrypt again', async (t) => {
  const { users } = await open(t)
  await users.add('alice', 'correct horse')
  await users.authenticate('alice', 'correct horse')

  const started = performance.now()
  for (let count = 0; count < 20; count += 1) await users.authenticate('alice', 'correct horse')

  // One scrypt takes about 100 ms; twenty remembered logins take a few.
  assert.ok(performance.now() - started < 500)
})

test('more logins than can be checked are refused for now, not as wrong', async (t) => {
  const { users } = await open(t, { maxWaiting: 1 })

  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () => users.authenticate('nobody', 'x').then(String))
  )
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')

  assert.equal(refused.length, 2)
  assert.ok(refused.every(({ reason }) => reason.code === 'TOO_MANY_LOGINS'))
})

const faults: readonly (readonly [string, (users: Users) => Promise<unknown>, string])[] = [
  ['a name with a space', (users) => users.add('a b', 'correct horse'), 'USER_NAME_INVALID'],
  ['an empty name', (users) => users.add('', 'correct horse'), 'USER_NAME_INVALID'],
  ['a short password', (users) => users.add('a', 'short'), 'PASSWORD_INVALID'],
  [
    'a second user of the name',
    async (users) => [await users.add('a', 'correct horse'), await users.add('A', 'other horse')],
    'USER_EXISTS'
  ],
  ['removing nobody', (users) => users.remove('a'), 'USER_UNKNOWN']
]

for (const [sentence, act, code] of faults) {
  test(`${sentence} is refused as ${code}`, async (t) => {
    const { users } = await open(t)

    await assert.rejects(act(users), { code })
  })
}

test('a damaged file is an error that names it, never an empty list', async (t) => {
  const { users, file } = await open(t)
  await writeFile(file, '{"version":1,"users":[{"name":"a"}]}')

  await assert.rejects(users.authenticate('a', 'x'), { code: 'USERS_FILE_CORRUPT', facts: { file } })
  await assert.rejects(users.add('b', 'correct horse'), { code: 'USERS_FILE_CORRUPT' })
})
