import { bounceKindNames, bounceKinds, type BounceKind } from '../../message/bounce-kind.ts'
import type { BounceRule, BounceRules } from './bounce-rules.ts'

/** docs/reference/bounces.md, from the rules. */
export function bouncesPage({ providers, rules }: BounceRules): string {
  const count = (kind: BounceKind): string => String(rules.filter((rule) => rule.kind === kind).length)
  return [
    '# Why mail is refused or put off',
    '',
    'Written from `service/delivery/bounces/rules.json` by `service/delivery/bounces/bounces-page.ts`.',
    '',
    '## Kinds',
    '',
    ...table([
      ['kind', 'meaning', 'rules'],
      ...bounceKindNames.map((kind) => [`\`${kind}\``, bounceKinds[kind], count(kind)])
    ]),
    '',
    '## Providers',
    '',
    'Known by what the name of the exchanger ends with.',
    '',
    ...table([
      ['provider', 'exchangers'],
      ...Object.entries(providers).map(([name, suffixes]) => [name, suffixes.map(code).join(', ')])
    ]),
    '',
    '## Rules',
    '',
    'The first that matches decides. All that a rule names must hold; of several codes, statuses or phrases one is enough.',
    '',
    ...table([
      ['rule', 'kind', 'when'],
      ...rules.map((rule) => [rule.name, `\`${rule.kind}\``, conditionOf(rule)])
    ]),
    ''
  ].join('\n')
}

function conditionOf({ code: codes, status, text }: BounceRule): string {
  const parts = [
    ...(codes === undefined ? [] : [`code ${codes.map(code).join(', ')}`]),
    ...(status === undefined ? [] : [`status ${status.map(code).join(', ')}`]),
    ...(text === undefined ? [] : [`says ${text.map(code).join(', ')}`])
  ]
  return parts.join('; ')
}

function code(text: string): string {
  return `\`${text}\``
}

/** Columns are padded, as the formatter of the repository has them. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - cell.length)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)]
}
