import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'es',
  zones: [zones.berlin, zones.berlin, zones.mexico, zones.bogota],
  country: 'es',
  ibanCountry: 'ES',
  givenNames:
    'Lucía|Hugo|Carmen|Javier|Marta|Sergio|Elena|Álvaro|Pilar|Rubén|Nuria|Andrés|Rocío|Iván|Beatriz|Óscar|Valentina|Joaquín|Inés|Raúl',
  familyNames:
    'García|Navarro|Serrano|Molina|Castro|Ortega|Iglesias|Vidal|Cabrera|Fuentes|Lozano|Peña|Campos|Reyes|Crespo|Montoya|Soler|Bravo|Gallego|Rivas',
  familyFirst: false,
  companies: '{trade} {family}|{family} e Hijos|{trade} {family} S.L.|{trade} de {city}|Grupo {family}',
  trades:
    'Carpintería|Asesoría|Talleres|Viveros|Imprenta|Panadería|Transportes|Clínica Dental|Informática|Electricidad|Librería|Inmobiliaria|Cocinas',
  jobTitles:
    'Gerente|Secretaría|Contabilidad|Comercial|Jefa de proyecto|Atención al cliente|Compras|Ingeniero|Administración|Directora',
  cities: 'Burgos|Murcia|Vigo|Cádiz|Logroño|Huesca|Puebla|Medellín|Gijón|Lleida',
  goods:
    'estantería de roble|lámpara de mesa|chubasquero|molinillo de café|banco de jardín|zapatillas|silla de oficina|tazas de café|funda de móvil|cartucho de tóner|manta de lana|casco de bici',
  projects:
    'la mudanza del almacén|la nueva web|la obra de la calle Mayor|el catálogo de primavera|el proyecto Halcón|la encuesta|la auditoría|la reforma de la cocina|la migración|la fiesta de verano',
  fileNames: 'factura|presupuesto|acta|informe|contrato|escaneo|fotos|borrador|horario|pedido',
  banks: 'Santander|BBVA|CaixaBank|Banco Norte|Bankinter|Caja Rural|Banco Unión',
  couriers: 'Correos|SEUR|MRW|DHL|GLS|Paquetería Sur|UPS',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|Movistar|CloudBox|Wallapop|Endesa|Bizum|Spotify',
  weekdays: 'domingo|lunes|martes|miércoles|jueves|viernes|sábado',
  months: 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
  date: '{d} de {month}|{d}/{m}/{y}|{d} de {month} de {y}|{d}/{m}',
  money: '{n} €|{n} euros|{n} EUR',
  thousands: '.',
  decimal: ',',
  phone: '+34 91 555 ## ##|600 55 ## ##|+52 55 5550 ####',
  greetings: {
    casual: 'Hola {name}|Hola|Buenas {name}|Qué tal {name}|Hola {name}, buenos días',
    formal: 'Estimado Sr. {last}|Estimada Sra. {last}|Buenos días {name}|Buenas tardes|Estimados señores',
    generic:
      'Estimado cliente|Estimado usuario|Hola|Buenos días|Estimado/a {name}|Hola {name}|Apreciado cliente'
  },
  signOffs: {
    casual: 'Un abrazo|Saludos|Gracias|Besos|Hasta luego|Nos vemos',
    formal:
      'Un cordial saludo|Atentamente|Saludos cordiales|Reciba un saludo|Quedo a su disposición|Muchas gracias y un saludo',
    team: 'El equipo de {mycompany}|Atención al cliente, {mycompany}|{mycompany}|Un saludo, {mycompany}'
  },
  mobileSignature: 'Enviado desde mi iPhone|Enviado desde mi móvil',
  quoteIntro: 'El {date} a las {time}, {name} <{address}> escribió:|El {date}, {name} escribió:',
  replyPrefix: 'RE',
  forwardPrefix: 'RV',
  quoteWords: 'De|Enviado|Para|Asunto',
  buttons:
    'Ver|Abrir|Leer más|Mi cuenta|Seguir envío|Confirmar|Ver documento|Continuar|Iniciar sesión|Comprobar',
  unsubscribe: 'Darse de baja|Gestionar preferencias|No recibir más correos',
  sentenceGap: ' '
}
