import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Orçamento [{number}|{good}]|Seu pedido de preço|Preços {city}|Proposta {number}',
    'Obrigado pelo [contato|telefonema] [de {weekday}|de ontem].|Conforme combinado, segue [o orçamento|a proposta].',
    'O valor é de {amount} [mais impostos|com impostos].|Fazemos por {amount}, [frete incluso|frete {small}].',
    '?Válido até {soon}.|Podemos começar em {month}.',
    'Avise se [está de acordo|quer mudar algo].|Se estiver bem, confirme até {weekday}.'
  ],
  invoice: [
    'Fatura [{number}|n.º {number}|{month}]|Nota fiscal {number}|{mycompany}: fatura {number}',
    'Segue [em anexo|] a fatura [{number}|] referente a {project}.|O serviço está pronto, aqui vai a fatura.',
    'O total é {amount}, com vencimento em {soon}.|Valor: {amount}, [a 30 dias|até {soon}].',
    '[Pagamento|Transferência] para a nossa conta {iban}[, referência {number}|].|Os dados bancários são os de sempre: {iban}.',
    '?Também pode [pagar|baixar] aqui: {link}',
    '?Qualquer dúvida, [responda a este e-mail|ligue {phone}].'
  ],
  reminder: [
    '[Lembrete|Aviso]: fatura {number}|Segundo aviso {number}|URGENTE: fatura {number} em aberto',
    'Consta em nosso sistema que a fatura {number} de {amount} está em aberto.|O pagamento de {amount} vencia em {date} e ainda não chegou.',
    'Pedimos o pagamento [até {soon}|em 7 dias] para {iban}.|Pode verificar com o seu banco[ hoje|]?',
    '?Caso contrário [suspendemos as entregas|cobramos multa de {small}|enviamos ao jurídico].',
    '?Se já pagou, desconsidere.'
  ],
  payment: [
    'Dados bancários|Salário {month}|Transferência [feita|{company}]|Pagamento fatura {number}|Reembolso {month}',
    'Transferi {amount} para {company} [hoje cedo|hoje], [comprovante anexo|deve cair {weekday}].|[Me manda|Pode enviar] o número da conta para o reembolso[ de {city}|]?|O banco perguntou do pagamento de {amount} para {iban}, [foi você|reconhece]?',
    '?A referência é {number}.|Confirme se a conta ainda é {iban} antes de pagarmos.',
    '?Preciso da sua aprovação até {time}, o banco fecha cedo.|A folha sai em {soon}, [confira os dados|mudanças antes].'
  ],
  meeting: [
    'Reunião [de {weekday}|{date}]|[Ligação|Conversa] {weekday}?|Pauta {weekday}|Mudou para {time}',
    'Você [tem tempo|pode] {weekday} às {time}?|A reunião [agora|] é {weekday} às {time}[ em {city}|].|Preciso [remarcar|cancelar] {weekday}, [desculpe|surgiu um imprevisto].',
    '?O link: {link}|Nos vemos no escritório, como sempre.',
    '?{person} também vem.|Traga [o {file}|os papéis], por favor.',
    '?Temas: {project}, [orçamento|prazos].|É rápido, meia hora.'
  ],
  project: [
    'Andamento de {project}|Novidades|Próximos passos|Uma dúvida',
    'Resumo sobre {project}: [no prazo|perdemos dois dias|quase pronto].|{person} e eu [vimos|revisamos] {project} [ontem|hoje cedo].',
    'O [fornecedor|cliente] [de {city}|] [confirmou|ainda não confirmou] [a data|o preço de {amount}].|Ainda falta [o {file}|uma decisão|o número de {month}] de {person}.',
    '?A entrega chega {weekday}.|Deixei o {file} [na pasta|aqui]: {link}',
    'Pode olhar [até {weekday}|hoje]?|Próximo passo em {soon}, eu aviso.'
  ],
  document: [
    '{file} [em anexo|versão 2]|O que você pediu|Documentos para assinar|{file} compartilhado',
    'Segue o {file} [que pediu|de {project}].|[Subi|Compartilhei] o {file}, [o link|abre aqui]: {link}',
    '?[Assine|Revise] e devolva até {weekday}, por favor.|Comentários até {weekday}.',
    '?A senha é {code}[, apague depois|].|O importante está na página {small2}.'
  ],
  order: [
    'Seu pedido {order}|Confirmação do pedido {order}|Obrigado pela compra',
    'Obrigado pelo seu pedido [na {mycompany}|{order}].|Recebemos seu pedido de {date}.',
    'Item: {good}, {amount}.|1 x {good}\n1 x {good}\nTotal {amount}',
    'Veja o pedido [na sua conta|aqui]: {link}|O pagamento de {amount} foi [confirmado|recebido].',
    '?Enviamos [em 2 dias|{weekday}] com {courier}.|Pague {amount} em {iban} e enviamos logo.',
    '?Devolução grátis em 30 dias.'
  ],
  parcel: [
    'Sua encomenda está a caminho|Enviado: pedido {order}|{courier} entrega {weekday}|Entrega: {good}',
    'Seu pedido {order} [saiu do armazém|foi entregue à {courier}].|A {courier} entrega {weekday} entre {time} e {time2}.',
    'Rastreie: {link}|Código de rastreio: {order}',
    '?Se não estiver, [deixamos no vizinho|voltamos no dia seguinte].|Pode [mudar a data|escolher um ponto] até {time}.',
    '?Taxas de {small} já [pagas|incluídas].'
  ],
  reset: [
    'Redefinir senha|Seu código [de acesso|]|{code} é o seu código|Novo acesso|Confirme seu e-mail',
    'Você pediu para redefinir a senha da sua conta.|Seu código é {code}.|Vimos um novo acesso [de {city}|em {date} às {time}].',
    '[Clique no link|Use este link] para [criar nova senha|continuar|confirmar o e-mail]: {link}|Vale {hours} horas.',
    '?Se não foi você, [ignore|fale conosco].|Não passe este código a ninguém.'
  ],
  newsletter: [
    '{percent}% [até {weekday}|em tudo|esta semana]|Novidades da {mycompany}|Novo em {month}|Última chance: {good}',
    '{month} chegou, [e nossas ofertas também|pensamos em você].|Veja o que aconteceu na {mycompany} em {month}.',
    'Economize {percent}% em [tudo|{good}] [até {soon}|enquanto durar].|Novo: {good} desde {small}.',
    '[Comprar|Ver ofertas|Ler mais]: {link}|Frete grátis [com o código {code}|acima de {small}].',
    '?Visite a loja em {city}, [aberta até {time2}|até já].|Sorteio de {small2} vales de {small}, participe até {soon}.'
  ],
  ticket: [
    '[Chamado|Pedido|Caso] {number}|{number} [atualizado|encerrado|recebido]',
    'Obrigado por [falar com a {mycompany}|sua mensagem].|Seu chamado {number} foi [registrado|respondido|encerrado].',
    '{person} verificou [sua conta|o problema] e [resolveu|achou a causa|enviou outro].|[Tente de novo|Sua caixa tem agora {small2} GB|Seu acesso voltou].',
    'Veja o caso: {link}|Responda esta mensagem em caso de dúvida.',
    '?Respondemos em {hours} horas.'
  ],
  study: [
    'Dúvida sobre [o trabalho|a aula]|[TCC|Rascunho] capítulo {small2}|Entrega {soon}|Grupo {weekday}',
    'Tenho uma dúvida sobre [o exercício {small2}|o trabalho].|Segue [meu rascunho|o capítulo {small2}].|A aula de {weekday} é às {time}?',
    'Posso entregar [em {soon}|dois dias depois]? [Fiquei doente|O notebook quebrou].|Não entendi [a segunda parte|como citar].',
    '?Os slides: {link}|Nos vemos na biblioteca às {time}.'
  ],
  personal: [
    '[Fim de semana|Sábado]|Jantar {weekday}?|Feliz aniversário|Fotos de {city}|Notícias|Vovó',
    'Como [você está|vocês estão]? [Aqui tudo bem|Quanto tempo].|Feliz aniversário, [aproveite|tudo de bom]!|Vamos a {city} [{weekday}|em {month}], [vocês estão|nos vemos]?',
    '[As crianças|Mamãe|{person}] [manda beijos|perguntou de você].|[Aqui estão|Mando] as fotos: {link}|Compramos [enfim|] um {good}.',
    '?[Me empresta|Te devo] {small} [dos ingressos|do jantar].|Me liga [hoje à noite|quando puder].'
  ],
  travel: [
    '[Voo|Trem|Hotel] {city}|Reserva {order}|Viagem a {city}|Passagens {city}',
    'Chego em {city} {weekday} às {time}.|Sua reserva {order} [em {city}|] está confirmada.|Estou em {city} até {soon}, [demoro a responder|ligue {phone}].',
    'O hotel custa {amount} [duas noites|com café].|[Seguem as passagens|Suas passagens]: {link}',
    '?Alguém me busca [na estação|no aeroporto]?|O trem atrasou, comecem sem mim.'
  ],
  technical: [
    '[Queda|Manutenção] [hoje à noite|{weekday}]|Disco cheio no db{small2}|Deploy {weekday}|[Certificado|Senha] expira',
    '[O servidor|db{small2}|O backup] [caiu|ficou sem disco|está lento] [desde {time}|entre {time} e {time2}].|Vamos subir a versão nova {weekday} às {time}.|O [certificado|acesso VPN] expira em {soon}, [troque|eu renovo].',
    '[Reiniciei|Voltei a versão] e [está ok|a fila diminui].|[Logs|Ticket]: {link}|Olha o patch [hoje|]?',
    '?URGENTE: [não reiniciem o e-mail|saiam da VPN] [até {time}|].|A causa [vem depois|não é clara].'
  ],
  appointment: [
    'Sua consulta em {date}|Lembrete: {weekday} {time}|Consulta [remarcada|cancelada]',
    '[Lembramos|Confirmamos] sua consulta {weekday}, {date} às {time}.|Precisamos [remarcar|cancelar] sua consulta de {date}.',
    'Traga [o cartão|um documento|o {file}].|[Confirmar|Mudar] aqui: {link}|Se não puder vir, ligue {phone}.',
    '?Cancelar tarde custa {small}.'
  ],
  hiring: [
    'Candidatura [{jobtitle}|]|Entrevista {weekday}|Currículo {me}|Proposta de emprego',
    'Obrigado pela candidatura[ a {jobtitle}|].|Candidato-me à vaga de {jobtitle}.|Temos o prazer de oferecer a vaga.',
    'Pode vir a uma entrevista {weekday} às {time}?|Seguem currículo e referências.|O salário é {big} ao ano, [início em {month}|meio período possível].',
    '?Falta [a conta bancária|cópia do documento] para o contrato.|Escolha o horário: {link}'
  ],
  reply: [
    'Uma pergunta|{good}|{weekday}|Resposta',
    '[Obrigado|Ótimo|Certo], [pode ser|combinado|faço isso].|Desculpe a demora.|[Sim|Sim, claro|Não], [{weekday} está bom|pode seguir|esperamos até {weekday}].|Vou [perguntar a {person}|ver] e aviso.',
    '?[Me manda|Pode enviar] [o {file}|o endereço|o número]?|Segue o {file}.|{time} também dá.|Foi {amount}, [acho|o resto está pago].',
    '?[Até {weekday}|Bom fim de semana|Até amanhã].'
  ]
}
