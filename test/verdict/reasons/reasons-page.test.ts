import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { behaviourGroups } from '../../../service/features/behaviour.ts'
import { contentGroups } from '../../../service/scoring/judging/content-groups.ts'
import { reasonForGroup } from '../../../service/verdict/reasons/group-reasons.ts'
import { reasonsPage } from '../../../service/verdict/reasons/reasons-page.ts'

const rewrite =
  "import('./service/verdict/reasons/reasons-page.ts').then(({ reasonsPage }) => fs.writeFileSync('docs/reference/reasons.md', reasonsPage()))"

test('docs/reference/reasons.md is what the tables say', async () => {
  const page = await readFile(new URL('../../../docs/reference/reasons.md', import.meta.url), 'utf8')

  assert.ok(page === reasonsPage(), `write it anew: node -e "${rewrite}"`)
})

test('every feature group has a sentence of its own for either direction', () => {
  for (const group of [...Object.keys(behaviourGroups), ...contentGroups]) {
    assert.ok(!reasonForGroup(group, 1, {}).startsWith('SIGNAL_'), `${group} raises`)
    assert.ok(!reasonForGroup(group, -1, {}).startsWith('SIGNAL_'), `${group} lowers`)
  }
})
