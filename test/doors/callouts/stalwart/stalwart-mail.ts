import type { StalwartRequest } from '../../../../service/doors/callouts/stalwart/stalwart-request.ts'

/** What Stalwart posts at the end of a message, as its source builds it. */
export function dataStage(given: Partial<StalwartRequest> = {}): object {
  return {
    context: {
      stage: 'data',
      client: { ip: '203.0.113.7', port: 52311, ptr: null, helo: 'laptop.local', activeConnections: 1 },
      sasl: { login: 'alice' },
      tls: { version: 'TLSv1.3', cipher: 'TLS13_AES_256_GCM_SHA384' },
      server: { name: 'Stalwart', port: 587, ip: '192.0.2.1' },
      queue: { id: '1a2b3c' },
      protocol: { version: 1 }
    },
    envelope: {
      from: { address: 'alice@example.org' },
      to: [{ address: 'bob@example.net' }, { address: 'carol@example.net' }]
    },
    message: {
      headers: [
        ['From', ' Alice <alice@example.org>\r\n'],
        ['Subject', ' A long\r\n subject\r\n']
      ],
      contents: 'At noon?\r\n',
      size: 71
    },
    ...given
  }
}

/** The same, as its documentation shows it. */
export function documentedDataStage(): object {
  return {
    context: {
      stage: 'DATA',
      sasl: { login: 'alice', method: 'plain' },
      client: {
        ip: '203.0.113.7',
        port: 52311,
        ptr: 'laptop.example',
        ehlo: 'laptop.local',
        activeConnections: 1
      },
      tls: {
        version: '1.3',
        cipher: 'TLS_AES_256_GCM_SHA384',
        cipherBits: 256,
        certIssuer: null,
        certSubject: null
      },
      server: { name: 'Stalwart', port: 25, ip: '192.0.2.1' },
      queue: { id: '1234567890' },
      protocol: { version: '1.0' }
    },
    envelope: {
      from: { address: 'alice@example.org', parameters: { size: 71 } },
      to: [{ address: 'bob@example.net', parameters: { orcpt: 'rfc822; b@example.net' } }]
    },
    message: {
      headers: [
        ['From', 'Alice <alice@example.org>'],
        ['Subject', 'Lunch']
      ],
      serverHeaders: [['Received', 'from laptop.local']],
      contents: 'At noon?\r\n',
      size: 71
    }
  }
}
