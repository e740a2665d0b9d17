import { createChance, type Chance } from './chance.ts'
import { languageOf } from './languages.ts'
import { mailProgram } from './mail-programs.ts'
import type { Device } from './mail.ts'
import { addressIn, prefixesOf } from './networks.ts'
import type { Persona } from './persona.ts'

export interface Connection {
  readonly device: Device
  readonly ip: string
}

const week = 7 * 86_400_000
/** A guest network, a train, a friend's line: 0.5-1.3 % of real mail comes from a /16 never seen before. */
const awayShare = 0.009
const abroad = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'th', 'ja', 'pt']

/** Device and address of this moment: at the desk, on the way, or (rarely, or on a trip) in a network never seen. */
export function connection(persona: Persona, at: number, chance: Chance): Connection {
  const device = persona.devices[chance.weighted(persona.devices.map((one) => one.weight))]?.device
  if (device === undefined) throw new Error(`persona ${persona.id} has no device`)
  return { device, ip: addressOf(persona, device, at, chance) }
}

function addressOf(
  { seed, lines, role, language }: Persona,
  { place }: Device,
  at: number,
  chance: Chance
): string {
  if (place === 'server') return lines.server
  const trip = createChance(`${seed} trip ${Math.floor(at / week)}`)
  if (trip.happens(role.travelShare)) return addressIn(trip.pick(prefixesOf(trip.pick(abroad)).home), trip)
  const { country } = languageOf(language).lexicon
  if (chance.happens(awayShare)) return addressIn(chance.pick(prefixesOf(country).home), chance)
  if (place === 'office') return lines.office
  if (place === 'mobile') return addressIn(lines.mobile, chance)
  return addressIn(lines.home, createChance(`${seed} lease ${Math.floor(at / week)}`))
}

/** What the device puts below every message of this sender, blank line first; '' for none. */
export function signatureBlock({ language, signature }: Persona, { place, program }: Device): string {
  const [ofApple = '', ofOthers = ofApple] = languageOf(language).lexicon.mobileSignature.split('|')
  const ofPhone = program === 'iphone' ? ofApple : ofOthers
  const block = place === 'mobile' ? ofPhone : signature
  return block === '' ? '' : `\n\n${mailProgram(program).signatureDash ? '-- \n' : ''}${block}`
}
