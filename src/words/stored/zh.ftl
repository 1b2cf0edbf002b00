# 运行结果中保存的句子，中文。

part-comma = 、
all-sentences = { $all }

## 数字不能说明什么

limit-small = { $n } 位客户对 { $features } 个特征；客户这么少，细分会随每次新的导出而变动。经验上，每个特征至少需要 70 位客户。
limit-constructed = { $of } 个群体中有 { $n } 个是粗略划分：在其他样本中结果不同。可据此区别对待客户；它们不是人的类型。
limit-gap = 没有检验任何群体的周围是否有空隙，因此都不称为真实群体：可靠划分在其他样本中会再次出现，但这并不证明它与众不同。
limit-risk = 概率说明谁可能流失，不说明谁能挽留。联系的效果要用留作对照的客户来衡量。
limit-label = 结果是历史：表格说明谁已流失，不说明何时流失。这些数字适用于与此相似的客户和与结果所涵盖的相似的时期。
limit-no-id = 表格没有客户编号：各行以行号称呼，因此结果无法与同一批客户的另一次导出对应。

## 列如何预处理

prep-line = { $name }：{ $steps }
prep-zero = { $other } 为 0 处，缺失按 0 计
prep-clipped = 截去极端值
prep-log = 取对数
prep-ranks = 各水平的名次
prep-counted = "{ $from }" 按 "{ $to }" 计
prep-place = 与 { $longitude } 一起为地球上的一点，以公里计
prep-centred = 减去客户自己的平均回答
prep-one = 0 或 1
prep-as-is = 保持原样
prep-block = 与同组各列用同一尺度
prep-standard = 标准化
prep-scores = 正态得分
prep-square = 及其平方
prep-missing = 以及是否缺失
prep-axes = 三个坐标，合计为一列
prep-levels = { $n } 个取 0 或 1 的列，合计为一列
prep-values = 以及 { $n } 个单独的值

## 规则的类别如何定义

def-rhythm-unknown = 没有人在两个不同的日子下单，因此不知道节奏，所有人的 u 均为 100%。
def-rhythm = 客户自己的间隔为（首单与末单之间的天数 + 2 × { $median }）/（间隔数 + 2），其中 { $median } 天是全体客户两次订单之间间隔的中位数。u 是全部间隔（按自己的间隔 / { $median } 天缩放）中，长于该客户距上次订单天数的比例。
def-lifecycle = 首单、第二单和常客：一笔、两笔和三笔及以上订单，且 u 至少为 { $late }。放缓：u 至少为 { $gone } 且低于 { $late }。离开：u 低于 { $gone }。
def-loyalty = 取第一个符合的类别。已沉睡：u 低于 { $gone }。有风险：u 低于 { $late }。新客户：首单距今不超过一个间隔的中位数。忠诚：{ $loyal }{ $also }。偶尔：其余所有人。
def-loyal-rate = 至少两笔订单，且每月至少 { $rate } 笔，即其余客户的中位数
def-loyal-no-rest = 其余客户中至少两笔订单者；此处没有其余客户
def-also-nothing = {""}
def-also-engagement = ；在已知之处，互动还须至少为 { $engagement }，即中位数
def-also-feedback = ；在已知之处，反馈还须至少为 { $feedback }，即中位数
def-also-both = ；在已知之处，互动还须至少为 { $engagement }（中位数），或反馈至少为 { $feedback }（中位数）
def-first-match = 取第一个符合的类别。
def-budget-share = 价格敏感：折扣占比大于 0 且至少为 { $share }，即全体客户的前四分之一。
def-frequent = 高频：至少两笔订单，且每月至少 { $rate } 笔，即全体客户的前三分之一。
def-budget-order = 价格敏感：平均订单低于 { $order }，即全体客户的后四分之一。
def-budget-nobody = 价格敏感：无人，因为金额和折扣都未知。
def-occasional = 偶尔：其余所有人。
def-value-risk = 价值等级同 ABC，按期限内的价值计。高风险：流失概率高于 { $high }，即风险最高的 { $few } 的客户；中等风险：高于 { $middle }，即风险最高的 { $more }；低风险：其余客户。
def-rfm = 得分从 1（最差）起，{ $made }。各档起点为：距上次订单的天数 { $days }（天数越少，得分越高）；订单 { $orders }；{ $spend }。名称由天数得分与另两项得分的平均值决定。
def-rfm-bins = 分为 { $n } 个大小相近的档，相同的客户在一起
def-rfm-edges = 各档界限取自配置
def-rfm-spend = 消费约从 { $edges } 起
def-rfm-no-money = 没有金额，因此订单计两次
def-abc-first = A：合计占{ $by } { $cut } 的最少客户。
def-abc-next = { $letter }：使合计达到 { $cut } 的客户。
def-abc-last = { $letter }：其余客户，以及未带来价值或造成了亏损的所有人。
def-abc-second = 第二个字母同理，按{ $by }计。
def-abc-edges = 按{ $by }：{ $starts }。
def-abc-start = { $letter } 从 { $value } 起
def-by-value = 价值
def-by-orders = 订单

