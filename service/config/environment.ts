import { z } from 'zod'
import type { ConfigFault } from './config-error.ts'
import { configSchema } from './config-schema.ts'

const prefix = 'SLUICE_'

/** Names with the prefix that are not keys of the configuration. */
const reserved = /^SLUICE_(?:ADMIN_TOKEN|DEBUG|HISTORY_URL|REQUIRE_SERVICES|TEST_.*)$/u

interface Tree {
  [key: string]: unknown
}

/** Reads `SLUICE_` + path in capitals for every scalar key of the schema. A name that fits no key is a fault. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): {
  tree: Tree
  faults: ConfigFault[]
} {
  const tree: Tree = {}
  const faults: ConfigFault[] = []
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(prefix) || text === undefined || reserved.test(name)) continue
    const key = scalarKeys.get(name)
    if (key === undefined)
      faults.push({ path: name, line: null, message: 'is not a setting that Sluice knows' })
    else place(tree, key.path, toScalar(text, key.type))
  }
  return { tree, faults }
}

interface ScalarKey {
  readonly path: readonly string[]
  readonly type: string
}

interface JsonSchemaNode {
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>
  readonly anyOf?: readonly JsonSchemaNode[]
}

const scalarKeys = new Map(
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON Schema as zod writes it; only these members are read
  scalarsOf(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchemaNode, []).map(
    (key) => [prefix + key.path.join('_').toUpperCase(), key]
  )
)

function scalarsOf(node: JsonSchemaNode, path: readonly string[]): ScalarKey[] {
  if (node.properties)
    return Object.entries(node.properties).flatMap(([name, child]) => scalarsOf(child, [...path, name]))
  const type = typeOf(node)
  return typeof type === 'string' && type !== 'array' ? [{ path, type }] : []
}

/** Of alternatives (a word, or a URL) the one that they share. */
function typeOf({ type, anyOf = [] }: JsonSchemaNode): unknown {
  const [first, ...others] = new Set(anyOf.map(typeOf))
  return type ?? (others.length === 0 ? first : undefined)
}

/** What can't be read as its type stays text: the schema then says what is wrong with it. */
function toScalar(text: string, type: string): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (type !== 'number' && type !== 'integer') return text
  const value = Number(text)
  return text.trim() === '' || Number.isNaN(value) ? text : value
}

function place(tree: Tree, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const below = (tree[key] ??= {})
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built here from the schema's own paths
  place(below as Tree, rest, value)
}
