/** Whether nobody but this machine is in the networks. */
export function isLoopbackOnly(networks: readonly string[]): boolean {
  return networks.every((network) => /^(?:127\.|::1(?:$|\/))/u.test(network))
}
