import { createQuotaRelease, type QuotaReleaseOptions } from '../operations/holds/quota-release.ts'
import { clock, type OnClose } from './house.ts'

/** Holds that wait for nothing but room leave by themselves. */
export function openQuotaRelease(house: Omit<QuotaReleaseOptions, 'clock'>, onClose: OnClose): void {
  const release = createQuotaRelease({ ...house, clock })
  onClose(() => release.close())
}
