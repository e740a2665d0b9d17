import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    '[Su cuenta|Su tarjeta] [está limitada|será bloqueada]|Importante: [confirme sus datos|actualice su firma]|Actividad [inusual|sospechosa]|[Aviso|Mensaje] de {bank}',
    'Hemos [detectado|visto] [un cargo inusual de {amount}|un acceso sospechoso|una transferencia no autorizada] en su cuenta {bank}.|Por seguridad, {bank} ha [restringido|bloqueado] su [tarjeta|acceso].|{bank} activa un nuevo sistema de seguridad y su [acceso|dispositivo] no está registrado.',
    '[Confirme|Verifique] su [identidad|cuenta] [en {hours} horas|antes del {soon}|de inmediato]: {link}|Para [recuperar el acceso|anular el cargo], [entre aquí|siga los pasos]: {link}',
    '?[De lo contrario|Si no], su cuenta será [cerrada|bloqueada].|Solo tarda dos minutos.'
  ],
  courier: [
    'Su paquete [no pudo entregarse|está retenido|le espera]|{courier}: [aduana pendiente|entrega fallida]|Envío {order}: acción necesaria|Último aviso',
    '[El repartidor|{courier}] intentó entregar su paquete {order} [hoy|el {date}], [dirección incompleta|no había nadie|falta un pago].|Su envío {order} está [retenido|parado] [en aduana|en {city}].',
    'Pague {tiny} [para recibirlo|y elija fecha]: {link}|[Confirme|Actualice] su dirección [en {hours} horas|]: {link}',
    '?Si no, se devolverá al remitente[ el {soon}|].'
  ],
  mailbox: [
    'Su buzón está [lleno|casi lleno]|Su contraseña caduca [hoy|en {hours} horas]|{small2} mensajes retenidos|[Webmail|Correo]: actualización',
    'Su buzón ha llegado al {percent2} % [de la cuota|de su espacio] y [dejará de recibir correo|rechaza mensajes].|La contraseña de {address} caduca [hoy|en {hours} horas].|{small2} mensajes [están retenidos|no se entregaron] porque hay que validar su cuenta.',
    '[Mantener la contraseña|Validar la cuenta|Ampliar espacio|Liberar mensajes]: {link}|Entre [aquí|en el portal] para [no perder el servicio|seguir]: {link}',
    '?Si no, la cuenta se [desactivará|borrará] el {soon}.|Mensaje automático [de soporte|del administrador de {domain}].'
  ],
  account: [
    '{service}: pago [rechazado|fallido]|Su [cuenta|suscripción] {service} [está suspendida|caduca]|Recibo {order}: {amount}|Acceso desde {city}',
    'No hemos podido [cobrar|procesar] su pago de {service}.|Su cuenta {service} está [suspendida|en pausa] [por un problema de cobro|].|Gracias por su compra de {amount} en {service}. ¿No fue usted?',
    '[Actualice|Renueve] su [tarjeta|forma de pago]: {link}|[Cancelar|Pedir devolución|Proteger la cuenta] [en {hours} horas|]: {link}|Llame a [soporte|devoluciones] al {phone}.',
    '?El {soon} borraremos sus [archivos|datos].'
  ],
  tax: [
    'Devolución de {amount}|[Agencia Tributaria|Hacienda]: [aviso|notificación] {number}|Multa {number} pendiente',
    'Tras [el cálculo|revisar su declaración], le corresponde una devolución de {amount}.|Tiene una multa pendiente de {amount}, expediente {number}.',
    '[Rellene el formulario|Solicítela|Indique su tarjeta]: {link}|Pague [antes del {soon}|hoy] para evitar [recargos|el embargo]: {link}',
    '?El ingreso tarda 3 días.'
  ],
  sharedfile: [
    '{person} compartió [un documento|"{file}.pdf"]|Para [firmar|revisar]: {file}|Nuevo documento [seguro|]|Ha recibido un fax',
    '{person} le ha [enviado|compartido] un documento [seguro|confidencial|] [por {service}|].|Su documento "{file}" [está listo|espera su firma].',
    '[Abrir|Ver|Descargar]: {link}|[Entre con su correo|Ponga su contraseña] para leerlo: {link}',
    '?El enlace caduca el {soon}.|El archivo está cifrado[, solo para usted|].'
  ],
  voicemail: [
    'Nuevo mensaje de voz [de {phone}|]|Llamada perdida {phone}|Buzón de voz ({tinysec} s)',
    'Tiene un mensaje de voz de {phone} [({tinysec} segundos)|].|{phone} dejó un mensaje el {date} a las {time}.',
    'Escuchar: {link}|Abra el adjunto y [entre|ponga su contraseña].',
    '?Se borrará en {hours} horas.'
  ],
  sextortion: [
    'Sé tu contraseña {code}|Tu dispositivo fue hackeado|[Léelo|Pago pendiente]|Malas noticias',
    'He entrado en [tu dispositivo|tu cuenta] [hace meses|en {month}].|Como ves, [te escribo desde tu dirección|conozco tu clave]. Instalé un troyano.',
    'Te grabé [con la cámara|] mientras veías [vídeos para adultos|porno].|Tengo [todos tus contactos|tus fotos y mensajes].',
    'Envía {amount} en bitcoin a {wallet}|Tienes {hours} horas para pagar {amount} a esta cartera: {wallet}',
    '?No vayas a la policía. [Si pagas, lo borro|Si no, todos lo verán].'
  ],
  inheritance: [
    '[Propuesta|Herencia]|Fondo de {huge}|[Querido amigo|Confidencial]|Donación',
    'Soy {person}, [abogado|empleado de banco|viuda] [en {city}|de {bank}].|Le escribo en confianza: un cliente murió sin herederos.|Ha sido elegido y gana {huge} [en la lotería|de una fundación].',
    'Dejó {huge} [en una cuenta inactiva|en el banco] y quiero presentarle como [heredero|beneficiario].|Quiero donarle {huge}, [estoy enferma|antes de morir].',
    'Su parte es el {percent} %.|Envíe nombre, dirección, [teléfono|cuenta] y profesión.',
    '?Guárdelo en secreto. Espero su respuesta.'
  ],
  executive: [
    '[Petición|Urgente]|¿[Disponible|En la oficina]?|Transferencia [hoy|]|Confidencial',
    '¿[Está|Estás] disponible? Necesito [un pago|algo discreto].|Estoy [reunido|en un avión|en una feria] y no puedo hablar, respóndame por correo.',
    'Hay que [transferir|pagar] {big} a [un proveedor nuevo|un socio de {city}] [hoy|antes de las {time}].|¿Qué saldo tenemos y cuánto podemos transferir hoy?|Mándeme su móvil, tengo una tarea para usted.',
    '?Cuenta: {iban}[, concepto {number}|].|No lo comente con nadie [por ahora|]. Cuento con usted.'
  ],
  giftcards: [
    'Un favor|Tarjetas regalo [para el equipo|]|Necesito ayuda|¿Ocupado?',
    'Necesito un favor: quiero sorprender [al equipo|a unos clientes] con tarjetas regalo.|Estoy [atrapado|de viaje] y no puedo comprar [las tarjetas|una tarjeta].',
    '¿Puede comprar {small2} tarjetas [Amazon|Apple|Steam|Google Play] de {small}?|Rasque los códigos y mándeme [una foto|los códigos].',
    '?Se lo devuelvo [esta noche|mañana].|¿Cuándo puede hacerlo?'
  ],
  newbank: [
    '[Nueva|Cambio de] cuenta bancaria|Cambio de cuenta de nómina|Actualice nuestros datos',
    'He cambiado de banco y quiero cobrar [la nómina|los pagos] en la cuenta nueva.|Por una [auditoría|inspección], nuestra cuenta anterior no admite pagos.',
    'Cuenta nueva: {iban}, {bank}.|Pague desde ahora en {iban}[, también la factura {number}|].',
    '?¿Puede ser antes [de la próxima nómina|del {soon}]?|Confírmelo [hoy|], por favor.'
  ],
  fakeinvoice: [
    '[Factura|Extracto] {number}|[Impago|Deuda] {number}|Último aviso: {amount}|Renovación {order}',
    'Adjunto la factura [pendiente|vencida] de {amount}.|Su [antivirus|suscripción|dominio {domain}] se ha renovado por {amount}.|La deuda de {amount} está [vencida|en cobro].',
    'Descargar la factura: {link}|Pague [hoy|en {hours} horas] en {iban}.|Para cancelar llame al {phone}[ en {hours} horas|].',
    '?Si no, [iniciaremos acciones legales|cortaremos el servicio].'
  ],
  job: [
    'Trabajo desde casa: {big} al mes|Su CV|[Oferta|Puesto]: [agente de pagos|evaluador]',
    'Buscamos [asistentes|agentes|evaluadores] [en su zona|en {city}].|Vimos su perfil y le ofrecemos [un puesto|ingresos extra].',
    'Gane {amount} [al día|por semana] con [1-2 horas|reseñas|transferencias].|Sin [experiencia|inversión], [se queda el {percent} %|pago diario].',
    '[Inscríbase|Solicite]: {link}|Escriba por WhatsApp: {phone}'
  ],
  crypto: [
    'Bitcoin: {amount} [le esperan|ganados]|Gane {big} al mes|Su saldo {code}|Inversión',
    'Nuestro [robot|sistema de IA] da un {percent} % [al día|por semana], [garantizado|sin riesgo].|Su cartera tiene {amount} sin cobrar.|Los bancos no quieren que lo sepa.',
    'Empiece con {small}: {link}|Retire su saldo: {link}|Envíe {small} a {wallet} y reciba el doble.',
    '?Quedan {small2} plazas.'
  ],
  pharmacy: [
    'Pastillas -{percent} %|Pierda {small2} kilos|Sin receta|A ellos les encanta',
    'Viagra, Cialis [y más|] [desde {tiny}|con {percent} %], sin receta.|{small2} kilos menos en {small2} días [sin dieta|con este truco].|Recupere su vigor con nuestra fórmula natural.',
    '[Pedir|Comprar]: {link}|Envío discreto: {link}',
    '?Garantía de devolución. [Solo hoy|].'
  ],
  casino: [
    '{small2} giros gratis|[Bono|Premio] {amount}|Casino: oferta|Ha ganado',
    'Juegue en [Royal|Lucky|Gold] Casino y reciba un {percent2} % de bono.|Enhorabuena, tiene {small2} giros gratis [y {amount}|].',
    '[Recoger|Jugar|Registro]: {link}|[Cobro inmediato|Sin depósito]: {link}',
    '?Hasta el {soon}. [18+|Solo nuevos].'
  ],
  fakeshop: [
    '[Rolex|Relojes|Bolsos] -{percent2} %|Liquidación, último día|Ha ganado un iPhone|Encuesta: vale de {amount}',
    '[Réplicas|Relojes|Bolsos de marca] [desde {small}|hasta -{percent2} %], calidad perfecta.|Ha sido elegido para [un iPhone|un vale de {amount}] [tras una breve encuesta|].',
    '[Comprar|Tienda]: {link}|Reciba el premio, envío {tiny}: {link}',
    '?Quedan {small2}. [Termina hoy|Rápido].'
  ],
  loan: [
    '[Préstamo|Crédito] [aprobado|al 2 %]|¿Necesita dinero?|Crédito rápido hasta {huge}|SEO: primera página',
    'Préstamos de {big} a {huge} al [2|3] %, [sin nómina|sin aval].|Vi su web {domain}: [tiene errores|no sale en Google]. Lo arreglamos [por {small}|].',
    'Responda con nombre, importe y teléfono, [dinero en {hours} horas|aprobación segura].|[Precios|Detalles]: {link}',
    '?Contacto: Sr. {person}, WhatsApp {phone}.'
  ],
  romance: [
    '[Hola cariño|Hola guapo]|Tu perfil|[Sola|Te busco]|Mis fotos',
    'Soy {person}, {small2} años, [de {city}|enfermera].|Vi tu perfil y [me gustaste|quiero conocerte].',
    'Mira mis fotos: {link}|Iría a verte, pero [el billete|el visado] cuesta {amount}.',
    '?Escríbeme [pronto|], besos.'
  ],
  threadLink:
    '[Por cierto, he|He] dejado aquí la [última|nueva] versión, [míralo|revíselo] por favor: {link}|Antes de seguir, [lea|valide] este documento: {link}|El adjunto pesaba mucho, se descarga aquí: {link}|Nuevo {file}, se entra con la contraseña del correo: {link}',
  threadBank:
    '[Ojo|Por cierto]: nuestra cuenta ha cambiado, [pague|ingrese] desde ahora en {iban}.|Nuestra cuenta está en revisión, use {iban} para [esta factura|la factura {number}].|¿[Puede|Puedes] transferir [hoy|antes de las {time}] los {amount} a {iban}?'
}
