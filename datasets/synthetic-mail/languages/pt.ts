import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'pt',
  zones: [zones.saoPaulo, zones.saoPaulo, zones.lisbon],
  country: 'pt',
  ibanCountry: 'PT',
  givenNames:
    'Ana|João|Beatriz|Rafael|Mariana|Tiago|Larissa|Bruno|Fernanda|Gustavo|Patrícia|Diogo|Camila|Luís|Sofia|Rodrigo|Helena|Vinícius|Teresa|Márcio',
  familyNames:
    'Silva|Oliveira|Souza|Pereira|Carvalho|Ribeiro|Almeida|Teixeira|Barbosa|Moreira|Nogueira|Pinto|Azevedo|Freitas|Cardoso|Monteiro|Rocha|Queiroz|Antunes|Vieira',
  familyFirst: false,
  companies: '{trade} {family}|{family} & Filhos|{trade} {family} Lda|{trade} de {city}|Grupo {family}',
  trades:
    'Marcenaria|Contabilidade|Oficina|Viveiro|Gráfica|Padaria|Transportes|Clínica|Informática|Elétrica|Livraria|Imobiliária|Cozinhas',
  jobTitles:
    'Gerente|Secretaria|Contabilidade|Vendas|Gestora de projetos|Apoio ao cliente|Compras|Engenheiro|Administração|Diretora',
  cities: 'Braga|Recife|Curitiba|Coimbra|Natal|Évora|Londrina|Aveiro|Belém|Santos',
  goods:
    'estante de carvalho|luminária|capa de chuva|moedor de café|banco de jardim|tênis de corrida|cadeira de escritório|xícaras|capa de celular|cartucho|manta de lã|capacete',
  projects:
    'a mudança do armazém|o novo site|a obra da rua Verde|o catálogo|o projeto Falcão|a pesquisa|a auditoria|a reforma da cozinha|a migração|a festa de verão',
  fileNames: 'fatura|orçamento|ata|relatório|contrato|digitalização|fotos|rascunho|horário|pedido',
  banks: 'Banco do Brasil|Itaú|Bradesco|Caixa|Banco do Norte|Millennium|Nubank',
  couriers: 'Correios|CTT|DHL|Loggi|Jadlog|Expresso Sul|UPS',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|MercadoLivre|CloudBox|Vivo|Claro|MB Way|Spotify',
  weekdays: 'domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado',
  months: 'janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro',
  date: '{d} de {month}|{d}/{m}/{y}|{d} de {month} de {y}|{d}/{m}',
  money: 'R$ {n}|{n} €|{n} euros|{n} reais',
  thousands: '.',
  decimal: ',',
  phone: '+55 11 5550-####|(11) 95550-####|+351 21 055 ## ##',
  greetings: {
    casual: 'Oi {name}|Olá {name}|E aí {name}|Oi|Olá, tudo bem',
    formal: 'Prezado {name}|Prezada {name}|Caro {name} {last}|Bom dia {name}|Prezados|Boa tarde',
    generic: 'Prezado cliente|Caro cliente|Olá|Bom dia|Caro usuário|Olá {name}|Estimado cliente'
  },
  signOffs: {
    casual: 'Abraço|Abraços|Beijos|Valeu|Até logo|Obrigado',
    formal: 'Atenciosamente|Cumprimentos|Com os melhores cumprimentos|Att|Cordialmente|Fico à disposição',
    team: 'Equipe {mycompany}|Atendimento {mycompany}|{mycompany}|A equipa {mycompany}'
  },
  mobileSignature: 'Enviado do meu iPhone|Enviado do meu celular',
  quoteIntro: 'Em {date} às {time}, {name} <{address}> escreveu:|Em {date}, {name} escreveu:',
  replyPrefix: 'RES',
  forwardPrefix: 'ENC',
  quoteWords: 'De|Enviado|Para|Assunto',
  buttons: 'Ver|Abrir|Ler mais|Minha conta|Rastrear|Confirmar|Ver documento|Continuar|Entrar|Verificar',
  unsubscribe: 'Cancelar inscrição|Gerir preferências|Não quero mais receber',
  sentenceGap: ' '
}
