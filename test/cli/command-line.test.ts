import assert from 'node:assert/strict'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openWorkplace } from './run-sluice.ts'

test('--help names every command and every exit code', async (t) => {
  const { sluice } = await openWorkplace(t)
  const { code, stdout, stderr } = await sluice(['--help'])
  assert.deepEqual([code, stderr], [0, ''])
  for (const command of ['start', 'score', 'held', 'queue', 'users', 'tokens', 'models', 'train', 'config'])
    assert.match(stdout, new RegExp(`^  ${command}\\b`, 'mu'))
  for (const meaning of ['0  done', '1  something', '2  the command line', '3  score', '4  score'])
    assert.ok(stdout.includes(meaning), meaning)
})

const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['an unknown command', ['sore'], /unknown command 'sore'[\s\S]*Did you mean score/u],
  ['an unknown option', ['score', '--usr', 'x', 'a.eml'], /unknown option '--usr'/u],
  ['a missing argument', ['score'], /missing required argument 'file'/u],
  [
    'a number that is none',
    ['held', 'list', '--limit', 'many'],
    /--limit <number>' argument 'many' is invalid/u
  ],
  [
    'an address that is none',
    ['score', '--ip', '300.1.1.1', 'sluice.toml'],
    /--ip 300\.1\.1\.1: must be an IPv4/u
  ],
  ['a scope that is none', ['tokens', 'add', 'x', '--scope', 'root'], /there is no scope root/u],
  ['neither ids nor a sender', ['held', 'release'], /needs either ids or --sender/u]
]

for (const [what, args, expected] of misuses) {
  test(`${what} exits with 2 and says what is wrong`, async (t) => {
    const { sluice } = await openWorkplace(t)
    const { code, stdout, stderr } = await sluice(args)
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, expected)
    assert.doesNotMatch(stderr, /\n\s+at /u, 'no stack trace')
  })
}

test('config check lists every fault with its line, as text and as JSON', async (t) => {
  const { sluice, directory } = await openWorkplace(t)
  await writeFile(join(directory, 'bad.toml'), '[http]\nport = 99999\n[htpp]\nport = 1\n')
  const told = await sluice(['config', 'check', '--config', 'bad.toml'])
  assert.equal(told.code, 1)
  assert.match(told.stderr, /2 faults:\n {2}\S+bad\.toml:2: http\.port: [^\n]+\n {2}\S+bad\.toml:3: htpp: /u)
  const { code, stdout } = await sluice(['config', 'check', '--json', '--config', 'bad.toml'])
  const answer: unknown = JSON.parse(stdout)
  assert.equal(code, 1)
  assert.partialDeepStrictEqual(answer, {
    valid: false,
    faults: [{ path: 'http.port', line: 2 }, { path: 'htpp' }]
  })
  const fine = await sluice(['config', 'check'])
  assert.deepEqual([fine.code, fine.stderr], [0, ''])
})

test('users are added by a password from standard input, listed and removed', async (t) => {
  const { sluice, dataDir } = await openWorkplace(t)
  const added = await sluice(['users', 'add', 'Alice@example.org', '--password-stdin'], 'correct horse\n')
  assert.deepEqual(added, {
    code: 0,
    stdout: 'alice@example.org may now send through submission.\n',
    stderr: ''
  })
  assert.equal((await stat(join(dataDir, 'users.json'))).mode & 0o777, 0o600)
  const listed = await sluice(['users', 'list', '--json'])
  assert.partialDeepStrictEqual(JSON.parse(listed.stdout), { items: [{ name: 'alice@example.org' }] })
  const again = await sluice(['users', 'add', 'alice@example.org', '--password-stdin'], 'correct horse\n')
  assert.equal(again.code, 1)
  assert.match(again.stderr, /There is a user of this name already/u)
  assert.equal((await sluice(['users', 'remove', 'alice@example.org'])).code, 0)
  assert.match((await sluice(['users', 'list'])).stdout, /No users yet/u)
})

test('a password is never guessed: too short is refused, and without a terminal it has to be given', async (t) => {
  const { sluice } = await openWorkplace(t)
  const short = await sluice(['users', 'add', 'bob', '--password-stdin'], 'short\n')
  assert.equal(short.code, 1)
  assert.match(short.stderr, /8 to 1024 characters/u)
  const silent = await sluice(['users', 'add', 'bob'])
  assert.equal(silent.code, 2)
  assert.match(silent.stderr, /--password-stdin/u)
})
