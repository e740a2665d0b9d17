/** `tensorflow` is the native library of tfjs-node: it only trains, and only once native/load-library.ts has loaded it. */
export const backendNames = ['wasm', 'cpu', 'tensorflow'] as const
export type BackendName = (typeof backendNames)[number]

/** What a configuration may ask for. `auto` and `tensorflow` are about training: see training/accelerator/choose-backend.ts. */
export const backendChoices = ['auto', ...backendNames] as const
export type BackendChoice = (typeof backendChoices)[number]

/** What predictions are made on: a single one takes the native library nine times as long as WebAssembly (docs/train/accelerator.md). */
export function servingBackend(choice: BackendChoice): BackendName {
  return choice === 'cpu' ? 'cpu' : 'wasm'
}
