import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'en',
  zones: [zones.london, zones.newYork, zones.chicago, zones.losAngeles],
  country: 'en',
  ibanCountry: 'GB',
  givenNames:
    'Emma|Oliver|Grace|Jack|Amelia|Harry|Hannah|Samuel|Lucy|Daniel|Megan|Thomas|Rachel|Ethan|Naomi|Patrick|Claire|Nathan|Joanna|Marcus|Priya|Omar|Denise|Keith|Wendy|Colin',
  familyNames:
    'Hughes|Bennett|Carter|Murphy|Foster|Reid|Walsh|Coleman|Barnes|Griffin|Doyle|Sutton|Harper|Lowe|Whitfield|Okafor|Pearce|Stanton|Mercer|Holloway|Kaur|Briggs|Nolan|Ashworth',
  familyFirst: false,
  companies:
    '{family} & Sons Ltd|{family} {trade}|{city} {trade} Ltd|{family} {trade} LLC|{trade} of {city}|{family} Partners',
  trades:
    'Joinery|Consulting|Garden Centre|Dental Care|Logistics|Bakery|Printing|Accounting|Software|Interiors|Catering|Motors|Physiotherapy|Estate Agents',
  jobTitles:
    'Office Manager|Managing Director|Project Lead|Sales Manager|Accounts|Customer Care|Senior Engineer|PhD student|Head of Operations|Partner',
  cities: 'Bristol|Leeds|Portland|Madison|Norwich|Albany|Exeter|Boulder|Swansea|Durham',
  goods:
    'oak shelf|desk lamp|rain jacket|coffee grinder|garden bench|running shoes|office chair|espresso cups|phone case|toner cartridge|wool blanket|bike helmet',
  projects:
    'the warehouse move|the new website|the Hillside job|the spring catalogue|Project Falcon|the tenant survey|the audit|the kitchen refit|the API migration|the summer fair',
  fileNames: 'invoice|quote|minutes|report|contract|scan|photos|draft|timetable|order',
  banks:
    'Barrow Bank|Union Savings|First Harbour Bank|Meridian Trust|Citizens Mutual|Lloyds|Wells Fargo|Santander',
  couriers: 'DHL|UPS|Royal Mail|FedEx|Parcelway|USPS|Evri',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|Spotify|CloudBox|StreamHub|DocuSign|LinkedIn',
  weekdays: 'Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday',
  months: 'January|February|March|April|May|June|July|August|September|October|November|December',
  date: '{d} {month}|{month} {d}|{d} {month} {y}|{d}/{m}',
  money: '£{n}|${n}|{n} GBP|USD {n}',
  thousands: ',',
  decimal: '.',
  phone: '+44 117 496 0###|+1 555 01##|(555) 01##',
  greetings: {
    casual: 'Hi {name}|Hello {name}|Hey {name}|{name}|Morning {name}|Hi',
    formal: 'Dear {name}|Dear {name} {last}|Good morning {name}|Dear all',
    generic: 'Dear customer|Hello|Dear user|Dear Sir or Madam|Hi there|Hello {name}|Dear {name}|Good day'
  },
  signOffs: {
    casual: 'Cheers|Thanks|Best|Talk soon|See you|Many thanks|x',
    formal: 'Kind regards|Best regards|Yours sincerely|Regards|With kind regards|Best wishes',
    team: 'Your {mycompany} team|The {mycompany} team|Customer service, {mycompany}|{mycompany} Support|Kind regards, {mycompany}'
  },
  mobileSignature: 'Sent from my iPhone|Get Outlook for Android|Sent from my phone',
  quoteIntro:
    'On {date} at {time}, {name} <{address}> wrote:|On {date}, {name} wrote:|{name} wrote on {date}:',
  replyPrefix: 'Re',
  forwardPrefix: 'Fwd',
  quoteWords: 'From|Sent|To|Subject',
  buttons:
    'View details|Open|Read more|Go to my account|Track|Confirm|See the document|Continue|Log in|Review',
  unsubscribe: 'Unsubscribe|Manage your preferences|No longer want these emails? Unsubscribe here',
  sentenceGap: ' '
}
