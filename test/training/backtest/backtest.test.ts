import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyBackground } from '../../../service/features/background.ts'
import { runBacktest, type BacktestAnswer } from '../../../training/backtest/backtest.ts'
import type { PlacedFault } from '../../../training/backtest/fault-log.ts'
import { createTruthOf } from '../../../training/backtest/label.ts'
import { openBytes } from '../../../training/backtest/open-bytes.ts'
import type { BacktestSummary } from '../../../training/backtest/summarise.ts'
import { inProcess, limits, message, models, start } from '../../scoring/house.ts'
import { policy } from '../../verdict/policy.ts'

interface Run {
  readonly summary: BacktestSummary
  readonly answers: readonly BacktestAnswer[]
  readonly faults: readonly PlacedFault[]
}

/** With the models of the house: they take fright at strangers, once there is a history. */
async function backtest(
  text: string | AsyncIterable<Uint8Array>,
  more: { releasesHonest?: boolean } = {}
): Promise<Run> {
  const answers: BacktestAnswer[] = []
  const faults: PlacedFault[] = []
  const summary = await runBacktest({
    bytes: typeof text === 'string' ? bytesOf(text) : text,
    models,
    background: emptyBackground,
    policy,
    limits,
    workers: inProcess,
    budgetWindow: { minMessages: 5_000, minSenders: 200, maxSenderShare: 0.005, maxRisePerDayLogit: 0.5 },
    honestLabels: [],
    limit: Infinity,
    seed: 1,
    releasesHonest: true,
    onFault: (fault) => void faults.push(fault),
    write: (answer) => Promise.resolve(void answers.push(answer)),
    ...more
  })
  return { summary, answers, faults }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

let ids = 0

function line(
  more: { to?: string; sender?: string; role?: string; label?: string; id?: string } = {}
): string {
  const { to = 'bob@example.net', sender = 'alice@example.org', ...rest } = more
  ids += 1
  const raw = Buffer.from(message({ to: [to] })).toString('latin1')
  return JSON.stringify({ id: `m${ids}`, sender, ts: start / 1000 + ids * 60, rcpt: [to], raw, ...rest })
}

const history = (count: number, sender = 'alice@example.org'): readonly string[] =>
  Array.from({ length: count }, () => line({ sender }))

test('observe is learned, probe is not; every line is answered in order, with its own id and label', async () => {
  const probe = (id: string) => line({ id, role: 'probe', to: 'stranger@example.com', label: 'A5/M0' })
  const lines = [...history(30), probe('p1'), probe('p2'), line({ id: 'last' })]
  const { answers, summary } = await backtest(lines.join('\n'))

  assert.deepEqual(
    answers.map(({ sender }) => sender.messagesSeen),
    [...Array.from({ length: 31 }, (_, index) => index), 30, 30]
  )
  const [first, second] = answers.slice(30)
  assert.deepEqual([first?.id, first?.label, first?.verdict], ['p1', 'A5/M0', 'hold'])
  assert.equal(second?.risk, first?.risk)
  assert.deepEqual([answers.at(-1)?.id, answers.at(-1)?.label], ['last', null])
  assert.partialDeepStrictEqual(summary, {
    lines: { scored: 33, observed: 31, probed: 2, unlabelled: 0, skipped: 0 },
    recall: { hits: 2, messages: 2, share: 1 },
    falseHolds: { per10k: 0, sendersWithOne: 0 }
  })
  assert.deepEqual(
    summary.labels.map(({ label, truth }) => [label, truth]),
    [
      [null, 'honest'],
      ['A5/M0', 'bad']
    ]
  )
})

test('honest history that is held is released and learned, unless nobody releases', async () => {
  const lines = [...history(30), line({ to: 'new@example.com' }), line({ to: 'new@example.com' })].join('\n')
  const released = await backtest(lines)
  const kept = await backtest(lines, { releasesHonest: false })

  assert.deepEqual(
    released.answers.slice(-2).map(({ verdict }) => verdict),
    ['hold', 'allow']
  )
  assert.deepEqual(
    kept.answers.slice(-2).map(({ verdict }) => verdict),
    ['hold', 'hold']
  )
  const { per10k, per10kInterval, sendersWithOne, stopped } = released.summary.falseHolds
  assert.deepEqual([stopped.hits, per10k, sendersWithOne], [1, 10_000 / 32, 1])
  assert.ok(per10kInterval !== null && per10kInterval.low < 10 && per10kInterval.high > 1_500)
})

test('a line that is wrong costs itself only, and is told with its number', async () => {
  const lines = [line(), '{"id":', '', '[]', line({ sender: '' }), line({ role: 'probe' })]
  const { summary, faults } = await backtest(lines.join('\n'))
  assert.deepEqual(
    faults.map((fault) => [fault.line, fault.code]),
    [
      [2, 'LINE_NOT_JSON'],
      [4, 'LINE_NOT_JSON'],
      [5, 'LINE_INVALID']
    ]
  )
  assert.partialDeepStrictEqual(summary.lines, { scored: 2, skipped: 3, unlabelled: 1 })
})

test('a file that breaks off gives what stood before; one that cannot be read at all is an error', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-backtest-'))
  t.after(() => rm(directory, { recursive: true }))
  const file = join(directory, 'mail.jsonl.gz')
  const whole = gzipSync(Array.from({ length: 300 }, () => line()).join('\n'))
  await writeFile(file, whole.subarray(0, whole.length - 200))
  const { summary } = await backtest(openBytes(file, () => undefined))
  assert.ok(summary.lines.scored > 0)
  assert.deepEqual(
    summary.faults.map(({ code }) => code),
    ['FILE_BROKEN']
  )
  await writeFile(file, Buffer.from([0x1f, 0x8b, 1, 2, 3]))
  await assert.rejects(backtest(openBytes(file, () => undefined)), { code: 'Z_DATA_ERROR' })
  await assert.rejects(backtest(openBytes(join(directory, 'none'), () => undefined)), { code: 'ENOENT' })
})

test('labels of honest mail are known in any case and slice; all others are of bad mail', () => {
  const truthOf = createTruthOf(['Nice'])
  const of = (label: string | null, role: 'observe' | 'probe' = 'probe') => truthOf({ label, role })
  for (const label of ['ham', 'HAM', 'legitimate', 'honest:new-laptop', 'good/travel', 'nice', 'false', '0'])
    assert.equal(of(label), 'honest', label)
  for (const label of ['A1/M0', 'spam', 'phishing', 'goodness', 'true', '1'])
    assert.equal(of(label), 'bad', label)
  assert.equal(of(null), 'unlabelled')
  assert.equal(of(null, 'observe'), 'honest')
})
