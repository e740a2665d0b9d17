import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigError } from '../../service/config/config-error.ts'
import { loadConfig } from '../../service/config/load-config.ts'

const badConfigs = new URL('../bad-configs/', import.meta.url)

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'sluice-config-')), 'sluice.toml')
  writeFileSync(path, text)
  return path
}

test('an empty file gives the documented defaults', () => {
  const { config } = loadConfig({ file: file(''), env: {} })
  assert.equal(config.http.port, 8080)
  assert.equal(config.smtp.submissionPort, 2587)
  assert.equal(config.policy.holdBudgetPer10k, 10)
  assert.equal(config.limits.messagesPerDay, 500)
})

test('the environment overrides the file, and overrides win over both', () => {
  const path = file('[http]\nport = 1\nhost = "::1"\n')
  const env = { SLUICE_HTTP_PORT: '2', SLUICE_LOG_REDACT: 'false', SLUICE_DATADIR: '/var/lib/sluice' }
  const { config } = loadConfig({ file: path, env, overrides: { smtp: { submissionPort: 3 } } })
  assert.deepEqual([config.http.port, config.http.host, config.smtp.submissionPort], [2, '::1', 3])
  assert.deepEqual([config.log.redact, config.dataDir], [false, '/var/lib/sluice'])
})

test('a setting that is a word or a URL can come from the environment', () => {
  for (const url of ['off', 'http://clickhouse:8123'])
    assert.equal(
      loadConfig({ file: file(''), env: { SLUICE_CLICKHOUSE_URL: url } }).config.clickhouse.url,
      url
    )
})

test('faults in the environment name the variable or the key', () => {
  const env = { SLUICE_HTTP_PORT: 'eighty', SLUICE_HTPP_PORT: '80' }
  assert.throws(
    () => loadConfig({ file: file(''), env }),
    /SLUICE_HTPP_PORT[\s\S]*http\.port.*from the environment/u
  )
})

test('a missing file that was asked for is an error, a missing default file is not', () => {
  assert.throws(() => loadConfig({ file: '/nowhere/sluice.toml', env: {} }), /cannot be read/u)
})

test("a route's password comes from its file, and a file that is not there is a fault", () => {
  const secret = file('hunter22\n')
  const route = (passwordFile: string): string =>
    file(
      `[[routes]]\nname = "out"\nkind = "smarthost"\nhost = "mx.example.net"\nuser = "u"\npasswordFile = "${passwordFile}"\n`
    )
  assert.equal(loadConfig({ file: route(secret), env: {} }).config.routes[0]?.password, 'hunter22')
  assert.throws(
    () => loadConfig({ file: route('/nowhere/secret'), env: {} }),
    /routes\.0\.passwordFile: cannot be read/u
  )
})

/** Whose password file says this. */
function mailServerWith(text: string) {
  const client = `[[callouts.clients]]\nname = "mx"\nkind = "haraka"\npasswordFile = "${file(text)}"\n`
  return loadConfig({ file: file(client), env: {} }).config.callouts.clients[0]
}

test("a mail server's password is never an empty one, which whoever shows none would have", () => {
  assert.equal(mailServerWith('long enough\n')?.password, 'long enough')
  for (const text of ['', '\nsecond line', 'short'])
    assert.throws(
      () => mailServerWith(text),
      /callouts\.clients\.0\.passwordFile: has fewer than 8 characters/u
    )
})

for (const name of readdirSync(badConfigs).filter((entry) => entry.endsWith('.toml'))) {
  test(`bad configuration ${name} reports every expected fault`, () => {
    const expected = readFileSync(new URL(name.replace('.toml', '.expected'), badConfigs), 'utf8')
      .trim()
      .split('\n')
    assert.throws(
      () => loadConfig({ file: new URL(name, badConfigs).pathname, env: {} }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError)
        const seen = error.faults.map(({ path, line, message }) => `${line ?? '-'} ${path}: ${message}`)
        assert.deepEqual(seen, expected)
        return true
      }
    )
  })
}
