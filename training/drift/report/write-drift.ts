import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DriftReport } from '../../../service/contracts/drift.ts'
import { drawDrift } from './drift-picture.ts'

/** `drift.json`, and a picture of each model: `content.svg`, `takeover.svg`. Whole files or those of before. Gives their names. */
export async function writeDrift(directory: string, report: DriftReport): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true })
  const files: Record<string, string> = Object.fromEntries(
    report.items
      .filter(({ columns }) => columns.length > 0)
      .map((item) => [`${item.name}.svg`, drawDrift(item)])
  )
  files['drift.json'] = `${JSON.stringify(report)}\n`
  for (const [name, text] of Object.entries(files)) {
    const place = path.join(directory, name)
    await writeFile(`${place}.new`, text)
    await rename(`${place}.new`, place)
  }
  return Object.keys(files)
}
