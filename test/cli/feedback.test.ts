import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test, type TestContext } from 'node:test'
import { z } from 'zod'
import { openInstallationKey } from '../../service/access/installation-key.ts'
import { makeAddress, type MakeAddressOptions } from '../../service/cli/feedback/make-address.ts'
import { createTerminal } from '../../service/cli/views/terminal.ts'
import { createSignedAddresses } from '../../service/delivery/feedback/signed-address.ts'

async function openDesk(t: TestContext, smtp: string) {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-feedback-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const configFile = join(directory, 'sluice.toml')
  const dataDir = join(directory, 'data')
  await writeFile(configFile, `dataDir = "${dataDir}"\n[smtp]\n${smtp}\n`)
  let text = ''
  const output = new Writable({ write: (chunk: Buffer, _, done) => done(void (text += chunk.toString())) })
  const run = async (options: MakeAddressOptions): Promise<string> => {
    await makeAddress(options, { configFile, json: true, terminal: createTerminal({ output }) })
    return z.object({ address: z.string() }).parse(JSON.parse(text)).address
  }
  return { dataDir, run }
}

test('the address of a feedback loop is signed by the installation, and good for its days', async (t) => {
  const { dataDir, run } = await openDesk(t, 'feedbackDomain = "bounces.example.org"')
  const address = await run({ name: 'jmrp', days: 30 })

  const key = await openInstallationKey(join(dataDir, 'keys'))
  const { read } = createSignedAddresses({ domain: 'bounces.example.org', key, validDays: 12 })
  assert.deepEqual(read(address, Date.now()), { kind: 'reporter', name: 'jmrp' })
  assert.equal(read(address, Date.now() + 31 * 86_400_000), null)
})

test('without a feedback domain there is no address, nor for a name that would not fit into one', async (t) => {
  const { run } = await openDesk(t, '')
  await assert.rejects(run({ name: 'jmrp' }), /smtp\.feedbackDomain is not set/u)
  await assert.rejects(run({ name: 'Not a name' }), /is no name/u)
})