## 上次运行的群体为何仍成立或不再成立

judged-holds = 重新拟合把 { $found } 的客户归入相同的群体；对同一批客户的重复拟合在 20 对中有 19 对一致达到 { $low } 或更高
judged-quiet = 没有列明显偏移，群体与当时一样成立
judged-refit = 对同一批客户重新拟合，只把其中 { $found } 归入相同的群体，远低于重复拟合在 20 对中有 19 对达到的 { $low }，也低于 { $pairs } 对中最不一致者的 { $lowest }，而且并非每个群体都再次发现
judged-unlike = { $found } 的客户与其群体中的任何人都不像，若无变化应为 { $expected }：超过最小群体所能容纳的人数
judged-less = 重新拟合把 { $found } 的客户归入相同的群体，低于任何一对重复拟合，尽管每个群体都再次发现
judged-few = 重新拟合把 { $found } 的客户归入相同的群体，重复拟合在 20 对中只有 1 对这么低，而且并非每个群体都再次发现
judged-drift = 用于形成细分的 { $name } 明显偏移（稳定性指数 { $index }）
judged-unseen = { $share } 的客户在 { $name } 上具有以前没有的水平
judged-thinned = 群体 { $id } 的客户少于一个群体应有的人数
judged-overlap = 先前的客户只有 { $share } 在本次运行中
judged-age = 模型已有 { $n } 天，按计划现在应复核

## 群体发生了什么

event-who = 群体 { $id }（{ $name }）
event-id = 群体 { $id }
event-everybody = 全部客户
event-taken = { $who }吸收了群体 { $ids }
event-split = { $who }是群体 { $ids } 的一部分
event-merged = { $who }由群体 { $ids } 合并而成
event-new = { $who }是新的
event-gone = { $who }已不存在
event-went = { $who }已不存在：其仍在的客户中，{ $share } 现在群体 { $to }{ $more }
event-no-more = {""}
event-more = ，{ $places }
event-place = { $share } 在群体 { $to }
event-grew = { $who }从 { $before } 位增至 { $now } 位客户（+{ $share }）
event-shrank = { $who }从 { $before } 位减至 { $now } 位客户（-{ $share }）
event-rose = { $who }：{ $kpi }从 { $before } 升至 { $now }
event-fell = { $who }：{ $kpi }从 { $before } 降至 { $now }
event-churn = 流失客户比例
event-retention = 留存率
event-repeat-rate = 再次下单率
event-loyal-share = 忠诚客户比例
event-order-value = 平均订单
event-value = 平均价值
change-no-kpi = 上次运行没有保存可供比较的 KPI
change-of-a-rule = 群体是规则的类别：重新拟合能否发现它们并无意义
change-no-forecast = 上次运行没有可与本次数据比较的预测
change-later-run = 较晚的运行并非接着较早的运行，因此其文件夹中没有可与预测比较的事实
change-no-day = 预测期还没有过去一天
change-none-known = 结果未定的客户中，没有一位的结果现在已知
change-all-days = 预测期的 { $horizon } 天均已过去。
change-some-days = 预测期 { $horizon } 天中已过去 { $passed } 天：订单和价值按比例计，不下单的概率按固定速率计。
change-left-out = { $n } 位客户不在本次运行中，已略去。
change-known-now = { $n } 位客户在上次运行时尚未流失，现在已知他们是否流失。
