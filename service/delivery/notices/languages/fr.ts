import type { NoticeLanguage } from './notice-language.ts'

export const french: NoticeLanguage = {
  code: 'fr',
  subject: {
    failed: 'Votre message n’a pas pu être remis',
    delayed: 'Votre message est retardé',
    success: 'Votre message est arrivé'
  },
  from: (host) => `Ceci est le système de messagerie de ${host}.`,
  failed:
    'Votre message n’a pas pu être remis aux destinataires suivants. Aucune autre tentative ne sera faite.',
  delayed: (until) =>
    `Votre message n’est pas encore parvenu aux destinataires suivants. Inutile de le renvoyer : nous continuons d’essayer jusqu’au ${until}.`,
  delivered: 'Votre message a été remis aux destinataires suivants.',
  relayed:
    'Votre message a été confié au système de messagerie des destinataires suivants. Ce système n’envoie pas de rapports de remise ; celui-ci est donc le dernier.',
  causes: {
    'address-unknown': 'Cette adresse n’existe pas. Veuillez en vérifier l’orthographe.',
    'domain-unknown': 'La partie après le @ n’accepte pas de courrier. Veuillez en vérifier l’orthographe.',
    'mailbox-full': 'La boîte aux lettres est pleine. Veuillez joindre le destinataire autrement.',
    'too-large':
      'Le message est trop volumineux pour le système du destinataire. Veuillez l’envoyer en plusieurs parties ou sous forme de lien.',
    refused: 'Le système du destinataire a refusé le message selon ses règles.',
    held: 'Le message a été retenu pour vérification et n’a pas été libéré.',
    'not-reached': 'Le système du destinataire n’a pas pu être joint.',
    expired: 'La remise a été tentée aussi longtemps que nous conservons le courrier, sans succès.',
    characters: 'Le système du destinataire n’accepte pas les adresses ou en-têtes contenant ces caractères.',
    insecure:
      'Le message ne doit circuler que chiffré, et le système du destinataire ne l’a pas proposé de façon sûre.',
    other: 'Le système du destinataire n’a pas accepté le message.'
  },
  said: (host) => `${host} a répondu :`,
  about: { title: 'À propos de votre message :', subject: 'Objet', received: 'Reçu', queueId: 'Identifiant' }
}
