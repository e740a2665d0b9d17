import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { verdictAnswerSchema } from '../../service/contracts/verdict-answer.ts'
import { openWorkplace } from './run-sluice.ts'

const meeting = fileURLToPath(new URL('meeting.eml', import.meta.url))

test('without a service a message is scored all the same, and nothing is left behind', async (t) => {
  const { sluice, dataDir } = await openWorkplace(t)
  const { code, stdout, stderr } = await sluice(['score', '--json', '--user', 'juergen', meeting])
  assert.deepEqual([code, stderr], [0, ''])
  const verdict = verdictAnswerSchema.loose().parse(JSON.parse(stdout))
  assert.deepEqual([verdict.verdict, verdict['file']], ['allow', meeting])
  assert.partialDeepStrictEqual(verdict.sender, { id: 'juergen', strength: 'authenticated', messagesSeen: 0 })
  assert.equal(existsSync(dataDir), false)
})
