import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Quote for {good}|Your enquiry about {project}|[Quotation|Estimate] {number}|Prices for {city}',
    '[Thank you|Thanks] for your [enquiry|call] [on {weekday}|yesterday|last week].|[It was good|Nice] to speak to you about {project}.',
    '[Please find|You will find] our quote attached, [it comes to|the total is] {amount} [excluding|plus] VAT.|We can do the {good} for {amount}, [delivery included|delivery is {small}].',
    '?[The price is|Prices are] valid until {soon}.|We could start in {month}.',
    '[Let me know|Just tell us] if you would like [to go ahead|any changes].|If that suits you, please confirm by {weekday}.'
  ],
  invoice: [
    'Invoice {number}|Our invoice [for {month}|no. {number}]|Invoice {number} from {mycompany}|{mycompany}: invoice for {project}',
    '[Please find attached|Attached is|Here is] [our invoice|invoice {number}] for {project}.|The work [in {city}|on {project}] is done, so here is the invoice.',
    '[The total|The amount due] is {amount}, payable [by {soon}|within 14 days|within 30 days].|{amount} is due on {soon}.',
    '[Please pay|Kindly transfer it] to our [usual|] account {iban}[, reference {number}|].|Our bank details are [unchanged|on the invoice]: {iban}.',
    '?You can also [pay online|download the invoice]: {link}',
    '?[Any questions,|If something is wrong,] just [reply to this email|call {phone}].'
  ],
  reminder: [
    '[Reminder|Payment reminder]: invoice {number}|Overdue: {number}|[Gentle|Second] reminder|URGENT: invoice {number} unpaid',
    '[According to our records|As far as we can see] invoice {number} [over|for] {amount} is still [open|unpaid].|Your payment of {amount} was due on {date} and has not reached us[ yet|].',
    '[Please transfer|We kindly ask you to pay] the amount [by {soon}|within 7 days] to {iban}.|Could you check with your bank [today|please]?',
    '?[Otherwise|Without payment] we [must stop deliveries|have to charge a fee of {small}].|After that date our [solicitor|collections department] takes over.',
    '?If you have paid [already|in the meantime], please ignore this [message|reminder].'
  ],
  payment: [
    'Bank details|Salary {month}|Payment of invoice {number}|Transfer [done|to {company}]|Expenses {month}',
    'I [transferred|have sent] {amount} to {company} [this morning|today], [it should arrive by {weekday}|see the attached receipt].|[Could you|Can you] please send me your account number for the expenses[ from {city}|]?|The bank [called|asked] about the payment of {amount} to {iban}, [was that you|do you recognise it]?',
    '?[The reference is|I used reference] {number}.|Please check that the account is still {iban} before we pay.',
    '?I need [your approval|a signature] before {time}, the bank closes [early|at {time}] today.|Payroll runs on {soon}, so please [check your details|send changes] by then.'
  ],
  meeting: [
    'Meeting [on {weekday}|{date}]|[Call|Catch-up] {weekday}?|{project}: meeting|Agenda for {weekday}|Moved to {time}',
    '[Are you free|Could we meet|Shall we talk] [on {weekday}|{weekday}] at {time}?|The meeting [about {project}|] is [now|] on {weekday} at {time}[ in {city}| in the small room|].|I have to [move|cancel] our meeting on {weekday}, [sorry|something came up].',
    '?[Here is the link|Join here]: {link}|We meet [at our office|downstairs] as usual.',
    '?[{person} will join|I have asked {person} to join] [us|too].|[Please bring|Could you bring] the {file}.',
    "?[Agenda|Topics]: {project}, [budget|planning], any other business.|It [won't take long|should take 30 minutes]."
  ],
  project: [
    'Update on {project}|{project}|Status {weekday}|Next steps [for {project}|]|[Questions|A question] about {project}',
    '[A short update|Quick update|Where we are] on {project}: [we are on time|we lost two days|most of it is done].|{person} and I [looked at|went through] {project} [yesterday|this morning].',
    '[The supplier|The customer] [in {city}|] [has confirmed|still has to confirm] [the date|the price of {amount}].|We still need [the {file}|the numbers for {month}|a decision] [from you|from {person}].',
    '?[The delivery|The {good}] [arrives|will be here] on {weekday}.|I [put|left] the {file} in the [shared|] folder: {link}',
    "[Can you look at it|Could you have a look] [before {weekday}|today|when you have time]?|Next step is {soon}, I'll [keep you posted|let you know]."
  ],
  document: [
    '{file} [attached|for you|v2]|The {file} [you asked for|from {weekday}]|[Shared|Documents] for {project}|[Contract|Draft] to sign',
    '[Here is|Attached is|I am sending you] the {file} [you asked for|we discussed|for {project}].|I have [uploaded|shared] the {file} [with you|in the folder], [open it here|here is the link]: {link}',
    '?[Please sign|Could you sign and return] it [by {weekday}|before {soon}].|[Comments|Changes] are welcome [until {weekday}|in the document].',
    '?The [password|code] for the file is {code}, [delete it afterwards|I will tell you the rest by phone].|Page {small2} is [new|the important one].'
  ],
  order: [
    'Your order {order}|Order confirmation {order}|Thank you for your order[ at {mycompany}|]|We have received your order',
    '[Thank you|Thanks] for your order [at {mycompany}|{order}].|We have received your order of {date}.',
    '[You bought|Items]: {good}, {amount}.|1 x {good}\n1 x {good}\nTotal {amount}',
    '[You can see|View] your order [in your account|] here: {link}|[Payment|Your card payment] of {amount} [was received|is confirmed].',
    '?We [send it|ship] [within 2 days|on {weekday}] with {courier}.|Please pay {amount} to {iban}, then we ship at once.',
    '?[Returns are free|You can return it] within 30 days.'
  ],
  parcel: [
    'Your parcel is on its way|Shipped: order {order}|{courier} delivers [on {weekday}|tomorrow]|Delivery of your {good}',
    '[Your order {order}|Your {good}] [has left our warehouse|was handed to {courier} today].|{courier} [will bring|delivers] your parcel on {weekday} between {time} and {time2}.',
    '[Track your parcel|Follow the delivery] here: {link}|Tracking number: {order}',
    '?[If you are not at home|If nobody is in], the driver [leaves it with a neighbour|tries again the next day].|You can [change the delivery date|choose a pick-up shop] until {time}.',
    '?Customs [charges|duty] of {small} [are included|were paid by us].'
  ],
  reset: [
    '[Reset your password|Password reset]|Your [login|security] code|{code} is your code|New sign-in to your account|Confirm your email address',
    '[Somebody|You] asked [us|] to reset the password of your account [at {mycompany}|].|[Your code is|Use this code to sign in]: {code}|We noticed a new sign-in to your account [from {city}|on {date} at {time}].',
    '[Click the link|Use this link|Open this page] to [choose a new password|continue|confirm your address]: {link}|[The link|It] is valid for {hours} hours[ and works once|].',
    '?If [it was not you|you did not ask for this], [ignore this email|please contact us|nothing will change].|Never [share|give] this code [with anyone|to anyone].'
  ],
  newsletter: [
    '{percent}% off [until {weekday}|all {good}s|this week only]|News from {mycompany}|[New in|What is new in] {month}|Last chance: {good}|Your {month} newsletter',
    '[{month} is here|The days are getting shorter|Our {month} sale starts today] and [we have something for you|so do our offers].|[Here is|This is] what happened at {mycompany} [this month|in {month}].',
    '[Save|Get] {percent}% on [every|our] {good} [until {soon}|while stocks last].|[New|Now in our shop]: {good} from {small}.|We have written about {project} [on our blog|].',
    '[Shop now|See all offers|Read more]: {link}|[Order today|Only this week]: free delivery [with code {code}|over {small}].',
    '?Visit us in {city}, [open daily until {time}|we look forward to it].|Win one of {small2} vouchers [of {small}|] - [take part|enter] until {soon}.'
  ],
  ticket: [
    '[Ticket|Request|Case] {number}: [{good}|login problem|invoice question]|{number} [updated|closed|received]|Your request {number}',
    '[Thank you for contacting|Thanks for writing to] {mycompany}.|[Your request|Your ticket] {number} has been [received|updated|answered|closed].',
    '[We have checked|{person} has looked at] [your account|the {good}|the problem] and [reset it|found the cause|sent a replacement].|[Please try again|Could you try once more] and [tell us if it works|send us a screenshot].|[Your access|Your mailbox quota] [was restored|was raised to {small2} GB].',
    '[You can follow|See] [the case|your ticket] here: {link}|[Just reply|Reply to this message] [to add something|if you have questions].',
    '?We usually answer within {hours} hours.'
  ],
  study: [
    "Question about [the assignment|{weekday}'s lecture|chapter {small2}]|[Thesis|Draft|Essay] [v2|chapter {small2}]|Deadline {soon}|Study group {weekday}",
    '[I have a question|I was wondering] about [the assignment|exercise {small2}|the reading for {weekday}].|[Attached is|Here is] [my draft|chapter {small2}|the {file}].|[Is|Will] [the lecture|the seminar] [still be|be] on {weekday} at {time}?',
    "[Would it be possible|Could I] to hand it in [on {soon}|two days later]? [I was ill|My laptop broke].|I [am not sure|don't understand] [what the second part means|how to cite this].",
    '?The [slides|notes] are here: {link}|[We meet|The group meets] in the library at {time}.'
  ],
  personal: [
    '[The weekend|Saturday]|Dinner [on {weekday}|]?|Happy birthday!|[Photos|Pictures] from {city}|How are you|Grandma',
    "[How are you|How was {city}|Did you get home all right]? [We are fine|All good here|Long time no hear].|[Happy birthday|All the best], [I hope you have a lovely day|hope you celebrate properly].|[We are coming|I'm coming] to {city} [on {weekday}|in {month}], [are you around|shall we meet]?",
    '[The kids|Mum|{person}] [say hello|asked about you|has a new job].|[I am sending|Here are] [the photos|some pictures] [from {city}|]: {link}|We [bought|found] a {good}, [you would love it|finally].',
    "?[Can you lend me|I still owe you] {small} [for the tickets|for dinner], [I'll transfer it|give it to you on {weekday}].|[Call me|Ring me] [tonight|when you have time]."
  ],
  travel: [
    '[Flight|Train|Hotel] {city}|Booking {order}|Trip to {city} [in {month}|{date}]|[Itinerary|Tickets] {city}',
    "[I land|I arrive|We arrive] in {city} on {weekday} at {time}.|[Your booking|The booking] {order} [for {city}|] is confirmed.|[I am|I'll be] in {city} until {soon}, [so I answer late|best reach me on {phone}].",
    '[The hotel|It] costs {amount} [for two nights|], [breakfast included|I paid by card].|[The tickets are attached|Your tickets]: {link}',
    '?[Can somebody pick me up|Is there a bus] [from the station|at the airport]?|My train is late, [start without me|see you at {time}].'
  ],
  technical: [
    '[Outage|Maintenance] [tonight|{weekday}]|[Disk full|Alert] on [db{small2}|mail{small2}]|Deploy {weekday}|[Certificate|Password] expires [on {soon}|in {small2} days]|{project}: failing tests',
    '[The server|db{small2}|The backup] [was down|ran out of disk|is slow] [since {time}|between {time} and {time2}].|[We deploy|I will deploy] [the new version|{project}] on {weekday} at {time}.|[The certificate|Your VPN password] expires on {soon}, [please change it|I will renew it] [before|in time].',
    '[I restarted it|I rolled it back] and [it looks fine|the queue is draining].|[Logs are here|The ticket is]: {link}|[Can you review|Please look at] the patch [today|before we merge]?',
    '?URGENT: please [do not restart|log out of] [the mail server|the VPN] [before {time}|today].|Root cause [follows|is still open].'
  ],
  appointment: [
    'Your appointment on {date}|[Reminder|Confirmation]: {weekday}, {time}|[Cancelled|New time]: your appointment',
    '[This is a reminder of|We confirm] your appointment on {weekday}, {date} at {time}.|[Unfortunately|Sorry,] we have to [move|cancel] your appointment on {date}.',
    "[Please bring|Don't forget] [your insurance card|the {file}|an ID].|[Please confirm|Change it] here: {link}|If you cannot come, [please call|ring] {phone} [by {weekday}|one day before].",
    '?Late cancellations cost {small}.'
  ],
  hiring: [
    '[Application|Your application]: [{jobtitle}|]|Interview [on {weekday}|{date}]|CV {me}|Job offer {mycompany}',
    '[Thank you for your application|We liked your CV] [as {jobtitle}|].|[I would like to apply|I am applying] [for the position|as {jobtitle}].|[We are pleased|I am happy] to offer you the position of {jobtitle}.',
    '[Could you come|We invite you] to [an interview|a call] on {weekday} at {time}?|[Attached are|Please find attached] my [CV and references|{file}].|The salary is {big} a year, [you could start in {month}|part-time is possible].',
    '?[Please send|We still need] [your bank details|a copy of your ID] [for the contract|for payroll].|[You can also|] book a time here: {link}'
  ],
  reply: [
    'About {project}|{good}|{weekday}|Question',
    "[Thanks|Thank you|Great], [that works|that is fine|perfect|will do].|[Sorry|Apologies] for the late answer.|[Yes|Yes, please|No], [{weekday} is fine|go ahead|let's wait until {weekday}].|[I'll check|Let me ask {person}] and [come back to you|get back to you on {weekday}].",
    '?[Could you send me|I still need] [the {file}|the address|the number].|[I have attached|Here is] the {file}.|[We can do|I can make] {time} [as well|too].|It was {amount}, [if I remember right|the rest is paid].',
    '?[See you on {weekday}|Have a nice weekend|Talk tomorrow].'
  ]
}
