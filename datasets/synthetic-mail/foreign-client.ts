import type { Chance } from './chance.ts'
import { mailProgram } from './mail-programs.ts'
import type { Device } from './mail.ts'
import { foreignAddress } from './networks.ts'
import type { Persona } from './persona.ts'
import { languageOf } from './languages.ts'
import { inventedDomain } from './web-links.ts'
import { zones, type Zone } from './zone.ts'

export interface ForeignClient {
  readonly device: Device
  readonly ip: string
  readonly zone: Zone
}

/** Programs that thieves send with: scripts mostly, but ordinary mail programs too. */
const programs = [
  'phpmailer',
  'python',
  'nodemailer',
  'outlook',
  'thunderbird',
  'roundcube',
  'iphone',
  'gmail-web'
] as const
const shares = [4, 4, 2, 3, 2, 2, 1, 1]

/** The thief's own machine, far from the victim's habits. */
export function foreignClient(victim: Persona, chance: Chance): ForeignClient {
  const program = mailProgram(programs[chance.weighted(shares)] ?? 'python')
  const helo = chance.happens(0.5) ? program.helo(chance, inventedDomain(chance)) : chance.pick([`WIN-${chance.text(11, 'ABCDEFGHIJKLMNOP0123456789')}`, 'localhost', '[127.0.0.1]', `vps${chance.int(1000, 99_999)}.${inventedDomain(chance)}`, 'User']) // prettier-ignore
  const device = {
    program: program.name,
    userAgent: chance.pick(program.agents),
    helo,
    place: 'server'
  } as const
  const others = Object.values(zones).filter((zone) => zone.standardMinutes !== victim.zone.standardMinutes)
  return {
    device,
    zone: chance.pick(others),
    ip: foreignAddress(languageOf(victim.language).lexicon.country, chance)
  }
}
