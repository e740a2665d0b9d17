/** Fields by lower-case name, each with its values in order. */
export type FieldGroup = ReadonlyMap<string, readonly string[]>

/** More groups or fields were written to be costly, not to be read: each is one recipient. */
const maxGroups = 200
const maxFields = 60
const maxValueLength = 2_000

/** The format of RFC 3464 section 2.1.1 and RFC 5965 section 3.1: groups of header fields, parted by empty lines; folds joined. */
export function readFieldGroups(text: string): readonly FieldGroup[] {
  const groups: Map<string, string[]>[] = []
  let open: Map<string, string[]> | null = null
  let last: string[] | null = null
  for (const line of text.split(/\r?\n/u)) {
    if (line.trim() === '') [open, last] = [null, null]
    else if (/^[\t ]/u.test(line)) extend(last, line)
    else {
      open ??= begin(groups)
      if (open === null) break
      last = addField(open, line) ?? last
    }
  }
  return groups.filter(({ size }) => size > 0)
}

/** null: one group too many. */
function begin(groups: Map<string, string[]>[]): Map<string, string[]> | null {
  if (groups.length >= maxGroups) return null
  const group = new Map<string, string[]>()
  groups.push(group)
  return group
}

/** The values of the field's name, the new one last; null where the line is no field, or one too many. */
function addField(group: Map<string, string[]>, line: string): string[] | null {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
  if (!/^[\u0021-\u0039\u003b-\u007e]{1,80}$/u.test(name) || group.size >= maxFields) return null
  const values = group.get(name) ?? []
  if (values.length >= maxFields) return null
  values.push(
    line
      .slice(colon + 1)
      .trim()
      .slice(0, maxValueLength)
  )
  group.set(name, values)
  return values
}

function extend(values: string[] | null, fold: string): void {
  const known = values?.pop()
  if (known !== undefined) values?.push(`${known} ${fold.trim()}`.slice(0, maxValueLength))
}

/** The first value, '' for none. */
export function firstOf(group: FieldGroup | undefined, name: string): string {
  return group?.get(name)?.[0] ?? ''
}
