import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { behaviourFeatureNames } from '../../../service/features/behaviour.ts'
import { decodeForest, encodeForest } from '../../../service/models/forest/forest-codec.ts'
import { storeVersion } from '../../models/fixture-models.ts'

const manifestSchema = z.looseObject({
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.int() }))
})

/** A takeover model whose trees take attacks for habits: any training is better. */
export async function storeContrary(models: string, version: string): Promise<void> {
  const place = await storeVersion(models, 'takeover', version, {
    weights: (bytes) => Buffer.alloc(bytes.length)
  })
  const file = join(place, 'manifest.json')
  const manifest = manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  const forest = decodeForest(await readFile(join(place, 'forest.bin')), behaviourFeatureNames.length)
  const contrary = encodeForest({ ...forest, value: forest.value.map((leaf) => -leaf) })
  await writeFile(join(place, 'forest.bin'), contrary)
  const sha256 = createHash('sha256').update(contrary).digest('hex')
  const files = { ...manifest.files, 'forest.bin': { sha256, bytes: contrary.length } }
  await writeFile(file, JSON.stringify({ ...manifest, files }))
}
