import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    '[Your account|Your card|Online banking] [has been limited|is blocked|will be suspended]|[Important|Urgent]: [confirm|update] your details|Unusual activity [on your account|detected]|[Security|] notice from {bank}',
    'We [noticed|detected|have seen] [an unusual|a suspicious|an unauthorised] [payment of {amount}|sign-in|transfer] on your {bank} account.|[For your security|As a precaution], {bank} [has restricted|locked] your [card|online access].|{bank} is [introducing|switching to] a new [security system|app], and your [profile|access] [is not yet|has not been] registered.',
    '[Please confirm|You must verify|Kindly update] your [identity|details|information] [within {hours} hours|before {soon}|immediately]: {link}|[To restore access|To stop the payment|To keep using your card], [log in|follow the steps] here: {link}',
    '?[If you do not|Failure to do so], your account will be [closed|permanently blocked] [on {soon}|].|[It only takes|The check takes] two minutes.'
  ],
  courier: [
    'Your parcel [could not be delivered|is waiting|is on hold]|[Delivery|Shipment] {order}: action required|{courier}: [unpaid customs fee|missed delivery]|Last notice for your package',
    '[Our driver|{courier}] [tried to deliver|attempted delivery of] your [parcel|package] {order} [today|on {date}], but [the address was incomplete|nobody was home|a fee is due].|Your [shipment|package] {order} is [held|stuck] [at our depot|at customs|in {city}].',
    '[Pay|Please settle] the [fee|charge|customs duty] of {tiny} [to release it|and choose a new date]: {link}|[Confirm|Update] your [address|details] here [within {hours} hours|today]: {link}',
    '?[Otherwise|After {soon}] it [will be returned|goes back] to the sender.'
  ],
  mailbox: [
    '[Your mailbox is|Mailbox] [almost full|full|over quota]|Password expires [today|in {hours} hours]|{small2} [messages|emails] [on hold|not delivered]|[Mail server|Webmail] [upgrade|notice]|[IT|Admin]: action required',
    'Your mailbox [has reached|is at] {percent2}% of its [storage|quota] and [will stop receiving mail|incoming messages are being rejected].|The password of {address} [expires|will expire] [today|in {hours} hours].|{small2} [incoming messages|emails] [are being held|could not be delivered] [due to a sync error|because your account needs validation].',
    '[Keep your current password|Validate your account|Increase your storage|Release the messages] here: {link}|[Sign in|Log in] [below|to the portal] to [avoid interruption|continue using your account]: {link}',
    '?[Ignoring this|If you do nothing], your account will be [deactivated|deleted] [on {soon}|].|[This is an automatic message from|Sent by] the [IT helpdesk|{domain} administrator].'
  ],
  account: [
    '[Your {service}|{service}]: payment [failed|declined]|Your {service} [account|subscription] [is suspended|expires today]|[Receipt|Order {order}] - {amount}|Sign-in from {city}',
    'We could not [process|collect] your [last|] payment for {service}.|Your {service} [account|membership] [has been suspended|is on hold] [because of a billing problem|].|Thank you for your purchase of {amount} at {service}. [Not you?|If you did not make it, cancel now.]',
    '[Update|Please renew] your [payment method|card details|billing information]: {link}|[Cancel the order|Get your refund|Secure your account] here [within {hours} hours|]: {link}|Call our [support|refund department] at {phone} [to cancel|immediately].',
    '?[You will lose|Otherwise we delete] your [files|profile|account] on {soon}.'
  ],
  tax: [
    '[Tax refund|Refund] of {amount}|You are [eligible|entitled] to a [tax|energy] refund|[Tax office|Revenue]: [notice|unpaid amount] {number}',
    'After [the last calculation|a review] of your [fiscal activity|tax return], you are [entitled|eligible] to a refund of {amount}.|You [have|still have] an unpaid [tax|traffic] [fine|penalty] of {amount}, reference {number}.',
    '[Submit|Complete] the [form|request] [and your card details|] here: {link}|[Pay|Settle it] [before {soon}|today] to avoid [prosecution|extra costs]: {link}',
    '?The [refund|amount] [takes|will be paid within] 3 days.'
  ],
  sharedfile: [
    '{person} shared [a document|"{file}.pdf"] with you|[New|Secure] document: {file}|Please [review|sign]: {file}|You received a [fax|file] [via {service}|]',
    '{person} [has shared|sent you] a [secure|confidential|] [document|file] [via {service}|on our portal].|[A|Your] document "{file}" [is ready|is waiting] for your [signature|review].',
    '[Open|View|Download] the document [here|below]: {link}|[Sign in with your email|Log in with your mail password] to [read|open] it: {link}',
    '?The link [expires|is valid until] {soon}.|This file is [encrypted|protected], [please use your work account|only you can open it].'
  ],
  voicemail: [
    '[New voice message|Missed call] from {phone}|Voicemail ({tinysec} seconds)|[Incoming|] fax {number}',
    'You [have|received] a new [voice message|voicemail|fax] from {phone}[, length {tinysec} seconds|].|[Your caller|{phone}] left a message on {date} at {time}.',
    '[Listen|Play the message|Open the audio] here: {link}|[Open the attachment|Use the attached file] and [sign in|enter your password] to listen.',
    '?The message will be deleted in {hours} hours.'
  ],
  sextortion: [
    '[I know your password|Your password is {code}]|[Your device|Your account] [was hacked|is compromised]|[Read this|Payment from your account]|I have bad news for you',
    '[I hacked|I have access to] your [device|operating system|account] [some months ago|since {month}].|[Unfortunately|As you may have noticed], I [sent this from your own address|installed a trojan on all your devices].',
    '[I recorded|I made a video of] you [while you visited|watching] [adult|dirty] [sites|videos], [your webcam|left is the film, right is you].|I have [all your contacts|your messages and photos].',
    '[Send|Transfer] {amount} in bitcoin to [this wallet|my address]: {wallet}|[Pay|You have to pay] {amount} [in BTC|] [within {hours} hours|], wallet {wallet}',
    "?[Do not|Don't] [reply|go to the police|try to find me]. [After payment I delete everything|Otherwise everybody sees it]."
  ],
  inheritance: [
    '[Business|Private] proposal|[Inheritance|Fund] of {huge}|[Dear friend|Confidential]|[Donation|Grant] for you|Attn: beneficiary',
    '[My name is|I am] {person}, [a lawyer|a bank officer|a widow|an auditor] [from {city}|at {bank}].|[I am contacting you|I write to you in confidence] because of [a client|a relative] who [died|passed away] without heirs.|You [were selected|won] {huge} in [our|the] [charity donation|international lottery].',
    'He left {huge} [in our bank|in a dormant account], and I [want to present you|need you] as [next of kin|beneficiary].|[I intend|I have decided] to donate {huge} [to you|for charity work], [because of my illness|before I die].',
    '[You will receive|Your share is] {percent}% [of the sum|for your help].|Please [send|reply with] your full name, address, [phone|bank account] and [age|occupation].',
    '?[Keep this|This must stay] [secret|confidential]. [Reply to my private email|I wait for your quick answer].'
  ],
  executive: [
    '[Quick request|Are you at your desk|Urgent]|[Available|Free] [now|today]?|[Payment|Transfer] [today|]|{name}|[Confidential|Task]',
    "[Are you|Are you free|Are you available] [at the moment|now]? I [need you to|want you to] [handle something|take care of a payment] [discreetly|quickly|for me].|I am [in a meeting|boarding|at a conference] and [can't talk|cannot take calls], [just reply by mail|so write to me here].",
    '[We have to|Please] [settle|pay|wire] {big} to [a new supplier|our partner in {city}] [today|before {time}].|[What is|Tell me] the balance [of our account|], and [how much|what] can we [transfer|pay out] [today|]?|Please [send me|get] your [mobile number|private number], I have a task for you.',
    '?[Account|The account is]: {iban}, [reference|] {number}.|[Keep this between us|Do not discuss it] [until it is announced|for now]. I count on you.'
  ],
  giftcards: [
    '[A favour|Small favour]|[Gift cards|Surprise] for [the team|the staff]|Need your help [today|]|[Are you|] busy?',
    "[I need|Could you do me] a favour: I want to [surprise|thank] [the team|a friend's daughter|some clients] [with gift cards|].|[I am stuck|I'm travelling] and [cannot get|can't buy] [a gift card|vouchers] [myself|].",
    '[Please buy|Can you pick up] {small2} [Amazon|Apple|Steam|Google Play] [gift|] cards [of {small} each|worth {small}].|[Scratch|Take a photo of] the [codes|back] and [email|send] [them|it] to me [here|].',
    '?I will [pay you back|refund you] [tonight|tomorrow|when I am back].|[How soon|When] can you [get|do] it?'
  ],
  newbank: [
    '[Change|Update] of [bank|account] details|New [bank account|payroll account]|[Salary|Direct deposit] change|Please update our [details|account]',
    "[I have changed|I changed|We have changed] [my|our] bank [and would like|, please] [my salary|all payments] [to go|] to the new account.|[Due to|Because of] [an audit|a tax review], our [old|current] account [can't receive|is closed for] payments.",
    '[The new account is|New details]: {iban}, {bank}.|[Please use|Kindly pay] [only|] {iban} from now on[, including invoice {number}|].',
    '?[Can it be done|Will it take effect] before [the next payday|{soon}]?|[Please confirm|Confirm] [when it is done|the change] [by reply|today].'
  ],
  fakeinvoice: [
    '[Invoice|Statement|Overdue invoice] {number}|[Payment|Remittance] advice {number}|[Final|Last] notice: {amount}|Your [order|renewal] {order}',
    '[Please see|Find] the [attached|outstanding] [invoice|statement] [of {amount}|{number}] [for your attention|].|Your [subscription|antivirus protection|domain {domain}] [was renewed|will be renewed today] for {amount}.|[The balance of|An amount of] {amount} is [overdue|now in collection].',
    '[Download|View] the invoice: {link}|[Pay|Transfer it] [today|within {hours} hours] to {iban}.|To [cancel|dispute the charge], call {phone} [within {hours} hours|].',
    '?[Otherwise|Failing that] we [start legal action|pass it to our lawyers|block your service].'
  ],
  job: [
    '[Work from home|Home office]: {big} a month|[Part-time|Online] job|We found your CV|[Vacancy|Job offer]: [payment agent|assistant]',
    '[We are|Our company is] looking for [remote|part-time] [assistants|payment agents|testers] [in your area|in {city}].|[We saw|HR found] your [profile|CV] [online|] and [want to hire you|offer you a position].',
    '[Earn|You get] {amount} a [day|week] for [1-2 hours|rating products|receiving transfers].|[No experience|No investment] needed, [you keep {percent}%|we pay daily].',
    '[Apply|Register|Start] here: {link}|[Write to us on WhatsApp|Send your name and bank details|Contact our manager]: {phone}'
  ],
  crypto: [
    '[Bitcoin|Crypto]: {amount} [waiting|profit]|[How I made|Earn] {big} a month|Your [wallet|balance] {code}|[Trading|Investment] [offer|platform]',
    "[Our|This new] [AI|trading] [robot|platform] [makes|earned members] {percent}% a [day|week], [guaranteed|without risk].|Your [wallet|account] holds {amount} in [bitcoin|BTC] that [was not claimed|expires soon].|[Celebrities|Banks] [don't want|hate that] you know this.",
    '[Start with|Deposit] [only|] {small} [and double it|today]: {link}|[Claim|Withdraw] your [coins|balance] here: {link}|Send {small} to {wallet} and [get it back twice|we trade for you].',
    '?Only {small2} [places|seats] left.'
  ],
  pharmacy: [
    '[Pills|Medicine] [-{percent}%|without prescription]|[Lose|Burn] {small2} kg [in a month|]|[Men|Doctors] [love|hate] this|[Cheap|Discreet] [Viagra|Cialis|meds]',
    '[Viagra, Cialis|All brands|Sleeping pills and more] [from {tiny}|at {percent}% off], [no prescription|no questions asked].|[Lose|She lost] {small2} kg [in {small2} days|] [with this trick|without diet].|[Last longer|Feel young again] [tonight|with our natural formula].',
    '[Order|Buy] [here|now]: {link}|[Discreet|Worldwide] [shipping|packaging], [order now|visit us]: {link}',
    '?[Satisfaction|Money back] guaranteed. [Only today|Bonus pills with every order].'
  ],
  casino: [
    '{small2} free spins|[Bonus|Jackpot] {amount} [for you|waiting]|[Casino|Betting] [bonus|offer]|You [won|have been chosen]',
    '[Join|Play at] [Royal|Lucky|Golden] [Spin|Palace|Casino] and [get|receive] {percent2}% [bonus|on your first deposit].|[Congratulations|Good news], you [have|won] {small2} free spins [and {amount}|].',
    '[Claim it|Play now|Register] here: {link}|[Instant payouts|No deposit needed], [start now|collect]: {link}',
    '?[Expires|Valid until] {soon}. [18+|Only for new players].'
  ],
  fakeshop: [
    '[Rolex|Luxury watches|Designer bags] -{percent2}%|[Warehouse|Closing] sale, [last day|everything must go]|You have won a [iPhone|voucher of {amount}]|[Survey|Loyalty] reward',
    '[Replica|Original] [watches|bags|sneakers] [from {small}|up to {percent2}% off], [looks real|best quality].|[You are the lucky winner|You were chosen] to receive [a new iPhone|a {amount} voucher|a power drill], [just answer|complete] a [short|30 second] survey.',
    '[Buy|Shop] [now|here]: {link}|[Claim your prize|Pay only {tiny} shipping]: {link}',
    '?[Only|Just] {small2} left. [Offer ends tonight|Hurry].'
  ],
  loan: [
    '[Loan|Credit] [approved|at 2%]|[Need|Do you need] [a loan|money]?|[Instant|Fast] credit up to {huge}|SEO: [first page|more visitors]',
    '[We offer|Get] [loans|credit] from {big} to {huge} at [2|3]% [interest|a year], [no checks|bad credit welcome].|I [checked|visited] your website {domain} and [found errors|you are not on page one of Google]. We [can fix that|sell backlinks] [for {small}|].',
    '[Apply|Answer] [today|with name, amount and phone number], [money in {hours} hours|approval guaranteed].|[Details|Our prices]: {link}',
    '?[Contact|Write to] Mr {person} [on WhatsApp|] {phone}.'
  ],
  romance: [
    '[Hello dear|Hi handsome|Hey]|[I saw|Your] [your profile|photo]|[Lonely|Looking for you]|My [photos|pictures]',
    '[I am|My name is] {person}, {small2} years old, [from {city}|nurse|new in your town].|[I saw|Found] your [profile|mail] and [felt something|want to know you better].',
    '[Look at|See] my [photos|private pictures] here: {link}|[I want to visit you|I would come to you], but [I need {amount} for the ticket|my visa costs {amount}].',
    '?[Write me|Answer] soon, [kisses|I am waiting].'
  ],
  threadLink:
    '[By the way, I|I] [put|uploaded] the [latest|new|signed] [version|document] here, please [look at it|check it] [today|first]: {link}|[Please see|Can you review] [the file|this] [before we go on|as discussed]: {link}|The attachment was too big, [download it|get it] here: {link}|[New|Updated] {file}, sign in with your [mail|work] password: {link}',
  threadBank:
    '[Please note|One more thing]: our bank details have changed, please [pay|transfer] to {iban} [from now on|instead].|[We are being audited|Our account is under review], so kindly [use|pay into] {iban} for [this invoice|invoice {number}].|[Could you|Can you] still [today|before {time}] [send|transfer] the {amount} to {iban}?'
}
