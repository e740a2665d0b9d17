import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Offerte [{number}|{good}]|Uw aanvraag|Prijzen {city}|Prijsopgave {number}',
    'Bedankt voor [uw aanvraag|het gesprek] [van {weekday}|van gisteren].|Zoals besproken [stuur ik|hierbij] de offerte.',
    'Het bedrag is {amount} [excl.|incl.] btw.|We kunnen het doen voor {amount}, [levering inbegrepen|levering {small}].',
    '?De offerte is geldig tot {soon}.|We kunnen in {month} beginnen.',
    'Laat [me|ons] weten of het akkoord is.|Graag bevestiging voor {weekday}.'
  ],
  invoice: [
    'Factuur [{number}|nr. {number}|{month}]|Onze factuur|{mycompany}: factuur {number}',
    '[Bijgaand|In de bijlage] [vindt u|] de factuur [{number}|] voor {project}.|Het werk is klaar, hierbij de factuur.',
    'Het totaal is {amount}, te betalen voor {soon}.|Bedrag: {amount}, [binnen 14 dagen|vervaldatum {soon}].',
    'Graag overmaken op {iban}[ o.v.v. {number}|].|Onze rekening is nog steeds {iban}.',
    '?Online [betalen|downloaden] kan hier: {link}',
    '?Vragen? [Antwoord op deze mail|Bel {phone}].'
  ],
  reminder: [
    '[Herinnering|Aanmaning]: factuur {number}|Tweede herinnering {number}|DRINGEND: factuur {number} staat open',
    'Volgens onze administratie staat factuur {number} van {amount} nog open.|Uw betaling van {amount} werd op {date} verwacht en is niet binnen.',
    'Wilt u [het bedrag|dit] [voor {soon}|binnen 7 dagen] overmaken op {iban}?|Kunt u [vandaag|even] bij uw bank kijken?',
    '?Anders [stoppen we de levering|rekenen we {small} kosten|gaat het naar de incasso].',
    '?Hebt u al betaald, dan kunt u dit negeren.'
  ],
  payment: [
    'Rekeningnummer|Salaris {month}|[Overboeking|Betaling] {company}|Betaling factuur {number}|Declaratie {month}',
    'Ik heb {amount} overgemaakt aan {company} [vanmorgen|vandaag], [bewijs bijgevoegd|komt {weekday} binnen].|[Stuur je|Kunt u] me het rekeningnummer voor de declaratie[ {city}|] [|sturen]?|De bank vroeg naar de betaling van {amount} aan {iban}, [was u dat|ken je die]?',
    '?Het kenmerk is {number}.|Klopt het dat de rekening nog {iban} is?',
    '?Ik heb [akkoord|een handtekening] nodig voor {time}, de bank sluit.|De salarissen gaan {soon} weg, [controleer je gegevens|wijzigingen eerder].'
  ],
  meeting: [
    'Overleg [{weekday}|{date}]|[Bellen|Afspraak] {weekday}?|Agenda {weekday}|Verplaatst naar {time}',
    '[Kun je|Kunt u] {weekday} om {time}?|Het overleg is [nu|] {weekday} om {time}[ in {city}|].|Ik moet {weekday} [verzetten|afzeggen], [sorry|er kwam iets tussen].',
    '?De link: {link}|We zitten zoals altijd op kantoor.',
    '?{person} komt ook.|[Neem|Neemt u] de {file} mee?',
    '?Onderwerpen: {project}, [budget|planning], rondvraag.|Duurt een half uurtje.'
  ],
  project: [
    'Stand van zaken|Update|Volgende stappen|Vraagje',
    'Korte update over {project}: [we liggen op schema|twee dagen vertraging|bijna klaar].|{person} en ik hebben [gisteren|vanmorgen] {project} bekeken.',
    'De [leverancier|klant] [in {city}|] heeft [de datum|de prijs van {amount}] [bevestigd|nog niet bevestigd].|We wachten nog op [de {file}|een besluit|de cijfers van {month}] van {person}.',
    '?De levering komt {weekday}.|De {file} staat [in de map|hier]: {link}',
    '[Kijk je|Kunt u] er [voor {weekday}|vandaag] naar [|kijken]?|Volgende stap op {soon}, ik laat het weten.'
  ],
  document: [
    '{file} [bijgevoegd|versie 2]|De stukken die je vroeg|Graag tekenen|{file} gedeeld',
    'Hierbij de {file} [die u vroeg|voor {project}].|Ik heb de {file} [gedeeld|geüpload], [de link|hier te openen]: {link}',
    '?Graag [tekenen|nakijken] en terugsturen voor {weekday}.|Opmerkingen graag voor {weekday}.',
    '?Het wachtwoord is {code}[, daarna wissen|].|Let op pagina {small2}.'
  ],
  order: [
    'Uw bestelling {order}|Bevestiging bestelling {order}|Bedankt voor je bestelling',
    'Bedankt voor je bestelling [bij {mycompany}|{order}].|We hebben je bestelling van {date} ontvangen.',
    'Artikel: {good}, {amount}.|1 x {good}\n1 x {good}\nTotaal {amount}',
    'Bekijk je bestelling [in je account|hier]: {link}|De betaling van {amount} is [ontvangen|bevestigd].',
    '?We verzenden [binnen 2 dagen|{weekday}] met {courier}.|Maak {amount} over op {iban}, dan sturen we het op.',
    '?30 dagen gratis retour.'
  ],
  parcel: [
    'Je pakket is onderweg|Verzonden: bestelling {order}|{courier} bezorgt {weekday}|Bezorging {good}',
    'Je bestelling {order} [heeft ons magazijn verlaten|is aan {courier} gegeven].|{courier} bezorgt {weekday} tussen {time} en {time2}.',
    'Volg je pakket: {link}|Trackingcode: {order}',
    '?Ben je er niet, dan [gaat het naar de buren|komen we morgen terug].|Tot {time} kun je [de datum wijzigen|een afhaalpunt kiezen].',
    '?De douanekosten van {small} zijn [betaald|inbegrepen].'
  ],
  reset: [
    'Wachtwoord herstellen|Je [inlog|]code|{code} is je code|Nieuwe aanmelding|Bevestig je adres',
    'Je hebt gevraagd je wachtwoord te herstellen.|Je code is {code}.|Er is ingelogd op je account [vanuit {city}|op {date} om {time}].',
    '[Klik op de link|Gebruik deze link] om [een nieuw wachtwoord te kiezen|verder te gaan|je adres te bevestigen]: {link}|Hij is {hours} uur geldig.',
    '?Was jij het niet, [negeer deze mail|neem contact op].|Geef de code aan niemand.'
  ],
  newsletter: [
    '{percent}% [tot {weekday}|op alles|deze week]|Nieuws van {mycompany}|Nieuw in {month}|Laatste kans: {good}',
    'Het is {month}, [tijd voor aanbiedingen|en we dachten aan jou].|Dit gebeurde er bij {mycompany} in {month}.',
    'Bespaar {percent}% op [alles|{good}] [tot {soon}|zolang de voorraad strekt].|Nieuw: {good} vanaf {small}.',
    '[Shop nu|Alle aanbiedingen|Lees verder]: {link}|Gratis verzending [met code {code}|vanaf {small}].',
    '?Kom langs in {city}, [open tot {time2}|tot gauw].|Win een van {small2} bonnen van {small}, doe mee voor {soon}.'
  ],
  ticket: [
    '[Ticket|Verzoek|Melding] {number}|{number} [bijgewerkt|gesloten|ontvangen]',
    'Bedankt voor [je bericht|het contact met {mycompany}].|Je melding {number} is [ontvangen|beantwoord|gesloten].',
    '{person} heeft [je account|het probleem] bekeken en [opgelost|de oorzaak gevonden|vervanging gestuurd].|[Probeer het nog eens|Je mailbox heeft nu {small2} GB|Je toegang werkt weer].',
    'Bekijk de melding: {link}|Antwoord op deze mail bij vragen.',
    '?Meestal antwoorden we binnen {hours} uur.'
  ],
  study: [
    'Vraag over [de opdracht|het college]|[Scriptie|Concept] hoofdstuk {small2}|Inleveren {soon}|Groepje {weekday}',
    'Ik heb een vraag over [opdracht {small2}|het werkstuk].|Hierbij [mijn concept|hoofdstuk {small2}].|Is het college {weekday} om {time}?',
    'Mag ik het [op {soon}|twee dagen later] inleveren? [Ik was ziek|Mijn laptop is stuk].|Ik snap [het tweede deel|het citeren] niet.',
    '?De slides: {link}|We zien elkaar om {time} in de bieb.'
  ],
  personal: [
    "[Weekend|Zaterdag]|Eten {weekday}?|Gefeliciteerd|Foto's {city}|Hoe gaat het|Oma",
    'Hoe gaat het met [je|jullie]? [Hier alles goed|Lang niks gehoord].|Gefeliciteerd, [geniet ervan|veel plezier]!|We zijn [{weekday}|in {month}] in {city}, [zijn jullie thuis|zien we elkaar]?',
    "[De kinderen|Mama|{person}] [doet de groeten|vroeg naar je].|[Hier zijn|Ik stuur] de foto's: {link}|We hebben [eindelijk|] een {good} gekocht.",
    '?[Kun je me|Ik moet je nog] {small} [voor de kaartjes|van het eten] [lenen|geven]?|Bel even [vanavond|als je kunt].'
  ],
  travel: [
    '[Vlucht|Trein|Hotel] {city}|Boeking {order}|Reis naar {city}|Tickets {city}',
    'Ik kom {weekday} om {time} aan in {city}.|Je boeking {order} [voor {city}|] is bevestigd.|Ik ben tot {soon} in {city}, [antwoord komt later|bel {phone}].',
    'Het hotel kost {amount} [twee nachten|met ontbijt].|[Tickets bijgevoegd|Je tickets]: {link}',
    '?Kan iemand me ophalen [van het station|van het vliegveld]?|De trein is laat, begin maar.'
  ],
  technical: [
    '[Storing|Onderhoud] [vannacht|{weekday}]|Schijf vol op db{small2}|Release {weekday}|[Certificaat|Wachtwoord] verloopt',
    '[De server|db{small2}|De back-up] [lag eruit|had geen ruimte|is traag] [sinds {time}|tussen {time} en {time2}].|We zetten {weekday} om {time} de nieuwe versie live.|Het [certificaat|VPN-wachtwoord] verloopt op {soon}, [wijzig het|ik vernieuw].',
    'Ik heb hem [herstart|teruggezet], [lijkt goed|de wachtrij loopt leeg].|[Logs|Ticket]: {link}|Kijk je [vandaag|even] naar de patch?',
    '?DRINGEND: [mailserver niet herstarten|log uit van de VPN] [voor {time}|].|Oorzaak [volgt|nog onduidelijk].'
  ],
  appointment: [
    'Uw afspraak op {date}|Herinnering: {weekday} {time}|Afspraak [verzet|afgezegd]',
    'We [herinneren u aan|bevestigen] uw afspraak op {weekday} {date} om {time}.|We moeten uw afspraak van {date} [verzetten|afzeggen].',
    'Neem [uw pas|een ID|de {file}] mee.|[Bevestigen|Wijzigen] kan hier: {link}|Verhinderd? Bel {phone}.',
    '?Te laat afzeggen kost {small}.'
  ],
  hiring: [
    'Sollicitatie [{jobtitle}|]|Gesprek {weekday}|CV {me}|Aanbod',
    'Bedankt voor je sollicitatie[ als {jobtitle}|].|Ik solliciteer naar de functie van {jobtitle}.|We bieden je graag de baan aan.',
    'Kun je {weekday} om {time} op gesprek komen?|Hierbij mijn cv en referenties.|Het salaris is {big} per jaar, [start in {month}|deeltijd kan].',
    '?We hebben nog [je rekeningnummer|een kopie van je ID] nodig.|Kies een tijd: {link}'
  ],
  reply: [
    'Vraag|{good}|{weekday}|Reactie',
    '[Dank|Prima|Top], [dat is goed|akkoord|doe ik].|Sorry voor de late reactie.|[Ja|Ja, graag|Nee], [{weekday} is goed|ga je gang|wachten tot {weekday}].|Ik [vraag {person}|kijk het na] en laat het weten.',
    '?[Stuur je|Kunt u] me [de {file}|het adres|het nummer] [|sturen]?|Hierbij de {file}.|{time} kan ook.|Het was {amount}, [dacht ik|de rest is betaald].',
    '?[Tot {weekday}|Fijn weekend|Tot morgen].'
  ]
}
