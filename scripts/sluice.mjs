#!/usr/bin/env node
// `npx sluice …`: sets up when needed, then hands over to the TypeScript command line on the pinned Node.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setUp } from './set-up.mjs'

try {
  const node = await setUp()
  const entry = fileURLToPath(new URL('../service/cli/sluice.ts', import.meta.url))
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => (process.exitCode = code ?? (signal ? 1 : 0)))
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
