import { parseAddress } from '../../message/address.ts'
import type { ForecastAlignment } from './forecast-alignment.ts'

/**
 * Where what leaves has a return path of ours, receivers see its domain in MAIL FROM: a forecast that looked at the sender's would foretell
 * another message. undefined: the sender's stays.
 */
export function forecastOfDeparture(
  forecast: ForecastAlignment,
  returnPathDomain: string | undefined
): ForecastAlignment {
  const mailFrom = parseAddress(`bounces@${returnPathDomain ?? ''}`)
  if (mailFrom === undefined) return forecast
  return ({ raw, envelope }) =>
    forecast({ raw, envelope: envelope.mailFrom === null ? envelope : { ...envelope, mailFrom } })
}
