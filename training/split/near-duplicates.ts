/** A message as a set of token hashes. */
export type TokenSet = ArrayLike<number>

const bins = 64
const rowsPerBand = 4

/**
 * Clusters of near-duplicates: cluster number per message. MinHash by one permutation (Li, Owen, Zhang 2012): 64 bins, bands of 4;
 * a pair that shares a band is joined when at least `similarity` of its bins agree (their share estimates Jaccard's similarity).
 * Linear in tokens. Clusters grow transitively: a newsletter that changes a little each week is one cluster.
 */
export function clusterNearDuplicates(messages: readonly TokenSet[], similarity = 0.6): Int32Array {
  const parents = Int32Array.from(messages, (_, index) => index)
  const signatures = messages.map(signatureOf)
  for (let band = 0; band < bins / rowsPerBand; band += 1) {
    const first = new Map<string, number>()
    for (const [index, signature] of signatures.entries()) {
      const key = signature.subarray(band * rowsPerBand, (band + 1) * rowsPerBand).join(' ')
      const other = first.get(key)
      if (other === undefined) first.set(key, index)
      else if (agreement(signature, signatures[other]) >= similarity) join(parents, index, other)
    }
  }
  return parents.map((_, index) => rootOf(parents, index))
}

/** Union-find over message numbers. */
export function join(parents: Int32Array, a: number, b: number): void {
  parents[rootOf(parents, a)] = rootOf(parents, b)
}

export function rootOf(parents: Int32Array, index: number): number {
  let root = index
  while (parents[root] !== root) root = parents[root] ?? root
  // Path compression keeps the next walk short.
  for (let at = index; at !== root;) {
    const next = parents[at] ?? root
    parents[at] = root
    at = next
  }
  return root
}

function signatureOf(tokens: TokenSet): Uint32Array {
  const signature = new Uint32Array(bins).fill(0xffff_ffff)
  for (let i = 0; i < tokens.length; i += 1) {
    const mixed = mix(tokens[i] ?? 0)
    const bin = mixed >>> 26
    const value = mixed & 0x03ff_ffff
    if (value < (signature[bin] ?? 0)) signature[bin] = value
  }
  return densify(signature)
}

/** An empty bin takes the next full one's value, turned by the distance, so that short messages compare too. */
function densify(signature: Uint32Array): Uint32Array {
  const full = signature.slice()
  for (let bin = 0; bin < bins; bin += 1) {
    for (let step = 1; step < bins && full[bin] === 0xffff_ffff; step += 1) {
      const borrowed = signature[(bin + step) % bins] ?? 0xffff_ffff
      if (borrowed !== 0xffff_ffff) full[bin] = (borrowed + step * 0x0400_0000) >>> 0
    }
  }
  return full
}

function agreement(a: Uint32Array, b: Uint32Array | undefined): number {
  let equal = 0
  for (let bin = 0; bin < bins; bin += 1) if (a[bin] === b?.[bin]) equal += 1
  return equal / bins
}

/** murmur3's finaliser. */
function mix(token: number): number {
  let x = Math.imul(token ^ (token >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}
