import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { activate, broken, storeVersion, worse } from '../models/fixture-models.ts'
import { openWorkplace } from './run-sluice.ts'

test('a model directory is added, and every version listed and checked', async (t) => {
  const { sluice, directory, dataDir } = await openWorkplace(t)
  await storeVersion(join(directory, 'trained'), 'takeover', '3000.1')
  await storeVersion(join(dataDir, 'models'), 'takeover', '3000.2', broken)
  await activate(join(dataDir, 'models'), 'takeover', { active: null, previous: '3000.2' })
  const added = await sluice(['models', 'add', 'trained/takeover/3000.1'])
  assert.deepEqual([added.code, added.stderr], [0, ''])
  const [checked, listed] = await Promise.all([
    sluice(['models', 'check', '--json']),
    sluice(['models', 'list', '--json'])
  ])
  assert.equal(checked.code, 1)
  const { items }: { items: { version: string | null; fault: { code: string } | null }[] } = JSON.parse(
    checked.stdout
  )
  assert.deepEqual(
    items.map(({ version, fault }) => [version, fault?.code ?? 'sound']),
    [[null, 'sound'], [null, 'sound'], ['3000.2', 'MODEL_NOT_FINITE'], ['3000.1', 'sound']]
  ) // prettier-ignore
  assert.partialDeepStrictEqual(JSON.parse(listed.stdout), {
    versions: [
      { version: '3000.2', state: 'previous' },
      { version: '3000.1', state: 'kept', fault: null }
    ]
  })
})

test('what would not load is not added, and the answer names the file and the remedy', async (t) => {
  const { sluice, directory, dataDir } = await openWorkplace(t)
  await storeVersion(join(directory, 'trained'), 'takeover', '3000.1', broken)
  const refused = await sluice(['models', 'add', 'trained/takeover/3000.1'])
  assert.equal(refused.code, 1)
  assert.match(
    refused.stderr,
    /no number \(directory trained\/takeover\/3000\.1, file weights\.bin[^)]*\)\nTrain it again/u
  )
  await assert.rejects(readdir(join(dataDir, 'models', 'takeover')), { code: 'ENOENT' })

  await storeVersion(join(dataDir, 'models'), 'takeover', '3000.2', broken)
  const promoted = await sluice(['models', 'promote', 'takeover', '3000.2', '--force'])
  assert.equal(promoted.code, 1)
  assert.match(
    promoted.stderr,
    /MODEL_NOT_FINITE \(.*weights\.bin.*\)\. What is in use stays\. Train it again/u
  )
})

test('a damaged active.json stops no start, and every change says how to mend it', async (t) => {
  const { sluice, dataDir } = await openWorkplace(t)
  await storeVersion(join(dataDir, 'models'), 'takeover', '3000.1')
  await writeFile(join(dataDir, 'models', 'takeover', 'active.json'), '{ "active": ')
  const [listed, rolledBack] = [
    await sluice(['models', 'list']),
    await sluice(['models', 'rollback', 'takeover'])
  ]
  assert.match(listed.stdout, /in use, bundled[\s\S]*MODEL_ACTIVE_INVALID[\s\S]*active\.json/u)
  assert.deepEqual([listed.code, rolledBack.code], [0, 1])
  assert.match(
    rolledBack.stderr,
    /MODEL_ACTIVE_INVALID \(.*active\.json.*\)\. What is in use stays\. Write \{"active"/u
  )
})

test('a version that the gate refuses is shown slice by slice, and what to do about it', async (t) => {
  const { sluice, dataDir } = await openWorkplace(t)
  await storeVersion(join(dataDir, 'models'), 'takeover', '3000.1', worse.takeover)
  const refused = await sluice(['models', 'promote', 'takeover', '3000.1'])
  assert.equal(refused.code, 1)
  assert.match(refused.stdout, /^all attacks +\d+ .* -\d+\.\d %/mu)
  assert.match(refused.stderr, /3000\.1 is not promoted: Of all attacks[\s\S]*--force/u)
})

test('a rollback is one command, with or without a running service', async (t) => {
  const { sluice, dataDir } = await openWorkplace(t)
  await storeVersion(join(dataDir, 'models'), 'takeover', '3000.1')
  await activate(join(dataDir, 'models'), 'takeover', { active: '3000.1' })
  const back = await sluice(['models', 'rollback', 'takeover'])
  assert.deepEqual(back, { code: 0, stdout: 'takeover of this release is in use again.\n', stderr: '' })
})
