import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { loadBounceRules } from '../../../service/delivery/bounces/bounce-rules.ts'
import { bouncesPage } from '../../../service/delivery/bounces/bounces-page.ts'

const rewrite =
  "Promise.all([import('./service/delivery/bounces/bounces-page.ts'), import('./service/delivery/bounces/bounce-rules.ts')]).then(([page, rules]) => fs.writeFileSync('docs/reference/bounces.md', page.bouncesPage(rules.loadBounceRules(null))))"

test('docs/reference/bounces.md is what the rules say', async () => {
  const page = await readFile(new URL('../../../docs/reference/bounces.md', import.meta.url), 'utf8')

  assert.ok(page === bouncesPage(loadBounceRules(null)), `write it anew: node -e "${rewrite}"`)
})
