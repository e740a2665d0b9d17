import type { NoticeLanguage } from './notice-language.ts'

export const spanish: NoticeLanguage = {
  code: 'es',
  subject: {
    failed: 'Su mensaje no se pudo entregar',
    delayed: 'Su mensaje se retrasa',
    success: 'Su mensaje ha llegado'
  },
  from: (host) => `Este es el sistema de correo de ${host}.`,
  failed: 'Su mensaje no se pudo entregar a los siguientes destinatarios. No se volverá a intentar.',
  delayed: (until) =>
    `Su mensaje aún no ha llegado a los siguientes destinatarios. No hace falta que lo envíe de nuevo: seguiremos intentándolo hasta el ${until}.`,
  delivered: 'Su mensaje se entregó a los siguientes destinatarios.',
  relayed:
    'Su mensaje se pasó al sistema de correo de los siguientes destinatarios. Ese sistema no envía avisos de entrega, así que este es el último.',
  causes: {
    'address-unknown': 'Esta dirección no existe. Compruebe cómo está escrita.',
    'domain-unknown': 'La parte después de la @ no recibe correo. Compruebe cómo está escrita.',
    'mailbox-full': 'El buzón está lleno. Contacte con el destinatario de otro modo.',
    'too-large':
      'El mensaje es demasiado grande para el sistema del destinatario. Envíelo en partes más pequeñas o como enlace.',
    refused: 'El sistema del destinatario rechazó el mensaje según sus reglas.',
    held: 'El mensaje se retuvo para revisarlo y no se autorizó su envío.',
    'not-reached': 'No se pudo contactar con el sistema del destinatario.',
    expired: 'Se intentó la entrega durante todo el tiempo que guardamos el correo, sin éxito.',
    characters: 'El sistema del destinatario no acepta direcciones ni cabeceras con estos caracteres.',
    insecure:
      'El mensaje solo puede viajar cifrado, y el sistema del destinatario no lo ofreció de forma segura.',
    other: 'El sistema del destinatario no aceptó el mensaje.'
  },
  said: (host) => `${host} respondió:`,
  about: { title: 'Sobre su mensaje:', subject: 'Asunto', received: 'Recibido', queueId: 'Identificador' }
}
