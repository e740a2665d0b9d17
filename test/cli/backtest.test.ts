import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { generateAttack } from '../../datasets/synthetic-mail/attack.ts'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import type { SyntheticSubmission } from '../../datasets/synthetic-mail/mail.ts'
import { createPersonas } from '../../datasets/synthetic-mail/persona.ts'
import { verdictAnswerSchema } from '../../service/contracts/verdict-answer.ts'
import { openWorkplace } from './run-sluice.ts'

const from = Date.UTC(2026, 8, 1)

/** Three people's mail of some days; then each mailbox is broken into. */
function takeovers(): readonly string[] {
  const personas = createPersonas({ seed: 'backtest', count: 3, languages: ['en'] })
  return personas.flatMap((victim) => {
    const history = generateHistory(victim, { from, days: 8 })
    const at = (history.at(-1)?.receivedAt ?? from) + 3_600_000
    const attack = generateAttack('A3', { victim, knowledge: 'M0', seed: 'thief', at, history })
    return [...history.map((one) => lineOf(one, 'observe')), ...attack.map((one) => lineOf(one, 'probe'))]
  })
}

/** Without the client's address: the table of all networks would take the test longer than all else. */
function lineOf(mail: SyntheticSubmission, role: 'observe' | 'probe'): string {
  const { id, sender, receivedAt, client, envelope, raw, attack } = mail
  return JSON.stringify({
    id,
    sender,
    ts: receivedAt / 1000,
    client: { helo: client.helo },
    rcpt: envelope.rcptTo,
    raw: Buffer.from(raw).toString('latin1'),
    role,
    ...(attack !== null && { label: attack })
  })
}

test('a packed file is scored line by line, its faults are told, and the figures come as JSON', async (t) => {
  const { directory, sluice } = await openWorkplace(t)
  const good = takeovers()
  const lines = [...good.slice(0, 5), '{"id": 1', ...good.slice(5)]
  await writeFile(join(directory, 'mail.jsonl.gz'), gzipSync(lines.join('\n')))

  const run = await sluice(['backtest', 'mail.jsonl.gz', '--out', 'verdicts.jsonl', '--json'])

  assert.equal(run.code, 0, run.stderr)
  assert.match(run.stderr, /mail\.jsonl\.gz, line 6: LINE_NOT_JSON/u)
  const summary: unknown = JSON.parse(run.stdout)
  assert.partialDeepStrictEqual(summary, {
    lines: { scored: good.length, skipped: 1, probed: 3 },
    recall: { messages: 3, senders: 3 },
    falseHolds: { stopped: { messages: good.length - 3 } },
    faults: [{ code: 'LINE_NOT_JSON', count: 1 }]
  })
  const answers = (await readFile(join(directory, 'verdicts.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => verdictAnswerSchema.loose().parse(JSON.parse(line)))
  assert.deepEqual(
    answers.map(({ id, label = null }) => [id, label]),
    good.map((line) => JSON.parse(line)).map(({ id, label = null }) => [id, label])
  )
})

test('a file that is not there is a fault that names it', async (t) => {
  const { sluice } = await openWorkplace(t)
  const run = await sluice(['backtest', 'none.jsonl'])
  assert.deepEqual([run.code, run.stderr.includes('none.jsonl')], [1, true])
})
