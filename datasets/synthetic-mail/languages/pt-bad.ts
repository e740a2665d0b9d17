import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    '[Sua conta|Seu cartão] [está limitado|será bloqueado]|Importante: [confirme seus dados|atualize o módulo]|Atividade [incomum|suspeita]|[Aviso|Comunicado] {bank}',
    'Detectamos [uma compra incomum de {amount}|um acesso suspeito|uma transferência não autorizada] na sua conta {bank}.|Por segurança, o {bank} [restringiu|bloqueou] seu [cartão|acesso].|O {bank} ativou um novo sistema de segurança e seu [aparelho|acesso] não está cadastrado.',
    '[Confirme|Verifique] sua [identidade|conta] [em {hours} horas|até {soon}|já]: {link}|Para [liberar o acesso|cancelar a compra], [entre aqui|siga os passos]: {link}',
    '?Caso contrário a conta será [encerrada|bloqueada].|Leva só dois minutos.'
  ],
  courier: [
    'Sua encomenda [não foi entregue|está retida|aguarda]|{courier}: [taxa alfandegária|entrega falhou]|Objeto {order}: ação necessária|Último aviso',
    '[O entregador|A {courier}] tentou entregar sua encomenda {order} [hoje|em {date}], [endereço incompleto|ninguém em casa|falta uma taxa].|Seu objeto {order} está [retido|parado] [na alfândega|em {city}].',
    'Pague {tiny} [para liberar|e escolha a data]: {link}|[Confirme|Atualize] o endereço [em {hours} horas|]: {link}',
    '?Senão volta ao remetente[ em {soon}|].'
  ],
  mailbox: [
    'Sua caixa está [cheia|quase cheia]|Sua senha expira [hoje|em {hours} horas]|{small2} mensagens retidas|[Webmail|E-mail]: atualização',
    'Sua caixa chegou a {percent2}% [da cota|do espaço] e [vai parar de receber|recusa mensagens].|A senha de {address} expira [hoje|em {hours} horas].|{small2} mensagens [estão retidas|não foram entregues] porque a conta precisa ser validada.',
    '[Manter a senha|Validar a conta|Aumentar o espaço|Liberar mensagens]: {link}|Entre [aqui|no portal] para [evitar a interrupção|continuar]: {link}',
    '?Senão a conta será [desativada|apagada] em {soon}.|Mensagem automática [do suporte|do administrador de {domain}].'
  ],
  account: [
    '{service}: pagamento [recusado|falhou]|Sua [conta|assinatura] {service} [está suspensa|expira]|Recibo {order}: {amount}|Acesso de {city}',
    'Não conseguimos [cobrar|processar] seu pagamento {service}.|Sua conta {service} está [suspensa|pausada] [por problema de cobrança|].|Obrigado pela compra de {amount} na {service}. Não foi você?',
    '[Atualize|Renove] [o cartão|a forma de pagamento]: {link}|[Cancelar|Pedir reembolso|Proteger a conta] [em {hours} horas|]: {link}|Ligue para o [suporte|reembolso]: {phone}.',
    '?Em {soon} apagamos seus [arquivos|dados].'
  ],
  tax: [
    'Restituição de {amount}|[Receita Federal|Finanças]: [aviso|notificação] {number}|Multa {number} em aberto',
    'Após [o cálculo|analisar sua declaração], você tem direito a {amount}.|Há uma multa em aberto de {amount}, processo {number}.',
    '[Preencha o formulário|Solicite|Informe o cartão]: {link}|Pague [até {soon}|hoje] para evitar [juros|bloqueio do CPF]: {link}',
    '?O depósito leva 3 dias.'
  ],
  sharedfile: [
    '{person} compartilhou [um documento|"{file}.pdf"]|Para [assinar|revisar]: {file}|Novo documento [seguro|]|Você recebeu um fax',
    '{person} [enviou|compartilhou] um documento [seguro|confidencial|] [via {service}|].|Seu documento "{file}" [está pronto|espera sua assinatura].',
    '[Abrir|Ver|Baixar]: {link}|[Entre com seu e-mail|Digite sua senha] para ler: {link}',
    '?O link expira em {soon}.|O arquivo está cifrado[, só para você|].'
  ],
  voicemail: [
    'Nova mensagem de voz [de {phone}|]|Chamada perdida {phone}|Correio de voz ({tinysec} s)',
    'Você tem uma mensagem de voz de {phone} [({tinysec} segundos)|].|{phone} deixou recado em {date} às {time}.',
    'Ouvir: {link}|Abra o anexo e [entre|digite sua senha].',
    '?Será apagada em {hours} horas.'
  ],
  sextortion: [
    'Sei sua senha {code}|Seu aparelho foi invadido|[Leia|Pagamento pendente]|Más notícias',
    'Invadi [seu aparelho|sua conta] [há meses|em {month}].|Como vê, [escrevo do seu endereço|sei sua senha]. Instalei um trojan.',
    'Gravei você [pela câmera|] vendo [vídeos adultos|pornô].|Tenho [todos os seus contatos|suas fotos e mensagens].',
    'Envie {amount} em bitcoin para {wallet}|Você tem {hours} horas para pagar {amount} nesta carteira: {wallet}',
    '?Não procure a polícia. [Pagando, apago tudo|Senão todos verão].'
  ],
  inheritance: [
    '[Proposta|Herança]|Fundo de {huge}|[Caro amigo|Confidencial]|Doação',
    'Sou {person}, [advogado|bancário|viúva] [em {city}|do {bank}].|Escrevo em confiança: um cliente morreu sem herdeiros.|Você foi escolhido e ganhou {huge} [na loteria|de uma fundação].',
    'Ele deixou {huge} [numa conta parada|no banco] e quero apresentá-lo como [herdeiro|beneficiário].|Quero doar {huge} a você, [estou doente|antes de morrer].',
    'Sua parte é {percent}%.|Mande nome, endereço, [telefone|conta] e profissão.',
    '?Guarde segredo. Aguardo sua resposta.'
  ],
  executive: [
    '[Pedido|Urgente]|[Disponível|No escritório]?|Transferência [hoje|]|Confidencial',
    'Você está disponível? Preciso de [um pagamento|algo discreto].|Estou [em reunião|no avião|numa feira] e não posso falar, responda por e-mail.',
    'Precisamos [transferir|pagar] {big} a [um novo fornecedor|um parceiro em {city}] [hoje|antes das {time}].|Qual o saldo e quanto podemos transferir hoje?|Mande seu celular, tenho uma tarefa.',
    '?Conta: {iban}[, referência {number}|].|Não comente com ninguém [por ora|]. Conto com você.'
  ],
  giftcards: [
    'Um favor|Cartões-presente [para a equipe|]|Preciso de ajuda|Ocupado?',
    'Preciso de um favor: quero dar cartões-presente [à equipe|a clientes].|Estou [preso|viajando] e não consigo comprar [os cartões|um cartão].',
    'Pode comprar {small2} cartões [Amazon|Apple|Steam|Google Play] de {small}?|Raspe os códigos e mande [uma foto|os códigos].',
    '?Pago de volta [hoje à noite|amanhã].|Quando consegue?'
  ],
  newbank: [
    '[Nova|Mudança de] conta bancária|Troca de conta salário|Atualize nossos dados',
    'Troquei de banco e quero receber [o salário|os pagamentos] na conta nova.|Por causa de [auditoria|fiscalização], a conta antiga não recebe pagamentos.',
    'Conta nova: {iban}, {bank}.|Pague a partir de agora em {iban}[, também a fatura {number}|].',
    '?Dá para ser antes [do próximo salário|de {soon}]?|Confirme [hoje|], por favor.'
  ],
  fakeinvoice: [
    '[Fatura|Boleto|Extrato] {number}|[Débito|Atraso] {number}|Último aviso: {amount}|Renovação {order}',
    'Segue a fatura [em aberto|vencida] de {amount}.|Seu [antivírus|plano|domínio {domain}] foi renovado por {amount}.|O valor de {amount} está [vencido|em cobrança].',
    'Baixar a fatura: {link}|Pague [hoje|em {hours} horas] em {iban}.|Para cancelar ligue {phone}[ em {hours} horas|].',
    '?Senão [tomamos medidas legais|cortamos o serviço|seu nome vai a protesto].'
  ],
  job: [
    'Trabalhe em casa: {big} por mês|Seu currículo|[Oferta|Vaga]: [agente de pagamentos|avaliador]',
    'Buscamos [assistentes|agentes|avaliadores] [na sua região|em {city}].|Vimos seu perfil e oferecemos [uma vaga|renda extra].',
    'Ganhe {amount} por [dia|semana] com [1-2 horas|avaliações|transferências].|Sem [experiência|investimento], [você fica com {percent}%|pago por dia].',
    '[Cadastre-se|Candidate-se]: {link}|Chame no WhatsApp: {phone}'
  ],
  crypto: [
    'Bitcoin: {amount} [à espera|de lucro]|Ganhe {big} por mês|Seu saldo {code}|Investimento',
    'Nosso [robô|sistema de IA] rende {percent}% por [dia|semana], [garantido|sem risco].|Sua carteira tem {amount} não sacados.|Os bancos não querem que você saiba.',
    'Comece com {small}: {link}|Saque o saldo: {link}|Envie {small} para {wallet} e receba o dobro.',
    '?Só {small2} vagas.'
  ],
  pharmacy: [
    'Comprimidos -{percent}%|Perca {small2} quilos|Sem receita|Eles adoram',
    'Viagra, Cialis [e mais|] [desde {tiny}|com {percent}%], sem receita.|{small2} quilos a menos em {small2} dias [sem dieta|com este truque].|Recupere o vigor com nossa fórmula natural.',
    '[Pedir|Comprar]: {link}|Entrega discreta: {link}',
    '?Garantia de devolução. [Só hoje|].'
  ],
  casino: [
    '{small2} rodadas grátis|[Bônus|Prêmio] {amount}|Cassino: oferta|Você ganhou',
    'Jogue no [Royal|Lucky|Gold] Cassino e receba {percent2}% de bônus.|Parabéns, {small2} rodadas grátis [e {amount}|] esperam você.',
    '[Resgatar|Jogar|Cadastro]: {link}|[Saque na hora|Sem depósito]: {link}',
    '?Até {soon}. [18+|Só novos].'
  ],
  fakeshop: [
    '[Rolex|Relógios|Bolsas] -{percent2}%|Liquidação, último dia|Você ganhou um iPhone|Pesquisa: vale de {amount}',
    '[Réplicas|Relógios|Bolsas de marca] [desde {small}|até -{percent2}%], qualidade perfeita.|Você foi escolhido para [um iPhone|um vale de {amount}] [após uma pesquisa|].',
    '[Comprar|Loja]: {link}|Receba o prêmio, frete {tiny}: {link}',
    '?Restam {small2}. [Acaba hoje|Corra].'
  ],
  loan: [
    '[Empréstimo|Crédito] [aprovado|a 2%]|Precisa de dinheiro?|Crédito rápido até {huge}|SEO: primeira página',
    'Empréstimos de {big} a {huge} a [2|3]%, [sem consulta|nome sujo].|Vi seu site {domain}: [tem erros|não aparece no Google]. Corrigimos [por {small}|].',
    'Responda com nome, valor e telefone, [dinheiro em {hours} horas|aprovação garantida].|[Preços|Detalhes]: {link}',
    '?Contato: Sr. {person}, WhatsApp {phone}.'
  ],
  romance: [
    '[Oi querido|Oi lindo]|Seu perfil|[Sozinha|Procuro você]|Minhas fotos',
    'Sou {person}, {small2} anos, [de {city}|enfermeira].|Vi seu perfil e [gostei|quero te conhecer].',
    'Veja minhas fotos: {link}|Iria te ver, mas [a passagem|o visto] custa {amount}.',
    '?Me escreve [logo|], beijos.'
  ],
  threadLink:
    '[Aliás, deixei|Deixei] a [nova|última] versão aqui, [veja|confira] por favor: {link}|Antes de seguir, [leia|aprove] este documento: {link}|O anexo era grande, baixe aqui: {link}|Novo {file}, entre com a senha do e-mail: {link}',
  threadBank:
    '[Atenção|Aliás]: nossa conta mudou, pague [agora|daqui em diante] em {iban}.|Nossa conta está em revisão, use {iban} para [esta fatura|a fatura {number}].|Pode transferir [hoje|até {time}] os {amount} para {iban}?'
}
