# The English messages of kohort's report. Every other language has the same.

## Words that stand alone

yes = yes
no = no
not-computed = Not computed
serious = Serious
warning = Warning
note = Note
none = None.

## The workbook

sheet-segments = Segments
sheet-profiles = Profiles
sheet-churn = Churn
sheet-actions = Actions
sheet-ledger = Ledger
sheet-customers = Customers
col-id = No.
col-segment = Segment
col-customers = Customers
col-share = Share of customers
col-value = Value
col-value-share = Share of value
col-value-each = Value per customer
col-expected = Expected value
col-at-risk = Value at risk
col-trust = Trust
col-stability = Overlap when found again
col-usable = Usable
col-who = Who they are
col-rule = How to recognise them
col-coverage = Rule finds of segment
col-precision = Found who belong
col-column = Column
col-level = Level
col-here = Here
col-others = Others
col-index = Index of the mean
col-effect = Effect
col-made = Made the segments
col-low = From
col-high = To
col-known = Outcome known
col-gone = Already happened
col-contact = To contact
col-hold-out = Held out
col-contacted = Share contacted
col-reached = Share reached
col-lift = Times better than by chance
col-predicted = Predicted
col-happened = Happened
col-measure = Measure
col-model = Model
col-base-rate = Always the base rate
col-odds = Odds
col-action = Action
col-why = Why
col-owner = Owner
col-kpi = Measured by
col-until = Until
col-table = Table
col-rows = Rows
col-used = Used
col-rejected = Could not be read
col-excluded = Left out by rule
col-unmatched = Join to nobody
col-lines = Lines
col-money = Money
col-role = Role
col-family = Family
col-used-for = Used for
col-missing = Missing
col-code = Code
col-severity = Severity
col-count = Number
col-seen = What was seen
col-advice = What to do
col-run = Run
col-version = Version
col-seed = Seed
col-method = Method
share-of-customers = Share of customers
share-of-value = Share of value
size-and-value = Size and value
differences = What is different
differences-note = Here and others: the middle value (the median) or the share. Index of the mean: the mean or share here, that of all customers being 100. Effect: from -1, far below the others, to 1, far above.
side-by-side = Typical values side by side
all-customers = All customers
by-segment = By segment
what-contacting-reaches = What contacting them reaches
believed = Whether the probabilities hold
how-good = How good the model is
what-goes-with-it = What goes with it
what-to-do = What to do
fill-in = The yellow fields are for people: who does it, how it is measured, until when.
where-rows-went = Where every row went
rows = Rows
purchase-lines = Purchase lines
columns = Columns
findings = What was noticed
method = Method and settings
config-in-full = The config in full
too-many-customers = The sheet of customers is left out: { $n } customers are more than the { $most } that a workbook holds well. customers.csv holds them all.

## How things are written

n-customers = { $n ->
    [one] { $n } customer
   *[other] { $n } customers
}
n-segments = { $n ->
    [one] { $n } segment
   *[other] { $n } segments
}
n-more = { $n } more
day = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
range = { $low } to { $high }
with-interval = { $figure } ({ $range })
under = under { $figure }
over = over { $figure }
withheld = withheld (protects a group under { $n })
withheld-cell = withheld
rule-withheld = Not shown: with fewer than { $n } customers in a class, every class of this rule could be worked out.
not-computed-cell = not computed
list-and = { $most } and { $last }
list-comma = ,{" "}
between-sentences = {" "}
none-of-them = none

## The outcome

leave-likely = Likely to leave
leave-happened = Have left
leave-those = customers who left
leave-others = customers who stayed
leave-already = have already left
leave-heading = Who left
leave-chance = the probability of leaving
other-likely = Likely: { $what }
other-those = customers with “{ $what }”
other-others = customers without “{ $what }”
other-already = already have “{ $what }”
other-heading = “{ $what }”
other-chance = the probability of “{ $what }”
in-no-segment = In no segment
segment-id = Segment { $id }
outcome-not-looked-at = the outcome was not looked at

## The first page

customer-segments = Customer segments
skip-to-segments = Skip to the segments
in-short = In short
serious-findings = Serious findings
contents = Contents
first-lead = { $n ->
    [one] { $n } customer
   *[other] { $n } customers
} in { $k ->
    [one] { $k } segment
   *[other] { $k } segments
}.
first-lead-day = { $n ->
    [one] { $n } customer
   *[other] { $n } customers
} in { $k ->
    [one] { $k } segment
   *[other] { $k } segments
}, as of { $day }.
first-unassigned = { $n ->
    [one] { $n } customer is in no segment.
   *[other] { $n } customers are in no segment.
}
first-formed = The segments were formed from { $columns }.
the-table = the table
all-rows-used = All { $n } rows in { $files } were used.
rows-left-out = Of { $n } rows in { $files }, { $used } were used; { $rejected } could not be read and { $excluded } were left out by rule.
first-lines = Of { $n } purchase lines, { $used } were used.
tile-customers = { $n ->
    [one] customer
   *[other] customers
}
tile-segments = { $n ->
    [one] segment
   *[other] segments
}
tile-contact = on the contact list
tile-at-risk = value at risk
the-segments = The segments
leak-taken-out = { $column } was taken out: it tells the outcome.
gone-inactive = { $n ->
    [one] { $n } customer has not ordered in the last { $days } days: inactive, in no list and in no figure on who is likely to leave.
   *[other] { $n } customers have not ordered in the last { $days } days: inactive, in no list and in no figure on who is likely to leave.
}
gone-left = { $n ->
    [one] { $n } customer has already left and is in no list.
   *[other] { $n } customers have already left and are in no list.
}
gone-other = { $n ->
    [one] { $n } customer already has “{ $what }” and is in no list.
   *[other] { $n } customers already have “{ $what }” and are in no list.
}
gone-others = { $contact } of the others are on the contact list: those with the highest probability.
gone-others-value = { $contact } of the others are on the contact list: those with the most value at risk, the chance of leaving times what they are worth.
gone-others-share = Up to { $share } of the others can be contacted; { $n } more are left alone for comparison.
to-decide = To decide
nothing-known = Nothing is asked here: neither a value of these customers nor who left is known. With a column that says what they spend, or who has left, this page says whom to protect, whom to grow and where to stop (settings value.column and churn.label).
nothing-stands-out = Nothing is asked here: no segment stands out enough.
kind-protect = Protect
kind-grow = Grow
kind-stop = Stop
stake-protect = { $money } at risk
stake-grow = { $money } more, if each of them reached that value
stake-stop = { $money } of value between them
stake-stop-expected = { $money } of expected value between them
stake-other = { $money } at stake
n-still-here = { $n ->
    [one] { $n } of { $all } customers is still here
   *[other] { $n } of { $all } customers are still here
}
decide-protect = Protect “{ $name }”: decide who gives them a reason to stay.
decide-grow = Grow “{ $name }”: test an offer that raises their value.
decide-stop = Stop paid contacts to “{ $name }”: automated messages only.
decide-stop-but = Stop paid contacts to “{ $name }” but for the { $n } on the contact list: automated messages only for the others.
decide-stop-list = { $n } of the { $all } on the contact list are of this segment: take them off.
decide-stop-stay = { $n } of the { $all } on the contact list are of this segment: much is at risk with them.
why-value = value per customer { $money }
why-step = aimed at { $money }
why-churn = likely to leave { $share }
how-far-to-trust-this = How far to trust this
trust-segments = The segments
trust-data = The data
trust-leaving-means = Leaving means here: { $what }.
trust-money-orders = Shares of value are of what customers bought so far; expected value and value at risk are of the next { $n } days.
trust-churn = Shown one of the { $those } and one of the { $others }, the model gives the first the higher probability { $auc } times in 100; guessing gives 50. It says who is at risk, not who can be kept.
trust-open = { $n ->
    [one] { $n } customer has no known outcome yet and was scored by the same model.
   *[other] { $n } customers have no known outcome yet; they were scored by the same model.
}
trust-active = { $n ->
    [one] { $n } customer was active on { $day } and was scored by the same model.
   *[other] { $n } customers were active on { $day }; they were scored by the same model.
}
trust-missing = Of the values used, { $share } are missing.
trust-nothing-missing = None of the values used is missing.
trust-warnings = { $n ->
    [0] There is no warning.
    [one] There is one warning. { $first }
   *[other] There are { $n } warnings, listed under Trust. One of them: { $first }
}
not-computed-because = Not computed: { $why }.
all-natural = All { $n } segments are real groups with a gap around them.
all-reproducible = All { $n } segments are reliable cuts: mostly the same customers come together each time.
all-constructed = All { $n } segments are rough cuts, good for planning only.
all-rule = All { $n } segments are defined by rules.
of-segments = { $n ->
    [one] Of { $n } segment, { $parts }.
   *[other] Of { $n } segments, { $parts }.
}
n-natural = { $n ->
    [one] { $n } is a real group with a gap around it
   *[other] { $n } are real groups with a gap around them
}
n-reproducible = { $n ->
    [one] { $n } is a reliable cut that comes back much the same each time
   *[other] { $n } are reliable cuts that come back much the same each time
}
n-constructed = { $n ->
    [one] { $n } is a rough cut, good for planning only
   *[other] { $n } are rough cuts, good for planning only
}
n-rule = { $n ->
    [one] { $n } is defined by a rule
   *[other] { $n } are defined by rules
}

