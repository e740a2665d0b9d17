import assert from 'node:assert/strict'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { writePrivateFile } from '../../../service/access/private-file.ts'
import { createKeyring } from '../../../service/authentication/dkim/keyring.ts'
import { createKeyStore } from '../../../service/authentication/dkim/key-store.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'
import { domainKeys, now } from '../keys.ts'

async function openStore(t: TestContext) {
  const directory = join(await temporaryDirectory(t), 'dkim')
  return { directory, store: createKeyStore({ directory, write: writePrivateFile }) }
}

test('keys come back as they were saved, from a file that only its owner reads', async (t) => {
  const { store } = await openStore(t)
  const keys = await domainKeys('example.org')
  assert.equal(await store.read('example.org'), undefined)
  assert.equal(await store.version('example.org'), null)
  assert.equal(await store.save(keys, null), true)
  assert.deepEqual(await store.read('example.org'), keys)
  assert.deepEqual(await store.domains(), ['example.org'])
  const file = store.fileOf('example.org')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.match(await readFile(file, 'utf8'), /BEGIN PRIVATE KEY/u)
})

for (const [what, text] of [
  ['half a file', '{"version":1,"domain":"exa'],
  ['another file', '{"version":2}']
] as const) {
  test(`${what} is a fault with its path, and its text is told to nobody`, async (t) => {
    const { store, directory } = await openStore(t)
    await mkdir(directory)
    await writeFile(store.fileOf('example.org'), text)
    await assert.rejects(store.read('example.org'), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'KEYS_DAMAGED')
      assert.ok(error.message.includes('example.org.json'))
      return !String(error.cause).includes('"exa')
    })
  })
}

for (const domain of ['../../etc/passwd', '.', 'example.org/..', 'EXAMPLE.org', 'a b.org', '']) {
  test(`no file is named after ${JSON.stringify(domain)}`, async (t) => {
    const { store } = await openStore(t)
    await assert.rejects(store.read(domain), { code: 'DOMAIN_INVALID' })
  })
}

async function openKeyring(t: TestContext, options: { subdomains?: boolean; anyAligned?: boolean } = {}) {
  const { subdomains = true, anyAligned = false } = options
  const { store } = await openStore(t)
  let clock = now
  const domains = [{ name: 'example.org', subdomains }]
  const keyring = createKeyring({ store, domains, anyAligned, clock: () => clock })
  return { keyring, store, wait: (ms: number) => void (clock += ms) }
}

test('keys that are made while the service runs sign within a second', async (t) => {
  const { keyring, store, wait } = await openKeyring(t)
  assert.deepEqual(await keyring.keysFor('example.org'), {
    kind: 'none',
    domain: 'example.org',
    why: 'no key for example.org'
  })
  await store.save(await domainKeys('example.org'), null)
  wait(1_000)
  const found = await keyring.keysFor('example.org')
  assert.ok(found.kind === 'keys')
  assert.deepEqual(
    found.keys.map(({ selector }) => selector),
    ['sluice1-rsa', 'sluice1-ed']
  )
})

test('keys that DNS has not shown yet do not sign', async (t) => {
  const { keyring, store } = await openKeyring(t)
  const keys = await domainKeys('example.org')
  await store.save(
    { ...keys, generations: keys.generations.map((one) => ({ ...one, state: 'prepared' })) },
    null
  )
  const found = await keyring.keysFor('example.org')
  assert.equal(found.kind === 'none' && found.why, 'the key of example.org is not in DNS yet')
})

test('damaged keys leave mail unsigned and say which file it is', async (t) => {
  const { keyring, store } = await openKeyring(t)
  await store.save(await domainKeys('example.org'), null)
  await writeFile(store.fileOf('example.org'), 'x')
  const found = await keyring.keysFor('example.org')
  assert.ok(found.kind === 'none' && found.why.includes('example.org.json'))
})

const fallbacks = [
  ['with subdomains = true', { subdomains: true }, 'example.org'],
  ['with subdomains = false', { subdomains: false }, undefined],
  [
    'with subdomains = false, where any aligned key may sign',
    { subdomains: false, anyAligned: true },
    'example.org'
  ]
] as const
for (const [name, options, signer] of fallbacks) {
  test(`mail from news.example.org is signed by ${signer ?? 'nobody'} ${name}`, async (t) => {
    const { keyring } = await openKeyring(t, options)
    assert.equal(keyring.signerOf('news.example.org'), signer)
  })
}

test('no key signs for a stranger, however near the name is', async (t) => {
  const { keyring } = await openKeyring(t, { anyAligned: true })
  for (const domain of ['org', 'notexample.org', 'example.org.evil.example', 'example.com'])
    assert.equal(keyring.signerOf(domain), undefined)
})

test('keys that somebody else has written meanwhile are not written over', async (t) => {
  const { store } = await openStore(t)
  const keys = await domainKeys('example.org')
  const saved = await Promise.all([store.save(keys, null), store.save(keys, null), store.save(keys, null)])
  assert.equal(saved.filter(Boolean).length, 1)
  const version = await store.version('example.org')
  assert.equal(await store.save(keys, version), true)
  assert.equal(await store.save(keys, version), false)
  assert.deepEqual(await store.domains(), ['example.org'])
})
