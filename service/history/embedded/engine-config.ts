/** The header field that opens the embedded server. */
export const keyField = 'X-Sluice-Key'

export interface EngineConfig {
  /** Printable ASCII without XML's own characters. */
  readonly secret: string
  readonly port: number
  readonly maxMemoryBytes: number
}

/**
 * The server's configuration (XML). The engine is clickhouse-local's, which knows one user without a password: instead every handler but
 * `/ping` asks for a header field that only we know, so that other programs of this machine get a 404.
 */
export function engineConfig({ secret, port, maxMemoryBytes }: EngineConfig): string {
  if (!/^[\w-]{16,}$/u.test(secret)) throw new RangeError('The secret has characters that XML would change')
  return `<clickhouse>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${port}</http_port>
  <max_server_memory_usage>${maxMemoryBytes}</max_server_memory_usage>
  <http_handlers>
    <rule>
      <url>/ping</url>
      <handler><type>static</type><status>200</status><response_content>Ok.
</response_content></handler>
    </rule>
    <rule>
      <headers><${keyField}>${secret}</${keyField}></headers>
      <handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler>
    </rule>
  </http_handlers>
</clickhouse>
`
}