## Trust

verdict-natural = Real group
verdict-reproducible = Reliable cut
verdict-constructed = Rough cut
verdict-rule = Rule
no-group = No group
natural-means = There is a gap between these customers and all others.
reproducible-means = Mostly the same customers come together each time; neighbouring segments blend into each other.
constructed-means = Useful for planning, but customers near the border could as well belong elsewhere.
rule-means = Defined by a rule, not found in the data.
no-group-sentence = Customers that resemble no group.
no-group-badge = These customers resemble no group; do not treat them as one.
overlap = Overlap when found again: { $overlap } of 1.
overlap-samples = Overlap when found again: { $overlap } of 1, over { $draws } samples of { $m } customers.
how-far-to-trust-it = How far to trust it
why-this-number = Why this number of segments
reason-best = Of { $low } to { $high } segments, { $k } fit best; the table below shows what speaks for each.
reason-fixed = The number of segments, { $k }, was fixed in the config.
reason-found = The method found { $k } segments by itself.
chosen-in-short = Of { $low } to { $high } segments, { $k } did best; the part on trust says why.
judge-rule = The segments are defined by a rule, so nothing had to judge their number.
judge-outcome = What judged: how much the segments tell about the outcome, on customers kept aside.
judge-descriptors = What judged: how much the segments tell about columns that did not form them, on customers kept aside.
judge-bic = What judged: how well the segments describe the customers for the number of parameters they need (BIC).
judge-stability = What judged: how surely the segments are found again when a part of the customers is left out.
judge-fixed = The number of segments was fixed in the config.
judge-again = The same solution was found from another start.
judge-not-again = The same solution was not found from another start.
chosen = chosen
judged-se = Judged (± standard error)
weakest-overlap = Weakest overlap
smallest = Smallest
variance-explained = Variance explained
silhouette = Silhouette
remark = Remark
next-best = The next best
each-segment = Each segment
cannot-say = What the figures cannot say
warnings = Warnings
notes = Notes

## Cards and comparison

segment-by-segment = Segment by segment
nothing-differs = Nothing differs from the other customers.
traits-note = Here and others: the middle customer’s value (the median), or the share. Index of the mean: the mean or share here, that of all customers being 100. A dash: no index, because values are below 0, it is a year, or the share is told as a bound.
these-made = These columns made the segments.
made-the-segments = made the segments
just = This segment is just: { $what }.
and-held-out = { $n }, and { $out } held out
outcome-not-known = outcome not known
of-those-here = of { $n } here
of-those-withheld = of those here; how many is withheld
likely-of = { $share } on average, among the { $n } still here
place = Place
against = { $what } { $here } against { $rest }
says-the-same = { $what } (says the same as { $others })
rule-quality = It finds { $coverage } of the segment; of those it finds, { $precision } belong to it. The figures on this card are of the segment, not of those the rule finds.
as-sql = As SQL
no-short-rule = No short rule describes this segment.
nothing-in-common = They have nothing in common but that they resemble no segment.
too-narrow = Too small to act on alone.
too-narrow-merge = Too small to act on alone. Its nearest neighbour is segment { $id }.
hard-to-act = Hard to act on: not distinct enough, or no rule reaches it.
caution = Caution
usable-head = Can it be worked with?
usable-measurable = Measurable
usable-overlap = overlap when found again { $overlap } of 1
usable-substantial = Large enough
usable-reachable = Reachable
usable-reach-rule = a short rule finds { $coverage } of it, { $precision } right
usable-reach-none = no short rule; by the list of customers
usable-distinct = Distinct
usable-effect = strongest difference { $effect } of 1
usable-actionable = Something to do
usable-contact = { $n } on the contact list
usable-no-contact = nobody on the contact list
usable-no-list = no contact list
nav-overview = Overview
size = Size
map = Map
profile = Profile
compare-note = Typical values: the middle customer’s value, or the share of customers.
col-figure = Figure
figure = Figure
how-to-read-it = How to read it.
js-copy = Copy
js-copied = Copied
js-filter = Filter
js-pick = Show these segments

