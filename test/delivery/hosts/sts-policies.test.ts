import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  createStsPolicies,
  type RememberedPolicy,
  type StsPolicies
} from '../../../service/delivery/hosts/sts-policies.ts'
import { createBoundedTable } from '../../../service/storage/bounded-table.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { openTemporary } from '../../storage/open-temporary.ts'

const day = 24 * 3_600_000
const start = Date.parse('2026-11-22T00:00:00Z')

async function policies(t: TestContext) {
  const storage = await openTemporary(t)
  const table = createBoundedTable<RememberedPolicy>(storage, 'delivery.sts-policies', 100)
  const at = { now: start }
  const reopen = (): StsPolicies => createStsPolicies({ table, clock: () => at.now, log: silentLogger })
  return { at, reopen, cache: reopen().cache }
}

const policy = (id: string, more: object = {}) => ({
  id,
  version: 'STSv1',
  mode: 'enforce',
  mx: ['mx.b.test'],
  maxAge: (7 * day) / 1_000,
  expires: new Date(start + 7 * day).toISOString(),
  ...more
})

test('a policy outlives the process', async (t) => {
  const { cache, reopen } = await policies(t)
  assert.equal(await cache.get('b.test'), false)
  await cache.set('b.test', policy('one'))
  assert.deepEqual(await reopen().cache.get('b.test'), {
    id: 'one',
    mode: 'enforce',
    mx: ['mx.b.test'],
    maxAge: (7 * day) / 1_000,
    expires: new Date(start + 7 * day).toISOString()
  })
})

test('a new id replaces it', async (t) => {
  const { cache } = await policies(t)
  await cache.set('b.test', policy('one'))
  await cache.set('b.test', policy('two', { mode: 'testing' }))
  assert.partialDeepStrictEqual(await cache.get('b.test'), { id: 'two', mode: 'testing' })
})

test('a policy that cannot be fetched leaves the known one in force', async (t) => {
  const { cache } = await policies(t)
  await cache.set('b.test', policy('one'))
  await cache.set('b.test', policy('one', { error: new Error('no route') }))
  await cache.set('b.test', {
    id: 'two',
    mode: 'none',
    expires: policy('').expires,
    error: new Error('no route')
  })
  await cache.set('b.test', { id: false, mode: 'none', error: new Error('DNS is away') })
  assert.partialDeepStrictEqual(await cache.get('b.test'), { id: 'one', mode: 'enforce' })
})

test('it is fetched anew once a day, under an id that no record carries, and then again forgotten at its end', async (t) => {
  const { cache, at } = await policies(t)
  await cache.set('b.test', policy('one'))
  at.now = start + day + 1
  assert.partialDeepStrictEqual(await cache.get('b.test'), { id: '-', mode: 'enforce' })
  at.now = start + 7 * day
  assert.equal(await cache.get('b.test'), false)
})

test('a domain whose policy was never had is not asked again at once', async (t) => {
  const { cache, at } = await policies(t)
  const until = {
    id: 'one',
    mode: 'none',
    expires: new Date(start + 3_600_000).toISOString(),
    error: new Error('404')
  }
  await cache.set('b.test', until)
  assert.partialDeepStrictEqual(await cache.get('b.test'), { id: 'one', mode: 'none' })
  at.now = start + 3_600_000
  assert.equal(await cache.get('b.test'), false)
})

for (const told of [null, 'x', {}, { id: false, mode: 'none' }, { id: 'a', mode: 'strict' }]) {
  test(`${JSON.stringify(told)} is no policy`, async (t) => {
    const { cache } = await policies(t)
    await cache.set('b.test', told)
    assert.equal(await cache.get('b.test'), false)
  })
}
