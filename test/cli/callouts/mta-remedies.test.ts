import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { remedyOf } from '../../../service/cli/callouts/mta-remedies.ts'
import { holdsOf } from '../../../service/config/callouts-schema.ts'

const root = new URL('../../../', import.meta.url).pathname

/** Addresses as the files under deploy/mta have them. */
const usual: Readonly<Record<string, string>> = {
  '{rspamd}': '127.0.0.1:11333',
  '{rspamdHost}': '127.0.0.1',
  '{rspamdPort}': '11333',
  '{policy}': '127.0.0.1:10040',
  '{milter}': '127.0.0.1:10041',
  '{http}': 'http://127.0.0.1:8080'
}

function linesUnder(folder: string): ReadonlySet<string> {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
  const lines = files.flatMap((text) => text.split('\n'))
  // The lines for KumoMTA's init.lua stand in the comment on top of the file that they call
  return new Set(lines.flatMap((line) => [line, line.replace(/^-- {3}/u, '')]))
}

for (const kind of Object.keys(holdsOf)) {
  const { folder, connect } = remedyOf(kind)
  if (folder === null) continue
  test(`every line that connects ${kind} is one of ${folder}, which the real program runs with`, () => {
    const known = linesUnder(folder)
    const lines = connect
      .filter((line) => !/^(?:#|--) /u.test(line))
      .map((line) => line.replaceAll(/\{\w+\}/gu, (name) => usual[name] ?? name))
    assert.deepEqual(
      lines.filter((line) => !known.has(line)),
      []
    )
  })
}
