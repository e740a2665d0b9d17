import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

test('without a compiler nothing is built, what was built before stays, and the answer says what to do', () => {
  const built = `${root}.tfjs-node`
  const before = existsSync(built) ? statSync(built).ino : null
  const { status, stderr } = spawnSync(process.execPath, [`${root}scripts/tfjs-node.mjs`], {
    env: { PATH: '/nowhere' },
    encoding: 'utf8'
  })
  assert.equal(status, 1)
  assert.match(stderr, /was not built; training stays on WebAssembly\.\n\S/u)
  // On machines that could not use it either, that is the reason.
  assert.match(stderr, /Install it: apt-get install g\+\+|AVX|glibc|no library for/u)
  assert.equal(existsSync(built) ? statSync(built).ino : null, before)
})
