import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const sluice = fileURLToPath(new URL('../../service/cli/sluice.ts', import.meta.url))
const limitMs = 600_000

/** What `sluice models add` and `sluice models promote` say of a trained model, gate and all; it fails where they say no. */
export function tryPromotion(config: string, model: string, directory: string, version: string): string {
  const told = [
    ['models', 'add', directory],
    ['models', 'promote', model, version]
  ].map((command) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [sluice, '--config', config, ...command], {
      encoding: 'utf8',
      timeout: limitMs
    })
    return `sluice ${command.slice(0, 2).join(' ')}: exit code ${status ?? 'none'}\n${stdout}${stderr}`
  })
  return told.join('\n')
}
