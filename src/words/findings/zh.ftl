# 各项发现的中文说法；与英文消息一一对应。

## 计数；`n` 为数量，`of` 为总数

n-rows = { $n } 行
n-values = { $n } 个值
n-lines = { $n } 行明细
n-days = { $n } 个日期
n-of-customers = { $of } 位客户中的 { $n } 位
n-of-rows = { $of } 行中的 { $n } 行
n-of-values = { $of } 个值中的 { $n } 个
n-of-lines = { $of } 行明细中的 { $n } 行
n-of-levels = { $of } 个水平中的 { $n } 个

## 发现之前的说明

finding-column = { $column }：{ $text }
about-file = { $file }：{ $text }
about-files = { $file } 及另外 { $more } 个文件：{ $text }
about-part = 在 { $part } 的客户中：{ $text }

## 读取文件

finding-encoding_certain = 文本不是 UTF-8，按 { $encoding } 读取，这是确定的：该文字的其他字符集都不符合或结果相同（{ $words } 个不同的词中有 { $bytes } 个 ASCII 以外的字节）
    .advice = 在 [input.csv] 下设置 encoding = "{ $setting }"
finding-encoding_likely = 文本不是 UTF-8，按 { $encoding } 读取，可信度高：分成三部分后，各部分的词都给出同样的答案（{ $words } 个不同的词中有 { $bytes } 个 ASCII 以外的字节）
    .advice = 在 [input.csv] 下设置 encoding = "{ $setting }"
finding-encoding_declared = 文本按声明以 { $encoding } 读取，但它也是正确的 UTF-8
    .advice = 请检查文字是否正确，否则声明 encoding = "utf-8"
finding-encoding_unmarked = 文本没有字节顺序标记，按 { $encoding } 读取，这是确定的：每隔一个字节就是 NUL
    .advice = 在 [input.csv] 下设置 encoding = "{ $setting }"
finding-comment-lines = 开头 { $n } 行以 # 起始，不属于表格
    .advice = 在 [input.csv] 下用 skip-lines 说明有几行；0 表示保留
finding-title-lines = 列名上方的 { $n } 行是标题，不属于表格
    .advice = 在 [input.csv] 下用 skip-lines 说明有几行；0 表示保留
finding-header-lines = 前两行都是列名，已将其合并
    .advice = 如果第二行是数据，在 [input.csv] 下设置 header-lines = 1
finding-no-header = 第一行与其他行一样是数字，因此各列称为 column_1、column_2 等
    .advice = 如果第一行是列名，在 [input.csv] 下设置 header = true
finding-unnamed-column = 第一列没有名称，称为 { $name }
finding-missing-values = { n-of-values }缺失（{ $codes }）
code-empty = 空：{ $n }
code-space = 一个空格：{ $n }
code-blanks = { $blanks } 个空格：{ $n }
code-spelt = "{ $code }"：{ $n }
finding-other-format = 文件名表示{ $promised }，但文件是{ $found }，按后者读取
format-workbook = 工作簿
format-named = {" "}{ $name }{" "}
finding-proposed-missing = { n-values }中，下列值可能表示缺失，现按原样使用：{ $codes }
    .advice = 如果它们表示缺失，在 [input.csv] 下设置 null-values = [{ $setting }]
code-in-rows = "{ $code }" 有 { n-rows }
finding-rejected-rows = { n-rows }无法读取，最先是{ $first }
    .advice = 请在导出中更正这些行
place-line = 第 { $line } 行
place-row = 第 { $row } 条记录
finding-empty-file = 有列名但没有数据行
finding-first-rows = 列的判断基于 { $of } 行中的前 { $n } 行
finding-seen-on-a-sample = 只查看了 { $of } 位客户中的 { $n } 位：按其标识的哈希抽取的样本
finding-seen-on-a-sample_lines = 查看了 { $n } 位客户及其全部明细行：从 { $of } 行中按客户标识的哈希抽取的样本
finding-not-on-an-engine = 已略去以下各项，因为引擎只能由总和得出特征：{ $columns }
    .advice = 在一台机器上运行即可得到全部特征
finding-found-on-a-sample = 细分是在 { $of } 位客户中的 { $n } 位上找到的，经过 { $passes } 轮移动到全部客户的均值，并为每位客户确定了归属：规模和占比为全部客户的，总和为样本值乘以每位所代表的客户数，其余均为样本的
    .advice = 更大的 engine.sample-rows 会使样本得出的内容更可靠
