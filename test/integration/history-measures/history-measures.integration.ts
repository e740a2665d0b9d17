import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { engineLibrary } from '../../../service/history/embedded/engine-library.ts'
import { toJsonLine } from '../../../training/attacks/line-json.ts'
import { openWorkplace } from '../../cli/run-sluice.ts'
import { inventedHistories } from '../../training/attacks/invented-histories.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'

const config =
  '[http]\nport = 0\n[smtp]\nsubmissionPort = 0\nsubmissionsPort = 0\nrelayPort = 0\n' +
  '[callouts]\nrspamdPort = 0\npolicyPort = 0\nmilterPort = 0\n[parse]\nworkers = 1\n'

const shares = z.object({ summary: z.object({ recall: z.object({ messages: z.number(), share: z.number() }) }), victims: z.number() }) // prettier-ignore

test(
  'what was imported can be backtested, and taken over in play, by the command line alone',
  { skip },
  async (t) => {
    const { directory, sluice } = await openWorkplace(t)
    await writeFile(join(directory, 'sluice.toml'), config)
    const histories = inventedHistories(6, 14)
    const lines = histories.flat().map((line) => JSON.stringify(toJsonLine(line)))
    await writeFile(join(directory, 'sent.jsonl'), lines.join('\n'))
    assert.equal((await sluice(['history', 'import', '--jsonl', 'sent.jsonl'])).code, 0)

    const backtested = await sluice(['backtest', '--history', '--out', 'verdicts.jsonl'])
    assert.deepEqual([backtested.code, backtested.stderr], [0, ''])
    assert.match(backtested.stdout, /84 messages of 6 senders[\s\S]*84 never judged/u)
    const verdicts = (await readFile(join(directory, 'verdicts.jsonl'), 'utf8')).trimEnd().split('\n')
    assert.equal(verdicts.length, 84)

    const simulate = ['evaluate', '--simulate', '--history', '--invented-texts', '--attacks-per-sender', '16']
    const told = await sluice([...simulate, '--report', 'page'])
    assert.deepEqual([told.code, told.stderr], [0, ''])
    assert.match(told.stdout, /^Had thieves sent from 3 of your mailboxes between 2026-02-0/u)
    assert.match(await readFile(join(directory, 'page', 'takeovers.md'), 'utf8'), /!\[.*\]\(stopped\.svg\)/u)
    assert.match(await readFile(join(directory, 'page', 'stopped.svg'), 'utf8'), /^<svg/u)

    const [first, second] = [await sluice([...simulate, '--json']), await sluice([...simulate, '--json'])]
    assert.equal(first.stdout, second.stdout)
    const { summary, victims } = shares.parse(JSON.parse(first.stdout))
    assert.equal(victims, 3)
    assert.ok(summary.recall.messages > 40 && summary.recall.share > 0.5)

    const nobody = await sluice([...simulate, '--senders', 'nobody@example.org'])
    assert.equal(nobody.code, 1)
    assert.match(nobody.stderr, /history holds no message of this span/u)
  }
)
