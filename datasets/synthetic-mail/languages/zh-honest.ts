import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    '报价[{number}|：{good}]|关于您的询价|{city}价格|报价单{number}',
    '感谢您[的询价|昨天的来电|上周的联系]。|按照约定，[附上|发给您]报价单。',
    '总价为{amount}[（含税）|（不含税）]。|我们可以做到{amount}，[含运费|运费{small}]。',
    '?报价有效期至{soon}。|{month}可以开工。',
    '请告诉我们是否[合适|需要修改]。|如无问题，请在{weekday}前确认。'
  ],
  invoice: [
    '发票[{number}|号{number}]|{month}账单|{mycompany}：发票{number}',
    '[附件是|现发送|请查收][我们的发票|发票{number}]，[项目为{project}|谢谢]。|工作已完成，发票如附。',
    '总额{amount}，请于{soon}前付款。|应付{amount}，[30天内|{soon}到期]。',
    '请汇至我司账户{iban}[，备注{number}|]。|银行账号不变：{iban}。',
    '?也可以在这里[付款|下载]：{link}',
    '?如有疑问请[回复此邮件|致电{phone}]。'
  ],
  reminder: [
    '[付款提醒|催款]：发票{number}|第二次提醒{number}|紧急：发票{number}未付',
    '根据我们的记录，发票{number}（{amount}）[尚未支付|已逾期]。|您的款项{amount}应于{date}到账，目前尚未收到。',
    '请[于{soon}前|7天内]汇至{iban}。|请[今天|]向银行核实一下。',
    '?否则[我们将停止发货|将收取{small}滞纳金|将转交律师]。',
    '?如已付款请忽略。'
  ],
  payment: [
    '银行账号|{month}工资|[已转账|转账给{company}]|支付发票{number}|{month}报销',
    '我[今天上午|今天]给{company}转了{amount}，[回单见附件|{weekday}到账]。|请把[报销|退款]用的账号发给我。|银行来电问{amount}付给{iban}这笔款，[是您办的吗|你认识吗]？',
    '?备注写了{number}。|付款前请核对账号是否仍为{iban}。',
    '?{time}前需要您的审批，银行下班早。|工资{soon}发放，[请核对信息|如有变动请提前说]。'
  ],
  meeting: [
    '{weekday}会议|{date}[通话|碰头]？|{weekday}议程|改到{time}',
    '{weekday}{time}[有空吗|方便吗]？|会议[改为|定在]{weekday}{time}[，地点{city}|]。|{weekday}的会我需要[改期|取消]，[抱歉|临时有事]。',
    '?会议链接：{link}|照旧在办公室见。',
    '?{person}也参加。|请带上{file}。',
    '?议题：{project}、[预算|进度]。|大概半小时。'
  ],
  project: [
    '{project}进展|最新情况|下一步|有个问题',
    '{project}的情况：[按计划进行|晚了两天|基本完成]。|我和{person}[昨天|今天早上]看了{project}。',
    '[供应商|客户][（{city}）|][已确认|还没确认][日期|价格{amount}]。|还缺{person}的[{file}|决定|{month}数据]。',
    '?货{weekday}到。|{file}放在[共享文件夹|这里]：{link}',
    '请[{weekday}前|今天]看一下。|下一步是{soon}，有消息告诉你。'
  ],
  document: [
    '{file}[见附件|第二版]|您要的文件|请签字|共享：{file}',
    '这是[您要的|{project}的]{file}。|我[上传|共享]了{file}，[链接|点这里打开]：{link}',
    '?请[签字|审阅]后于{weekday}前发回。|意见请在{weekday}前提出。',
    '?密码是{code}[，用后请删除|]。|重点在第{small2}页。'
  ],
  order: [
    '您的订单{order}|订单确认{order}|感谢您的购买',
    '感谢您[在{mycompany}|]下单{order}。|我们已收到您{date}的订单。',
    '商品：{good}，{amount}。|1 x {good}\n1 x {good}\n合计 {amount}',
    '[在账户中|点此]查看订单：{link}|{amount}付款[已收到|已确认]。',
    '?我们[两天内|{weekday}]由{courier}发货。|请付{amount}到{iban}，收到即发货。',
    '?30天内可免费退货。'
  ],
  parcel: [
    '您的包裹已发出|已发货：{order}|{courier}{weekday}派送|配送：{good}',
    '订单{order}[已出库|已交给{courier}]。|{courier}将于{weekday}{time}至{time2}派送。',
    '查询物流：{link}|运单号：{order}',
    '?如您不在，[将放在邻居处|次日再派送]。|{time}前可以[更改日期|选择自提点]。',
    '?关税{small}[已包含|已缴]。'
  ],
  reset: [
    '重置密码|您的[登录|]验证码|{code}是您的验证码|新设备登录|请确认邮箱',
    '您申请了重置账户密码。|验证码：{code}。|您的账户有新的登录[，地点{city}|，时间{date}{time}]。',
    '[点击链接|使用此链接][设置新密码|继续|确认邮箱]：{link}|{hours}小时内有效。',
    '?如非本人操作，[请忽略|请联系我们]。|请勿将验证码告诉他人。'
  ],
  newsletter: [
    '{percent}%优惠[，{weekday}截止|，全场|，仅本周]|{mycompany}近况|{month}新品|最后机会：{good}',
    '{month}到了，[优惠也来了|我们想到了您]。|{mycompany}{month}发生了这些事。',
    '[全场|{good}]立减{percent}%，[截至{soon}|售完为止]。|新品：{good}，{small}起。',
    '[立即购买|查看全部|阅读]：{link}|免运费[，优惠码{code}|，满{small}]。',
    '?欢迎光临{city}店，[营业至{time2}|期待您]。|抽{small2}张{small}礼券，{soon}前参加。'
  ],
  ticket: [
    '[工单|申请|问题]{number}|{number}[已更新|已关闭|已收到]',
    '感谢[联系{mycompany}|您的来信]。|您的工单{number}[已受理|已解决|已关闭]。',
    '{person}检查了[您的账户|问题]，[已修复|找到原因|已寄出替换件]。|[请再试一次|邮箱容量现为{small2}GB|访问已恢复]。',
    '查看工单：{link}|如有问题请直接回复。',
    '?一般{hours}小时内回复。'
  ],
  study: [
    '关于[作业|课程]的问题|[论文|初稿]第{small2}章|{soon}截止|学习小组',
    '关于[第{small2}题|作业]我有个问题。|附上[初稿|第{small2}章]。|{weekday}的课是{time}吗？',
    '可以[{soon}|晚两天]交吗？[我生病了|电脑坏了]。|我不太明白[第二部分|怎么引用]。',
    '?课件：{link}|{time}图书馆见。'
  ],
  personal: [
    '周末|{weekday}吃饭？|生日快乐|{city}的照片|最近好吗|奶奶',
    '[你们|你]还好吗？[我们都好|好久没联系]。|生日快乐，[玩得开心|万事如意]！|我们[{weekday}|{month}]去{city}，[你们在吗|见个面]？',
    '[孩子们|妈妈|{person}][向你问好|问起你]。|[这是|发你]照片：{link}|我们[终于|]买了{good}。',
    '?[能借我|我还欠你]{small}[票钱|饭钱]。|[晚上|有空]给我打电话。'
  ],
  travel: [
    '{city}[机票|火车|酒店]|预订{order}|去{city}|{city}车票',
    '我{weekday}{time}到{city}。|您的预订{order}[（{city}）|]已确认。|我在{city}待到{soon}，[回复会晚|请打{phone}]。',
    '酒店{amount}[，两晚|，含早餐]。|[车票见附件|您的票]：{link}',
    '?有人能[到车站|到机场]接我吗？|火车晚点，先开始吧。'
  ],
  technical: [
    '[今晚|{weekday}][故障|维护]|db{small2}磁盘已满|{weekday}发布|[证书|密码]即将过期',
    '[服务器|db{small2}|备份][宕机了|磁盘满了|很慢]，[从{time}开始|{time}到{time2}]。|{weekday}{time}上线新版本。|[证书|VPN密码]{soon}过期，[请修改|我来更新]。',
    '[已重启|已回滚]，[正常了|队列在减少]。|[日志|工单]：{link}|[今天|]看一下补丁？',
    '?紧急：{time}前[不要重启邮件服务器|请退出VPN]。|原因[稍后|不明]。'
  ],
  appointment: [
    '您{date}的预约|提醒：{weekday}{time}|预约[改期|取消]',
    '[提醒|确认]您{weekday}{date}{time}的预约。|我们需要[更改|取消]您{date}的预约。',
    '请带[医保卡|身份证|{file}]。|[确认|更改]：{link}|如不能来请致电{phone}。',
    '?临时取消收费{small}。'
  ],
  hiring: [
    '应聘[{jobtitle}|]|{weekday}面试|简历 {me}|录用通知',
    '感谢您应聘[{jobtitle}|我们公司]。|我想应聘{jobtitle}一职。|很高兴向您提供这个职位。',
    '请于{weekday}{time}来面试，方便吗？|附上简历和推荐信。|年薪{big}，[{month}入职|可兼职]。',
    '?合同还需要[银行账号|身份证复印件]。|选择时间：{link}'
  ],
  reply: [
    '请教|{good}|{weekday}|回复',
    '[谢谢|好的|可以]，[没问题|就这样|我来办]。|抱歉回复晚了。|[是的|好啊|不行]，[{weekday}可以|请继续|等到{weekday}吧]。|我[问问{person}|查一下]再回复你。',
    '?请发我[{file}|地址|号码]。|{file}如附。|{time}也行。|是{amount}，[我记得|其余已付]。',
    '?[{weekday}见|周末愉快|明天见]。'
  ]
}
