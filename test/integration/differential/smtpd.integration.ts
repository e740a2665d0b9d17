import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedScore } from '../../helpers/fixed-score.ts'
import { openPipeline } from '../../helpers/open-pipeline.ts'
import { isRoot } from '../harness/as-root.ts'
import { program } from '../harness/programs.ts'
import { playDialogue, type Answered } from './play-dialogue.ts'
import { readDialogues, type Dialogue } from './read-dialogues.ts'
import { limits, startSmtpd } from './start-smtpd.ts'

interface Compared {
  readonly dialogue: Dialogue
  readonly ours: readonly Answered[]
  readonly theirs: readonly Answered[]
}

test(
  'Sluice and Postfix’s smtpd answer alike wherever the standard fixes the answer',
  { timeout: 120_000 },
  async (t) => {
    const postfix = program(t, 'postfix', 'usr/sbin/postfix')
    if (postfix === undefined || !isRoot(t, 'postfix')) return
    const theirPort = await startSmtpd(t, postfix)
    const { ports } = await openPipeline(t, { score: fixedScore('allow'), smtp: limits })
    const dialogues = await readDialogues()
    const compared: Compared[] = []
    for (const dialogue of dialogues)
      compared.push({
        dialogue,
        ours: await playDialogue(dialogue, ports.relay),
        theirs: await playDialogue(dialogue, theirPort)
      })

    const differing = compared.filter((one) => classes(one.ours) !== classes(one.theirs))
    const unexplained = differing.filter(({ dialogue }) => dialogue.difference === null)
    const stale = compared.filter((one) => one.dialogue.difference !== null && !differing.includes(one))
    const steps = compared.reduce((sum, { ours }) => sum + ours.length, 0)
    t.diagnostic(
      `${compared.length} dialogues, ${steps} replies: ${compared.length - differing.length} alike, ${differing.length - unexplained.length} explained, ${unexplained.length} unexplained`
    )
    assert.ok(compared.length >= 200)
    assert.deepEqual(unexplained.map(describe), [], 'differences that dialogues.txt does not explain')
    assert.deepEqual(stale.map(describe), [], 'explained differences that are none')
  }
)

function classes(answers: readonly Answered[]): string {
  return answers.map((answer) => answer.class).join(' ')
}

function describe({ dialogue, ours, theirs }: Compared): string {
  const said = `${dialogue.begin}: ${dialogue.steps.join(' >> ')}`
  return [
    said,
    ...ours.map(({ reply }, at) => `  ${reply.slice(0, 60)} | ${theirs[at]?.reply.slice(0, 60) ?? ''}`)
  ].join('\n')
}
