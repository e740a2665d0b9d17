import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { readBacktestLine } from '../../service/contracts/backtest-line.ts'
import { toJsonLine } from '../../training/attacks/line-json.ts'
import { inventedHistories } from '../training/attacks/invented-histories.ts'
import { openWorkplace } from './run-sluice.ts'

test('`sluice evaluate` with --out writes a file that a backtest reads, and says what is in it', async (t) => {
  const { directory, sluice } = await openWorkplace(t)
  const lines = inventedHistories(4, 12).flat().map((line) => JSON.stringify(toJsonLine(line))) // prettier-ignore
  await writeFile(join(directory, 'honest.jsonl'), lines.join('\n'))
  const args = [
    'evaluate',
    '--simulate',
    'honest.jsonl',
    '--attacks-per-sender',
    '4',
    '--invented-texts',
    '--out',
    'played.jsonl'
  ]
  const ended = await sluice([...args, '--json'])
  assert.deepEqual([ended.code, ended.stderr], [0, ''])
  const written = (await readFile(join(directory, 'played.jsonl'), 'utf8')).trimEnd().split('\n')
  const read = written.map(readBacktestLine)
  assert.ok(read.every((outcome) => outcome.kind === 'line' && outcome.faults.length === 0))
  const probed = read.filter((outcome) => outcome.kind === 'line' && outcome.line.role === 'probe')
  assert.deepEqual(JSON.parse(ended.stdout), { out: 'played.jsonl', observed: written.length - probed.length, probed: probed.length }) // prettier-ignore
  assert.ok(probed.length >= 6)
})

test('a cell that does not exist is told as misuse', async (t) => {
  const { sluice } = await openWorkplace(t)
  const { code, stdout, stderr } = await sluice(['evaluate', '--simulate', 'none.jsonl', '--cell', 'A9/M1'])
  assert.deepEqual([code, stdout], [2, ''])
  assert.match(stderr, /there is no cell A9\/M1/u)
})
