# Short texts that a run stores in English and a report of another language recognises by
# this English: no selectors here. Every other language has the same.

phrase-between = ;{" "}

## What a column is, and what it is used for

phrase-id = id
phrase-number = number
phrase-flag = flag
phrase-category = category
phrase-date = date
phrase-constant = constant
phrase-identifier = identifier
phrase-text = text
phrase-label = label
phrase-pooled = (other)
phrase-behavioural = behavioural
phrase-demographic = demographic
phrase-geographic = geographic
phrase-psychographic = psychographic
phrase-firmographic = firmographic
phrase-listed = listed
phrase-all = all
phrase-outcome = outcome
phrase-taken-out = taken out
phrase-segments = segments
phrase-describes = describes
phrase-churn-only = churn only
phrase-not-used = not used

## Why a column is what it is

phrase-empty = empty in every row
phrase-same = the same in every row
phrase-days = calendar days
phrase-zero-one = 0 and 1 only
phrase-numbers = numbers
phrase-counts-rows = counts the rows
phrase-reaches = reaches one customer
phrase-postal = a postal code
phrase-key-different = named like a key and different in every row
phrase-key = named like a key
phrase-zeros = written with leading zeros, so a code
phrase-few-whole = few whole numbers under the name of a code
phrase-two-levels = two levels
phrase-scale = levels of a scale, in their order
phrase-sentences = sentences, mostly different
phrase-different = different in every row
phrase-names-one = names or reaches one customer
phrase-levels = named levels
phrase-most-rows = different in most rows
phrase-many-levels = so many levels that few rows share one
phrase-survey = one of several survey items
phrase-levels-think = its levels are what customers think
phrase-behave = about what customers do or buy
phrase-companies = about companies
phrase-who = about who customers are
phrase-where = about where customers are
phrase-think = about what customers think
phrase-levels-who = its levels say who customers are
phrase-levels-places = its levels are places
phrase-behave-far = about what customers do or buy, as far as the name says
phrase-config-lists = used because the config lists it
phrase-declared = declared in the config
phrase-ignored = ignored in the config
phrase-no-sums = an engine makes features of sums alone
phrase-sensitive = named like a sensitive trait ({ $trait }), so not used
phrase-named = named in the config
phrase-means-leaving = its name means leaving and it has two values
phrase-place = with { $other } a place
phrase-item = one of { $n } items on one scale
phrase-from = from { $table }: { $why }
phrase-counted = counted from { $table }
phrase-same-lines = the same on the lines of a customer: { $why }
phrase-line-customer = the customer of each purchase line
phrase-id-customer-number = named like a customer number and { $rest }
phrase-id-customer = named like a customer and { $rest }
phrase-id-key = named like a key and { $rest }
phrase-id-counter = a row counter and { $rest }
phrase-nothing-else = nothing else names the rows
phrase-health = health
phrase-religion = religion
phrase-ethnic-origin = ethnic origin
phrase-sexual-orientation = sexual orientation
phrase-trade-union = trade union
phrase-political-opinion = political opinion
phrase-criminal-record = criminal record
phrase-genetic-data = genetic data

## How a feature is made of purchases

