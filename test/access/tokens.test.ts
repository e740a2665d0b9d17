import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createTokens, hasScope, type Tokens, type TokensOptions } from '../../service/access/tokens.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'

async function open(
  t: TestContext,
  more: Partial<TokensOptions> = {}
): Promise<{ tokens: Tokens; file: string; again: () => Tokens }> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-tokens-'))
  const storage = await openStorage({ directory: join(directory, 'state') })
  t.after(async () => {
    await storage.close()
    await rm(directory, { recursive: true })
  })
  const again = (): Tokens =>
    createTokens({
      storage,
      newSecret: () => randomBytes(32).toString('base64url'),
      clock: () => 1_000,
      ...more
    })
  return { tokens: again(), file: join(directory, 'admin-token'), again }
}

test('a token is known by its secret, until it is revoked', async (t) => {
  const { tokens } = await open(t)
  const { id, secret } = await tokens.create('postfix', ['score'])

  assert.match(secret, /^slc_[\w-]{43}$/u)
  assert.deepEqual(tokens.verify(secret), { id, scopes: ['score'] })
  await tokens.revoke(id)

  assert.equal(tokens.verify(secret), undefined)
  await assert.rejects(tokens.revoke(id), { code: 'TOKEN_UNKNOWN' })
})

test('a list of tokens shows names and scopes, and nothing that opens a door', async (t) => {
  const { tokens } = await open(t)
  const { id } = await tokens.create('postfix', ['score', 'feedback'])

  assert.deepEqual(tokens.list(), [{ id, name: 'postfix', scopes: ['score', 'feedback'], createdAt: 1_000 }])
})

test('the first admin token is made once, written for its owner alone, and given once', async (t) => {
  const { tokens, file, again } = await open(t)

  const secret = await tokens.ensureAdmin(file)

  assert.ok(secret !== undefined)
  assert.equal(await readFile(file, 'utf8'), `${secret}\n`)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal(await again().ensureAdmin(file), undefined)
  assert.deepEqual(again().verify(secret), { id: 'admin', scopes: ['admin'] })
})

test('only the first admin counts as nobody having made a token', async (t) => {
  const { tokens, file } = await open(t)
  await tokens.ensureAdmin(file)

  assert.equal(tokens.onlyFirstAdmin(), true)
  await tokens.create('postfix', ['score'])
  assert.equal(tokens.onlyFirstAdmin(), false)
})

test('the last admin token cannot be revoked, so nobody locks himself out', async (t) => {
  const { tokens, file } = await open(t)
  await tokens.ensureAdmin(file)

  await assert.rejects(tokens.revoke('admin'), { code: 'TOKEN_LAST_ADMIN' })
  await tokens.create('another', ['admin'])
  await tokens.revoke('admin')

  assert.equal(tokens.list().length, 1)
})

test('a configured admin token works and makes no file', async (t) => {
  const { tokens, file } = await open(t, { adminToken: 'set by the operator' })

  assert.equal(await tokens.ensureAdmin(file), undefined)
  await assert.rejects(stat(file), { code: 'ENOENT' })
  assert.deepEqual(tokens.verify('set by the operator'), { id: 'admin', scopes: ['admin'] })
  assert.equal(tokens.verify('set by the operato'), undefined)
})

test('admin may do everything, the others only what they name', () => {
  assert.ok(hasScope({ id: 'a', scopes: ['admin'] }, 'score'))
  assert.ok(!hasScope({ id: 'b', scopes: ['score'] }, 'operate'))
})
