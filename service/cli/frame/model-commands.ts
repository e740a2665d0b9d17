import type { Command } from 'commander'
import type { DriftFlags } from '../models/model-drift.ts'
import type { PromoteFlags } from '../models/promote-model.ts'
import type { Declare } from './command-context.ts'

/** Commands about the versions of the models. */
export function declareModelCommands(program: Command, declare: Declare): void {
  const models = program.command('models').description('the models in use, and the versions on disk')
  declare(models.command('list').description('list them'), async (context) =>
    (await import('../models/list-models.ts')).listModels({}, context)
  )
  declare(
    models.command('show <name>').description('show how good one was, and what its shadow says'),
    async (context, [name = '']) => (await import('../models/show-model.ts')).showModel({ name }, context)
  )
  declare(
    models.command('add <dir>').description('take in a model directory; nothing serves by it'),
    async (context, [directory = '']) =>
      (await import('../models/stored-models.ts')).addModel({ directory }, context)
  )
  declare(
    models.command('check').description('prove every version: checksums, features, numbers'),
    async (context) => (await import('../models/stored-models.ts')).checkModels({}, context)
  )
  const drift = models
    .command('drift')
    .description('say how far mail has moved from what the models know, week by week')
    .option('--since <time>', 'RFC 3339, or how long ago: 90d (default: a year)')
    .option('--until <time>', 'likewise')
    .option('--report <dir>', 'write the whole report and its pictures there')
  declare(drift, async (context) =>
    (await import('../models/model-drift.ts')).showDrift(drift.opts<DriftFlags>(), context)
  )
  const promote = models
    .command('promote <name> <version>')
    .description('let a version serve, if it is not worse than the active one')
    .option('--force', 'whatever the gate says')
  declare(promote, async (context, [name = '', version = '']) =>
    (await import('../models/promote-model.ts')).promoteModel(
      { ...promote.opts<PromoteFlags>(), name, version },
      context
    )
  )
  declare(
    models.command('rollback <name>').description('return to the version before'),
    async (context, [name = '']) =>
      (await import('../models/change-models.ts')).rollBackModel({ name }, context)
  )
  declare(
    models
      .command('shadow <name> <version>')
      .description('let a version score beside the active one, without a say; off ends it'),
    async (context, [name = '', version = '']) =>
      (await import('../models/change-models.ts')).shadowModel({ name, version }, context)
  )
}
