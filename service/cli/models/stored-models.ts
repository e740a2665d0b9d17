import { loadConfig } from '../../config/load-config.ts'
import { servingBackend } from '../../models/tensor/backend-names.ts'
import { selectBackend } from '../../models/tensor/backend.ts'
import { faultOf, loadModel, modelNames, type Fault } from '../../models/load-model.ts'
import { readManifest, type ModelName } from '../../models/model-directory.ts'
import type { ModelRegistry } from '../../models/shelf/model-registry.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { openRegistry } from './open-registry.ts'
import { printTable, type Cell } from '../views/table.ts'

/** `sluice models add DIR`: takes a copy of what `sluice train` wrote into the installation, if it loads. Nothing serves by it. */
export async function addModel(
  { directory }: { readonly directory: string },
  context: CommandContext
): Promise<number> {
  const { config } = loadConfig(configFileOf(context))
  await selectBackend(servingBackend(config.models.backend))
  const { name } = await readManifest(directory)
  const { model } = await loadModel(name, directory)
  model.close()
  const { version } = await openRegistry(config).add(directory)
  const { terminal } = context
  if (context.json) terminal.printJson({ name, version })
  else terminal.print(`${name} ${version} is here. Next: \`sluice models promote ${name} ${version}\`.`)
  return exitCode('ok')
}

interface Checked {
  readonly name: ModelName
  /** null: the one that came with this release. */
  readonly version: string | null
  readonly fault: Fault | null
}

/** `sluice models check`: every version loads, every checksum and number of it is right. */
export async function checkModels(_options: object, context: CommandContext): Promise<number> {
  const { config } = loadConfig(configFileOf(context))
  await selectBackend(servingBackend(config.models.backend))
  const registry = openRegistry(config)
  const checked: Checked[] = []
  for (const name of modelNames) {
    const versions = [null, ...(await registry.versions(name)).map(({ version }) => version)]
    for (const version of versions)
      checked.push({ name, version, fault: await faultIn(registry, name, version) })
  }
  const { terminal } = context
  if (context.json) terminal.printJson({ items: checked })
  else {
    const rows = checked.map(({ name, version, fault }): Cell[] => [
      name,
      version ?? 'of this release',
      fault === null ? { text: 'sound', style: 'green' } : { text: sentenceOf(fault), style: 'red' }
    ])
    printTable(terminal, [{ title: 'model' }, { title: 'version' }, { title: 'finding' }], rows)
  }
  return exitCode(checked.every(({ fault }) => fault === null) ? 'ok' : 'fault')
}

async function faultIn(
  registry: ModelRegistry,
  name: ModelName,
  version: string | null
): Promise<Fault | null> {
  try {
    if (version !== null) await registry.check(name, version)
    const { model } = await loadModel(name, registry.directoryOf(name, version))
    model.close()
    return null
  } catch (error) {
    return faultOf(error)
  }
}

function sentenceOf({ code, remedy = '', ...facts }: Fault): string {
  return `${code}: ${Object.entries(facts).map(([name, value]) => `${name} ${value}`).join(', ')}. ${remedy}`.trimEnd() // prettier-ignore
}
