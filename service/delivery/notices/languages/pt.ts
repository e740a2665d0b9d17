import type { NoticeLanguage } from './notice-language.ts'

export const portuguese: NoticeLanguage = {
  code: 'pt',
  subject: {
    failed: 'A sua mensagem não pôde ser entregue',
    delayed: 'A sua mensagem está atrasada',
    success: 'A sua mensagem chegou'
  },
  from: (host) => `Este é o sistema de correio de ${host}.`,
  failed: 'A sua mensagem não pôde ser entregue aos seguintes destinatários. Não haverá nova tentativa.',
  delayed: (until) =>
    `A sua mensagem ainda não chegou aos seguintes destinatários. Não é preciso enviá-la de novo: continuaremos a tentar até ${until}.`,
  delivered: 'A sua mensagem foi entregue aos seguintes destinatários.',
  relayed:
    'A sua mensagem foi passada ao sistema de correio dos seguintes destinatários. Esse sistema não envia avisos de entrega, pelo que este é o último.',
  causes: {
    'address-unknown': 'Este endereço não existe. Verifique como está escrito.',
    'domain-unknown': 'A parte depois do @ não recebe correio. Verifique como está escrita.',
    'mailbox-full': 'A caixa de correio está cheia. Contacte o destinatário de outra forma.',
    'too-large':
      'A mensagem é demasiado grande para o sistema do destinatário. Envie-a em partes menores ou como ligação.',
    refused: 'O sistema do destinatário recusou a mensagem de acordo com as suas regras.',
    held: 'A mensagem foi retida para análise e não foi libertada.',
    'not-reached': 'Não foi possível contactar o sistema do destinatário.',
    expired: 'A entrega foi tentada durante todo o tempo em que guardamos o correio, sem êxito.',
    characters: 'O sistema do destinatário não aceita endereços ou cabeçalhos com estes caracteres.',
    insecure:
      'A mensagem só pode circular cifrada, e o sistema do destinatário não o ofereceu de forma segura.',
    other: 'O sistema do destinatário não aceitou a mensagem.'
  },
  said: (host) => `${host} respondeu:`,
  about: {
    title: 'Sobre a sua mensagem:',
    subject: 'Assunto',
    received: 'Recebida',
    queueId: 'Identificador'
  }
}
