import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const made: string[] = []
after(() => made.forEach((directory) => rmSync(directory, { recursive: true })))

/** A house of its own with the project's configuration and the given files. */
function house(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-fence-'))
  made.push(directory)
  for (const name of [
    '.dependency-cruiser.mjs',
    '.oxlintrc.json',
    'tsconfig.json',
    'scripts/lint-pure-rooms.mjs'
  ]) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    copyFileSync(join(root, name), join(directory, name))
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
  return directory
}

function run(directory: string, tool: string, ...args: string[]): { status: number | null; output: string } {
  const result = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: directory,
    encoding: 'utf8'
  })
  return { status: result.status, output: result.stdout + result.stderr }
}

const cruise = (directory: string): { status: number | null; output: string } =>
  run(directory, 'depcruise', '--config', '.dependency-cruiser.mjs', 'service')

const valueOf = 'export const value = 1\n'
const planted: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  [
    'a room that imports a room outside of its table row',
    'may-import: service/message',
    {
      'service/message/a.ts': "import { value } from '../queue/b.ts'\nexport const seen = value\n",
      'service/queue/b.ts': valueOf
    }
  ],
  [
    'a value imported where only types may be',
    'types-only: service/verdict',
    {
      'service/verdict/a.ts': "import { value } from '../models/b.ts'\nexport const seen = value\n",
      'service/models/b.ts': valueOf
    }
  ],
  [
    'a door that imports another door',
    'may-import: service/doors/api',
    {
      'service/doors/api/a.ts': "import { value } from '../smtp/b.ts'\nexport const seen = value\n",
      'service/doors/smtp/b.ts': valueOf
    }
  ],
  [
    'an outside package behind the wrong door',
    'one-door: (lmdb|redis)',
    { 'service/queue/a.ts': "import { open } from 'lmdb'\nexport const opened = open\n" }
  ],
  [
    'a pure room that touches files',
    'pure-core',
    { 'service/features/a.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n" }
  ],
  [
    'a cycle',
    'no-circular',
    {
      'service/message/a.ts': "import { b } from './b.ts'\nexport const a = (): unknown => b\n",
      'service/message/b.ts': "import { a } from './a.ts'\nexport const b = (): unknown => a\n"
    }
  ]
]

for (const [fault, rule, files] of planted) {
  test(`the import check fails on ${fault}`, () => {
    const { status, output } = cruise(house(files))
    assert.notEqual(status, 0, output)
    assert.ok(output.includes(rule), output)
  })
}

test('the import check reads the files of this project and finds no fault', () => {
  const { status, output } = run(
    root,
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    'service',
    'training',
    'datasets'
  )
  assert.equal(status, 0, output)
  const modules = Number(/\((\d+) modules/u.exec(output)?.[1] ?? 0)
  const files = ['service', 'training', 'datasets'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts')
    )
  )
  assert.ok(modules >= files.length, `only ${modules} of ${files.length} files were read:\n${output}`)
})

test('the lint check fails on a clock or chance in a pure room, and only there', () => {
  const text = 'export const now = (): number => Date.now() + Math.random() + new Date().getTime()\n'
  const inPureRoom = run(house({ 'service/features/a.ts': text }), 'oxlint', 'service')
  const elsewhere = run(house({ 'service/queue/a.ts': text }), 'oxlint', 'service')

  assert.notEqual(inPureRoom.status, 0)
  assert.equal(inPureRoom.output.match(/pure-rooms\(no-clock-no-chance\)/gu)?.length, 3, inPureRoom.output)
  assert.equal(elsewhere.status, 0, elsewhere.output)
})

test('the type check fails on a wrong type', () => {
  const { status, output } = run(
    house({ 'service/message/a.ts': "export const size: number = 'large'\n" }),
    'tsc',
    '-p',
    '.'
  )
  assert.notEqual(status, 0)
  assert.match(output, /TS2322/u)
})