## Rules

nav-rules = Rules
rule-segmentations = Rule segmentations
rules-intro = These classes are defined, not found: a rule puts every customer into one of them. The columns of the same names in the list of customers hold them.
pareto-headline = The top { $share } of customers bring { $value } of the value.
these-are-the-segments = These are the segments
col-class = Class
col-share-short = Share
made-up-of = The segments, made up of these classes
cross-note = Each cell is the share of the segment’s customers that belong to the class; within a rule a column adds up to all of the segment. A dash is withheld.
rule-lifecycle = Lifecycle
rule-loyalty = Loyalty
rule-shopper = Kind of shopper
rule-abc = Value class (ABC)
rule-rfm = Days, orders and spend (RFM)
rule-value-risk = Value and risk
class-first-order = first order
class-second = second
class-regular = regular
class-slowing = slowing
class-gone = gone
class-new = new
class-loyal = loyal
class-occasional = occasional
class-at-risk = at risk
class-lapsed = lapsed
class-frequent = frequent
class-budget = budget
class-not-known = not known

## Churn

churn-basis = The outcome is known for { $n ->
    [one] { $n } customer
   *[other] { $n } customers
}; { $events } of them ({ $share }) are { $those }. All figures on the model are on customers it had not seen.
churn-basis-orders = On { $day }, before the day of this report, { $n ->
    [one] { $n } customer was
   *[other] { $n } customers were
} active; { $events } of them ({ $share }) placed no order in the { $days } days after. All figures on the model are on these customers, and it had not seen those days.
churn-budget = Contacting the riskiest { $share } of the customers reaches { $gain } of the { $those }: { $lift } times as many as contacting the same number by chance.
of-the-rest = of the rest
interval-95 = 95% interval
measure-lift = Lift at the budget
measure-brier = Brier score
measure-ece = Calibration error
measure-floor = Floor of that error
measure-slope = Calibration slope
measure-intercept = Calibration intercept
means-roc-auc = ranking; 0.5 is guessing, 1 perfect
means-pr-auc = warnings that are right; higher is better
means-lift = times as many as by chance
means-log-loss = lower is better
means-brier = lower is better
means-ece = lower is better; a perfect model shows the floor below
means-floor = what a perfect model of this size shows
means-slope = 1 is right, below 1 overconfident
means-intercept = 0 is right
more-likely = more likely
less-likely = less likely
no-direction = no clear direction
col-direction = Direction
odds-note = How the odds change, with everything else in the model held fixed: per standard deviation for numbers, against the other levels for categories. What goes with an outcome need not cause it.
odds-beside = The odds are those of the logistic regression that is fitted beside the model.
knows-outcome = Columns that know the outcome
what-was-done = What was done
auc-alone = ROC-AUC alone
model-without = Model without it
model-interval = Model (95% interval)
how-to-read-it-col = How to read it
leak-proof = taken out: it tells the outcome
leak-suspicion = kept, but look at it
leak-accepted = kept: vouched for in the config
leak-dropped = taken out by the config
outcome-column = Outcome column
value-that-means-yes = Value that means yes
how-chosen = How it was chosen
each-model = Each model on its own
movers = Columns that move the probability most
split = Split
twins = Equal rows kept together
copies = Rows equal in every number kept together
still-open = Outcome still open
mean-probability = Mean probability
mean-of-both = { $events } for those with the outcome, { $others } for the others

## Data and method

nav-data = Data
nav-method = Method
nav-terms = Terms
rows-read = Rows read
files = Files
missing-cells = Missing cells among the columns used
why-columns = Why these columns
kind-of-columns = Kind of columns
only-describe = Only describe them
tables = Tables
every-line = Where every purchase line went
done-to-values = What was done to the values
radius = Radius and neighbours
stability = Stability
samples-of = { $draws } samples of { $n } customers
matrix-columns = Columns of the matrix
map-axes = { $method }; the axes show { $x } and { $y } of the variance
program = Program
how-prepared = How the columns were prepared
colophon = Run { $run }, written by kohort { $version }.
personal-data = The lists and scores beside this report are personal data.
term-segment = Segment
term-segment-means = Customers that resemble each other more than they resemble the others.
term-trust = Real group, reliable cut, rough cut
term-trust-means = How far a segment can be trusted. A real group has a gap around it. A reliable cut has none, but mostly the same customers come together each time. A rough cut comes out differently each time.
term-overlap-means = The segments are formed again from a part of the customers. 1 means that a segment comes back with exactly the same customers, 0.5 with about two thirds of them.
term-index-means = The mean of the segment, or its share, compared with that of all customers, which is 100; 150 is half as much again. It is not of the middle values beside it: a few large ones move a mean and no middle value.
term-made-means = Segments differ in these columns because they were formed from them. A difference in another column is news.
term-withheld = Withheld
term-withheld-means = A cell that fewer than { $n } customers share is not shown; others from which it could be worked out are withheld as well, or rounded to { $n } customers.
term-interval = Interval
term-interval-means = The range in brackets holds the true share 95 times out of 100. Small segments have wide ranges.
term-likely-means = The mean of { $chance } among the segment’s customers for whom it has not happened. It says who is at risk, not who can be kept.
term-inactive = Inactive
inactive-means = Lapsed is not inactive: a customer has lapsed when silent for too long by their own rhythm, and is inactive without an order in the last { $n } days, the same for everybody. So the two numbers differ.
term-lift = Lift
term-lift-means = How many times more of the right customers a list reaches than a random list of the same length.
term-at-risk-means = The value if every customer were kept, less the value expected with the probabilities of this report. Those who have left are not in it.
term-hold-out-means = Customers chosen like those on the list who are deliberately not contacted, and are not counted in it. Only the comparison with them shows what the contact achieves. How many of a segment are on the list or held out of it is told however few they are: these are lengths of lists.

## Actions

