# 报告按其英文识别的短语，中文。

phrase-between = ；

## What a column is, and what it is used for

phrase-id = 编号
phrase-number = 数字
phrase-flag = 是否
phrase-category = 类别
phrase-date = 日期
phrase-constant = 常量
phrase-identifier = 标识
phrase-text = 文本
phrase-label = 结果
phrase-pooled = （其他）
phrase-behavioural = 行为
phrase-demographic = 人口
phrase-geographic = 地理
phrase-psychographic = 心理
phrase-firmographic = 企业
phrase-listed = 按列表
phrase-all = 全部
phrase-outcome = 结果
phrase-taken-out = 已剔除
phrase-segments = 形成细分
phrase-describes = 描述
phrase-churn-only = 仅用于流失
phrase-not-used = 未使用

## Why a column is what it is

phrase-empty = 每一行都为空
phrase-same = 每一行都相同
phrase-days = 日历日期
phrase-zero-one = 只有 0 和 1
phrase-numbers = 数字
phrase-counts-rows = 给行计数
phrase-reaches = 可联系到某位客户
phrase-postal = 邮政编码
phrase-key-different = 名称像键，且每行不同
phrase-key = 名称像键
phrase-zeros = 以零开头，因此是编码
phrase-few-whole = 名称为编码，整数种类不多
phrase-two-levels = 两个水平
phrase-scale = 有序的量表水平
phrase-sentences = 句子，大多各不相同
phrase-different = 每行不同
phrase-names-one = 是某位客户的名称或联系方式
phrase-levels = 具名水平
phrase-most-rows = 大多数行不同
phrase-many-levels = 水平太多，少有相同的行
phrase-survey = 多个调查题目之一
phrase-levels-think = 其水平是客户的想法
phrase-behave = 关于客户的行为或购买
phrase-companies = 关于企业
phrase-who = 关于客户是谁
phrase-where = 关于客户在哪里
phrase-think = 关于客户的想法
phrase-levels-who = 其水平说明客户是谁
phrase-levels-places = 其水平是地点
phrase-behave-far = 从名称看，关于客户的行为或购买
phrase-config-lists = 因配置列出而使用
phrase-declared = 在配置中声明
phrase-ignored = 配置要求忽略
phrase-no-sums = 引擎只能由总和得出特征
phrase-sensitive = 名称像敏感信息（{ $trait }），因此不使用
phrase-named = 在配置中指明
phrase-means-leaving = 名称表示流失，且有两个值
phrase-place = 与 { $other } 一起为地点
phrase-item = 同一量表的 { $n } 个题目之一
phrase-from = 来自 { $table }：{ $why }
phrase-counted = 由 { $table } 计数得出
phrase-same-lines = 客户的各行明细相同：{ $why }
phrase-line-customer = 每行购买明细的客户
phrase-id-customer-number = 名称像客户号，且{ $rest }
phrase-id-customer = 名称像客户，且{ $rest }
phrase-id-key = 名称像键，且{ $rest }
phrase-id-counter = 行计数，且{ $rest }
phrase-nothing-else = 没有其他列标识行
phrase-health = 健康
phrase-religion = 宗教
phrase-ethnic-origin = 族裔
phrase-sexual-orientation = 性取向
phrase-trade-union = 工会
phrase-political-opinion = 政治观点
phrase-criminal-record = 犯罪记录
phrase-genetic-data = 基因数据

## How a feature is made of purchases

