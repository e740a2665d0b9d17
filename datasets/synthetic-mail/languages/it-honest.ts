import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Preventivo [{number}|{good}]|La sua richiesta|Prezzi {city}|Offerta {number}',
    "Grazie per [la richiesta|la telefonata] [di {weekday}|di ieri].|Come d'accordo, [allego|le invio] il preventivo.",
    "L'importo è di {amount} [più IVA|IVA inclusa].|Possiamo farlo per {amount}, [consegna compresa|consegna {small}].",
    "?L'offerta vale fino al {soon}.|Potremmo iniziare a {month}.",
    "Mi [dica|faccia sapere] se va bene.|Se è d'accordo, confermi entro {weekday}."
  ],
  invoice: [
    'Fattura [{number}|n. {number}|{month}]|La nostra fattura|{mycompany}: fattura {number}',
    '[In allegato|Le inviamo|Trova allegata] la fattura [{number}|] per {project}.|Il lavoro è finito, ecco la fattura.',
    'Il totale è {amount}, scadenza {soon}.|Importo: {amount}, [a 30 giorni|entro il {soon}].',
    '[Bonifico|Pagamento] sul nostro conto {iban}[, causale {number}|].|Le coordinate sono le solite: {iban}.',
    '?Può anche [pagarla|scaricarla] qui: {link}',
    '?Per domande [risponda a questa mail|chiami {phone}].'
  ],
  reminder: [
    '[Promemoria|Sollecito]: fattura {number}|Secondo sollecito {number}|URGENTE: fattura {number} non pagata',
    'Dai nostri registri la fattura {number} di {amount} risulta [aperta|non pagata].|Il pagamento di {amount} scadeva il {date} e non è arrivato.',
    'La preghiamo di pagare [entro il {soon}|entro 7 giorni] su {iban}.|Può verificare con la banca[ oggi|]?',
    '?Altrimenti [sospendiamo le consegne|addebitiamo {small} di mora|passiamo la pratica al legale].',
    '?Se ha già pagato, ignori questo messaggio.'
  ],
  payment: [
    'IBAN|Stipendio {month}|Bonifico [fatto|{company}]|Pagamento fattura {number}|Rimborsi {month}',
    "Ho fatto il bonifico di {amount} a {company} [stamattina|oggi], [ricevuta allegata|arriva {weekday}].|[Mi mandi|Può inviarmi] l'IBAN per il rimborso[ di {city}|]?|La banca chiede del pagamento di {amount} a {iban}, [era lei|lo riconosci]?",
    '?La causale è {number}.|Verifichi che il conto sia sempre {iban} prima del pagamento.',
    "?Mi serve [l'approvazione|una firma] entro le {time}, la banca chiude.|Gli stipendi partono il {soon}, [controllate i dati|modifiche prima]."
  ],
  meeting: [
    'Riunione [di {weekday}|{date}]|[Chiamata|Ci sentiamo] {weekday}?|Ordine del giorno|Spostata alle {time}',
    "[Hai|Ha] tempo {weekday} alle {time}?|La riunione è [ora|] {weekday} alle {time}[ a {city}|].|Devo [spostare|annullare] l'incontro di {weekday}, [scusa|ho un imprevisto].",
    '?Ecco il link: {link}|Ci vediamo in ufficio come sempre.',
    '?Viene anche {person}.|[Porta|Porti] il {file}, per favore.',
    "?Temi: {project}, [budget|tempi], varie.|Sarà breve, mezz'ora."
  ],
  project: [
    'Stato di {project}|Aggiornamento|Prossimi passi|Una domanda',
    'Aggiornamento su {project}: [siamo nei tempi|due giorni di ritardo|quasi finito].|Io e {person} abbiamo [visto|rivisto] {project} [ieri|stamattina].',
    'Il [fornitore|cliente] [di {city}|] [ha confermato|deve confermare] [la data|il prezzo di {amount}].|Manca ancora [il {file}|una decisione|il dato di {month}] da {person}.',
    '?La consegna arriva {weekday}.|Ho messo il {file} [nella cartella|qui]: {link}',
    '[Puoi|Può] guardarlo [entro {weekday}|oggi]?|Prossimo passo il {soon}, vi aggiorno.'
  ],
  document: [
    '{file} [allegato|versione 2]|Quello che hai chiesto|Documenti da firmare|{file} condiviso',
    'Ecco il {file} [richiesto|per {project}].|Ho [caricato|condiviso] il {file}, [il link|si apre qui]: {link}',
    '?[Firmi|Controlli] e lo rimandi entro {weekday}, per favore.|Commenti entro {weekday}.',
    '?La password è {code}[, poi la cancelli|].|La pagina {small2} è quella importante.'
  ],
  order: [
    "Il suo ordine {order}|Conferma ordine {order}|Grazie per l'acquisto",
    "Grazie per l'ordine [su {mycompany}|{order}].|Abbiamo ricevuto l'ordine del {date}.",
    'Articolo: {good}, {amount}.|1 x {good}\n1 x {good}\nTotale {amount}',
    "Vedi l'ordine [nel tuo account|qui]: {link}|Il pagamento di {amount} è [confermato|ricevuto].",
    '?Spediamo [in 2 giorni|{weekday}] con {courier}.|Paghi {amount} su {iban} e spediamo subito.',
    '?Reso gratuito entro 30 giorni.'
  ],
  parcel: [
    'Il suo pacco è in viaggio|Spedito: ordine {order}|{courier} consegna {weekday}|Consegna: {good}',
    "L'ordine {order} [ha lasciato il magazzino|è stato affidato a {courier}].|{courier} consegna {weekday} tra le {time} e le {time2}.",
    'Segui il pacco: {link}|Numero di spedizione: {order}',
    "?Se non c'è, [lo lasciamo al vicino|ripassiamo il giorno dopo].|Può [cambiare data|scegliere un punto di ritiro] fino alle {time}.",
    '?La dogana di {small} è [inclusa|già pagata].'
  ],
  reset: [
    "Reimposta password|Il suo codice [di accesso|]|{code} è il tuo codice|Nuovo accesso|Conferma l'indirizzo",
    'Hai chiesto di reimpostare la password del tuo account.|Il codice è {code}.|Abbiamo notato un nuovo accesso [da {city}|il {date} alle {time}].',
    "[Clicca sul link|Usa questo link] per [scegliere la password|continuare|confermare l'indirizzo]: {link}|Vale {hours} ore.",
    '?Se non eri tu, [ignora questa mail|contattaci].|Non dare il codice a nessuno.'
  ],
  newsletter: [
    '{percent}% [fino a {weekday}|su tutto|questa settimana]|Novità da {mycompany}|Nuovo a {month}|Ultima occasione: {good}',
    '{month} è arrivato, [e anche le offerte|e abbiamo pensato a te].|Ecco cosa è successo da {mycompany} a {month}.',
    'Risparmia il {percent}% su [tutto|{good}] [fino al {soon}|fino a esaurimento].|Nuovo: {good} da {small}.',
    '[Acquista|Vedi le offerte|Leggi]: {link}|Spedizione gratis [con il codice {code}|da {small}].',
    '?Ti aspettiamo a {city}, [aperto fino alle {time2}|a presto].|Vinci uno dei {small2} buoni da {small}, partecipa entro il {soon}.'
  ],
  ticket: [
    '[Ticket|Richiesta|Pratica] {number}|{number} [aggiornato|chiuso|ricevuto]',
    'Grazie per [aver contattato {mycompany}|il messaggio].|La richiesta {number} è stata [registrata|risolta|chiusa].',
    "{person} ha controllato [il suo account|il problema] e [l'ha risolto|trovato la causa|spedito un ricambio].|[Riprovi|La casella ha ora {small2} GB|L'accesso è ripristinato].",
    'Segua la pratica: {link}|Risponda a questo messaggio per domande.',
    '?Rispondiamo di solito entro {hours} ore.'
  ],
  study: [
    'Domanda su [il compito|la lezione]|[Tesi|Bozza] capitolo {small2}|Consegna {soon}|Gruppo {weekday}',
    "Ho una domanda su [l'esercizio {small2}|il compito].|Allego [la mia bozza|il capitolo {small2}].|La lezione di {weekday} è alle {time}?",
    'Potrei consegnare [il {soon}|due giorni dopo]? [Ero malato|Mi si è rotto il portatile].|Non capisco [la seconda parte|come citare].',
    '?Le slide: {link}|Ci vediamo in biblioteca alle {time}.'
  ],
  personal: [
    '[Weekend|Sabato]|Cena {weekday}?|Buon compleanno|Foto di {city}|Come va|La nonna',
    'Come [stai|state]? [Qui tutto bene|Quanto tempo].|Buon compleanno, [divertiti|un bacio]!|Veniamo a {city} [{weekday}|a {month}], [ci siete|ci vediamo]?',
    '[I bambini|Mamma|{person}] [ti saluta|ha chiesto di te].|[Ecco|Ti mando] le foto: {link}|Abbiamo comprato [finalmente|] un {good}.',
    '?[Mi presti|Ti devo] {small} [per i biglietti|per la cena].|Chiamami [stasera|quando puoi].'
  ],
  travel: [
    '[Volo|Treno|Hotel] {city}|Prenotazione {order}|Viaggio a {city}|Biglietti {city}',
    'Arrivo a {city} {weekday} alle {time}.|La prenotazione {order} [a {city}|] è confermata.|Sono a {city} fino al {soon}, [rispondo tardi|meglio al {phone}].',
    "L'hotel costa {amount} [due notti|con colazione].|[Biglietti allegati|I suoi biglietti]: {link}",
    '?Qualcuno mi viene a prendere [in stazione|in aeroporto]?|Il treno è in ritardo, iniziate senza di me.'
  ],
  technical: [
    '[Guasto|Manutenzione] [stanotte|{weekday}]|Disco pieno su db{small2}|Rilascio {weekday}|[Certificato|Password] in scadenza',
    "[Il server|db{small2}|Il backup] [era giù|ha finito il disco|è lento] [dalle {time}|tra le {time} e le {time2}].|Rilasciamo la nuova versione {weekday} alle {time}.|Il [certificato|l'accesso VPN] scade il {soon}, [cambialo|lo rinnovo].",
    'Ho [riavviato|ripristinato] e [sembra a posto|la coda scende].|[I log|Il ticket]: {link}|Guardi la patch [oggi|]?',
    '?URGENTE: [non riavviate la posta|uscite dalla VPN] [prima delle {time}|].|La causa [segue|non è chiara].'
  ],
  appointment: [
    'Il suo appuntamento del {date}|Promemoria: {weekday} {time}|Appuntamento [spostato|annullato]',
    "Le [ricordiamo|confermiamo] l'appuntamento di {weekday} {date} alle {time}.|Dobbiamo [spostare|annullare] l'appuntamento del {date}.",
    'Porti [la tessera sanitaria|un documento|il {file}].|[Conferma|Modifica] qui: {link}|Se non può venire, chiami {phone}.',
    '?Disdire tardi costa {small}.'
  ],
  hiring: [
    'Candidatura [{jobtitle}|]|Colloquio {weekday}|CV {me}|Proposta di lavoro',
    'Grazie per la candidatura[ come {jobtitle}|].|Mi candido al posto di {jobtitle}.|Siamo lieti di offrirle il posto.',
    "Può venire a un colloquio {weekday} alle {time}?|Allego CV e referenze.|Lo stipendio è {big} l'anno, [inizio a {month}|part-time possibile].",
    "?Ci serve [l'IBAN|copia del documento] per il contratto.|Scelga l'orario: {link}"
  ],
  reply: [
    'Una domanda|{good}|{weekday}|Risposta',
    "[Grazie|Perfetto|Bene], [va bene|d'accordo|ci penso io].|Scusa il ritardo.|[Sì|Sì, volentieri|No], [{weekday} va bene|proceda pure|aspettiamo {weekday}].|[Chiedo a {person}|Controllo] e ti dico.",
    "?[Mi mandi|Può inviarmi] [il {file}|l'indirizzo|il numero]?|Ecco il {file}.|Alle {time} va bene.|Erano {amount}, [credo|il resto è pagato].",
    '?[A {weekday}|Buon weekend|A domani].'
  ]
}