finding-churn-of-the-sample_trees = 未为全部客户写出 churn_probability：流失模型的树共有 { $n } 个叶子，而一条语句最多容纳 { $most } 个
    .advice = 设置 churn.model = "logistic"，其概率只是一个和
finding-churn-of-the-sample_products = 未为全部客户写出 churn_probability：加上它，一条语句会有 { $n } 个乘积，而最多允许 { $most } 个
    .advice = 使用更少的列或更少的细分
finding-churn-of-the-sample_forecast = 未为全部客户写出 churn_probability：只对样本预测了谁会再次下单
finding-churn-of-the-sample_column = 未为全部客户写出 churn_probability：引擎中的 { $name } 与样本中的类型不同
    .advice = 在引擎中按其本来的类型存储该列，或将其写入 churn.drop
finding-twin-rows = { n-of-rows }在所有列上与前面的某行相同，予以保留
    .advice = 如果同一行可能被写了两次，请在导出中删除
finding-error-cells = 工作表 { $sheet } 的 { $letters } 列有 { $n } 个单元格含 #N/A 之类的错误，按缺失读取
finding-unit-in-values_percent = { n-values }带百分号：12% 读作 12，而不是 0.12
finding-unit-in-values_currency = { n-values }是以 { $unit } 计的金额；符号已去掉
finding-accounting-negatives = 括号内或末尾带负号的 { n-values }按负数读取
    .advice = 如果不是这个意思，在 [features.types] 下将该列声明为类别
finding-rounded-numbers = { n-values }的位数超过一个数所能容纳的 15 到 17 位，在该列作为数字使用时会被舍入
    .advice = 如果它们是编码，在 [features.types] 下将该列声明为类别
finding-looks-like-moments = { n-values }看起来像自 1970 年起的秒或毫秒，现作为数字使用
    .advice = 在 [input.csv] 下设置 date-format = "epoch-s" 或 "epoch-ms" 以读作日期
finding-days-as-numbers_spreadsheet = 其数字读作电子表格中从 1900 年算起的日期
    .advice = 如果不是这个意思，在 [features.types] 下将该列声明为数字
finding-days-as-numbers_other = 其数字按 { $format } 读取
    .advice = 如果不是这个意思，在 [features.types] 下将该列声明为数字
finding-signs-between-days = { n-days }的数字间分隔符与 { $format } 不同；顺序相同
finding-repeated-times = { $zone } 的时钟拨回时，有 { $n } 个时间出现了两次；日期不受影响
finding-days-in-utc = { $n } 个时间为 UTC，由此读出的日期也是
    .advice = 在 [input.csv] 下设置 timezone，以按当地日期计

## 列的含义

finding-no-id = 没有标识客户的列，因此按文件中的顺序给行编号
    .advice = 用 input.id 指明标识列；没有它，行的顺序会影响结果，也无法在多次运行之间追踪客户
finding-ids-with-decimals = { $of } 个编号中有 { $n } 个末尾写成 .0，如电子表格在缺失值旁书写整数那样；读取时已去掉
finding-near-duplicate-ids = { $n } 个编号有不止一种写法：区别只在大小写、首尾空格或重音的组合方式；每种写法都当作一位单独的客户
    .advice = 如果指的是同一位客户，请更正编号
finding-second-label = 该列名也表示流失，但已取 { $label } 作为结果
    .advice = 用 churn.label 指明正确的列
finding-open-customers = 结果未知的客户会得到评分，但不用于学习
finding-half-a-place = 只有纬度或只有经度，只是一个数字，不是地点
    .advice = 在 features.types 中将另一列声明为 "latitude" 或 "longitude"
finding-exchanged-coordinates_all = { $columns } 的 { n-of-rows }只有在纬度与经度对调后才是度数，因此当作两个数字使用
    .advice = 在 features.types 中声明哪一列是 "latitude"、哪一列是 "longitude"
finding-exchanged-coordinates_some = { $n } 行远离其他行，纬度与经度对调后则在其中；现按原样使用
    .advice = 在依赖地点之前，请先查看这些行
finding-not-degrees = { $columns } 的 { n-of-rows }不是度数，因此当作两个数字使用
    .advice = 请以度数给出纬度和经度，或将两列都声明为 "number"
finding-coordinates-outside = { $n } 行超出地球的度数范围，按缺失计；其中 { $exchanged } 行在纬度与经度对调后落在范围内
    .advice = 请更正坐标，或留空
finding-null-island = { $n } 行位于 0 和 0，即未找到，按缺失计
    .advice = 地点未知时请将坐标留空