phrase-made-last-day = 截止日 - 末单日期；当天为 0
phrase-made-orders = 订单数：一位客户同一天、同一订单号下的购买为一笔订单，没有订单号时按同一天计
phrase-made-spend = 扣除退款时为购买总额 - 退回总额，否则为购买总额
phrase-made-basket = 各订单金额之和 / 订单数；退款记在订单内时计入
phrase-made-given-back = 退回总额
phrase-made-tenure = 截止日 - 首单日期
phrase-made-between = 末单日期 - 首单日期
phrase-made-gap = （自己的间隔之和 + 2 x 全体客户间隔的中位数）/（自己的间隔数 + 2）；间隔是两个不同日子的订单之间的时间
phrase-made-regularity = -(sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1))，n 为间隔数，r 为其标准差 / 平均值：1 如钟表般规律，0 随机，-1 成簇
phrase-made-trend = （后 - 前）/（后 + 前 + 2），即从首单到截止日的时间分为前后两半，各半中首日之后的订单数
phrase-made-lines = 有购买的明细行 / 订单数
phrase-made-units = 购买数量之和 / 订单数
phrase-made-products = 购买的不同产品数
phrase-made-categories = 购买的不同类别数
phrase-made-returns = 退回的明细行 / 计入的全部明细行，向全体靠拢：(n 自身 + 5 全体) / (n + 5)，n 为订单数
phrase-made-discounts = 打折购买的明细行 / 有购买的明细行，向全体靠拢
phrase-made-weekend = 周六或周日的订单 / 订单数，向全体靠拢
phrase-made-category = 在该类别上的消费 / 总消费，没有金额时为明细行之比，向全体靠拢；除最大的水平外每个水平一列
phrase-made-channel = 通过该渠道的订单 / 订单数，向全体靠拢；除最大的水平外每个水平一列
phrase-made-season = 该季的订单 / 订单数，向全体靠拢；除最大的季节外每季一列
phrase-made-first-category = 首单中金额最大的明细的类别，相同时按名称取第一个；最多 40 个水平，少见的合并
phrase-made-first-product = 首单中金额最大的明细的产品，相同时按名称取第一个；最多 40 个水平，少见的合并

## What was done to values

phrase-blanks = 去掉值前后的空白
phrase-point-zero = 作为编号时去掉 .0
phrase-comma = 小数逗号读作小数点
phrase-thousands = 去掉千位分隔符
phrase-no-break = 去掉数字前后的不换行空格
phrase-unit = 去掉 { $unit } 并保存为单位
phrase-minus = 括号、末尾或排版用的负号读作负号
phrase-read-as-days = 数字读作日期
phrase-clock = 截去时刻
phrase-moments = 时刻归入 { $zone } 的日期

## Tables and purchase lines

phrase-customers = 客户
phrase-transactions = 购买
phrase-events = 事件
phrase-feedback = 反馈
phrase-products = 产品
phrase-accounts = 账户
phrase-survey-table = 调查
phrase-read = 已读取
phrase-used = 已使用
phrase-left-out = 已略去：{ $what }
phrase-without-day = 没有日期
phrase-after-as-of = 晚于截止日
phrase-without-customer = 没有客户
phrase-without-amount = 没有金额
phrase-zero-quantity = 数量为 0
phrase-zero-price = 价格为 0
phrase-give-back = 退款
phrase-without-purchase = 没有购买的客户

## Why these columns made the segments

phrase-base = 由 { $n } 个{ $kind }列形成，因为{ $why }；其他列描述群体
phrase-base-items = 由 { $n } 个{ $kind }题目形成，因为{ $why }；其他列描述群体
phrase-says-behave = 客户的行为最能说明该提供什么
phrase-says-think = 客户的想法和愿望最能说明该说什么
phrase-says-companies = 企业的规模和类型最能说明其需要
phrase-base-all = 由全部 { $n } 列形成，因为可形成细分的各类列都不足 { $least } 个
phrase-base-asked = 由 features.cluster-on 要求的 { $n } 列形成

## The map and the value

phrase-components = 主成分
phrase-axis-right = 向右：{ $what }
phrase-axis-up = 向上：{ $what }
phrase-no-difference = 没有区别
phrase-more = + { $name }
phrase-less = − { $name }
phrase-per-month = { $name }，按月计，{ $n } 天
phrase-per-year = { $name }，按年计，{ $n } 天
phrase-as-total = { $name }，按总额，保持原样

## Against a number of segments

phrase-smallest = 最小的群体只占 { $share }
phrase-not-again = 重复拟合未能再次发现每个群体：最弱者为 { $found }，要求 { $asked }
phrase-no-gap = 并非每个群体周围都有空隙，而 { $k } 个群体时都有
phrase-gap-too = { $k } 个群体时，每个周围也有空隙
phrase-two = 两个群体只在要求时，或两者周围都有空隙时采用
phrase-hardly = 说明力几乎不高于 { $k } 个群体（{ $own } 对 { $other }），因此取较小的数目
phrase-tells-less = 说明力低于 { $k } 个群体：{ $own } 对 { $other }
phrase-bic = BIC 高于 { $k } 个群体时：{ $own } 对 { $other }
phrase-just = 群体 { $id } 只是：{ $rule }
phrase-rule-is-missing = { $name } 缺失
phrase-rule-at-most = { $name } 不超过 { $limit }
phrase-rule-above = { $name } 高于 { $limit }
phrase-rule-is-not = { $name } 不是 { $level }

