import { hash32 } from './public-hash.ts'

/** Words that carry grammar instead of topic: their share belongs to a writer more than to a subject, and they tell the language. */
const wordsOf: Readonly<Record<string, string>> = {
  en: 'the of and to a in is that it was for on are as with his they at be this have from or by not but what all were we when your can said there an which their if will how you i he she me my our us would could should do does did been has so no yes about than then some any please just very much well here only also now',
  de: 'der die das und ist nicht ein eine einen einer ich sie es wir mit auf für von zu den dem des im auch als an aus bei nach noch wie so aber wenn oder dass wird werden haben hat sind ihre ihr uns mir bitte nur kann können über sehr diese dieser vom zum zur',
  fr: 'le la les de des du et est un une que qui dans pour pas sur au aux avec ce cette il elle nous vous je ne se en plus par mais ou son sa ses votre notre vos été être sont avez avons bien tout merci si leur comme fait',
  es: 'el la los las de del y que en un una es por con no para se lo su sus como más pero si este esta al le ya me mi nos usted ha han ser son está muy también hay todo cuando tiene sin sobre hola puede nuestro',
  it: 'il lo la le gli di del della dei delle e è un una che per non con si come da dal al alla ma sono ho ha più anche questo questa mi ci ti suo sua nel nella essere tutto molto se grazie vostro nostro hai abbiamo perché',
  pt: 'o os a as e que em um uma é para com não se por mais como mas do da dos das no na nos nas ao à você eu ele ela seu sua são está foi ser tem muito também já isso este esta obrigado pelo pela seus',
  nl: 'de het een en van ik je dat die in is niet op aan met als voor er maar om hij zijn ook wij we deze dit naar uw u bij hebben heeft kan kunnen wordt nog wel te door over uit geen',
  sv: 'och att det som en ett på är av för med den till inte om jag har vi men så du kan de från eller nu ska din ditt er vår sig när hur också här var blir mycket',
  da: 'og at det som en et på er af for med den til ikke om jeg har vi men så du kan de fra eller nu skal din dit os vores sig når hvor også her var bliver meget hvis være efter dig mig',
  no: 'og å det som en et på er av for med den til ikke om jeg har vi men så du kan de fra eller nå skal din ditt oss vår seg når hvor også her var blir mye hvis være etter deg meg noe',
  fi: 'ja ei on se että ovat oli mutta kun niin myös tai jos minä sinä hän me te he en olen olet voi ole tämä nyt vain kuin mitä sen joka',
  pl: 'i w na z że do to nie się jest jak ale o po co od tak za przez ten ta te są dla oraz czy już tylko być może mam może pan pani ich jego jej przy lub',
  cs: 'a v na že se je to s z do o i jak ale by pro po tak co za od jsem jsou být které který která jen už není jako nebo když má vás vám si mi děkuji při',
  sk: 'a v na že sa je to s z do o aj ako ale by pre po tak čo za od som sú byť ktoré ktorý ktorá len už nie alebo keď má vás vám si mi ďakujem pri',
  hu: 'a az és hogy nem is egy de ez van meg csak még már ha vagy volt mert lehet kell mint ki fel itt azt nagyon minden köszönöm önnek ezt',
  ro: 'și si de la în in cu pe un o nu este sunt care pentru din ce mai dar sau ca să fi am ai a au al ale acest această dumneavoastră vă mulțumesc',
  tr: 've bir bu için de da ile çok ne gibi ama daha var ben sen biz siz o mi mı değil olarak olan kadar her sonra en yok ya',
  id: 'yang dan di dengan untuk dari ini itu pada tidak ke ada akan juga saya anda kami kita adalah atau bisa sudah dapat oleh karena dalam',
  vi: 'của và là có không được cho với trong một các này để những người tôi bạn đã khi từ đến về cũng như sẽ nếu vào ra',
  ru: 'и в не на я что он с как это по но они мы она так из у за вы к же бы то от для все о если или его её их был быть вас вам уже только есть когда нет',
  uk: 'і в не на я що він з як це по але вони ми вона так із у за ви до же би то від для всі про якщо або його її їх був бути вас вам вже тільки є коли немає та',
  bg: 'и в не на аз че той с как това по но те ние тя така от у за вие към да ще се е са или ако го я им бил бъде вас ви вече само има когато няма',
  hr: 'i u na je da se za ne su to s od kao će ali što o iz ili sam bi po koji koja koje samo već nije kako ako vas vam hvala biti mi'
}

/** Which languages a word belongs to, by its hash. */
export const languagesOfWord: ReadonlyMap<number, readonly number[]> = build()
export const languageCodes: readonly string[] = Object.keys(wordsOf)

function build(): Map<number, readonly number[]> {
  const found = new Map<number, readonly number[]>()
  for (const [index, words] of Object.values(wordsOf).entries()) {
    for (const word of new Set(words.split(' '))) {
      const hash = hash32(word)
      found.set(hash, [...(found.get(hash) ?? []), index])
    }
  }
  return found
}