finding-half-coordinates = { $n } 行只有纬度或只有经度，按缺失计
    .advice = 请补上另一个
finding-rare-levels = { n-of-levels }各少于 { $few } 行，合并为 { $other }，共 { $rows } 行
finding-unused-column_levels = 没有两个水平各达到 { $few } 行，因此不使用该列
finding-unused-column_days = 没有一行是合理的日期，因此不使用该列
finding-undeclared-level = 有行的水平未声明；按缺失计
    .advice = 将该水平加入 features.types 中的列表
finding-day-after-reference = 有行的日期晚于基准日；按基准日前 0 天计
    .advice = 将 input.as-of 设为提取该表的日期
finding-implausible-day = 有行的日期早于 1900 年或在 2080 年及以后；按缺失计
    .advice = 没有日期时请将单元格留空
finding-empty-column = 没有一行有值，因此不使用该列
finding-constant-column_input = 每一行的值都相同，因此不使用该列
finding-free-text = 其值是句子，因此不使用该列
    .advice = 如需使用，请在 features.types 中声明它是什么
finding-identifier-column = 其值看起来像单个客户的名称或号码，因此不使用该列
    .advice = 如需使用，请在 features.types 中声明它是什么
finding-sensitive-trait = 列名指向敏感信息（{ $trait }），因此不使用该列
    .advice = 在 features.allow-sensitive 中写明使用它的理由
trait-health = 健康
trait-religion = 宗教
trait-ethnic-origin = 族裔
trait-sexual-orientation = 性取向
trait-trade-union = 工会
trait-political-opinion = 政治观点
trait-criminal-record = 犯罪记录
trait-genetic-data = 基因数据
finding-many-missing-values = { n-of-rows }没有值
    .advice = 查明为何缺失，或忽略该列
finding-many-levels = 有 { $n } 个不同的水平；少见的已合并
    .advice = 运行前先将水平归组，或忽略该列
finding-shares-of-one-whole = { $columns } 合起来是一个整体，因此只算一项说明；{ $most } 最常见，可由其他列推出，已略去
    .advice = 如需分别使用，在 features.types 中将它们声明为 "number"
finding-attribute-of-customers_all = { n-of-customers }的所有明细都相同，因此它描述客户
    .advice = 如果它与客户无关，请写入 features.ignore
finding-attribute-of-customers_most = { n-of-customers }的所有明细都相同，因此它描述客户；其余 { $several } 位取其多数明细的值
    .advice = 如果它与客户无关，请写入 features.ignore

## 列的预处理

finding-sum-describes = 对每位客户，{ $sum } 都等于 { $a } + { $b }；它只作描述，不形成细分，否则与两者并用会重复计算
finding-base-of-all-columns = 有 { $behavioural } 个行为列、{ $psychographic } 个心理列和 { $firmographic } 个企业列，每类都少于 { $least } 个，因此全部 { $n } 列都用于形成细分，没有列留作描述
    .advice = 在 features.cluster-on 中指明用于形成细分的列
finding-excluded-from-base = { $name } 列在 features.cluster-on 中，但它知道结果，因此不用于形成细分
finding-constant-column_here = 列 { $name } 对这里的每位客户都相同，已略去
finding-unknown-column_used = churn.{ $key } 中的 { $name } 不是所用的列
    .advice = 更正名称，或从列表中删除
finding-unknown-column_numbers = churn.{ $key } 中的 { $name } 不是所用的数字列
    .advice = 更正名称，或从列表中删除
finding-unknown-column_prepared = normalise.{ $key } 中的 { $name } 不在 { $of } 列之中
    .advice = 请检查拼写
finding-structural-zero = { $name } 恰好在 { $other } 为 0 处缺失，在那里按 0 计
finding-clipped-customers = { $name } 中最极端的 { $n } 位客户按其余客户的边缘值处理
    .advice = 设置 normalise.clip = 0 可按原值处理
finding-mostly-missing-column = 列 { $name } 对{ n-of-customers }缺失：比较客户时不用其数字
finding-imputed-numbers = { $name } 的 { n-of-values }缺失，已填补
finding-not-applicable-level_named = { $name } 的 "{ $level }" 表示“没有”，比较客户时按 "{ $other }" 计；表中单独列出
    .advice = 在 features.not-applicable 中列出有此含义的水平
finding-not-applicable-level_rare = { $name } 的某个水平表示“没有”，按另一水平计
    .advice = 在 features.not-applicable 中列出有此含义的水平
