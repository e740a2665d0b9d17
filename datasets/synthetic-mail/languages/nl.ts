import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'nl',
  zones: [zones.berlin],
  country: 'nl',
  ibanCountry: 'NL',
  givenNames:
    'Sanne|Daan|Femke|Bram|Lotte|Sjoerd|Marieke|Jeroen|Anouk|Wouter|Ilse|Ruben|Esra|Pieter|Linda|Thijs|Hanneke|Youssef|Karin|Bas',
  familyNames:
    'de Vries|Jansen|Bakker|Visser|Smit|Mulder|Dekker|Brouwer|Kuipers|Hoekstra|Postma|van Dijk|Verhoeven|Scholten|Willems|Maas|Peeters|Claes|Groen|Vos',
  familyFirst: false,
  companies: '{trade} {family}|{family} & Zn.|{trade} {family} B.V.|{trade} {city}|{family} Groep',
  trades:
    'Timmerbedrijf|Administratie|Autobedrijf|Kwekerij|Drukkerij|Bakkerij|Transport|Tandartspraktijk|Automatisering|Installatie|Boekhandel|Makelaardij|Keukens',
  jobTitles:
    'Directeur|Secretariaat|Boekhouding|Verkoop|Projectleider|Klantenservice|Inkoop|Ontwikkelaar|Office manager|Administratie',
  cities: 'Zwolle|Breda|Leiden|Gent|Assen|Delft|Venlo|Hoorn|Brugge|Arnhem',
  goods:
    'eiken kast|bureaulamp|regenjas|koffiemolen|tuinbank|hardloopschoenen|bureaustoel|espressokopjes|telefoonhoesje|toner|wollen plaid|fietshelm',
  projects:
    'de verhuizing van het magazijn|de nieuwe website|de klus aan de Dorpsstraat|de voorjaarscatalogus|project Valk|de huurdersenquête|de controle|de keuken|de migratie|het zomerfeest',
  fileNames: "factuur|offerte|notulen|verslag|contract|scan|foto's|concept|rooster|bestelling",
  banks: 'ING|Rabobank|ABN AMRO|Noordbank|KBC|Volksbank|Handelsbank',
  couriers: 'PostNL|DHL|DPD|bpost|GLS|Pakketdienst|UPS',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|KPN|CloudBox|Ziggo|bol|Marktplaats|DigiD',
  weekdays: 'zondag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag',
  months: 'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december',
  date: '{d} {month} {y}|{d}-{m}-{y}|{d} {month}|{d}-{m}',
  money: '€ {n}|{n} euro|EUR {n}',
  thousands: '.',
  decimal: ',',
  phone: '+31 20 555 ####|020-555 ####|06-5555 ####',
  greetings: {
    casual: 'Hoi {name}|Hallo {name}|Hey {name}|Dag {name}|Hoi',
    formal:
      'Geachte heer {last}|Geachte mevrouw {last}|Beste {name}|Goedemorgen {name}|Geachte heer, mevrouw',
    generic: 'Beste klant|Geachte klant|Hallo|Goedendag|Beste gebruiker|Beste {name}|Hallo {name}'
  },
  signOffs: {
    casual: 'Groetjes|Groet|Tot snel|Dank je|Doei|Bedankt',
    formal: 'Met vriendelijke groet|Vriendelijke groeten|Mvg|Hoogachtend|Met hartelijke groet|Alvast bedankt',
    team: 'Team {mycompany}|Klantenservice {mycompany}|{mycompany}|Met vriendelijke groet, {mycompany}'
  },
  mobileSignature: 'Verstuurd vanaf mijn iPhone|Verzonden vanaf mijn telefoon',
  quoteIntro: 'Op {date} om {time} schreef {name} <{address}>:|Op {date} schreef {name}:',
  replyPrefix: 'RE',
  forwardPrefix: 'FW',
  quoteWords: 'Van|Verzonden|Aan|Onderwerp',
  buttons:
    'Bekijken|Openen|Lees meer|Mijn account|Volg pakket|Bevestigen|Naar document|Doorgaan|Inloggen|Controleren',
  unsubscribe: 'Uitschrijven|Voorkeuren wijzigen|Geen mails meer ontvangen',
  sentenceGap: ' '
}
