import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { z } from 'zod'

const packageSchema = z.looseObject({
  version: z.string().optional(),
  link: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional()
})
const lockSchema = z.looseObject({ packages: z.record(z.string(), packageSchema) })
const manifestSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string())
})

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'))
const { packages } = lockSchema.parse(read('package-lock.json'))

test('every optional platform package stands in the lockfile, so that `npm ci` passes on every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`]
    )
  )
  assert.deepEqual(missing, [], 'run `npm run lockfile`')
})

test('every dependency is pinned to an exact version', () => {
  const manifest = manifestSchema.parse(read('package.json'))
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const loose = Object.entries(all).filter(
    ([, version]) => !/^(?:npm:@?[\w./-]+@)?\d+\.\d+\.\d+$/u.test(version)
  )
  assert.deepEqual(loose, [])
})