finding-duplicate-column_whole = 列 { $name } 与 { $other } 所说相同，只计一次
finding-duplicate-column_part = 列 { $name } 的一部分与 { $other } 所说相同，只计一次
finding-unknown-places_alone = { n-of-customers }没有已知地点，按位于其他客户的中间计
    .advice = 设置 normalise.impute = "drop-row" 可将其排除：细分只由地点形成
finding-unknown-places_beside = { n-of-customers }没有已知地点，按位于其他客户的中间计
finding-robust-scale-fallback = 一半客户的值相同，四分位距为 0；改用平均值和标准差

## 购买

finding-pooled-shares = { $block }：少数客户才有的 { $n } 个水平合并为 { $other }
finding-constant-feature = 该特征对每位客户都相同，因此不使用
lines-worth = （所记金额：{ $money }）
lines-plain = {""}
finding-lines-without-day = { n-of-lines }没有日期，或不在 1900-01-01 至 2079-06-06 之间{ $worth }，已略去
    .advice = 请补上订单日期
finding-lines-after-as-of = { n-of-lines }的日期晚于{ $day }{ $worth }，已略去
finding-lines-without-customer = { n-of-lines }没有客户{ $worth }，已略去
    .advice = 查明是谁匿名购买：这些销售不在任何群体中
finding-lines-without-money = { n-of-lines }没有金额{ $worth }，已略去
    .advice = 请补上金额
finding-zero-quantity = { n-of-lines }的数量为 0{ $worth }，已略去
finding-zero-price-dropped = { n-of-lines }的价格为 0{ $worth }，已略去
finding-refunds-dropped = { n-of-lines }是退款{ $worth }，已略去
finding-customers-without-purchase_lines = { n-of-lines }属于已没有任何购买的客户{ $worth }，已略去
finding-cancelled-lines = { n-of-lines }是取消{ $worth }：其订单号以 { $prefixes } 开头
    .advice = 如果不对，请设置 features.transactions.cancel-prefix
finding-refund-lines_net = 客户的 { n-lines }被取消或为负；退回的金额从消费中扣除
finding-refund-lines_drop = 客户的 { n-lines }被取消或为负；已略去
finding-refund-lines_separate = 客户的 { n-lines }被取消或为负；退回的金额单独成列
finding-positive-cancellations = { $n } 行已取消的明细金额或数量为正；按退回计
    .advice = 请检查该前缀是否只标记取消
finding-zero-price = { n-of-lines }的价格为 0；按免费购买计
    .advice = 如果并未购买，将 features.transactions.zero-price 设为 drop
finding-lines-without-order-number = { n-of-lines }没有订单号；同一客户同一天的明细算一笔订单
finding-shared-order-numbers = { $n } 个订单号属于多位客户的订单；各算各的
    .advice = 请检查订单号列和客户列是否正确
finding-order-numbers-on-several-days = 同一客户的 { $n } 个订单号出现在多天；每天算一笔订单
finding-duplicate-lines = { n-of-lines }在所用的各列上与同一订单的另一行相同；予以保留
    .advice = 如果被写了两次，请从表中删除
finding-guest-checkout = 一位客户占全部明细的 { $share }
    .advice = 如果许多人都用这个号码下单，请将其排除
finding-last-day-partial_given = 截止日{ $day }有 { n-lines }，而同一星期几的中间值为 { $usual } 行，看来并不完整
    .advice = 将 input.as-of 设为最后一个完整的日子
finding-last-day-partial_found = 截止日{ $day }有 { n-lines }，而同一星期几的中间值为 { $usual } 行，看来并不完整
    .advice = 将 input.as-of 设为前一天
finding-pointed-ids = { $n } 行把整数客户号写成带小数点和零，如电子表格那样；去掉后是同一位客户
finding-rounded-money = { $n } 行的小数位多于所保留的位数，已舍入

## 合并表格

finding-table-part_purchases = { $path } 作为购买明细
finding-table-part_customers = { $path } 作为客户表
finding-table-part_joined = { $path } 作为 { $role }，按 { $by } 关联
finding-table-part_by-id = { $path } 作为 { $role }，按编号关联
finding-customers-without-purchase_customers = { $n } 位客户没有购买，按规则排除
    .advice = 只用客户表运行，即可把他们也纳入细分
finding-purchases-of-strangers = 购买明细中有 { $n } 位客户不在客户表中
    .advice = 比较两个表中编号的写法，或导出全部客户
