import assert from 'node:assert/strict'
import { chmod, mkdir, symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { copyOf, filesOf, gatherIn, now, textOf } from './gather.ts'

test('every file of cur and new is a message, in the order of time', async (t) => {
  const directory = await filesOf(t, {
    '.Sent/cur/1763900000.M2.mx:2,S': copyOf(2),
    '.Sent/new/1763800000.M1.mx': copyOf(1),
    '.Sent/cur/1763900001.M3.mx:2,S': gzipSync(copyOf(3)),
    '.Sent/tmp/x': copyOf(4),
    '.Sent/dovecot.index': 'x'
  })

  const { lines, faults } = await gatherIn(t, directory, { maildir: ['.Sent'], user: 'ann' })

  assert.deepEqual(faults, [])
  assert.deepEqual(
    lines.map((line) => /Message-ID: <(\d)/u.exec(textOf(line))?.[1]),
    ['1', '2', '3']
  )
})

test('a pattern names owners, and goes no deeper than itself', async (t) => {
  const directory = await filesOf(t, {
    'vmail/example.org/ann/.Sent/cur/1': copyOf(1),
    'vmail/example.org/bob/.Sent Items/cur/1': copyOf(2),
    'vmail/example.net/eve/.Sent/cur/1': copyOf(3)
  })
  await symlink(join(directory, 'vmail'), join(directory, 'vmail/example.org/ann/.Sent/vmail'))
  await symlink(join(directory, 'vmail'), join(directory, 'vmail/loop'))

  const { entries, faults } = await gatherIn(t, directory, {
    maildir: ['vmail/{domain}/{user}/.Sent*']
  })

  assert.deepEqual(
    entries.map(({ owner }) => owner),
    ['ann@example.org', 'bob@example.org', 'eve@example.net']
  )
  assert.deepEqual(faults, [])
})

test('what is no Maildir or no file, too large, broken, or without a date is told with its name, and the rest is read', async (t) => {
  const undated = copyOf(9).replace(/^Date:.*\n/mu, '')
  const ahead = copyOf(9).replace(/^Date:.*$/mu, 'Date: Mon, 01 Jan 2035 00:00:00 +0000')
  const directory = await filesOf(t, {
    'Sent/cur/good': copyOf(1),
    'Sent/cur/1763900000.dated-by-its-name': undated,
    'Sent/cur/ahead': ahead,
    'Sent/cur/huge': 'x',
    'Sent/cur/packed': gzipSync(copyOf(2)).subarray(0, 60),
    'Sent/cur/secret': copyOf(3),
    'Sent/cur/undated': undated,
    'plain/file': copyOf(4)
  })
  await truncate(join(directory, 'Sent/cur/huge'), 300 * 1_048_576)
  await symlink('loop', join(directory, 'Sent/cur/loop'))
  await mkdir(join(directory, 'Sent/cur/folder'))
  await chmod(join(directory, 'Sent/cur/secret'), 0)
  const isRoot = process.getuid?.() === 0

  const { entries, faults } = await gatherIn(t, directory, {
    maildir: ['Sent', 'plain', 'none'],
    user: 'ann'
  })

  assert.deepEqual(
    faults.toSorted().filter((fault) => !fault.endsWith('secret')),
    [
      'FILE_UNREADABLE Sent/cur/loop',
      'FILE_UNREADABLE Sent/cur/packed',
      'FUTURE Sent/cur/ahead',
      'NOT_MAILDIR none',
      'NOT_MAILDIR plain',
      'TOO_LARGE Sent/cur/huge',
      'UNDATED Sent/cur/undated'
    ]
  )
  assert.equal(entries.length, isRoot ? 3 : 2)
})

test('a clock that ran ahead is corrected by the hop that took the message', async (t) => {
  const received = 'Received: from a by b; Fri, 20 Nov 2026 10:00:00 +0100'
  const skewed = copyOf(1, 'x\n', [received]).replace(/^Date:.*$/mu, 'Date: Mon, 01 Jan 2035 00:00:00 +0000')
  const directory = await filesOf(t, { 'Sent/cur/1': skewed })

  const { entries } = await gatherIn(t, directory, { maildir: ['Sent'], byFrom: true })

  assert.deepEqual([entries[0]?.at, entries[0]?.owner], [Date.UTC(2026, 10, 20, 9), 'ann@example.org'])
  assert.ok((entries[0]?.at ?? Infinity) < now)
})
