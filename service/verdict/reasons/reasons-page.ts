import { priorityRules } from '../priority.ts'
import type { ReasonEntry } from './reason-entry.ts'
import { reasons } from './reasons.ts'

const titles: Readonly<Record<string, string>> = {
  policy: 'Policy',
  client: 'Client',
  structure: 'How the message is built',
  time: 'Time',
  recipients: 'Recipients',
  thread: 'Conversation',
  style: 'Style',
  links: 'Links, by habit',
  volume: 'Volume',
  history: 'History',
  wording: 'Wording',
  contentLinks: 'Links, by content',
  attachments: 'Attachments',
  lure: 'Lures',
  disguise: 'Disguise',
  emphasis: 'Emphasis',
  shape: 'Shape',
  campaignBody: 'The same text from others',
  campaignLinks: 'The same links from others',
  outcomes: 'What became of earlier mail',
  any: 'Any group',
  rest: 'The rest of the sum',
  baseline: 'The start of the sum'
}

/** docs/reference/reasons.md, made from the tables of reasons and of priority rules. */
export function reasonsPage(): string {
  const entries: readonly (readonly [string, ReasonEntry])[] = Object.entries(reasons)
  const groups = Map.groupBy(entries, ([, entry]) => entry.group)
  const sections = Array.from(groups, ([group, rows]) =>
    [`## ${titles[group] ?? group}`, ...rows.map(section)].join('\n\n')
  )
  return [head, ...sections, prioritySection()].join('\n\n') + '\n'
}

const head = `# Reasons and priority rules

Generated from \`service/verdict/\`; a test holds this page and the tables together.

Every verdict gives its reasons: a stable \`code\`, a sentence, a \`contribution\` in log-odds (positive: towards hold) and \`evidence\`.
For a hold, a block and \`explain: true\` the contributions are grouped Shapley values, and they sum to the logit of \`risk\`.
For an allow they are what the risk would lose without the group, and only the greatest are given. Policy reasons have the contribution 0.`

function section([code, entry]: readonly [string, ReasonEntry]): string {
  const direction = entry.group === 'policy' ? '' : entry.lowers === true ? ' (lowers the risk)' : ''
  const sentence = entry.sentences?.[0] ?? entry.text
  return `### \`${code}\`${direction}\n\n> ${sentence}\n\n${entry.about}`
}

function prioritySection(): string {
  const rows = priorityRules.map(
    ({ name, label, confidence }, index) => `${index + 1}. ${name}: **${label}**, confidence ${confidence}`
  )
  return [
    '## Priority',
    'The first rule that holds gives the label. RFC 6710 MT-PRIORITY: urgent 4, normal 0, bulk -4.',
    rows.join('\n')
  ].join('\n\n')
}
