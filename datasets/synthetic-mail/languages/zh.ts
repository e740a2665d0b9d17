import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'zh',
  zones: [zones.shanghai],
  country: 'zh',
  ibanCountry: '',
  givenNames:
    '伟:wei|芳:fang|娜:na|敏:min|静:jing|强:qiang|磊:lei|洋:yang|艳:yan|杰:jie|婷:ting|超:chao|雪梅:xuemei|志明:zhiming|晓东:xiaodong|丽华:lihua',
  familyNames:
    '王:wang|李:li|张:zhang|刘:liu|陈:chen|杨:yang|赵:zhao|黄:huang|周:zhou|吴:wu|徐:xu|孙:sun|马:ma|林:lin|何:he|郭:guo',
  familyFirst: true,
  companies: '{city}{family}氏{trade}有限公司|{city}{trade}公司|{family}记{trade}|{city}{family}{trade}',
  trades: '家具|会计|汽车服务|园艺|印刷|食品|物流|口腔|软件|电气|图书|房产|厨具',
  jobTitles: '总经理|秘书|会计|销售经理|项目经理|客服|采购|工程师|行政|主任',
  cities: '苏州|成都|杭州|青岛|厦门|长沙|大连|昆明|无锡|宁波',
  goods: '橡木书架|台灯|雨衣|咖啡机|花园长椅|跑鞋|办公椅|茶杯|手机壳|硒鼓|羊毛毯|自行车头盔',
  projects: '仓库搬迁|新网站|西湖路工程|春季目录|猎鹰项目|客户调查|审计|厨房装修|系统迁移|夏季活动',
  fileNames: '发票|报价单|会议纪要|报告|合同|扫描件|照片|草稿|课程表|订单',
  banks: '工商银行|建设银行|招商银行|农业银行|北方银行|中国银行|联合银行',
  couriers: '顺丰|圆通|中通|京东物流|EMS|DHL|韵达',
  services: '支付宝|微信|淘宝|京东|iCloud|Microsoft 365|爱奇艺|网易|CloudBox|腾讯|Netflix',
  weekdays: '星期日|星期一|星期二|星期三|星期四|星期五|星期六',
  months: '一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月',
  date: '{m}月{d}日|{y}年{m}月{d}日|{m}月{d}号|{y}-{m}-{d}',
  money: '{n}元|¥{n}|人民币{n}元',
  thousands: ',',
  decimal: '.',
  phone: '021-5550####|138 0013 ####|+86 10 5550 ####',
  greetings: {
    casual: '{name}你好：|{name}：|嗨{name}，|你好，|{name}，',
    formal: '尊敬的{fullname}：|{fullname}您好：|{last}总您好：|各位同事：|您好：',
    generic: '尊敬的客户：|亲爱的用户：|您好：|尊敬的用户：|亲爱的{fullname}：|尊敬的{fullname}：'
  },
  signOffs: {
    casual: '谢谢|回头聊|祝好|再见|辛苦了',
    formal: '此致敬礼|顺祝商祺|祝好|谢谢！|祝工作顺利|敬上',
    team: '{mycompany}团队|{mycompany}客服中心|{mycompany}|{mycompany}敬上'
  },
  mobileSignature: '发自我的 iPhone|发自我的手机',
  quoteIntro: '{name} <{address}> 于{date} {time}写道：|{name}于{date}写道：',
  replyPrefix: '答复',
  forwardPrefix: '转发',
  quoteWords: '发件人|发送时间|收件人|主题',
  buttons: '查看|打开|阅读全文|我的账户|查询物流|确认|查看文件|继续|登录|核实',
  unsubscribe: '退订|管理订阅|不再接收此类邮件',
  sentenceGap: ''
}
