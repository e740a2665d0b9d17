import type { Random } from '../../../service/verdict/budget/seeded-random.ts'

/**
 * Another identifier of the same make: in runs that chance or a counter has filled, every character is drawn anew within its class (digit, hex letter,
 * letter; upper, lower). Words stay; dates become that of `moment` (epoch ms), or stay where none is given.
 */
export function freshLike(identifier: string, random: Random, moment?: number): string {
  const at = identifier.lastIndexOf('@')
  const local = at < 0 ? identifier : identifier.slice(0, at)
  const renewed = local.replaceAll(/[A-Za-z0-9]{4,}/gu, (run) => date.test(run) ? dateOf(run, moment) : isDrawn(run) ? drawLike(run, random) : run) // prettier-ignore
  const differs = renewed !== local
  const anyway = differs ? renewed : local.replace(/[A-Za-z0-9]+/u, (run) => drawLike(run, random))
  return anyway + (at < 0 ? '' : identifier.slice(at))
}

const date = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\d{2,6})?$/u

/** `20221122081500`, cut to the length of the old one. */
function dateOf(run: string, moment: number | undefined): string {
  if (moment === undefined) return run
  return new Date(moment).toISOString().replaceAll(/\D/gu, '').slice(0, run.length)
}

function isDrawn(run: string): boolean {
  const digits = /\d/u.test(run)
  const letters = /[A-Za-z]/u.test(run)
  if (digits && letters) return run.length >= 6
  // Letters of one case are a word, or the name of a program; of both, mostly chance.
  return digits ? run.length >= 5 : run.length >= 10 && /[a-z][A-Z][a-z]|[A-Z]{2}[a-z]/u.test(run)
}

function drawLike(run: string, random: Random): string {
  // A third of the run is kept: programs begin with the time, or with a mark of their own.
  const kept = run.length < 6 ? 1 : Math.min(6, Math.floor(run.length / 3))
  const drawn = Array.from(run.slice(kept), (sign) => drawSign(sign, random)).join('')
  return run.slice(0, kept) + drawn
}

const classes = ['0123456789', 'abcdef', 'ghijklmnopqrstuvwxyz', 'ABCDEF', 'GHIJKLMNOPQRSTUVWXYZ']

function drawSign(sign: string, random: Random): string {
  const signs = classes.find((one) => one.includes(sign)) ?? sign
  return signs.charAt(Math.floor(random() * signs.length))
}
