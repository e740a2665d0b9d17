import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Presupuesto [{number}|{good}]|Su consulta|Precios {city}|Oferta {number}',
    'Gracias por [su consulta|la llamada] [del {weekday}|de ayer].|Como hablamos, le [envío|adjunto] el presupuesto.',
    'El importe es de {amount} [más IVA|IVA incluido].|Se lo podemos hacer por {amount}, [transporte incluido|portes {small}].',
    '?El precio es válido hasta el {soon}.|Podríamos empezar en {month}.',
    '[Dígame|Dime] si [le|te] parece bien.|Si está de acuerdo, confírmelo antes del {weekday}.'
  ],
  invoice: [
    'Factura [{number}|n.º {number}|{month}]|Nuestra factura|{mycompany}: factura {number}',
    '[Adjunto|Le enviamos|Encontrará adjunta] la factura [{number}|] de {project}.|El trabajo ya está terminado, aquí tiene la factura.',
    'El total es de {amount}, con vencimiento el {soon}.|Importe: {amount}, [a 30 días|a pagar antes del {soon}].',
    '[Puede ingresarlo|Transferencia] en nuestra cuenta {iban}[, concepto {number}|].|La cuenta es la de siempre: {iban}.',
    '?También puede [pagarla|descargarla] aquí: {link}',
    '?Cualquier duda, [responda a este correo|llame al {phone}].'
  ],
  reminder: [
    '[Recordatorio|Aviso]: factura {number}|Segundo aviso {number}|URGENTE: factura {number} pendiente',
    'Según nuestros datos, la factura {number} de {amount} sigue [pendiente|sin pagar].|Su pago de {amount} vencía el {date} y no lo hemos recibido.',
    'Le rogamos que [la abone|haga la transferencia] [antes del {soon}|en 7 días] a {iban}.|¿Puede comprobarlo con su banco[ hoy|]?',
    '?De lo contrario [pararemos los envíos|cobraremos {small} de recargo|pasará a nuestros abogados].',
    '?Si ya ha pagado, ignore este mensaje.'
  ],
  payment: [
    'Datos bancarios|Nómina {month}|Transferencia [hecha|a {company}]|Pago factura {number}|Gastos {month}',
    'He transferido {amount} a {company} [esta mañana|hoy], [adjunto justificante|llegará el {weekday}].|¿[Me mandas|Puede enviarme] el número de cuenta para los gastos[ de {city}|]?|El banco pregunta por el pago de {amount} a {iban}, ¿[fue usted|lo reconoces]?',
    '?El concepto es {number}.|Compruebe que la cuenta sigue siendo {iban} antes de pagar.',
    '?Necesito [su visto bueno|una firma] antes de las {time}, el banco cierra.|Las nóminas salen el {soon}, [revisad los datos|cambios antes].'
  ],
  meeting: [
    'Reunión [del {weekday}|{date}]|¿[Llamada|Hablamos] el {weekday}?|Orden del día|Cambio a las {time}',
    '¿[Tienes|Tiene] libre el {weekday} a las {time}?|La reunión es [ahora|] el {weekday} a las {time}[ en {city}|].|Tengo que [mover|cancelar] lo del {weekday}, [lo siento|me ha surgido algo].',
    '?El enlace: {link}|Quedamos en la oficina, como siempre.',
    '?Viene también {person}.|[Trae|Traiga] el {file}, por favor.',
    '?Temas: {project}, [presupuesto|plazos], varios.|Será [corto|media hora].'
  ],
  project: [
    'Estado de {project}|Novedades|Próximos pasos|Una duda',
    'Resumen de {project}: [vamos bien|llevamos dos días de retraso|casi está].|{person} y yo [vimos|revisamos] {project} [ayer|esta mañana].',
    'El [proveedor|cliente] [de {city}|] [ha confirmado|tiene que confirmar] [la fecha|el precio de {amount}].|Falta [el {file}|una decisión|el dato de {month}] de {person}.',
    '?La entrega llega el {weekday}.|He dejado el {file} [en la carpeta|aquí]: {link}',
    '¿[Puedes|Puede] mirarlo [antes del {weekday}|hoy]?|El siguiente paso es el {soon}, [te|le] aviso.'
  ],
  document: [
    '{file} [adjunto|versión 2]|Lo que me pediste|Documentos para firmar|{file} compartido',
    'Aquí tiene el {file} [que pidió|de {project}].|He [subido|compartido] el {file}, [el enlace|se abre aquí]: {link}',
    '?[Fírmelo|Revíselo] y devuélvalo antes del {weekday}, por favor.|Comentarios hasta el {weekday}.',
    '?La contraseña es {code}[, bórrela después|].|Lo importante está en la página {small2}.'
  ],
  order: [
    'Su pedido {order}|Confirmación de pedido {order}|Gracias por su compra',
    'Gracias por su pedido [en {mycompany}|{order}].|Hemos recibido su pedido del {date}.',
    'Artículo: {good}, {amount}.|1 x {good}\n1 x {good}\nTotal {amount}',
    'Vea su pedido [en su cuenta|aquí]: {link}|El pago de {amount} está [confirmado|recibido].',
    '?Enviamos [en 2 días|el {weekday}] con {courier}.|Ingrese {amount} en {iban} y lo enviamos enseguida.',
    '?Devolución gratis durante 30 días.'
  ],
  parcel: [
    'Su paquete está en camino|Enviado: pedido {order}|{courier} entrega el {weekday}|Entrega de {good}',
    'Su pedido {order} [ha salido del almacén|se entregó a {courier}].|{courier} entregará su paquete el {weekday} entre las {time} y las {time2}.',
    'Seguimiento: {link}|Número de envío: {order}',
    '?Si no está, [lo dejaremos con un vecino|volveremos al día siguiente].|Puede [cambiar la fecha|elegir punto de recogida] hasta las {time}.',
    '?La aduana de {small} está [incluida|pagada].'
  ],
  reset: [
    'Restablecer contraseña|Su código [de acceso|]|{code} es su código|Nuevo inicio de sesión|Confirme su correo',
    'Ha pedido restablecer la contraseña de su cuenta.|Su código es {code}.|Hemos visto un nuevo inicio de sesión [desde {city}|el {date} a las {time}].',
    '[Pulse el enlace|Use este enlace] para [elegir otra contraseña|continuar|confirmar su correo]: {link}|Vale {hours} horas.',
    '?Si no fue usted, [ignore este correo|contacte con nosotros].|No dé este código a nadie.'
  ],
  newsletter: [
    '{percent} % [hasta el {weekday}|en todo|esta semana]|Noticias de {mycompany}|Novedades de {month}|Última oportunidad: {good}',
    'Ya está aquí {month}, [y nuestras ofertas también|y pensamos en ti].|Esto pasó en {mycompany} en {month}.',
    'Ahorra un {percent} % en [todo|{good}] [hasta el {soon}|hasta agotar existencias].|Nuevo: {good} desde {small}.',
    '[Comprar|Ver ofertas|Leer más]: {link}|Envío gratis [con el código {code}|desde {small}].',
    '?Te esperamos en {city}, [abierto hasta las {time2}|hasta pronto].|Sorteamos {small2} vales de {small}, participa antes del {soon}.'
  ],
  ticket: [
    '[Incidencia|Solicitud|Caso] {number}|{number} [actualizado|cerrado|recibido]',
    'Gracias por [contactar con {mycompany}|su mensaje].|Su solicitud {number} ha sido [registrada|resuelta|cerrada].',
    '{person} ha revisado [su cuenta|el problema] y [lo ha resuelto|encontró la causa|envió otro].|[Pruebe otra vez|Su buzón tiene ahora {small2} GB|Su acceso funciona de nuevo].',
    'Ver el caso: {link}|Responda a este mensaje si tiene dudas.',
    '?Solemos responder en {hours} horas.'
  ],
  study: [
    'Duda del [trabajo|tema {small2}]|[TFG|Borrador] capítulo {small2}|Entrega {soon}|Grupo {weekday}',
    'Tengo una duda sobre [el ejercicio {small2}|el trabajo].|Adjunto [mi borrador|el capítulo {small2}].|¿La clase del {weekday} es a las {time}?',
    '¿Podría entregarlo [el {soon}|dos días más tarde]? [Estuve enfermo|Se me rompió el portátil].|No entiendo [la segunda parte|cómo citar].',
    '?Las diapositivas: {link}|Quedamos en la biblioteca a las {time}.'
  ],
  personal: [
    '[El finde|Sábado]|¿Cenamos el {weekday}?|Feliz cumple|Fotos de {city}|Qué tal|La abuela',
    '¿Cómo [estás|estáis]? [Aquí todo bien|Cuánto tiempo].|¡Feliz cumpleaños, [pásalo bien|un beso]!|Vamos a {city} [el {weekday}|en {month}], ¿[estáis|nos vemos]?',
    '[Los niños|Mamá|{person}] [te manda besos|pregunta por ti].|[Aquí van|Te mando] las fotos: {link}|Hemos comprado [por fin|] un {good}.',
    '?[¿Me dejas|Te debo] {small} [de las entradas|de la cena]?|Llámame [esta noche|cuando puedas].'
  ],
  travel: [
    '[Vuelo|Tren|Hotel] {city}|Reserva {order}|Viaje a {city}|Billetes {city}',
    'Llego a {city} el {weekday} a las {time}.|Su reserva {order} [en {city}|] está confirmada.|Estoy en {city} hasta el {soon}, [contesto tarde|mejor al {phone}].',
    'El hotel cuesta {amount} [dos noches|con desayuno].|[Adjunto los billetes|Sus billetes]: {link}',
    '?¿Alguien me recoge [en la estación|en el aeropuerto]?|El tren va con retraso, empezad sin mí.'
  ],
  technical: [
    '[Caída|Mantenimiento] [esta noche|{weekday}]|Disco lleno en db{small2}|Despliegue {weekday}|[Certificado|Contraseña] caduca pronto',
    '[El servidor|db{small2}|La copia] [se cayó|se quedó sin disco|va lento] [desde las {time}|entre las {time} y las {time2}].|Subimos la versión nueva el {weekday} a las {time}.|El [certificado|acceso VPN] caduca el {soon}, [cámbialo|lo renuevo].',
    'Lo he [reiniciado|revertido] y [va bien|la cola baja].|[Los logs|El ticket]: {link}|¿Miras el parche [hoy|]?',
    '?URGENTE: [no reiniciéis el correo|salid de la VPN] [antes de las {time}|].|La causa [llega luego|no está clara].'
  ],
  appointment: [
    'Su cita del {date}|Recordatorio: {weekday} {time}|Cita [cambiada|anulada]',
    'Le [recordamos|confirmamos] su cita el {weekday} {date} a las {time}.|Tenemos que [cambiar|anular] su cita del {date}.',
    'Traiga [la tarjeta sanitaria|el DNI|el {file}].|[Confirmar|Cambiar] aquí: {link}|Si no puede venir, llame al {phone}.',
    '?Anular tarde cuesta {small}.'
  ],
  hiring: [
    'Candidatura [{jobtitle}|]|Entrevista {weekday}|CV {me}|Oferta de empleo',
    'Gracias por su candidatura[ de {jobtitle}|].|Me presento al puesto de {jobtitle}.|Nos alegra ofrecerle el puesto.',
    '¿Puede venir a una entrevista el {weekday} a las {time}?|Adjunto CV y referencias.|El sueldo es de {big} al año, [empezando en {month}|media jornada posible].',
    '?Falta [su cuenta bancaria|copia del DNI] para el contrato.|Elija hora aquí: {link}'
  ],
  reply: [
    'Una pregunta|{good}|{weekday}|Respuesta',
    '[Gracias|Perfecto|Vale], [me va bien|así lo hago|de acuerdo].|Perdón por el retraso.|[Sí|Sí, claro|No], [el {weekday} bien|adelante|esperemos al {weekday}].|[Pregunto a {person}|Lo miro] y [te|le] digo.',
    '?¿[Me mandas|Puede enviarme] [el {file}|la dirección|el número]?|Aquí va el {file}.|A las {time} también puedo.|Fueron {amount}, [creo|el resto está pagado].',
    '?[Hasta el {weekday}|Buen finde|Hasta mañana].'
  ]
}
