import type { ActiveVersions } from '../../models/shelf/active-file.ts'
import type { ModelEvent } from '../../models/shelf/model-event.ts'
import type { ChangeOutcome, ModelActsOptions, ModelName, UnusableFault } from './acting.ts'

/** How versions change places, and who is told. */
export function createExchange({ registry, shelf, comparisons, accept, onEvent, log }: ModelActsOptions) {
  return { exchange, remember, faultOf }

  /** On disk, then in use. What cannot be used is taken back. */
  async function exchange(
    name: ModelName,
    before: ActiveVersions,
    versions: ActiveVersions
  ): Promise<ChangeOutcome> {
    await registry.activate(name, versions)
    const role = versions.active === before.active ? 'shadow' : 'active'
    const faults = await shelf.reload()
    const fault = faults.find((one) => one.name === name && one.role === role)
    if (fault === undefined) return { kind: 'changed', versions }
    await registry.activate(name, before)
    await shelf.reload()
    const { code, facts } = fault
    return { kind: 'unusable', fault: { code, facts } }
  }

  /** `isCompared`: what shadows of it have said so far is of no use any more. */
  async function remember(event: ModelEvent, by: string, isCompared = false): Promise<void> {
    const { name, version, facts } = event
    log.info(`models.${event.event}`, { name, version, ...facts, by })
    await accept(() => {
      if (isCompared) comparisons.drop(name)
      onEvent(event, by)
    })
  }

  /** What keeps a version on disk from serving; null: nothing that its files show. */
  async function faultOf(name: ModelName, version: string): Promise<UnusableFault | null> {
    try {
      await registry.check(name, version)
      return null
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && 'facts' in error && 'remedy' in error)) throw error
      return { code: String(error.code), facts: { ...Object(error.facts), remedy: String(error.remedy) } }
    }
  }
}
