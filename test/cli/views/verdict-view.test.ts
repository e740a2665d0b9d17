import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { neutralise } from '../../../service/cli/views/neutralise.ts'
import { createTerminal, displayWidth } from '../../../service/cli/views/terminal.ts'
import { verdictView } from '../../../service/cli/views/verdict-view.ts'
import type { VerdictAnswer } from '../../../service/contracts/verdict-answer.ts'

const terminal = createTerminal({ output: new Writable({ write: (_chunk, _encoding, done) => done() }) })

const verdict: VerdictAnswer = {
  id: '11111111-2222-4333-8444-555555555555',
  verdict: 'hold',
  risk: 0.58,
  priority: { label: 'normal', mtPriority: 0, confidence: 0.91 },
  scores: { takeover: 0.57, spam: null },
  score: 7.1,
  requiredScore: 15,
  sender: { id: 'alice@example.org', strength: 'authenticated', messagesSeen: 412, containment: 'normal' },
  reasons: [
    { code: 'BASELINE', message: 'The start', contribution: -6, evidence: {} },
    { code: 'TIME_USUAL', message: 'Sent at a usual hour', contribution: -0.4, evidence: { localHour: 9 } },
    {
      code: 'RECIPIENTS_NEW',
      message: '3 of 3 recipients never written to',
      contribution: 4.2,
      evidence: { newRecipients: 3, kind: '\u001b[31mred\u202e', note: '漢字'.repeat(60) }
    },
    { code: 'RISK_ABOVE_HOLD', message: 'The risk is above', contribution: 0, evidence: {} }
  ],
  models: { takeover: '2026.11.1', content: null, priority: null },
  thresholds: { hold: 0.41, block: 0.97 },
  hold: { kind: 'hard', until: '2026-11-25T08:15:00.000Z', onTimeout: 'return' },
  limits: { remainingToday: 488 },
  submissionId: null,
  holdId: null,
  duplicate: false,
  degraded: false,
  durationMs: 2.1
}

const view = verdictView(verdict, { title: `${'long/'.repeat(40)}mail.eml`, terminal })

test('the verdict comes first, policy before weight, the weightiest reason next, the start of the sum last', () => {
  assert.match(view, /^ HOLD {3}risk 58 %/u)
  const codes = Array.from(view.matchAll(/ {2}([A-Z]+_?[A-Z_]+)$/gmu), ([, code]) => code)
  assert.deepEqual(codes, ['RISK_ABOVE_HOLD', 'RECIPIENTS_NEW', 'TIME_USUAL', 'BASELINE'])
})

test('no line is wider than 100 columns, whatever the evidence', () => {
  const widest = Math.max(...view.split('\n').map(displayWidth))
  assert.ok(widest <= 100, `${widest} columns`)
})

test('what would colour, move or reorder the text is made visible', () => {
  assert.ok(!view.includes('\u001b') && !view.includes('\u202e'))
  assert.equal(neutralise('a\u001b[2Jb\u202ec\r\nd\u009be'), 'a␛[2Jb\ufffdc␍␊d\ufffde')
  assert.equal(neutralise('Grüße, 漢字 🎉'), 'Grüße, 漢字 🎉')
})

test('without a terminal there is no colour', () => {
  assert.equal(terminal.paint(['bold', 'red'], 'text'), 'text')
})
