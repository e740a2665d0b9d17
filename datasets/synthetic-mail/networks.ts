import type { Chance } from './chance.ts'

/**
 * Where connections come from: /16 prefixes of public ranges that access providers of the country use. Plausible, not a register;
 * single addresses in them are invented.
 */
const countries: Readonly<Record<string, { readonly home: string; readonly mobile: string }>> = {
  en: {
    home: '86.130 86.151 81.152 73.62 73.118 98.207 71.198 2.24',
    mobile: '148.252 172.56 174.205 82.132'
  },
  de: { home: '84.134 84.162 91.12 79.204 93.205 87.146 95.90', mobile: '80.187 109.40 46.114' },
  fr: { home: '90.25 90.91 86.210 82.65 78.193 88.166', mobile: '37.168 92.184 176.183' },
  es: { home: '83.44 88.11 80.26 81.44 95.17', mobile: '77.208 176.80 31.4' },
  pt: { home: '177.33 189.62 187.65 85.240 85.138 179.98', mobile: '177.79 148.63 189.96' },
  it: { home: '79.21 87.13 151.38 82.54 93.41', mobile: '5.90 37.176 151.57' },
  nl: { home: '84.83 77.163 83.84 86.86 62.194', mobile: '188.206 62.140 92.67' },
  pl: { home: '83.24 79.185 178.36 89.64 188.146', mobile: '37.47 5.172 94.254' },
  ru: { home: '95.24 46.39 178.140 176.14 109.173', mobile: '213.87 85.140 176.59' },
  ar: { home: '188.50 94.201 156.197 86.99 197.38', mobile: '51.36 37.106 102.44' },
  zh: { home: '114.86 180.164 183.14 119.123 101.88', mobile: '223.104 117.136 112.97' },
  ja: { home: '126.72 60.34 153.167 118.8 219.104', mobile: '106.132 49.98 1.75' },
  th: { home: '171.97 58.9 124.121 110.168 184.22', mobile: '49.230 27.55 182.232' },
  ng: { home: '105.112 197.210 102.89', mobile: '105.113 102.90' }
}

/** Data centres: where shops, newsletters, ticket systems and web mail live, and where thieves rent machines. */
const hosting = '5.9 88.99 116.203 51.38 51.75 159.65 167.99 45.76 172.104 104.248 194.87 212.227'.split(' ')
const tunnels = '185.220 146.70 193.32 89.187 37.19 45.141'.split(' ')

export interface Prefixes {
  readonly home: readonly string[]
  readonly mobile: readonly string[]
}

export function prefixesOf(country: string): Prefixes {
  const found = countries[country]
  if (found === undefined) throw new Error(`networks: no country ${country}`)
  return { home: found.home.split(' '), mobile: found.mobile.split(' ') }
}

/** An address in the /16 (`84.134`), or in the /24 when three numbers are given. */
export function addressIn(prefix: string, chance: Chance): string {
  const given = prefix.split('.')
  while (given.length < 4) given.push(String(chance.int(1, 254)))
  return given.join('.')
}

export function serverAddress(chance: Chance): string {
  return addressIn(chance.pick(hosting), chance)
}

/** Where a thief connects from: a rented machine, a tunnel, or somebody's line far from `country`. */
export function foreignAddress(country: string, chance: Chance): string {
  const elsewhere = Object.keys(countries).filter((code) => code !== country)
  const pools = [hosting, tunnels, prefixesOf(chance.pick(elsewhere)).home]
  return addressIn(chance.pick(chance.pick(pools)), chance)
}
