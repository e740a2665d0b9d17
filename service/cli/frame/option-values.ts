import { InvalidArgumentError } from 'commander'

/** A repeatable option: every value in order. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

/** A whole number of at least 1. */
export function count(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It is a whole number, 1 or more.')
  return number
}

/** `90m`, `6h` or `2d`, in hours. */
export function hours(value: string): number {
  const found = /^(\d{1,6})([mhd])$/u.exec(value)
  const number = Number(found?.[1] ?? 0)
  if (found === null || number < 1) throw new InvalidArgumentError('It is a time such as 90m, 6h or 2d.')
  const unit = { m: 1 / 60, h: 1, d: 24 }[found[2] ?? 'h'] ?? 1
  return number * unit
}

/** A part of a whole: more than 0, at most 1. */
export function share(value: string): number {
  const number = Number(value)
  if (!(number > 0 && number <= 1)) throw new InvalidArgumentError('It is a share, such as 0.1.')
  return number
}
