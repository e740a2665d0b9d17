import { loadConfig } from '../../config/load-config.ts'
import { modelVersionsSchema } from '../../contracts/model.ts'
import { configFileOf, type CommandContext } from '../frame/command-context.ts'
import { exitCode } from '../frame/exit-code.ts'
import { withService } from '../running/private-service.ts'

/** `sluice models rollback NAME`: to the version before, else to the one that came with this release. */
export async function rollBackModel(
  { name }: { readonly name: string },
  context: CommandContext
): Promise<number> {
  const versions = await change(`${name}/rollback`, {}, context)
  if (context.json) context.terminal.printJson(versions)
  else context.terminal.print(`${name} ${versions.active ?? 'of this release'} is in use again.`)
  return exitCode('ok')
}

/** `sluice models shadow NAME VERSION|off`: it scores beside the active one, without a say. */
export async function shadowModel(
  { name, version }: { readonly name: string; readonly version: string },
  context: CommandContext
): Promise<number> {
  const versions = await change(`${name}/shadow`, { version: version === 'off' ? null : version }, context)
  const { terminal } = context
  if (context.json) terminal.printJson(versions)
  else if (versions.shadow === null) terminal.print(`${name} has no shadow now.`)
  else
    terminal.print(
      `${name} ${versions.shadow} scores beside the active version; see \`sluice models show ${name}\`.`
    )
  return exitCode('ok')
}

function change(path: string, body: object, context: CommandContext) {
  return withService(loadConfig(configFileOf(context)), ({ client }) =>
    client.post(`/v1/models/${path}`, body, modelVersionsSchema)
  )
}
