import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { holdsOf } from '../../../../service/config/callouts-schema.ts'
import { calloutsPage } from '../../../../service/doors/callouts/clients/callouts-page.ts'
import { clientWords } from '../../../../service/doors/callouts/clients/client-words.ts'

const rewrite =
  "Promise.all([import('./service/doors/callouts/clients/callouts-page.ts'), import('./service/config/callouts-schema.ts')]).then(([{ calloutsPage }, { holdsOf }]) => fs.writeFileSync('docs/reference/callouts.md', calloutsPage(holdsOf)))"

test('docs/reference/callouts.md is what the tables say', async () => {
  const page = await readFile(new URL('../../../../docs/reference/callouts.md', import.meta.url), 'utf8')

  assert.ok(page === calloutsPage(holdsOf), `write it anew: node -e "${rewrite}"`)
})

for (const [kind, { holds, deploy }] of Object.entries(clientWords)) {
  test(`there are words for every way in which ${kind} can hold, and for no other`, () => {
    const known: Readonly<Record<string, readonly string[]>> = holdsOf
    assert.deepEqual(Object.keys(holds).toSorted(), known[kind]?.toSorted())
  })

  if (deploy !== null)
    test(`the configuration for ${kind} is there`, () => {
      assert.ok(existsSync(new URL(`../../../../deploy/mta/${deploy}`, import.meta.url)))
    })
}
