import { createPressureGauge, type Pressure } from '../doors/smtp/bounds/pressure.ts'
import type { Config } from '../config/config-schema.ts'
import type { OnClose } from './house.ts'
import type { Stores } from './stores.ts'

/** How hard the service has it, for those who refuse work early. */
export function openPressure(
  { dataDir }: Config,
  { metrics }: Pick<Stores, 'metrics'>,
  onClose: OnClose
): () => Pressure {
  const gauge = createPressureGauge({
    directory: dataDir,
    scoringPending: () => metrics.value('sluice_scoring_pending')
  })
  onClose(() => gauge.close())
  return () => gauge.read()
}