finding-rows-not-joined_customers = { $table }：{ n-of-rows }无对应客户（{ $without } 行没有键）
    .advice = 比较两个表中键的写法
finding-rows-not-joined_lines = { $table }：有 { $lines } 行购买明细的键不在该表中，该表 { n-of-rows }无对应明细
    .advice = 比较两个表中键的写法
finding-customers-excluded = { $n } 位客户按 { $file } 排除，其中列有 { $ids } 个编号
finding-customers-not-meant = { n-of-customers }被排除：不符合 input.where
finding-rows-dropped = { $n } 位有数字缺失的客户被排除
    .advice = impute = "median" 会保留他们

## 上次运行

finding-previous-not-comparable = 无法与上次运行比较：{ $why }
    .advice = 细分按没有上次运行的情形形成
finding-previous-of-another-config = 上次运行 { $run } 用的是另一份配置
    .advice = 在阅读变化之前，请比较两份 kohort.toml
finding-previous-of-another-currency = 上次运行以另一种货币计
    .advice = 前后的金额无法比较
finding-previous-of-another-version = 上次运行由版本 { $version } 完成
finding-disjoint-customers = 上次运行的客户没有一位在本次运行中
    .advice = 比较两次输入中编号的写法
finding-columns-of-the-model-missing = 上次运行有而这次没有的列：{ $columns }
    .advice = 它们只作描述，不影响细分
finding-columns-not-in-the-model = 上次运行没有的列已略去：{ $columns }
    .advice = `--mode refit` 会纳入它们
finding-unseen-levels = { $n } 位客户的水平是模型不认识的
finding-scored = 细分沿用运行 { $run } 的：客户由其冻结的模型归类

## 群体

finding-eps-candidates = eps 由与邻居的距离得出：{ $radii }
    .advice = 设置 segments.eps 可改用其他值
radius-knee = 拐点 { $eps } 给出 { $n } 个区域和 { $noise } 的噪声
radius-percentile = 第 { $percent } 百分位 { $eps } 给出 { $n } 个区域和 { $noise } 的噪声
radius-too-wide = 第 { $percent } 百分位 { $eps } 过宽
finding-mostly-noise_dbscan = DBSCAN 未能细分这批客户：{ $share } 的客户不属于任何群体
    .advice = 使用 method = "k-means"，或更大的 segments.eps
finding-mostly-noise_hdbscan = HDBSCAN 未能细分这批客户：{ $share } 的客户不属于任何群体
    .advice = 使用 method = "k-means"，或更小的 segments.min-points
finding-stability-not-measured = 对所要求的密度而言样本过稀，因此未测量群体能否再次发现
finding-trivial-segment = 群体 { $id } 只是：{ $rule }
    .advice = 不用该列形成细分，或在其各水平内部细分
finding-no-k-large-enough = 无论分成几个群体，总有一个低于 min-share，因此未作此要求
    .advice = 在行动之前，请查看各个群体数的依据
finding-every-k-trivial = 无论分成几个群体，总有一个只取决于一列，因此未作此要求
    .advice = 在行动之前，请查看各个群体数的依据
finding-no-k-reproducible = 在满足其他条件的群体数中，没有一个能在重复计算时使每个群体再次出现；请把边界当作有用的划分
    .advice = 在行动之前，请查看各个群体数的依据
finding-no-natural-segment = 数据中没有把任何群体隔开的空隙：边界是选择的结果，但仍可用于规划
    .advice = 对靠近边界的客户一视同仁；margin 列说明是哪些客户
finding-start-dependent = 最好的解只从一个起点得到；换一个种子可能会移动一些客户
    .advice = 用另一个种子运行并比较，或要求更少的群体
finding-abc-without-value = 没有人带来价值，因此所有人都在 ABC 的最后一类
finding-abc-last-class = 未带来价值或造成了亏损的客户在 ABC 的最后一类；比例以正价值计
finding-no-second-order = 没有人在两个不同的日子下单，因此不知道节奏，也不称任何人为迟到
    .advice = 请提供更长的订单历史
finding-rfm-ties = { $what }的 { $of } 个得分中只出现 { $found } 个，因为许多客户相同，或没有人位于界限之间
    .advice = 用 segments.rfm-edges 设置自己的界限，或减少 segments.rfm-bins
score-days = 距上次订单的天数
score-orders = 订单
score-spend = 消费
finding-engines-agree = { $share } 的客户在 linfa 与 kohort 自身的计算中属于同一群体（调整兰德指数 { $rand }）
finding-pin-without-customers_none = 没有客户符合群体 { $name } 的条件
    .advice = 修改 segments.pin 中的条件，或将其删除
