import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const script = readFileSync(new URL('../../deploy/mta/spamc/sluice-release', import.meta.url), 'utf8')

test('a held message leaves for those whom its filter wrote down, and for nobody whom its author did', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-release-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const at = (name: string): string => join(directory, name)
  writeFileSync(at('sendmail'), `#!/bin/sh\nprintf '%s\\n' "$@" >${at('arguments')}\ncat >${at('mail')}\n`, {
    mode: 0o755
  })
  writeFileSync(at('sluice-release'), script.replace('/usr/sbin/sendmail', at('sendmail')))
  writeFileSync(
    at('held.eml'),
    [
      'From alice@a.test',
      'X-Sluice-Verdict: hold',
      'X-Envelope-From: <alice@a.test>',
      'X-Envelope-To: *@b.test, carol@c.test',
      'X-AuthUser: alice',
      'Subject: x',
      'x-authuser: boss',
      'X-Envelope-To: everybody@d.test',
      'X-Envelope-From: <boss@a.test>',
      '',
      'X-AuthUser: body',
      ''
    ].join('\n')
  )
  // A file that the first recipient's address would match
  writeFileSync(at('eve@b.test'), '')

  const { status } = spawnSync('sh', [at('sluice-release'), at('held.eml')], { cwd: directory })

  assert.equal(status, 0)
  assert.deepEqual(readFileSync(at('arguments'), 'utf8').trim().split('\n'), [
    '-G',
    '-i',
    '-f',
    'alice@a.test',
    '--',
    '*@b.test',
    'carol@c.test'
  ])
  assert.equal(readFileSync(at('mail'), 'utf8'), 'X-Sluice-Verdict: hold\nSubject: x\n\nX-AuthUser: body\n')
  assert.equal(existsSync(at('held.eml')), false)
})
