import type { NoticeLanguage } from './notice-language.ts'

export const german: NoticeLanguage = {
  code: 'de',
  subject: {
    failed: 'Ihre Nachricht konnte nicht zugestellt werden',
    delayed: 'Ihre Nachricht verzögert sich',
    success: 'Ihre Nachricht ist angekommen'
  },
  from: (host) => `Dies ist das Mailsystem auf ${host}.`,
  failed:
    'Ihre Nachricht konnte den folgenden Empfängern nicht zugestellt werden. Es wird kein weiterer Versuch unternommen.',
  delayed: (until) =>
    `Ihre Nachricht hat die folgenden Empfänger noch nicht erreicht. Sie müssen sie nicht erneut senden: Wir versuchen es weiter bis ${until}.`,
  delivered: 'Ihre Nachricht wurde den folgenden Empfängern zugestellt.',
  relayed:
    'Ihre Nachricht wurde dem Mailsystem der folgenden Empfänger übergeben. Dieses System sendet keine Zustellberichte, daher ist dies der letzte.',
  causes: {
    'address-unknown': 'Diese Adresse gibt es nicht. Bitte prüfen Sie die Schreibweise.',
    'domain-unknown': 'Der Teil nach dem @ nimmt keine Mail an. Bitte prüfen Sie die Schreibweise.',
    'mailbox-full': 'Das Postfach ist voll. Bitte erreichen Sie den Empfänger auf anderem Weg.',
    'too-large':
      'Die Nachricht ist zu groß für das Mailsystem des Empfängers. Bitte senden Sie sie in kleineren Teilen oder als Link.',
    refused: 'Das Mailsystem des Empfängers hat die Nachricht nach seinen Regeln abgelehnt.',
    held: 'Die Nachricht wurde zur Prüfung angehalten und nicht freigegeben.',
    'not-reached': 'Das Mailsystem des Empfängers war nicht erreichbar.',
    expired: 'Die Zustellung wurde so lange versucht, wie wir Nachrichten aufbewahren, ohne Erfolg.',
    characters: 'Das Mailsystem des Empfängers nimmt Adressen oder Kopfzeilen mit diesen Zeichen nicht an.',
    insecure:
      'Die Nachricht darf nur verschlüsselt übertragen werden, und das Mailsystem des Empfängers bot dies nicht sicher an.',
    other: 'Das Mailsystem des Empfängers hat die Nachricht nicht angenommen.'
  },
  said: (host) => `${host} antwortete:`,
  about: { title: 'Zu Ihrer Nachricht:', subject: 'Betreff', received: 'Angenommen', queueId: 'Kennung' }
}
