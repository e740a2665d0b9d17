import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openInstallation } from '../../../training/exploring/open-installation.ts'

test('without a running service it is said how to get one', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-exploring-'))
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const expected = { code: 'INSTALLATION_NOT_FOUND', message: /sluice start[\s\S]*SLUICE_HISTORY_URL/u }
  await assert.rejects(openInstallation({ dataDir }), expected)
  // What a service leaves behind that was killed: nobody listens there
  await writeFile(join(dataDir, 'run.json'), JSON.stringify({ http: 'http://127.0.0.1:9' }))
  await assert.rejects(openInstallation({ dataDir }), expected)
})

test('an address that is none is refused, and not repeated with its password', async () => {
  for (const url of ['clickhouse', 'ftp://reader:secret@host/sluice', 'http://reader:secret@host/a-b'])
    await assert.rejects(openInstallation({ url }), ({ code, message }: Error & { code: string }) => {
      assert.equal(code, 'INSTALLATION_URL_INVALID')
      assert.doesNotMatch(message, /secret@host\/a-b|reader:secret@host\/sluice/u)
      return true
    })
})
