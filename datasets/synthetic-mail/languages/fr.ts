import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'fr',
  zones: [zones.berlin],
  country: 'fr',
  ibanCountry: 'FR',
  givenNames:
    'Camille|Julien|Manon|Antoine|Chloé|Nicolas|Élodie|Mathieu|Sandrine|Guillaume|Inès|Olivier|Nathalie|Rémi|Fatima|Benoît|Aurélie|Thierry|Hélène|Yann',
  familyNames:
    'Lefèvre|Moreau|Girard|Dumont|Fontaine|Chevalier|Garnier|Benali|Rousseau|Marchand|Perrin|Colin|Barbier|Renaud|Leclerc|Guyot|Delmas|Besson|Carpentier|Roche',
  familyFirst: false,
  companies: '{trade} {family}|{family} et Fils|Société {family}|{trade} de {city}|{family} {trade} SARL',
  trades:
    'Menuiserie|Cabinet|Garage|Pépinière|Imprimerie|Boulangerie|Transports|Optique|Informatique|Électricité|Librairie|Immobilier|Cuisines',
  jobTitles:
    'Gérant|Secrétariat|Comptabilité|Responsable commercial|Chef de projet|Service clients|Directrice|Ingénieur|Assistante de direction|Achats',
  cities: 'Angers|Dijon|Rennes|Grenoble|Nîmes|Metz|Tours|Pau|Annecy|Limoges',
  goods:
    "étagère en chêne|lampe de bureau|veste de pluie|moulin à café|banc de jardin|chaussures de course|chaise de bureau|tasses à café|coque de téléphone|cartouche d'encre|plaid en laine|casque de vélo",
  projects:
    "le déménagement de l'entrepôt|le nouveau site|le chantier des Tilleuls|le catalogue de printemps|le projet Faucon|l'enquête locataires|l'audit|la rénovation de la cuisine|la migration|la fête d'été",
  fileNames: 'facture|devis|compte-rendu|rapport|contrat|scan|photos|brouillon|planning|commande',
  banks:
    "Crédit Agricole|Banque Postale|Société Générale|Caisse d'Épargne|Banque du Nord|Crédit Mutuel|Union Bancaire",
  couriers: 'La Poste|Chronopost|Colissimo|Mondial Relay|DHL|UPS|Colis Express',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|Orange|CloudBox|Free|Leboncoin|Ameli|Canal',
  weekdays: 'dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi',
  months: 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre',
  date: '{d} {month} {y}|{d}/{m}/{y}|{d} {month}|{d}/{m}',
  money: '{n} €|{n} euros|{n} EUR',
  thousands: ' ',
  decimal: ',',
  phone: '01 99 00 ## ##|+33 1 99 00 ## ##|06 39 98 ## ##',
  greetings: {
    casual: 'Salut {name}|Bonjour {name}|Coucou {name}|Hello {name}|Bonjour|{name}',
    formal:
      'Madame, Monsieur|Bonjour Madame {last}|Bonjour Monsieur {last}|Chère Madame|Cher Monsieur|Bonjour',
    generic:
      'Cher client|Chère cliente, cher client|Bonjour|Madame, Monsieur|Cher utilisateur|Bonjour {name}|Cher abonné'
  },
  signOffs: {
    casual: "Bises|À bientôt|À plus|Merci d'avance|Bonne journée|Amicalement",
    formal: 'Cordialement|Bien cordialement|Bien à vous|Sincères salutations|Meilleures salutations|Cdlt',
    team: "L'équipe {mycompany}|Le service client {mycompany}|Votre équipe {mycompany}|{mycompany}|Cordialement, {mycompany}"
  },
  mobileSignature: 'Envoyé de mon iPhone|Envoyé de mon téléphone',
  quoteIntro: 'Le {date} à {time}, {name} <{address}> a écrit :|Le {date}, {name} a écrit :',
  replyPrefix: 'RE',
  forwardPrefix: 'TR',
  quoteWords: 'De|Envoyé|À|Objet',
  buttons:
    'Voir|Ouvrir|Lire la suite|Mon compte|Suivre mon colis|Confirmer|Voir le document|Continuer|Se connecter|Vérifier',
  unsubscribe: 'Se désabonner|Gérer mes préférences|Ne plus recevoir nos messages',
  sentenceGap: ' '
}
