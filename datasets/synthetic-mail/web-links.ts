import type { Chance } from './chance.ts'

const lower = 'abcdefghijklmnopqrstuvwxyz'
const slug = `${lower}0123456789`
/** Services that everybody's mail links to; thieves rent space there too. */
const services = ['docs.cloudbox.example', 'drive.teamfolder.example', 'meet.videoroom.example', 'share.filebay.example', 'forms.askpage.example', 'calendar.slotpick.example', 'photos.albumly.example', 'www.wetransport.example', 'maps.wayfinder.example', 'news.dailyboard.example'] // prettier-ignore
const shorteners = ['sho.example', 'bitly.example', 'go2.test', 'kurz.example']
const paths = ['f', 'd', 's/doc', 'v', 'open', 'share', 'file', 'j', 'e']

/** Where honest people's links lead: their own site, services, their favourite sites, now and then somewhere new. */
export function honestLink(chance: Chance, ownDomain: string, favourites: readonly string[]): string {
  const kind = chance.weighted([4, 3, 3, 0.5, 0.3])
  if (kind === 0)
    return `https://${chance.pick(['www', 'shop', 'portal', 'my', 'click.news', 'account'])}.${ownDomain}/${deepPath(chance)}`
  if (kind === 1)
    return `https://${chance.pick(services)}/${chance.pick(paths)}/${chance.text(chance.int(6, 20), slug)}`
  if (kind === 2 && favourites.length > 0) return `https://www.${chance.pick(favourites)}/${deepPath(chance)}`
  if (kind === 3) return shortLink(chance)
  return `http${chance.happens(0.8) ? 's' : ''}://www.${inventedDomain(chance)}/${deepPath(chance)}`
}

/** Where thieves' links lead: broken-into sites, look-alikes, rented space, short links, bare addresses. */
export function badLink(chance: Chance, brand: string): string {
  const word = hostWord(brand) || inventedWord(chance)
  switch (chance.weighted([4, 4, 2.5, 1.5, 0.5])) {
    case 0: return `http${chance.happens(0.7) ? 's' : ''}://${chance.pick(['', 'www.', 'mail.', 'test.'])}${inventedDomain(chance)}/${deepPath(chance)}`
    case 1: return `https://${lookAlike(chance, word)}/${deepPath(chance)}`
    case 2: return `https://${chance.happens(0.6) ? chance.pick(services) : `${word}-${chance.text(5, slug)}.pages-host.example`}/${chance.pick(paths)}/${chance.text(chance.int(6, 20), slug)}`
    case 3: return shortLink(chance)
    default: return `http://203.0.113.${chance.int(1, 254)}/${deepPath(chance)}`
  } // prettier-ignore
}

export function inventedDomain(chance: Chance): string {
  const joined = [inventedWord(chance), inventedWord(chance)]
    .slice(0, chance.int(1, 2))
    .join(chance.pick(['-', '']))
  return `${joined}.${chance.pick(['example', 'example', 'test'])}`
}

function lookAlike(chance: Chance, word: string): string {
  const extra = chance.pick([
    'secure',
    'login',
    'online',
    'service',
    'info',
    'verify',
    'my',
    'kunden',
    'client',
    'portal',
    'help',
    chance.text(3, slug)
  ])
  return `${chance.pick([`${extra}-${word}`, `${word}-${extra}`, `${word}.${extra}-${inventedWord(chance)}`, `${word}${extra}`])}.${chance.pick(['example', 'test'])}`
}

function shortLink(chance: Chance): string {
  return `https://${chance.pick(shorteners)}/${chance.text(7, slug)}`
}

function deepPath(chance: Chance): string {
  const parts = [
    'order',
    'account',
    'index.html',
    'blog',
    'login',
    'wp-content',
    'track',
    'p',
    'user',
    'docs',
    'offer',
    'rechnung',
    'view',
    'confirm',
    'about'
  ]
  const path = Array.from({ length: chance.int(0, 3) }, () => chance.pick(parts)).join('/')
  return chance.happens(0.45)
    ? `${path}?${chance.pick(['id', 'c', 'u', 'order', 'token', 'utm'])}=${chance.text(chance.int(4, 24), slug)}`
    : path
}

const syllables = 'ba be bo da de do fa fe ga go ha hi ka ke ko la le li lo ma me mi mo na ne no pa po ra re ri ro sa se so ta te ti to va ve vi wa we za zo nor sun lin ber man tor wal hof ster mar gar fel'.split(' ') // prettier-ignore

export function inventedWord(chance: Chance): string {
  return Array.from({ length: chance.int(2, 4) }, () => chance.pick(syllables)).join('')
}

/** Latin letters of a name, as a host label. */
export function hostWord(name: string): string {
  return name.normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/[łŁ]/gu, 'l').toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, '') // prettier-ignore
}
