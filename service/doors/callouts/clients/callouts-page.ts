import { clientKinds, type ClientKindName, type HoldExpression } from './client-kinds.ts'
import { clientWords, type ClientWords } from './client-words.ts'
import { labelNames } from '../asking/label-fields.ts'

/** What each kind may be told of a held message, the usual way first, as the configuration knows it. */
export type HoldsOf = Readonly<Record<ClientKindName, readonly HoldExpression[]>>

type Row = readonly [kind: ClientKindName, words: ClientWords]

/** docs/reference/callouts.md, made from the tables of client kinds. */
export function calloutsPage(holdsOf: HoldsOf): string {
  const rows: readonly Row[] = Object.entries(clientWords).map(([kind, words]) => [
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table
    kind as ClientKindName,
    words
  ])
  return `${[head, verdicts(rows), holdsHead, holds(rows, holdsOf), shownHead, shown(rows), tail].join('\n\n')}\n`
}

const head = `# Mail servers that ask

Generated from \`service/doors/callouts/clients/client-words.ts\`; a test holds this page and the tables together.

What becomes of a message at each kind of client (\`[[callouts.clients]]\`, \`kind\`). The label fields are ${labelNames
  .map((name) => `\`${name}\``)
  .join(', ')}.
"Leaves" means: as if nobody had been asked. A verdict that comes too late (\`callouts.deadlineMs\`), or not at all, is answered as the
client's \`onFailure\` says: \`open\` as allow, \`closed\` with 451. The last column is what the client does when it can't reach Sluice.`

function verdicts(rows: readonly Row[]): string {
  return table(
    ['client', 'kind', 'allow', 'hold', 'block', 'label', 'Sluice away'],
    rows.map(([kind, { name, allow, holds: ways, block, label, failure }]) => [
      name,
      `\`${kind}\``,
      allow,
      ways[clientKinds[kind].hold] ?? '',
      block,
      label,
      failure
    ])
  )
}

const holdsHead = `## How a hold can be told

\`hold\` in \`[[callouts.clients]]\`; the first of a client is what it does where nothing is said.`

function holds(rows: readonly Row[], holdsOf: HoldsOf): string {
  const lines = rows.flatMap(([kind, { name, holds: ways }]) =>
    holdsOf[kind].map((way, place) => [place === 0 ? name : '', `\`${way}\``, ways[way] ?? ''])
  )
  return table(['client', '`hold`', 'the message'], lines)
}

const shownHead = `## What it shows

Habits are learned by login, where there is one. Without content only the envelope is judged, and what is not seen counts as unread.
Configuration to copy stands under \`deploy/mta/\`.`

function shown(rows: readonly Row[]): string {
  return table(
    ['client', 'asks by', 'login', 'content', 'configuration'],
    rows.map(([, { name, asksBy, login, content, deploy }]) => [
      name,
      asksBy,
      login,
      content,
      deploy === null ? '' : `\`${deploy}\``
    ])
  )
}

const tail = `## Hooks over HTTP

Stalwart and MTA Hooks ask on the port of the API. A caller is a token of scope \`score\` (its mail teaches), a configured client, by the
\`password\` that it shows as Bearer or Basic or by its network, or a program of this machine, which is answered and never learned from.
What a proxy hands on (\`X-Forwarded-For\` and its like) has no network. Anybody else gets 401, before the
request is read.

Stalwart is never told to \`quarantine\` or to \`discard\`: by its source some versions then answer 250 and drop the message. Only its stage
\`data\` is judged; all others are answered with \`accept\`.

Of MTA Hooks, json and the inbound stage \`data\` are spoken: the actions \`accept\`, \`reject\` and \`quarantine\`, and header fields added and
deleted. What others have decided before us is never made milder. Outbound stages (\`delivery\`, \`defer\`, \`dsn\`) are answered with 204:
what became of a message is not learned from them. Registrations are signed and not stored: they end after a day, and outlast a restart.
The bridge mta-hooks-milter 0.1 offers \`/stage\`, \`/action\`, \`/timestamp\`, \`/protocol\`, \`/rawMessage\`, \`/envelope\`, \`/queue\` and \`/client\`,
and gets exactly these confirmed. \`/auth\` is none of them: behind it the envelope sender is who counts, which anybody can write.`

/** Columns are padded, as the formatter of this project would. */
function table(titles: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(3, title.length, ...lines.map((line) => line[column]?.length ?? 0))
  )
  const toLine = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  return [titles, rule, ...lines].map(toLine).join('\n')
}