phrase-made-last-day = as-of day - day of the last order; 0 on that day
phrase-made-orders = number of orders: an order is what one customer bought under one order number on one day; where there are no order numbers, on one day
phrase-made-spend = sum of what was bought - sum of what was given back where refunds are net, else the sum of what was bought
phrase-made-basket = sum of the amounts of the orders / orders; a refund counts where it stands in the order itself
phrase-made-given-back = sum of what was given back
phrase-made-tenure = as-of day - day of the first order
phrase-made-between = day of the last order - day of the first order
phrase-made-gap = (sum of own gaps + 2 x median gap of all customers) / (own gaps + 2); a gap is the time between orders on two different days
phrase-made-regularity = -(sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)), n gaps, r their standard deviation / mean: 1 like clockwork, 0 by chance, -1 in bursts
phrase-made-trend = (last - first) / (last + first + 2), the orders after the first day in the last and the first half of the time from the first order to the as-of day
phrase-made-lines = lines that bought something / orders
phrase-made-units = sum of the quantities bought / orders
phrase-made-products = different products bought
phrase-made-categories = different categories bought
phrase-made-returns = lines that give something back / all lines that count, drawn towards the base: (n own + 5 base) / (n + 5), n orders
phrase-made-discounts = lines bought at a discount / lines that bought something, drawn towards the base
phrase-made-weekend = orders on a Saturday or Sunday / orders, drawn towards the base
phrase-made-category = money spent on the category / money spent, without money lines / lines, drawn towards the base; one column per level but the largest
phrase-made-channel = orders through the channel / orders, drawn towards the base; one column per level but the largest
phrase-made-season = orders of the season / orders, drawn towards the base; one column per season but the largest
phrase-made-first-category = category of the largest line of the first order, of equals the first by name; at most 40 levels, rare ones pooled
phrase-made-first-product = product of the largest line of the first order, of equals the first by name; at most 40 levels, rare ones pooled

## What was done to values

phrase-blanks = blanks around the value taken off
phrase-point-zero = .0 taken off where it is an id
phrase-comma = decimal comma read as a point
phrase-thousands = marks between thousands taken out
phrase-no-break = no-break spaces around the number taken off
phrase-unit = { $unit } taken off and kept as the unit
phrase-minus = a minus in brackets, at the end or typographic read as a minus
phrase-read-as-days = numbers read as days
phrase-clock = time of day cut off
phrase-moments = moments taken to the days of { $zone }

## Tables and purchase lines

phrase-customers = customers
phrase-transactions = transactions
phrase-events = events
phrase-feedback = feedback
phrase-products = products
phrase-accounts = accounts
phrase-survey-table = survey
phrase-read = read
phrase-used = used
phrase-left-out = left out: { $what }
phrase-without-day = without a day
phrase-after-as-of = after the as-of day
phrase-without-customer = without a customer
phrase-without-amount = without an amount
phrase-zero-quantity = with a quantity of 0
phrase-zero-price = with a price of 0
phrase-give-back = that give money back
phrase-without-purchase = of customers without a purchase

## Why these columns made the segments

phrase-base = built on the { $n } { $kind } columns, because { $why }; the other columns describe the segments
phrase-base-items = built on the { $n } { $kind } items, because { $why }; the other columns describe the segments
phrase-says-behave = what customers do says most about what to offer them
phrase-says-think = what customers think and want says most about what to tell them
phrase-says-companies = size and kind of a company say most about what it needs
phrase-base-all = built on all { $n } columns, because no kind that makes segments has at least { $least }
phrase-base-asked = built on the { $n } columns that features.cluster-on asks for

## The map and the value

phrase-components = principal components
phrase-axis-right = to the right: { $what }
phrase-axis-up = upwards: { $what }
phrase-no-difference = no difference
phrase-more = more { $name }
phrase-less = less { $name }
phrase-per-month = { $name } per month, over { $n } days
phrase-per-year = { $name } per year, over { $n } days
phrase-as-total = { $name } as a total, as it is

## Against a number of segments

phrase-smallest = the smallest segment holds only { $share }
phrase-not-again = repeated fits do not find every segment again: { $found } for the weakest, { $asked } is asked
phrase-no-gap = not every one of its segments has a gap around it, as { $k } have
phrase-gap-too = { $k } segments have a gap around each as well
phrase-two = two segments are taken only on request, or where a gap surrounds both
phrase-hardly = tells hardly more than { $k } segments ({ $own } against { $other }), so the smaller number is taken
phrase-tells-less = tells less than { $k } segments: { $own } against { $other }
phrase-bic = BIC is higher than with { $k } segments: { $own } against { $other }
phrase-just = segment { $id } is just: { $rule }
phrase-rule-is-missing = { $name } is missing
phrase-rule-at-most = { $name } at most { $limit }
phrase-rule-above = { $name } above { $limit }
phrase-rule-is-not = { $name } is not { $level }