goal-retain = The goal set for this report is to keep customers: decisions and strategies that protect value come first.
goal-grow = The goal set for this report is to grow: decisions and strategies that raise value come first.
goal-profit = The goal set for this report is to spend less: decisions and strategies that save money come first.
overlooked-nobody = Nobody is overlooked: every customer is in a segment large enough to act on.
overlooked = Overlooked: { $n ->
    [one] { $n } customer is
   *[other] { $n } customers are
} in no segment, or in one too narrow to act on.
overlooked-value = Overlooked: { $n ->
    [one] { $n } customer
   *[other] { $n } customers
} with { $share } of the value, in no segment or in one too narrow to act on.
overlooked-few = Overlooked: fewer than { $n } customers, in no segment or in one too narrow to act on.
col-strategy = Strategy
col-tier = Account tier
col-next = Next step of the account executive
col-channel = Channel
col-format = Format
col-tone = Tone
col-focus = What the text is about
to-fill-in = to be filled in
strategies = The strategies
strategies-note = Each customer is given the first strategy that fits, by { $by }, so customers of one segment can have different ones. The strategy named beside a segment is the one that { $worth ->
    [yes] most of its value has
   *[no] most of its customers have
}, among those that agree with what to do with the segment. The table can be changed in the config.
strategies-by-loyalty = loyalty
strategies-by-value = value class
strategies-by-churn = risk of leaving
strategies-by-segment = The segments, made up of strategies
strategies-cross-note = Each cell is the share of the segment’s customers who have that strategy; a column adds up to all of the segment. A dash is withheld.
strategy-introduce = Introduce
strategy-win-back = Keep or win back
strategy-early-access = Early access
strategy-let-go = Let go
strategy-reward = Reward
strategy-upsell = Upsell and cross-sell
strategy-none = No strategy
introduce-who = new customers
win-back-who = customers worth an effort who are about to leave or have gone silent
early-access-who = the most valuable and most loyal
let-go-who = of little value and about to leave, or silent
reward-who = loyal customers
upsell-who = steady customers who could buy more
none-who = too little is known, or they have left
introduce-channel = email series, onboarding in the shop or the app
introduce-format = short video or guide
introduce-tone = warm and helpful
introduce-focus = how to get the most out of the first order; then the second
win-back-channel = a personal call or letter for the best, then email
win-back-format = personal message, no mass advertising
win-back-tone = personal, asking
win-back-focus = what they bought, what has changed since, one reason to return
early-access-channel = personal email, invitation
early-access-format = preview, event
early-access-tone = exclusive, grateful
early-access-focus = first to see what is new; no discount
let-go-channel = automated email only
let-go-format = one last reminder
let-go-tone = matter-of-fact
let-go-focus = how to come back; then no more paid contacts
reward-channel = email, parcel insert, app
reward-format = thank-you, bonus
reward-tone = grateful
reward-focus = thanks for their loyalty; ask for a recommendation
upsell-channel = email, shop and retargeting
upsell-format = product suggestions, bundles
upsell-tone = useful, light
upsell-focus = what goes with what they have, and the next size up
tier-1 = 1: one to one
tier-2 = 2: one to few
tier-3 = 3: one to many
next-1-risk = Call the decision maker this week and agree on a plan to stay
next-1-calm = Quarterly review with the decision makers; look for the next department
next-2-risk = Call, and ask what has changed
next-2-calm = Invite to a workshop for their industry
next-3-risk = Automated check; hand over to inside sales when they answer
next-3-calm = Newsletter and webinars; no personal time
act-none = Look at them case by case.
act-too-narrow = Too narrow for a campaign of its own: treat it with its neighbour
act-protect-first = Protect first: a personal call with a reason to stay
act-keep-close = Keep close: a regular personal contact and early renewal
act-reward-loyalty-few = Reward loyalty: thank them, and call only the few who may leave
act-look-after = Look after the best customers: personal service before discounts
act-hold-on = Retain: an offer to stay to those most likely to leave
act-stay-in-touch = Stay in touch: useful news and a small test offer
act-grow-gently = Grow gently: suggest the next product
act-develop = Develop: test one suggestion for a next product
act-low-cost = Low-cost messages only: find out why they are likely to leave
act-keep-cheap = Keep it cheap: automated messages, no discount
act-grow-small = Grow: loyal but small, offer an upgrade or an add-on
act-cheap-test = Keep it cheap and test which offer raises their value
act-early = Act early: an offer to stay to those most likely to leave
act-ask-missing = Stay in touch: ask what they miss
act-reward-referrals = Reward loyalty: thank them and ask for referrals
act-own-message = Test a message of its own
act-start-here = Start here: the outcome is most likely with them
act-leave-out = Leave them out of this campaign but look after them: they are worth much
act-contact-last = Contact last: the outcome is least likely with them
act-contact-budget = Contact within the budget, and test two messages
act-ask-next = ask what they will need next
act-remind-once = remind them once, and stop if nothing comes back
act-settle = settle what is owed before any offer
act-solve = solve what they wrote in about first
act-ask-wrong = ask what went wrong first
act-ask-returns = ask why goods come back
act-first-months = help them through the first months
act-longer-contract = offer a longer contract
act-smaller-discounts = test smaller discounts
act-show-unused = show them what they do not use yet
act-reach-site = reach them on the site or in the app
act-second-product = suggest a second product

## Figures

