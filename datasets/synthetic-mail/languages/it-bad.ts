import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    "[Il suo conto|La sua carta] [è limitato|sarà sospesa]|Importante: [confermi i dati|aggiorni l'app]|Attività [insolita|sospetta]|[Avviso|Comunicazione] {bank}",
    'Abbiamo [rilevato|notato] [un addebito insolito di {amount}|un accesso sospetto|un bonifico non autorizzato] sul suo conto {bank}.|Per sicurezza {bank} ha [limitato|bloccato] la sua [carta|utenza].|{bank} introduce un nuovo sistema di sicurezza e il suo [dispositivo|profilo] non è registrato.',
    "[Confermi|Verifichi] la sua [identità|utenza] [entro {hours} ore|entro il {soon}|subito]: {link}|Per [sbloccare|annullare l'addebito], [acceda qui|segua i passi]: {link}",
    '?In caso contrario il conto sarà [chiuso|bloccato].|Bastano due minuti.'
  ],
  courier: [
    'Il suo pacco [non è stato consegnato|è in giacenza|è fermo]|{courier}: [dogana da pagare|consegna fallita]|Spedizione {order}: azione richiesta|Ultimo avviso',
    '[Il corriere|{courier}] ha provato a consegnare il pacco {order} [oggi|il {date}], [indirizzo incompleto|nessuno in casa|manca un pagamento].|La spedizione {order} è [trattenuta|ferma] [in dogana|a {city}].',
    "Paghi {tiny} [per riceverlo|e scelga la data]: {link}|[Confermi|Aggiorni] l'indirizzo [entro {hours} ore|]: {link}",
    '?Altrimenti torna al mittente[ il {soon}|].'
  ],
  mailbox: [
    'La casella è [piena|quasi piena]|La password scade [oggi|tra {hours} ore]|{small2} messaggi in sospeso|[Webmail|Posta]: aggiornamento',
    "La casella ha raggiunto il {percent2}% [della quota|dello spazio] e [non riceverà più posta|rifiuta messaggi].|La password di {address} scade [oggi|tra {hours} ore].|{small2} messaggi [sono bloccati|non consegnati] perché l'account va convalidato.",
    "[Mantieni la password|Convalida l'account|Aumenta lo spazio|Sblocca i messaggi]: {link}|Acceda [qui|al portale] per [evitare interruzioni|continuare]: {link}",
    "?Altrimenti l'account sarà [disattivato|eliminato] il {soon}.|Messaggio automatico [dell'assistenza|dell'amministratore di {domain}]."
  ],
  account: [
    '{service}: pagamento [rifiutato|fallito]|Il suo [account|abbonamento] {service} [è sospeso|scade]|Ricevuta {order}: {amount}|Accesso da {city}',
    "Non siamo riusciti a [addebitare|elaborare] il pagamento {service}.|L'account {service} è [sospeso|in pausa] [per un problema di fatturazione|].|Grazie per l'acquisto di {amount} su {service}. Non sei stato tu?",
    "[Aggiorni|Rinnovi] [la carta|il metodo di pagamento]: {link}|[Annulla|Chiedi il rimborso|Proteggi l'account] [entro {hours} ore|]: {link}|Chiami [l'assistenza|i rimborsi]: {phone}.",
    '?Il {soon} cancelleremo [i file|i dati].'
  ],
  tax: [
    'Rimborso di {amount}|[Agenzia delle Entrate|INPS]: [avviso|notifica] {number}|Multa {number} non pagata',
    'Dopo [il calcolo|la verifica della dichiarazione], le spetta un rimborso di {amount}.|Ha una multa non pagata di {amount}, pratica {number}.',
    '[Compili il modulo|Richieda|Indichi la carta]: {link}|Paghi [entro il {soon}|oggi] per evitare [interessi|sanzioni]: {link}',
    "?L'accredito richiede 3 giorni."
  ],
  sharedfile: [
    '{person} ha condiviso [un documento|"{file}.pdf"]|Da [firmare|controllare]: {file}|Nuovo documento [sicuro|]|Ha ricevuto un fax',
    '{person} le ha [inviato|condiviso] un documento [sicuro|riservato|] [con {service}|].|Il documento "{file}" [è pronto|attende la firma].',
    '[Apri|Vedi|Scarica]: {link}|[Acceda con la sua email|Inserisca la password] per leggerlo: {link}',
    '?Il link scade il {soon}.|Il file è cifrato[, solo per lei|].'
  ],
  voicemail: [
    'Nuovo messaggio vocale [da {phone}|]|Chiamata persa {phone}|Segreteria ({tinysec} s)',
    'Ha un messaggio vocale da {phone} [({tinysec} secondi)|].|{phone} ha lasciato un messaggio il {date} alle {time}.',
    "Ascolta: {link}|Apra l'allegato e [acceda|inserisca la password].",
    '?Sarà cancellato tra {hours} ore.'
  ],
  sextortion: [
    'Conosco la tua password {code}|Il tuo dispositivo è stato violato|[Leggi|Pagamento in sospeso]|Brutte notizie',
    'Sono entrato nel [tuo dispositivo|tuo account] [mesi fa|a {month}].|Come vedi, [scrivo dal tuo indirizzo|so la tua password]. Ho installato un trojan.',
    'Ti ho filmato [con la webcam|] mentre guardavi [video per adulti|porno].|Ho [tutti i tuoi contatti|le tue foto e messaggi].',
    'Invia {amount} in bitcoin a {wallet}|Hai {hours} ore per pagare {amount} su questo wallet: {wallet}',
    '?Niente polizia. [Se paghi cancello tutto|Altrimenti lo vedono tutti].'
  ],
  inheritance: [
    '[Proposta|Eredità]|Fondo di {huge}|[Caro amico|Riservato]|Donazione',
    'Sono {person}, [avvocato|bancario|vedova] [a {city}|di {bank}].|La contatto in fiducia: un cliente è morto senza eredi.|Lei è stato scelto e vince {huge} [alla lotteria|da una fondazione].',
    'Ha lasciato {huge} [su un conto dormiente|in banca] e vorrei presentarla come [erede|beneficiario].|Voglio donarle {huge}, [sono malata|prima di morire].',
    'La sua quota è il {percent}%.|Mandi nome, indirizzo, [telefono|conto] e professione.',
    '?Tenga il segreto. Aspetto risposta.'
  ],
  executive: [
    '[Richiesta|Urgente]|[Disponibile|In ufficio]?|Bonifico [oggi|]|Riservato',
    '[È|Sei] disponibile? Mi serve [un pagamento|una cosa discreta].|Sono [in riunione|in aereo|in fiera] e non posso parlare, risponda per mail.',
    'Dobbiamo [bonificare|pagare] {big} a [un nuovo fornitore|un partner di {city}] [oggi|entro le {time}].|Che saldo abbiamo e quanto possiamo bonificare oggi?|Mi mandi il cellulare, ho un incarico.',
    '?Conto: {iban}[, causale {number}|].|Non ne parli con nessuno [per ora|]. Conto su di lei.'
  ],
  giftcards: [
    'Un favore|Buoni regalo [per il team|]|Mi serve aiuto|Occupato?',
    'Mi serve un favore: voglio regalare dei buoni [al team|ad alcuni clienti].|Sono [bloccato|in viaggio] e non posso comprare [i buoni|una carta].',
    'Può comprare {small2} carte [Amazon|Apple|Steam|Google Play] da {small}?|Gratti i codici e mi mandi [una foto|i codici].',
    '?La rimborso [stasera|domani].|Quando riesce?'
  ],
  newbank: [
    '[Nuovo|Cambio] IBAN|Cambio conto stipendio|Aggiorni i nostri dati',
    'Ho cambiato banca e vorrei [lo stipendio|i pagamenti] sul nuovo conto.|Per una [verifica|ispezione] il vecchio conto non riceve pagamenti.',
    "Nuovo conto: {iban}, {bank}.|Paghi d'ora in poi su {iban}[, anche la fattura {number}|].",
    '?È possibile prima [del prossimo stipendio|del {soon}]?|Confermi [oggi|], per favore.'
  ],
  fakeinvoice: [
    '[Fattura|Estratto] {number}|[Insoluto|Ritardo] {number}|Ultimo avviso: {amount}|Rinnovo {order}',
    "In allegato la fattura [insoluta|scaduta] di {amount}.|Il suo [antivirus|abbonamento|dominio {domain}] è stato rinnovato per {amount}.|L'importo di {amount} è [scaduto|in recupero crediti].",
    'Scarica la fattura: {link}|Paghi [oggi|entro {hours} ore] su {iban}.|Per annullare chiami {phone}[ entro {hours} ore|].',
    '?Altrimenti [procediamo per vie legali|sospendiamo il servizio].'
  ],
  job: [
    'Lavoro da casa: {big} al mese|Il suo CV|[Offerta|Posto]: [agente di pagamento|recensore]',
    'Cerchiamo [assistenti|agenti|recensori] [nella sua zona|a {city}].|Abbiamo visto il suo profilo e offriamo [un posto|un extra].',
    'Guadagni {amount} al [giorno|mese] con [1-2 ore|recensioni|trasferimenti].|Senza [esperienza|investimento], [tiene il {percent}%|paga giornaliera].',
    '[Candidati|Registrati]: {link}|Scriva su WhatsApp: {phone}'
  ],
  crypto: [
    'Bitcoin: {amount} [ti aspettano|di guadagno]|Guadagna {big} al mese|Il tuo saldo {code}|Investimento',
    'Il nostro [robot|sistema IA] rende il {percent}% al [giorno|mese], [garantito|senza rischi].|Il tuo wallet ha {amount} non riscossi.|Le banche non vogliono che tu lo sappia.',
    'Inizia con {small}: {link}|Preleva il saldo: {link}|Invia {small} a {wallet} e ricevi il doppio.',
    '?Solo {small2} posti.'
  ],
  pharmacy: [
    'Pillole -{percent}%|Perdi {small2} chili|Senza ricetta|Gli uomini lo adorano',
    'Viagra, Cialis [e altro|] [da {tiny}|al {percent}%], senza ricetta.|{small2} chili in meno in {small2} giorni [senza dieta|con questo trucco].|Ritrova il vigore con la formula naturale.',
    '[Ordina|Compra]: {link}|Spedizione discreta: {link}',
    '?Soddisfatti o rimborsati. [Solo oggi|].'
  ],
  casino: [
    '{small2} giri gratis|[Bonus|Jackpot] {amount}|Casinò: offerta|Hai vinto',
    'Gioca al [Royal|Lucky|Gold] Casinò e ricevi il {percent2}% di bonus.|Complimenti, {small2} giri gratis [e {amount}|] ti aspettano.',
    '[Ritira|Gioca|Registrati]: {link}|[Prelievo immediato|Senza deposito]: {link}',
    '?Fino al {soon}. [18+|Solo nuovi].'
  ],
  fakeshop: [
    '[Rolex|Orologi|Borse] -{percent2}%|Svendita, ultimo giorno|Hai vinto un iPhone|Sondaggio: buono da {amount}',
    '[Repliche|Orologi|Borse firmate] [da {small}|fino a -{percent2}%], qualità perfetta.|Sei stato scelto per [un iPhone|un buono da {amount}] [dopo un breve sondaggio|].',
    '[Compra|Negozio]: {link}|Ritira il premio, spedizione {tiny}: {link}',
    '?Solo {small2} pezzi. [Finisce oggi|Presto].'
  ],
  loan: [
    '[Prestito|Credito] [approvato|al 2%]|Ti servono soldi?|Credito rapido fino a {huge}|SEO: prima pagina',
    'Prestiti da {big} a {huge} al [2|3]%, [senza busta paga|anche protestati].|Ho visto il sito {domain}: [ha errori|non è in prima pagina]. Lo sistemiamo [per {small}|].',
    'Risponda con nome, importo e telefono, [soldi in {hours} ore|approvazione garantita].|[Prezzi|Dettagli]: {link}',
    '?Contatto: Sig. {person}, WhatsApp {phone}.'
  ],
  romance: [
    '[Ciao caro|Ciao bello]|Il tuo profilo|[Sola|Ti cerco]|Le mie foto',
    'Sono {person}, {small2} anni, [di {city}|infermiera].|Ho visto il tuo profilo e [mi sei piaciuto|vorrei conoscerti].',
    'Guarda le mie foto: {link}|Verrei da te, ma [il biglietto|il visto] costa {amount}.',
    '?Scrivimi [presto|], baci.'
  ],
  threadLink:
    "[A proposito, ho|Ho] messo qui la [nuova|ultima] versione, [guardala|controlli] per favore: {link}|Prima di andare avanti [legga|approvi] questo documento: {link}|L'allegato era grande, si scarica qui: {link}|Nuovo {file}, si entra con la password della posta: {link}",
  threadBank:
    "[Attenzione|A proposito]: il nostro IBAN è cambiato, paghi [ora|d'ora in poi] su {iban}.|Il nostro conto è in verifica, usi {iban} per [questa fattura|la fattura {number}].|[Può|Puoi] bonificare [oggi|entro le {time}] i {amount} su {iban}?"
}
