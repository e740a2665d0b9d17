import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorkplace } from './run-sluice.ts'

test('what does not go together in measuring files and history is told as misuse', async (t) => {
  const { sluice } = await openWorkplace(t)
  const cases: readonly (readonly [args: readonly string[], told: RegExp])[] = [
    [['backtest'], /neither a file nor --history is given\nFor example: /u],
    [['backtest', 'a.jsonl', '--history'], /exclude each other/u],
    [['backtest', '--history', '--with-limits'], /--with-limits only says how a file is scored/u],
    [['evaluate', '--simulate'], /--simulate names no file\nName one, or add --history/u],
    [['evaluate', '--simulate', '--history', '--scenario', 'runs'], /only takeovers are played, not runs/u],
    [['evaluate', '--simulate', 'a.jsonl', '--since', '5d'], /are about history/u],
    [['evaluate', '--simulate', 'a.jsonl', '--senders', 'ann@example.org'], /how many senders of a file/u]
  ]
  const ended = await Promise.all(cases.map(([args]) => sluice(args)))
  for (const [index, { code, stdout, stderr }] of ended.entries()) {
    assert.deepEqual([code, stdout], [2, ''], stderr)
    assert.match(stderr, cases[index]?.[1] ?? /nothing/u)
  }
})
