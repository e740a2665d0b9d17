import type { Installation } from '../../features/installation.ts'
import type { Profile } from '../../profile/profile.ts'
import type { SenderKey, SenderStore } from '../../senders/sender-store.ts'
import { domainOf } from '../../senders/priors/store-with-priors.ts'

/** What this sender's neighbours do, the sender left out: habits that nobody else has must not count as usual here. */
export function installationAround(
  { priors }: Pick<SenderStore, 'priors'>,
  sender: SenderKey,
  profile: Profile
): Installation {
  const { count, coverage } = priors.counts
  const domain = domainOf(sender)
  return { count, coverage, domain, without: [{ profile, domain }] }
}