## The model of the outcome

phrase-logistic = logistic
phrase-boosting = boosting
phrase-recency-rule = recency-rule
phrase-recency = recency rule
phrase-rate-rule = rate rule
phrase-regression = regression on earlier periods
phrase-no-order = no order in { $n } days
phrase-held-out = held out: orders to { $day } forecast the { $n } days after, which no model has seen
phrase-by-loss = by out-of-fold log-loss
phrase-has-to-be = boosting has to be better than logistic by more than one standard error of the difference
phrase-compared = compared on { $n } customers, evenly spread, and only the winner fitted on all
phrase-inside = the same inside each fold, where it took boosting in { $boosted } of { $all }
phrase-folds-once = { $n } folds, once, stratified by outcome
phrase-folds-twice = { $n } folds, twice, stratified by outcome
phrase-twins = customers equal in every column share a fold
phrase-copies = customers equal in every column or, against chance, in every number share a fold
phrase-all-ordered = in the held-out period every customer ordered, so there is nothing to tell apart
phrase-none-ordered = in the held-out period no customer ordered, so there is nothing to tell apart
phrase-no-label = the table has no column that says who has left
phrase-no-outcome = the table has no column with a known outcome
phrase-none-known = the outcome is known for no customer
phrase-one-outcome = all { $n } known outcomes are the same, so there is nothing to tell apart
phrase-few-with = only { $n } customers with the outcome, fewer than churn.min-events = { $least }
phrase-few-without = only { $n } customers without the outcome, fewer than churn.min-events = { $least }
phrase-no-column = no column is left that differs between customers
phrase-no-fold = almost all customers are equal in every column, so no fold can be held out
phrase-too-short = the orders cover { $history } days, too few to hold out a period of { $days } days

## Classes

phrase-lost = Lost
phrase-hibernating = Hibernating
phrase-about-to-sleep = About to sleep
phrase-new-customers = New customers
phrase-promising = Promising
phrase-at-risk = At risk
phrase-cannot-lose = Cannot lose them
phrase-need-attention = Need attention
phrase-potential = Potential loyalists
phrase-loyal = Loyal customers
phrase-champions = Champions
phrase-high-risk = { $class }, high risk
phrase-middle-risk = { $class }, middle risk
phrase-low-risk = { $class }, low risk

## What the columns that kohort makes of orders are called

phrase-column-order = order
phrase-column-orders = orders
phrase-column-spend = spend
phrase-column-last-order = last order
phrase-column-days-since = days since last order
phrase-column-average-order = average order value
phrase-column-refunds = refunds
phrase-column-tenure = tenure
phrase-column-tenure-days = tenure days
phrase-column-season = season share: { $season }
phrase-column-category = category share: { $category }
phrase-column-channel = channel share: { $channel }
phrase-column-season-share = season share
phrase-column-category-share = category share
phrase-column-channel-share = channel share
phrase-season-winter = Dec-Feb
phrase-season-spring = Mar-May
phrase-season-summer = Jun-Aug
phrase-season-autumn = Sep-Nov
phrase-column-first-to-last = days from first to last order
phrase-column-gap-days = days between orders
phrase-column-regularity = regularity of orders
phrase-column-order-trend = order trend
phrase-column-lines-per-order = lines per order
phrase-column-units-per-order = units per order
phrase-column-different-products = different products
phrase-column-different-categories = different categories
phrase-column-return-share = return share
phrase-column-discount-share = discount share
phrase-column-weekend-share = weekend share
phrase-column-first-category = first category
phrase-column-first-product = first product
phrase-column-visits = visits
phrase-column-age = age
