import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    '[Uw rekening|Uw pas] [is beperkt|wordt geblokkeerd]|Belangrijk: [bevestig uw gegevens|vernieuw uw app]|[Ongewone|Verdachte] activiteit|[Bericht|Melding] {bank}',
    'We zagen [een ongewone betaling van {amount}|een verdachte aanmelding|een vreemde overboeking] op uw {bank} rekening.|Uit voorzorg heeft {bank} uw [pas|toegang] [beperkt|geblokkeerd].|{bank} gaat over op een nieuw beveiligingssysteem, uw [toestel|profiel] is nog niet geregistreerd.',
    '[Bevestig|Controleer] uw [identiteit|gegevens] [binnen {hours} uur|voor {soon}|direct]: {link}|Om [de blokkade op te heffen|de betaling te stoppen], [logt u hier in|volg de stappen]: {link}',
    '?Anders wordt de rekening [gesloten|geblokkeerd].|Het duurt twee minuten.'
  ],
  courier: [
    'Uw pakket [kon niet worden bezorgd|wacht|is vastgehouden]|{courier}: [douanekosten|bezorging mislukt]|Zending {order}: actie nodig|Laatste bericht',
    '[De bezorger|{courier}] stond [vandaag|op {date}] voor de deur met pakket {order}, [adres onvolledig|niemand thuis|kosten open].|Zending {order} [ligt vast|wacht] [bij de douane|in {city}].',
    'Betaal {tiny} [voor vrijgave|en kies een datum]: {link}|[Bevestig|Wijzig] uw adres [binnen {hours} uur|]: {link}',
    '?Anders gaat het [op {soon}|] terug naar de afzender.'
  ],
  mailbox: [
    'Uw mailbox is [vol|bijna vol]|Uw wachtwoord verloopt [vandaag|over {hours} uur]|{small2} berichten vastgehouden|[Webmail|Mail]: update',
    'Uw mailbox zit op {percent2}% [van de ruimte|] en [ontvangt straks niets meer|weigert berichten].|Het wachtwoord van {address} verloopt [vandaag|over {hours} uur].|{small2} berichten [zijn vastgehouden|niet bezorgd] omdat uw account gevalideerd moet worden.',
    '[Wachtwoord behouden|Account valideren|Ruimte vergroten|Berichten vrijgeven]: {link}|Log [hier|op het portaal] in om [onderbreking te voorkomen|door te gaan]: {link}',
    '?Anders wordt het account op {soon} [uitgezet|verwijderd].|Automatisch bericht van [de helpdesk|de beheerder van {domain}].'
  ],
  account: [
    '{service}: betaling [geweigerd|mislukt]|Uw {service} [account|abonnement] [is stopgezet|verloopt]|Bon {order}: {amount}|Aanmelding uit {city}',
    'We konden uw betaling voor {service} niet [innen|verwerken].|Uw {service} account is [opgeschort|gepauzeerd] [door een betaalprobleem|].|Bedankt voor uw aankoop van {amount} bij {service}. Niet u?',
    '[Werk|Vernieuw] uw [kaart|betaalwijze] [bij|]: {link}|[Annuleer|Vraag geld terug|Beveilig het account] [binnen {hours} uur|]: {link}|Bel [support|terugbetaling]: {phone}.',
    '?Op {soon} wissen we uw [bestanden|gegevens].'
  ],
  tax: [
    'Teruggave van {amount}|[Belastingdienst|CJIB]: [bericht|aanslag] {number}|Boete {number} open',
    'Na [berekening|controle van uw aangifte] krijgt u {amount} terug.|U heeft een openstaande boete van {amount}, kenmerk {number}.',
    '[Vul het formulier in|Vraag aan|Geef uw kaart op]: {link}|Betaal [voor {soon}|vandaag] om [extra kosten|beslag] te voorkomen: {link}',
    '?De uitbetaling duurt 3 dagen.'
  ],
  sharedfile: [
    '{person} deelde [een document|"{file}.pdf"]|Graag [tekenen|nakijken]: {file}|Nieuw [beveiligd|] document|U ontving een fax',
    '{person} heeft een [beveiligd|vertrouwelijk|] document [gedeeld|gestuurd] [via {service}|].|Uw document "{file}" [staat klaar|wacht op uw handtekening].',
    '[Openen|Bekijken|Downloaden]: {link}|[Log in met uw mail|Geef uw wachtwoord] om het te lezen: {link}',
    '?De link verloopt op {soon}.|Het bestand is versleuteld[, alleen voor u|].'
  ],
  voicemail: [
    'Nieuw spraakbericht [van {phone}|]|Gemiste oproep {phone}|Voicemail ({tinysec} s)',
    'U heeft een spraakbericht van {phone} [({tinysec} seconden)|].|{phone} sprak op {date} om {time} een bericht in.',
    'Luisteren: {link}|Open de bijlage en [log in|geef uw wachtwoord].',
    '?Het wordt over {hours} uur gewist.'
  ],
  sextortion: [
    'Ik ken je wachtwoord {code}|Je apparaat is gehackt|[Lees dit|Betaling]|Slecht nieuws',
    'Ik heb [je apparaat|je account] gehackt [maanden geleden|in {month}].|Zoals je ziet [schrijf ik vanaf je eigen adres|ken ik je wachtwoord]. Er draait een trojan.',
    "Ik heb je gefilmd [met de webcam|] toen je [pornofilms|pikante sites] keek.|Ik heb [al je contacten|je foto's en berichten].",
    'Stuur {amount} in bitcoin naar {wallet}|Je hebt {hours} uur om {amount} te betalen aan {wallet}',
    '?Geen politie. [Na betaling wis ik alles|Anders ziet iedereen het].'
  ],
  inheritance: [
    '[Voorstel|Erfenis]|Fonds van {huge}|[Beste vriend|Vertrouwelijk]|Gift',
    'Ik ben {person}, [advocaat|bankier|weduwe] [in {city}|bij {bank}].|Ik schrijf u in vertrouwen: een klant stierf zonder erfgenamen.|U bent gekozen en wint {huge} [in de loterij|van een stichting].',
    'Hij liet {huge} na [op een slapende rekening|bij de bank] en ik wil u als [erfgenaam|begunstigde] opgeven.|Ik wil u {huge} schenken, [ik ben ziek|voor ik sterf].',
    'Uw deel is {percent}%.|Stuur naam, adres, [telefoon|rekening] en beroep.',
    '?Houd het geheim. Ik wacht op antwoord.'
  ],
  executive: [
    '[Verzoek|Dringend]|[Beschikbaar|Op kantoor]?|Betaling [vandaag|]|Vertrouwelijk',
    '[Ben je|Bent u] er? Ik heb je nodig voor [een betaling|iets discreets].|Ik zit [in overleg|in het vliegtuig|op een beurs] en kan niet bellen, antwoord per mail.',
    'We moeten {big} [overmaken|betalen] aan [een nieuwe leverancier|een partner in {city}] [vandaag|voor {time}].|Wat is het saldo en hoeveel kan er vandaag weg?|Stuur me je mobiele nummer, ik heb een taak.',
    '?Rekening: {iban}[, kenmerk {number}|].|Praat er met niemand over [nu|]. Ik reken op je.'
  ],
  giftcards: [
    'Een gunst|Cadeaukaarten [voor het team|]|Hulp nodig|Druk?',
    'Ik heb een gunst nodig: ik wil [het team|klanten] verrassen met cadeaukaarten.|Ik zit [vast|op reis] en kan [de kaarten|geen kaart] niet kopen.',
    'Kun je {small2} kaarten [Amazon|Apple|Steam|Google Play] van {small} kopen?|Kras de codes open en stuur [een foto|ze] naar mij.',
    '?Je krijgt het [vanavond|morgen] terug.|Wanneer lukt het?'
  ],
  newbank: [
    '[Nieuw|Gewijzigd] rekeningnummer|Salarisrekening wijzigen|Pas onze gegevens aan',
    'Ik ben van bank veranderd en wil [mijn salaris|de betalingen] op de nieuwe rekening.|Door een [controle|audit] kan onze oude rekening niets ontvangen.',
    'Nieuwe rekening: {iban}, {bank}.|Betaal voortaan op {iban}[, ook factuur {number}|].',
    '?Lukt dat voor [de volgende betaling|{soon}]?|Graag [vandaag|] bevestigen.'
  ],
  fakeinvoice: [
    '[Factuur|Overzicht] {number}|[Achterstand|Openstaand] {number}|Laatste bericht: {amount}|Verlenging {order}',
    'Bijgaand de [openstaande|vervallen] factuur van {amount}.|Uw [virusscanner|abonnement|domein {domain}] is verlengd voor {amount}.|Het bedrag van {amount} is [te laat|bij de incasso].',
    'Download de factuur: {link}|Betaal [vandaag|binnen {hours} uur] op {iban}.|Annuleren? Bel {phone}[ binnen {hours} uur|].',
    '?Anders [volgen juridische stappen|stopt de dienst].'
  ],
  job: [
    'Thuiswerk: {big} per maand|Uw cv|[Vacature|Baan]: [betaalagent|tester]',
    'We zoeken [assistenten|agenten|testers] [bij u in de buurt|in {city}].|We zagen uw profiel en bieden [een baan|bijverdienste].',
    'Verdien {amount} per [dag|week] met [1-2 uur|reviews|overboekingen].|Geen [ervaring|inleg] nodig, [u houdt {percent}%|dagelijks betaald].',
    '[Aanmelden|Solliciteer]: {link}|App naar {phone}'
  ],
  crypto: [
    'Bitcoin: {amount} [wacht|winst]|Verdien {big} per maand|Uw saldo {code}|Beleggen',
    'Onze [robot|AI] maakt {percent}% per [dag|week], [gegarandeerd|zonder risico].|In uw wallet staat {amount} dat vervalt.|Banken willen niet dat u dit weet.',
    'Begin met {small}: {link}|Neem het saldo op: {link}|Stuur {small} naar {wallet} en krijg het dubbele.',
    '?Nog {small2} plaatsen.'
  ],
  pharmacy: [
    'Pillen -{percent}%|{small2} kilo eraf|Zonder recept|Mannen zijn er dol op',
    'Viagra, Cialis [en meer|] [vanaf {tiny}|met {percent}%], zonder recept.|{small2} kilo minder in {small2} dagen [zonder dieet|met deze truc].|Weer energie met ons natuurmiddel.',
    '[Bestel|Koop]: {link}|Discreet verzonden: {link}',
    '?Niet goed, geld terug. [Alleen vandaag|].'
  ],
  casino: [
    '{small2} gratis spins|[Bonus|Jackpot] {amount}|Casino aanbod|U heeft gewonnen',
    'Speel bij [Royal|Lucky|Gold] Casino en pak {percent2}% bonus.|Gefeliciteerd, {small2} gratis spins [en {amount}|] wachten.',
    '[Ophalen|Speel|Meld aan]: {link}|[Direct uitbetaald|Zonder storting]: {link}',
    '?Tot {soon}. [18+|Alleen nieuw].'
  ],
  fakeshop: [
    '[Rolex|Horloges|Tassen] -{percent2}%|Opheffing, laatste dag|U won een iPhone|Enquête: bon van {amount}',
    "[Replica's|Horloges|Merktassen] [vanaf {small}|tot -{percent2}%], topkwaliteit.|U bent gekozen voor [een iPhone|een bon van {amount}] [na een korte enquête|].",
    '[Koop|Winkel]: {link}|Haal uw prijs op, {tiny} verzending: {link}',
    '?Nog {small2} stuks. [Eindigt vandaag|Snel].'
  ],
  loan: [
    '[Lening|Krediet] [goedgekeurd|2%]|Geld nodig?|Snel krediet tot {huge}|SEO: eerste pagina',
    'Leningen van {big} tot {huge} tegen [2|3]%, [zonder toetsing|ook met BKR].|Ik zag uw site {domain}: [fouten|niet op pagina één]. Wij lossen dat op [voor {small}|].',
    'Antwoord met naam, bedrag en telefoon, [geld in {hours} uur|zeker akkoord].|[Prijzen|Details]: {link}',
    '?Contact: dhr. {person}, WhatsApp {phone}.'
  ],
  romance: [
    "[Hoi schat|Hallo knapperd]|Je profiel|[Alleen|Ik zoek je]|Mijn foto's",
    'Ik ben {person}, {small2} jaar, [uit {city}|verpleegster].|Ik zag je profiel en [vond je leuk|wil je leren kennen].',
    "Bekijk mijn foto's: {link}|Ik zou komen, maar [het ticket|het visum] kost {amount}.",
    '?Schrijf [snel|me], kusjes.'
  ],
  threadLink:
    '[Trouwens, ik|Ik] heb de [nieuwe|laatste] versie hier gezet, [kijk even|graag controleren]: {link}|Lees eerst dit document [even|] voor we verder gaan: {link}|De bijlage was te groot, hier te downloaden: {link}|Nieuwe {file}, inloggen met je mailwachtwoord: {link}',
  threadBank:
    '[Let op|Trouwens]: ons rekeningnummer is gewijzigd, graag [voortaan|nu] betalen op {iban}.|Onze rekening wordt gecontroleerd, gebruik {iban} voor [deze factuur|factuur {number}].|[Kun je|Kunt u] [vandaag|voor {time}] de {amount} overmaken op {iban}?'
}