## The model of the outcome

phrase-logistic = 逻辑回归
phrase-boosting = 提升树
phrase-recency-rule = 按上次订单的规则
phrase-recency = 按上次订单的规则
phrase-rate-rule = 按下单速率的规则
phrase-regression = 对先前时段的回归
phrase-no-order = { $n } 天内无订单
phrase-held-out = 留出：以截至 { $day } 的订单预测其后 { $n } 天，没有模型见过这些天
phrase-by-loss = 按留出客户上的对数损失
phrase-has-to-be = 提升树须优于逻辑回归，且差值超过一个标准误
phrase-compared = 在均匀抽取的 { $n } 位客户上比较，只对胜者用全部客户拟合
phrase-inside = 各折内同样选择，{ $all } 次中有 { $boosted } 次选了提升树
phrase-folds-once = { $n } 折，一次，按结果分层
phrase-folds-twice = { $n } 折，两次，按结果分层
phrase-twins = 各列都相同的客户在同一折
phrase-copies = 各列都相同、或并非偶然地所有数值都相同的客户在同一折
phrase-all-ordered = 在留出时段中所有客户都下过订单，因此无从区分
phrase-none-ordered = 在留出时段中没有客户下过订单，因此无从区分
phrase-no-label = 表中没有说明谁已流失的列
phrase-no-outcome = 表中没有结果已知的列
phrase-none-known = 没有一位客户的结果已知
phrase-one-outcome = 全部 { $n } 个已知结果都相同，因此无可区分
phrase-few-with = 只有 { $n } 位客户有此结果，少于 churn.min-events = { $least }
phrase-few-without = 只有 { $n } 位客户无此结果，少于 churn.min-events = { $least }
phrase-no-column = 没有剩下因客户而异的列
phrase-no-fold = 几乎所有客户在各列上都相同，因此无法留出任何一折
phrase-too-short = 订单只涵盖 { $history } 天，不足以留出 { $days } 天的时段

## Classes

phrase-lost = 已失去
phrase-hibernating = 沉睡
phrase-about-to-sleep = 即将沉睡
phrase-new-customers = 新客户
phrase-promising = 有前途
phrase-at-risk = 有风险
phrase-cannot-lose = 不可失去
phrase-need-attention = 需要关注
phrase-potential = 可能忠诚的客户
phrase-loyal = 忠诚客户
phrase-champions = 顶级客户
phrase-high-risk = { $class }，高风险
phrase-middle-risk = { $class }，中等风险
phrase-low-risk = { $class }，低风险

## kohort 由订单生成的列的名称

phrase-column-order = 订单
phrase-column-orders = 订单数
phrase-column-spend = 消费额
phrase-column-last-order = 下单
phrase-column-days-since = 距上次下单天数
phrase-column-average-order = 平均订单金额
phrase-column-refunds = 退款
phrase-column-tenure = 在册时长
phrase-column-tenure-days = 成为客户的天数
phrase-column-season = 季节占比：{ $season }
phrase-column-category = 类别占比：{ $category }
phrase-column-channel = 渠道占比：{ $channel }
phrase-column-season-share = 季节占比
phrase-column-category-share = 类别占比
phrase-column-channel-share = 渠道占比
phrase-season-winter = 12月至2月
phrase-season-spring = 3月至5月
phrase-season-summer = 6月至8月
phrase-season-autumn = 9月至11月
phrase-column-first-to-last = 首末订单间隔天数
phrase-column-gap-days = 下单间隔天数
phrase-column-regularity = 下单规律性
phrase-column-order-trend = 订单趋势
phrase-column-lines-per-order = 每单行数
phrase-column-units-per-order = 每单件数
phrase-column-different-products = 不同商品数
phrase-column-different-categories = 不同品类数
phrase-column-return-share = 退货占比
phrase-column-discount-share = 折扣占比
phrase-column-weekend-share = 周末占比
phrase-column-first-category = 首个品类
phrase-column-first-product = 首个商品
phrase-column-visits = 访问次数
phrase-column-age = 年龄