fig-calibration-below = Calibration, on customers the model had not seen
fig-what-happened = What happened
fig-what-said = What the model said
fig-slope = Slope { $slope } (1 is right, below 1 is overconfident)
fig-mean-error = Mean error { $error } points; a perfect model of this size would show { $floor }
fig-dashed-said = Dashed: what was said is what happened
fig-calibration-caption = The customers are sorted by { $chance } and cut into groups of equal size. Across is the mean of what the model said for a group, upwards the share of { $those } in it, with its 95% interval. Points on the dashed line mean that a probability can be taken at its word; below it the model warns too much, above it too little.
fig-believable = Believable
fig-roughly-right = Roughly right
fig-with-care = Take with care
fig-top-group = In the group with the highest probabilities ({ $customers }) the model said { $said } on average, and { $seen } was observed.
fig-said-observed = said { $said }, observed { $seen }
fig-calibration-alt = Calibration in { $n } groups: { $parts }.
no-fig-rule = the segments are defined by a rule
no-fig-itself = this method finds the number of segments itself and tries no others
no-fig-fixed = a person fixed the number of segments, and no other was tried
no-fig-one = only one number of segments was possible
fig-why-k = Why { $k } segments
fig-why-k-below = What was measured for each number of segments that was tried; the chosen one is marked
fig-found-again = How surely found again
fig-smallest = Smallest segment
fig-number = Number of segments
fig-tells-outcome = Tells about the outcome
fig-tells-columns = Tells about other columns
fig-judged = What judged
fig-why-k-judged = Left: how much of what was not used to form the segments they nevertheless tell about, on customers kept aside; higher is better, the bars are the uncertainty (one standard error). Middle: how surely each segment comes back when only a part of the customers is looked at; 1 is always, each dash is one segment, the dot the weakest of them. Right: the share of customers in the smallest segment; a very small one is hard to act on.
fig-why-k-caption = Left: how surely each segment comes back when only a part of the customers is looked at; 1 is always, each dash is one segment, the dot the weakest of them. Right: the share of customers in the smallest segment; a very small one is hard to act on.
fig-k-weakest = {", "}weakest stability { $s }
fig-k-judged = {", "}judged { $v }
fig-k-alt = { $k } were chosen. { $parts }.
no-fig-outcome = no segment has a known outcome
fig-churn-known = Share of the customers whose outcome is known, with a 95% interval
fig-churn-mean = Mean probability of the customers who can still be lost
fig-churn-title = { $heading }, segment by segment
fig-observed-95 = Observed (95% interval)
fig-all = all: { $share }
fig-n-known = { $n } known
fig-observed = observed: { $those }
fig-mean-others = mean of { $chance }, among all others
fig-churn-caption = The disc is the share of { $those } in each segment, the line through it the range in which the true share lies 95 times out of 100; the diamond is the mean of { $chance } for those who are not among them. A segment whose line does not touch the dashed line differs from the whole. Groups of fewer than { $few } are not shown. Where a column that made the segments also drives the outcome, a difference partly restates that column.
fig-not-known = not known
fig-churn-alt = Share of { $those } by segment. { $parts }.
fig-means-caption = The diamond is the mean of { $chance } for the customers of the segment who can still be lost. Groups of fewer than { $few } are not shown.
fig-means-line = The dashed line is the mean over all of them.
fig-no-mark = Where there is no mark the value is withheld.
fig-not-shown = not shown
fig-means-alt = Mean of { $chance } by segment. { $parts }.
no-fig-rhythm = there are no orders to tell a rhythm from
no-fig-one-class = nearly all customers are in one class ({ $class }: { $share }); the table below tells it
fig-12 = Where customers stand by their own rhythm
fig-rhythm-below = By rules that the report prints
fig-rhythm-caption = Each line is a class; the dark bar is its share of all customers, the light bar its share of all value, on the same scale. Slowing and at risk: silent for longer than is usual for them. Gone and lapsed: silent for so long that hardly anybody comes back.
fig-and-value = {" "}and { $share } of the value
fig-of-customers = { $name }: { $share } of the customers{ $value }
fig-classes-alt = Bars by class. { $parts }.
no-fig-few = the outcome is known for too few customers
not-drawn = Not drawn because { $why }.
no-fig-differs = no column differs between the segments
no-fig-segment = there is no segment
fig-3 = How the segments differ
fig-heatmap-below = Typical value in each segment; the colour says where it stands among all customers
fig-all-line-1 = All
fig-all-line-2 = customers
fig-far-below = Far below
fig-far-above = far above all customers
fig-made = made the segments; the other columns only describe them
fig-heatmap-caption = Each line is a column of the data, those that differ most first. A cell shows the typical value in the segment: the middle customer’s value, or the share of customers with that property. Blue is above what is usual for all customers, orange below; the deeper, the fewer of all customers go beyond it. Columns with a dot made the segments, so that they differ is by construction and proves nothing; that the other columns differ is news.
fig-grey-cells = { $text } Grey cells are withheld, or a bound that shows no difference, because they hold fewer than { $few } customers.
fig-heatmap-alt = A table of { $n } columns by segment. { $parts }.
no-fig-lift = there is no lift to show
fig-9 = What contacting the riskiest customers reaches
fig-lift-below = Gains curve, on customers the model had not seen
fig-reached-among = Reached among { $those }
fig-contacted-first = Customers contacted, riskiest first
fig-times = { $lift } times
fig-lift-says = as many { $those } as by chance: contacting the riskiest { $share } reaches { $gain } of them.
fig-dashed-random = Dashed: contacting at random
fig-reaching-not-keeping = Reaching somebody is not keeping them: only a group held out shows what the contact achieves.
fig-lift-caption = Customers are sorted by { $chance }, the riskiest first. Going right, more of them are contacted; the height says which share of the { $those } is among them. The marked point is the contact budget of this run.
fig-lift-alt = Gains curve. The riskiest { $share } hold { $gain } of the { $those }, lift { $lift }.
fig-lift-mark = { $share } contacted, { $gain } reached
no-fig-value = no customer has a value
no-fig-steps = too few customers share each step of the curve
fig-pareto-spread = How the value is spread over the customers.
fig-pareto-says = of the customers bring { $value } of the value: class { $class }.
fig-10 = How the value is concentrated
fig-pareto-below = Pareto curve with the cut-offs of ABC
fig-pareto-plain = Pareto curve
fig-pareto-marked = {" "}The marked points are the cut-offs between the classes A, B and so on.
fig-pareto-up = Share of all positive value
fig-pareto-across = Share of customers, largest value first
fig-pareto-caption = Customers are sorted by value, the largest first. Going right, more of them are counted; the height says which share of all positive value they bring. The steeper the curve begins, the fewer customers carry the business.{ $marked } No step of the curve shows a single customer.
fig-class-ends = { $class } ends at { $value } of the value, { $share } of the customers
fig-class-end = Class { $end }.
fig-brought-nothing = { $customers } brought nothing or cost money.
fig-refunds = Refunds beyond purchases took { $share } of the positive value.
fig-dashed-same = Dashed: everybody the same
fig-pareto-alt = Pareto curve of value over customers. { $parts }
no-fig-cells = no cell of the map holds enough customers to be shown
no-fig-grid = the map has no usable grid
no-fig-spot = all customers lie on one spot
fig-2 = A map of the customers
fig-map-below = Customers that are alike lie close together. The map keeps { $shown } of all differences.
fig-few = few
fig-in-one-cell = { $n } in one cell
fig-map-caption = Each small square gathers customers that resemble each other; its colour is the segment that most of them belong to, and it is stronger where more customers are. The numbered discs are the centres of the segments. Where colours meet without a gap, the border between two segments is a cut, not a gap. The map is flat, the data are not: segments that seem to overlap here can lie apart in the columns that are not shown. Beside the arrows stand the columns that rise (+) or fall (−) in that direction.
fig-map-withheld = { $text } { $customers } in squares with fewer than { $few } are not shown.
fig-map-alt = A map of the customers in { $n } cells that shows { $shown } of all differences, coloured by segment: { $names }.
no-fig-orders = there are no orders
no-fig-rfm = no cell of the grid holds enough customers
fig-11 = Who ordered lately, and who often
fig-rfm-value = Customers in each cell, and value per customer; the stronger the colour, the more value
fig-rfm-count = Customers in each cell; the stronger the colour, the more
fig-last-order = Last order
fig-score-1 = score from the
fig-score-2 = longest ago to
fig-score-3 = the most recent
fig-orders-score = Orders, score from few to many
fig-dash-withheld = –  withheld
fig-rfm-second = {", "}below it the value per customer
fig-rfm-caption = Each cell holds the customers with one score for the days since the last order (up: more recent) and one for the number of orders (right: more). The bold figure is the number of customers{ $second }. The word is the name that most of them have; the score for spend decides between two names.
fig-rfm-grey = Grey cells with a dash are withheld: they, or a cell that could be worked out from them, hold fewer than { $few } customers.
fig-rfm-cell = last order { $days }, orders { $orders }: { $n }
fig-rfm-alt = A grid of scores for the last order and for orders. { $parts }.
fig-interval = { $value } (95% interval { $low } to { $high })
fig-6 = How well the model tells customers apart
fig-roc-below = ROC curve, on customers the model had not seen
fig-found-among = Found among { $those }
fig-false-alarms = False alarms among { $others }
fig-in-100 = { $auc } in 100
fig-roc-says = Take one of the { $those } and one of the { $others } at random: so often the model gives the first the higher probability. Guessing gives 50 in 100.
fig-area = Area under the curve: { $interval }
fig-dashed-guessing = Dashed: guessing
fig-roc-caption = The curve shows what raising more alarms costs: going right, more { $others } are flagged by mistake; going up, more { $those } are found. The further the curve bends to the upper left, the better; on the dashed line the model would be guessing.
fig-roc-alt = ROC curve. Area under the curve { $interval }.
fig-7 = How often a warning is right
fig-pr-below = Precision-recall curve, on customers the model had not seen
fig-warnings-right = Warnings that are right
fig-pr-says = of the warnings are right on average over all numbers of warnings. Picking at random, { $base } would be.
fig-average-precision = Average precision: { $interval }
fig-dashed-picking = Dashed: picking at random ({ $base })
fig-at-random = at random
fig-pr-caption = Going right, more customers are flagged and more of the { $those } are among them; the height says how many of the flagged customers really belong to them. With few { $those } in the base this figure is stricter than the one before.
fig-pr-alt = Precision-recall curve. Average precision { $interval }.
fig-total-in = { $total } in { $parts }
fig-sizes-value = How large the segments are, and how much value they hold
fig-sizes-value-caption = Each line is a segment. The left bar is its share of all customers, the right bar its share of all value, on the same scale. Where the right bar is longer, each customer of the segment is worth more than the average customer.
fig-1 = How large the segments are
fig-sizes-caption = Each line is a segment; the bar is its share of all customers. The number beside the percentage is the number of customers.
fig-and-in-none = { $segments } and in none
fig-sizes-alt = Bars by segment. { $parts }.
fig-5 = The outcome by segment
fig-numbers = What each number of segments yields
fig-clustergram = Where the segments come from
fig-decisions = What other decisions would change
no-fig-stability = the segments were not looked for again in samples
fig-13 = How surely each segment is found again
fig-stability-below = Overlap with the same segment, formed again from samples of the customers
fig-stability-caption = The bar says how much of a segment comes back when the segments are formed again from a part of the customers: 1 is always the same customers. Right of the dashed line, at 0.75, a segment counts as found again; left of it, treat its border as a rough cut.
fig-stability-alt = Bars of the overlap by segment. { $parts }.
no-fig-snake = fewer than two columns or segments can be compared
fig-14 = The profiles of the segments
fig-snake-below = Each line is a segment; where its typical value stands among all customers, column by column
fig-below-others = below all customers
fig-above-others = above all customers
fig-snake-caption = Follow one colour from top to bottom: where its line leans left, the typical value of the segment is below that of all customers in that column, where it leans right, above. Lines that cross often belong to segments that differ in kind, lines side by side to segments that differ in degree. Columns with a dot made the segments.
fig-snake-alt = Lines over { $n } columns, one for each segment: { $names }. The table of typical values holds the figures.
fig-15 = What goes with the outcome
fig-moves-below = How much each column moves the probability on average, in log-odds
fig-moves-caption = The longer the bar, the more the column moves the model’s answer. Orange: more of it goes with a higher probability; blue: with a lower one; grey: no single direction. What goes with an outcome need not cause it.
fig-odds-below = How the odds change with each column, with 95% intervals; the line in the middle is no change
fig-odds-caption = Right of the line the outcome is more likely, left of it less, with everything else in the model held fixed: per standard deviation for numbers, against the other levels for categories. An interval that crosses the line can be chance. What goes with an outcome need not cause it.
fig-drivers-alt = Columns by their weight. { $parts }.
no-fig-cohorts = there are no months of orders to follow
fig-16 = How customers come back, by month of the first order
fig-cohorts-below = Share of each month’s newcomers who ordered so many months later
fig-first-order-in = first order, customers
fig-cohorts-caption = Each line is the customers who first ordered in that month; their number stands beside it. Going right, the cell is the share of them who ordered in the first month after, the second, and so on. Lines end where the months to come are not known yet. A dash is withheld: fewer than { $few } customers.
fig-cohorts-alt = A table of { $n } months of newcomers and the share who came back in each month after; at most { $most }.
no-fig-expected = no value was forecast from orders
fig-17 = Who brings the expected value
fig-expected-below = Share of the expected value, customers with most of it first
fig-expected-up = Share of the expected value
fig-expected-days = Over the next { $n } days
fig-expected-total = { $money } expected of everybody
fig-expected-says = of the expected value comes from the tenth of the customers with most of it.
fig-expected-first = of the expected value comes from the { $share } of the customers with most of it.
fig-expected-caption = Customers are sorted by what they are expected to bring. The steeper the curve begins, the more depends on few of them: look after those in person. No step of the curve shows a single customer.
fig-expected-alt = Curve of the expected value. The top tenth of the customers brings { $top }.
no-fig-evaluation = value or stability is not known of two segments
fig-18 = Which segments deserve attention
fig-evaluation-below = Upwards: value per customer. To the right: how surely the segment is found again. Area: share of value
fig-evaluation-caption = Upper right: worth much and a sure group, so worth a campaign of its own. Upper left: worth much, but the border is rough, so look at customers one by one. Lower right: sure but of little value, so keep it cheap. A large disc holds a large share of all value. A sign pushed aside has a line to the middle of its disc.
fig-evaluation-alt = Value per customer and overlap when found again, by segment. { $parts }.
value-heading = What they will bring
value-lead = Over the next { $n } days { $orders } orders are expected, worth { $money }.
value-not-known = an unknown sum
value-repeat = Of newcomers, { $share } order again within { $n } days.
value-tried-head = How the forecast did before
value-tried = On { $day } the same way of forecasting expected sales of { $forecast } to { $customers } customers within { $n } days; they came to { $fact }.
value-tried-orders = On { $day } the same way of forecasting expected { $forecast } orders of { $customers } customers within { $n } days; { $fact } came.
col-spent-group = Customers by what they had spent
col-spent-before = Spent until then
col-forecast = Forecast
col-fact = What came
col-forecast-of-fact = Forecast in % of what came
spend-group-1 = The fifth that had spent least
spend-group-2 = The second fifth
spend-group-3 = The middle fifth
spend-group-4 = The fourth fifth
spend-group-5 = The fifth that had spent most
half-of-them = half lie between { $low } and { $high }
half-alike = half have { $value }
range-note = Half of the segment’s customers lie in the range below the value.
bounds-note = “Under” and “over” stand for shares that too few customers make up to be told.
most-like = Most like segment { $id }, “{ $name }”.
your-config = YOUR-CONFIG
typical-head = A typical customer:
typical-range = { $low } to { $high }
typical-note = The ranges hold the middle half of the { $n } customers nearest to the middle of the segment; they are nobody’s own values.
col-typical = A typical customer
col-quarter = A quarter lies below
col-three-quarters = A quarter lies above
no-fig-many = more than { $n } lines cannot be told apart
fig-19 = What marks each segment
fig-multiples-below = One column of bars per segment; in colour where its typical value is clearly off the middle of all customers
fig-multiples-sides = left: below all customers, right: above
fig-multiples-caption = Read one segment from top to bottom: a bar to the right means that its typical value is above that of all customers, to the left below; the longer, the fewer of all customers go beyond it. Grey bars are small differences. Columns with a dot made the segments, so that they differ is by construction.
fig-multiples-alt = Bars over { $n } columns, one panel for each segment: { $names }. The table of typical values holds the figures.
the-rest = The rest
judge-parts = The number of segments was judged inside each part. { $parts }
no-fig-silhouette = no distances between segments can be measured
fig-20 = How clearly customers belong to their segment
fig-silhouette-below = Silhouette: 1 is deep inside the own segment, 0 on the border, below 0 nearer to another
fig-mean = Dashed: the mean of all, { $mean }
fig-nearer-else = { $share } nearer to another segment
fig-silhouette-caption = Each shape is a segment: its customers from the clearest above to the least clear below, and the mean beside it. A full, long shape is a group of its own; a shape that runs out to nothing has a border that is a cut through people who are alike, as with most customers. Read it as a description: it judges no number of segments. { $of }; each step is the mean of at least { $few } customers.
fig-of-all = Of all { $n }
fig-of-drawn = Of { $n } drawn at random
fig-silhouette-alt = Silhouettes by segment, means. { $parts }.
no-fig-neighbours = this method looks at no neighbours
fig-24 = How near customers are to each other
fig-neighbours-below = Distance within which { $n } customers lie, the customer included; nearest first
fig-neighbours-up = Distance
fig-neighbours-across = Customers, nearest neighbours first
fig-km = { $x } km
fig-eps-says = is the radius that was taken: who has { $n } customers within it, the own one included, lies in a dense region.
fig-no-eps-says = customers, the own one included, make a surrounding. This method takes no single radius: it looks at all of them.
fig-dashed-eps = Dashed: the radius
fig-neighbours-bend = Where the curve turns upwards, customers begin to stand alone.
fig-neighbours-caption = Customers are sorted by how far they have to look to find { $points } customers. The flat part are customers in company; the steep end are those whom nobody resembles. Distances are in the prepared columns, or in km between places. { $of }; the farthest may lie beyond the picture.
fig-neighbours-alt = Curve of the distance within which { $n } customers lie; up to { $most }.
no-fig-branches = this method finds no regions inside each other
fig-25 = Where the dense regions come from
fig-branches-below = Going down, only customers ever closer to each other stay together; coloured regions became segments
fig-branches-up = Distance between neighbours
fig-branches-across = Width: customers ({ $n } at the top)
fig-branch-tip = { $n } customers, from { $from } to { $until }
fig-branch = segment { $id } from { $from } to { $until }
fig-branches-caption = Read it from the top, where all customers hang together. Each split is a distance below which a group falls apart into smaller ones; who gets lost on the way resembles nobody closely enough. A coloured block that is tall holds together over many distances, so it is a group by itself; a short one is barely one. Customers are to the nearest { $few }.
fig-branches-alt = A tree of { $n } regions. { $parts }.
no-fig-profit = cost per contact, value saved and share saved are not given
fig-26 = What contacting is expected to bring
fig-profit-below = Profit by the share of customers contacted, riskiest first; on customers the model had not seen
fig-profit-up = Profit
fig-profit-up-in = Profit, { $currency }
fig-profit-says = is the most that contacting is expected to bring, with the riskiest { $share } on the list: { $n }.
fig-profit-none = No contact pays at this cost.
fig-profit-budget = At the contact budget, { $share } (ring): { $money }, 95% interval { $low } to { $high }
fig-profit-even = A contact pays from a probability of { $p } on
fig-profit-given = As given: { $cost } per contact, { $saved } per customer kept, { $rate } of those about to leave are kept
fig-profit-shade = Shaded: 95% interval; dashed: by the model’s probabilities alone
fig-profit-caption = Going right, more customers are contacted, the riskiest first; the height is what that is expected to bring after its cost, if the given share of { $those } could have been kept. The dot is the most; beyond it each further contact costs more than it brings. Only a group held out shows whether the given share is true.
fig-profit-alt = Profit by share contacted; the most is { $best } at { $share }.
no-fig-contributions = no model goes by columns of the customers
fig-27 = Why the model rates the segments differently
fig-contributions-below = By which factor each column changes the odds in a segment, against the average customer
fig-contributions-sides = left (blue): less likely, right (orange): more likely
fig-contributions-caption = Read one segment from top to bottom: a bar to the right means that this column raises { $chance } there, to the left that it lowers it, against the average customer; the factors of all columns multiplied give the whole. Grey bars change the odds by less than a tenth. The bars tell what the model goes by, not what would happen if somebody changed it.
fig-contributions-alt = The column that changes the odds most, by segment. { $parts }.
no-fig-alive = there are no orders, or no model can tell from them when customers leave
fig-28 = How sure it is that customers are still active
fig-alive-below = Mean probability by days with an order and days since the last one; below it the number of customers
fig-alive-orders = Days with an order
fig-alive-silence = Days since the last order
fig-alive-cell = { $orders } orders, { $days } days: { $p }
fig-alive-caption = Read a line from left to right: the longer the silence, the less sure. Whoever used to order often is missed sooner: the same silence says more about a customer with many orders than about one with few. After the model { $model }, whose word for a customer is never exact; customers whom it gives no chance to leave, such as those with one order, are not in the figure. Grey cells with a dash are withheld: they, or a cell that could be worked out from them, hold fewer than { $few } customers.
fig-alive-alt = A grid of the probability of being active. { $parts }.
no-fig-map = no columns hold places in degrees, or too few customers share one
no-fig-map-few = { $n } of { $all } customers are in squares of fewer than { $few }, which are not shown: too little of the map is left
fig-29 = Where the customers are
fig-places-below = Each square by the segment that most of its customers belong to; stronger where more are
fig-places-caption = North is up, east to the right; a step east is as long as a step north. A square gathers the customers of an area, never one alone. Empty squares hold nobody, or too few to be shown.
fig-places-unknown = { $text } Of { $customers } the place is not known.
fig-places-alt = A map of where customers are in { $n } cells, coloured by segment: { $names }.
wind-n = N
wind-s = S
wind-e = E
wind-w = W
no-fig-places = no column names places that enough customers share
fig-30 = Where the customers are, by name
fig-place-below = { $column }: the { $n } with the most customers, and of which segments they are
fig-place-all-below = { $column }, and the segments of the customers there
fig-elsewhere = all others
fig-place-caption = Each bar is the customers of one place, split by segment in the order of their numbers.
fig-place-others = All others live elsewhere, or it is not known where.
fig-place-grey = Grey is withheld: parts of fewer than { $few } customers, and others from which such a part could be worked out.
fig-place-alt = Customers by place. { $parts }.
name-comma = {", "}
name-within = { $of }:{" "}
name-as = { $of }
name-high = high { $of }
name-low = low { $of }
name-long = long { $of }
name-short = short { $of }
name-many = many { $of }
name-few = few { $of }
name-older = older
name-younger = younger
name-long-since = long since { $of }
name-recent = recent { $of }
name-no = no { $of }
name-not = not { $of }
name-town = in { $of }
name-middle = in the middle
name-north = in the north
name-north-east = in the north-east
name-east = in the east
name-south-east = in the south-east
name-south = in the south
name-south-west = in the south-west
name-west = in the west
name-north-west = in the north-west
name-number = segment { $of }
name-average = close to average
reason-nowhere = In no segment: too few customers are like this one{ $own }
reason-plain = No single trait stands out{ $own }
reason-close = close to segment { $id }
reason-unusual = unusual for this segment
reason-of-all = { $what } ({ $share } of all)
reason-near = { $shown } (near the typical { $half })
reason-typical = { $shown } (typical: { $half })
unit-days = { $n } days
unit-days-ago = { $n } days ago
unit-weeks = { $n } weeks
unit-months = { $n } months
unit-years = { $n } years
unit-hours = { $n } hours
unit-minutes = { $n } minutes
change-heading = What has changed
change-forecast = Forecast against fact
change-segment-then = Segment on { $then }
change-leave-forecast = Leave: forecast
change-leave-fact = Leave: fact
change-orders-forecast = Orders: forecast
change-orders-fact = Orders: fact
change-value-forecast = Value: forecast
change-value-fact = Value: fact
change-verdict = Verdict on the segments
change-events = What happened from { $then } to { $now }
change-moved = Who moved
change-from-to = From ({ $then }), to ({ $now })
change-kpi = KPI before and now
change-kpi-note = All customers, and each segment where the change is clear of chance (in bold). Intervals are of a difference of independent figures.
change-who = Who
col-kpi-short = KPI
change-before = Before ({ $then })
change-now = Now ({ $now })
change-change = Change (95% interval)
change-clear = clear
change-drift = Drift of the columns
change-shift = Shift
change-index = Stability index
change-distance = Distance in standard deviations
change-not-told = Not told:
change-by-behaviour = Moved by what they do
change-by-behaviour-note = From the segment before to the one that the previous model gives now. Whoever was not there before stands under new.
change-by-definition = Moved by new definitions
change-by-definition-note = The same customers, from the segment by the previous model to the segment by the new fit. Nobody in this table did anything.
change-drift-rest = { $n } other columns have not shifted, or hold too few customers to say.
change-scored = The segments are the same as then: customers were placed by the frozen model, so whoever moved did so by what they do.
change-refitted = The segments were fitted anew from those of then, so some customers moved by what they do and some because segments were drawn anew; the two are told apart.
change-lead = Compared with { $then }: { $both } are in both, { $new } are new and { $gone } are no longer there. { $done }
change-keep = Keep: the segments still hold.
change-look = Look: the segments hold, but somebody should look at them.
change-refit = Refit: customers no longer fall into the segments of then.
change-in-none = in none
change-new = new
change-withheld = Cells of too few customers are left out; { $n } are in such cells.
change-down = { $down } of { $all } moved to a segment of lower value by what they do ({ $share }), { $up } to one of higher value.
change-down-chance = Between two halves of the earlier orders { $share } would, with nobody changing: the lucky of one half are seldom the lucky of the other. Halves hold half of the orders, so this is the most that chance alone explains.
kpi-retention = Retention from month to month
kpi-repeat-rate = Second order within 90 days
kpi-loyal-share = Loyal customers
kpi-churn = Customers who leave
kpi-order-value = Mean order
kpi-value = Mean value
change-in-base = makes the segments
change-aged = the time that has passed is taken off
change-unseen = { $share } have a level that was not there before
change-large = large
change-some = some
no-fig-forecast = nothing that was forecast is known yet
no-fig-cells-moved = no cell holds enough customers
no-fig-kpi = the run kept no KPI
no-fig-months = there are no orders of two months
fig-21 = What was forecast, and what came
fig-forecast-below = Share of customers who leave: the forecast of { $then } and the fact
fig-forecast-came = { $who }: { $told } forecast, { $came } came
fig-forecast-caption = The upright mark is what the last run forecast, the dot what happened, and the line through it the range that chance alone allows. A mark outside the line is a forecast that was wrong.
fig-22 = Who moved where
fig-by-behaviour = By what customers do
fig-by-definition = By new definitions
fig-migration-below = Left { $then }, right { $now }; the width is the number of customers
fig-migration-alt = Bands from segment to segment. { $moved } of { $all } moved by what they do.
fig-migration-caption = Each band is a group of customers, from the segment before on the left to the segment now on the right. Straight bands stayed. Bands of fewer customers than may be shown are left out.
fig-23 = KPI month by month
fig-kpi-customers = Customers who ordered
fig-kpi-retention = Retention from the month before
fig-kpi-repeat = Customers who had ordered before
fig-kpi-below = Whole months are filled dots; months that the data cuts are hollow
fig-kpi-no-limits = Each line is one KPI, month by month. There are fewer than eight whole months, so no limits are drawn: nobody can say yet what is usual.
fig-kpi-caption = Each line is one KPI, month by month. The dashed lines are the mean and the limits between which months usually lie; a dot outside is a month worth asking about.
fig-kpi-alt = { $n } lines over { $months } months.
fig-more = and { $n } more segments
product-index = { $product } (index { $index })
buys-more = Buy more than others
offer-next = Offer next
offer-because = { $product }: index { $index } here, { $there } in “{ $like }”, the segment most like it
fig-alive-other = { $text } The forecast of this report goes by another model, which did better on the last period.
