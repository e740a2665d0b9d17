import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createCachedResolve,
  type AnswerShelf,
  type RememberedAnswer
} from '../../../service/authentication/dns/cached-resolve.ts'
import { bounded, dnsError, find, type Resolve } from '../../../service/authentication/dns/resolve.ts'
import { zone } from '../../delivery/zone.ts'

const minute = 60_000

function house(records: Parameters<typeof zone>[0], more: { shelf?: AnswerShelf; maxEntries?: number } = {}) {
  let clock = 0
  const asked: string[] = []
  let answering: Resolve = zone(records)
  const resolve: Resolve = (name, type) => {
    asked.push(`${type} ${name}`)
    return answering(name, type)
  }
  const cached = createCachedResolve({ resolve, clock: () => clock, writeAfterMs: 0, ...more })
  return {
    ...cached,
    asked,
    wait: (ms: number) => void (clock += ms),
    answer: (by: Resolve) => void (answering = by)
  }
}

function shelf() {
  const kept = new Map<string, RememberedAnswer>()
  const write: AnswerShelf['write'] = (answers) => {
    for (const [key, answer] of answers) kept.set(key, answer)
    return Promise.resolve()
  }
  return { kept, get: (key: string) => kept.get(key), write }
}

test('an answer is asked for once in half an hour', async () => {
  const { resolve, asked, wait } = house({ 'a.test': { TXT: [['x']] } })
  await resolve('a.test', 'TXT')
  wait(29 * minute)
  assert.deepEqual(await resolve('A.test', 'TXT'), [['x']])
  assert.equal(asked.length, 1)
})

test('an old answer is given at once while the question is asked again', async () => {
  const { resolve, asked, wait, answer } = house({ 'a.test': { TXT: [['old']] } })
  await resolve('a.test', 'TXT')
  wait(31 * minute)
  answer(zone({ 'a.test': { TXT: [['new']] } }))
  assert.deepEqual(await resolve('a.test', 'TXT'), [['old']])
  assert.equal(asked.length, 2)
  await Promise.resolve()
  assert.deepEqual(await resolve('a.test', 'TXT'), [['new']])
})

test('a name server that is down for a while does not make a known record unknown', async () => {
  const { resolve, wait, answer } = house({ 'a.test': { TXT: [['x']] } })
  await resolve('a.test', 'TXT')
  answer((name, type) => Promise.reject(dnsError('ESERVFAIL', type, name)))
  for (const _ of [1, 2, 3]) {
    wait(60 * minute)
    assert.deepEqual(await resolve('a.test', 'TXT'), [['x']])
  }
  wait(24 * 60 * minute)
  await assert.rejects(resolve('a.test', 'TXT'), { code: 'ESERVFAIL' })
})

for (const [code, records] of [
  ['ENOTFOUND', {}],
  ['ENODATA', { 'a.test': {} }]
] as const) {
  test(`${code} is an answer, and is remembered as itself`, async () => {
    const { resolve, asked } = house(records)
    await assert.rejects(resolve('a.test', 'TXT'), { code })
    await assert.rejects(resolve('a.test', 'TXT'), { code })
    assert.equal(asked.length, 1)
  })
}

test('SERVFAIL is remembered for half a minute: a dead name server is not asked for every message', async () => {
  const { resolve, asked, wait } = house({ 'a.test': { TXT: 'ESERVFAIL' } })
  await assert.rejects(resolve('a.test', 'TXT'), { code: 'ESERVFAIL' })
  await assert.rejects(resolve('a.test', 'TXT'), { code: 'ESERVFAIL' })
  assert.equal(asked.length, 1)
  wait(minute)
  await assert.rejects(resolve('a.test', 'TXT'), { code: 'ESERVFAIL' })
  assert.equal(asked.length, 2)
})

test('the same question at the same time is asked once', async () => {
  const { resolve, asked } = house({ 'a.test': { TXT: [['x']] } })
  await Promise.all([resolve('a.test', 'TXT'), resolve('a.test', 'TXT'), resolve('a.test', 'TXT')])
  assert.equal(asked.length, 1)
})

const never: Resolve = () => new Promise(() => undefined)

test('questions under way are bounded: the next is refused at once', async () => {
  const { resolve } = createCachedResolve({ resolve: never, clock: () => 0, maxUnderWay: 2 })
  void resolve('a.test', 'TXT')
  void resolve('b.test', 'TXT')
  await assert.rejects(resolve('c.test', 'TXT'), { code: 'ECANCELLED' })
})

test('what is remembered in memory is bounded, and the oldest goes', async () => {
  const names = ['a.test', 'b.test', 'c.test']
  const { resolve, asked } = house(Object.fromEntries(names.map((name) => [name, { TXT: [['x']] }])), {
    maxEntries: 2
  })
  for (const name of [...names, 'c.test', 'a.test']) await resolve(name, 'TXT')
  assert.deepEqual(asked, ['TXT a.test', 'TXT b.test', 'TXT c.test', 'TXT a.test'])
})

test('answers outlive the process, failures do not', async () => {
  const kept = shelf()
  const first = house({ 'a.test': { TXT: [['x']] }, 'b.test': { TXT: 'ETIMEOUT' } }, { shelf: kept })
  await first.resolve('a.test', 'TXT')
  await assert.rejects(first.resolve('b.test', 'TXT'))
  await first.close()
  assert.deepEqual([...kept.kept.keys()], ['TXT a.test'])
  const second = house({}, { shelf: kept })
  assert.deepEqual(await second.resolve('a.test', 'TXT'), [['x']])
  assert.deepEqual(second.asked, [])
})

test('a shelf that cannot be written costs nothing but the next question', async () => {
  const faults: unknown[] = []
  const cached = createCachedResolve({
    resolve: zone({ 'a.test': { TXT: [['x']] } }),
    shelf: { get: () => undefined, write: () => Promise.reject(new Error('disk full')) },
    clock: () => 0,
    onFault: (error) => void faults.push(error)
  })
  await cached.resolve('a.test', 'TXT')
  await cached.close()
  assert.equal(faults.length, 1)
})

const hostile: Readonly<Record<string, readonly unknown[]>> = {
  'a TXT record beyond all measure': [[`v=spf1 ${'a'.repeat(60_000)}`]],
  'a thousand records': Array.from({ length: 1_000 }, (_, index) => [String(index)])
}
for (const [what, records] of Object.entries(hostile)) {
  test(`${what} is no answer`, async () => {
    const resolve = bounded(zone({ 'a.test': { TXT: records } }))
    assert.deepEqual(await find(resolve, 'a.test', 'TXT'), { kind: 'unanswered', code: 'EBADRESP' })
  })
}

for (const name of [`${'a'.repeat(64)}.test`, 'a..test', `${'a.'.repeat(130)}test`, '']) {
  test(`nobody is asked for ${JSON.stringify(name.slice(0, 20))}…, which cannot be a name`, async () => {
    const resolve = bounded(() => Promise.reject(new Error('asked')))
    await assert.rejects(resolve(name, 'TXT'), { code: 'EBADNAME' })
  })
}

test('a silent name server holds up the first who asks, and not those after', async () => {
  let clock = 0
  const { resolve, resolveSoon } = createCachedResolve({ resolve: never, clock: () => clock, patienceMs: 20 })
  void resolveSoon('a.test', 'TXT')
  clock += 21
  await assert.rejects(resolveSoon('a.test', 'TXT'), { code: 'ETIMEOUT' })
  const patient = resolve('a.test', 'TXT').then(() => 'answered')
  assert.equal(await Promise.race([patient, Promise.resolve('waiting')]), 'waiting')
})