finding-pin-without-customers_taken = 群体 { $name } 所要的 { $n } 位客户已在先前固定的群体中
    .advice = 修改 segments.pin 中的条件，或将其删除
finding-part-not-cut_rest = 未固定的客户：{ $n } 位客户为一个群体，人数太少或太相似，无法再分
finding-part-not-cut_named = { $part }：{ $n } 位客户为一个群体，人数太少或太相似，无法再分
finding-small-segment-withheld = 少于 { $few } 位客户的组，其数字不公开
    .advice = 将该群体与相邻群体合并，或要求更少的群体
finding-value-withheld = 某个群体的价值不公开，因为一位客户占其 85% 以上，或总数会泄露一个不公开的值
finding-segment-too-narrow = { $of } 个群体中有 { $n } 个的客户少于 min-share 或 min-cell 的要求
    .advice = 将其与旁边注明的相邻群体一并处理
finding-name-without-segment = segments.names 中有 { $n } 个编号不属于任何群体
    .advice = 更正 segments.names 中的编号
finding-nothing-to-describe = 没有一列有已知的值，因此无法描述群体

## 结果

finding-proven-leak = { $name } 泄露了结果：{ $why }；已从流失模型和细分中剔除
    .advice = 不要输入该列；如果它在结果之前已知，请写入 churn.accept
finding-suspected-leak = { $name } 可能知道结果：{ $why }；予以保留
    .advice = 如果它在结果之后才知道，请写入 churn.drop，否则写入 churn.accept
finding-ordered-ids = { $name } 可能知道结果：{ $why }；没有模型使用它
    .advice = 请检查其他列是否也按此顺序填写
leak-same-days = AUC 为 { $auc }，因此结果与该列取自同样的日期
leak-alone = 仅凭它即可对结果排序，AUC 为 { $auc }
leak-missing = 它在何处缺失即可说明结果，AUC 为 { $auc }
leak-share = 它是同值客户中结果的比例
leak-late-side = 它晚于截止日的日期只出现在结果的一侧
leak-by-name = 从名称看，它事后才知道（单独 AUC 为 { $auc }）
leak-late = 它含有晚于截止日的日期
leak-filled = 它的缺失值只出现在结果的一侧
leak-ratio = 与 { $other } 之比即可对结果排序，AUC 为 { $auc }
leak-difference = 与 { $other } 之差即可对结果排序，AUC 为 { $auc }
leak-together = 与 { $other } 一起即可对结果排序，AUC 为 { $auc }
leak-numbered = 客户按结果的顺序编号，AUC 为 { $auc }
leak-listed = 列在 churn.drop 中
leak-vouched = { $why }；列在 churn.accept 中
finding-too-good = 流失模型对客户排序的 AUC 为 { $auc }，如此之高很少可信
    .advice = 确认每一列在结果之前就已知，其余的写入 churn.drop
finding-twins = 结果已知的{ n-of-customers }在所有列上与另一位相同；划分时放在一起
finding-copies = 结果已知的{ n-of-customers }在所有数值上与另一位相同，但并非在所有列上都相同，偶然无法解释；划分时放在一起
    .advice = 查明这些客户是否彼此重复；如果是，每组只保留一位
finding-not-converged = 流失模型在 200 步内未收敛；其数字取自最后一步

## 价值与预测

finding-value-missing = { n-of-customers }没有金额，按 0 计
    .advice = 请补上金额，或将群体的价值视为下限
finding-value-negative = { n-of-customers }的价值为负；比例以正价值计
finding-value-taken-as-total = value.per 为 order，但没有订单，因此该列按总额计
    .advice = 将 value.per 设为 month、year 或 total
finding-no-forecast = 未预测订单：{ $why }
finding-no-leaving-visible = 截至{ $day }的订单中看不到流失，因此 { $hidden } 会把所有人都视为活跃，不能使用；改用在留出时段中表现最好的 { $model }
finding-fit-not-converged = { $model } 对截至{ $day }的数据未收敛，不予使用
finding-season = 订单的起伏超出固定速率所能解释的范围：在 { $of } 个各 { $block } 天的区段中，有 { $n } 个偏差超过 { $far }，截至{ $day }的区段偏差 { $off }；对未来 { $horizon } 天的预测不含季节因素
    .advice = 将预测与上一年同一季节比较
