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
col-index = Index
col-effect = Effect
col-made = Made the segments
col-low = From
col-high = To
col-known = Outcome known
col-gone = In no list
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
differences-note = Middle value or share, here and among all others. Index: the average here, that of all customers being 100. Effect: from -1, far below the others, to 1, far above.
side-by-side = Typical values side by side
all-customers = All customers
by-segment = By segment
what-contacting-reaches = What contacting them reaches
believed = Whether the probabilities can be believed
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
gone-lapsed = { $n ->
    [one] { $n } customer has lapsed and is in no list.
   *[other] { $n } customers have lapsed and are in no list.
}
gone-left = { $n ->
    [one] { $n } customer has already left and is in no list.
   *[other] { $n } customers have already left and are in no list.
}
gone-other = { $n ->
    [one] { $n } customer already has “{ $what }” and is in no list.
   *[other] { $n } customers already have “{ $what }” and are in no list.
}
to-decide = To decide
kind-protect = Protect
kind-grow = Grow
kind-stop = Stop
stake-protect = { $money } at risk
stake-grow = { $money } below the average in all
stake-stop = { $money } of value between them
stake-other = { $money } at stake
decide-protect = Protect “{ $name }”: decide who gives them a reason to stay.
decide-grow = Grow “{ $name }”: test an offer that raises their value.
decide-stop = Stop paid contacts to “{ $name }”: automated messages only.
why-value = value per customer { $money }
why-churn = likely to leave { $share }
how-far-to-trust-this = How far to trust this
trust-segments = The segments
trust-data = The data
trust-churn = Shown one of the { $those } and one of the { $others }, the model gives the first the higher probability { $auc } times in 100; guessing gives 50. It says who is at risk, not who can be kept.
trust-open = { $n ->
    [one] { $n } customer has no known outcome yet and was scored by the same model.
   *[other] { $n } customers have no known outcome yet; they were scored by the same model.
}
trust-missing = Of the values used, { $share } are missing.
trust-nothing-missing = No value is missing.
trust-warnings = { $n ->
    [0] There is no warning.
    [one] There is { $n } warning, listed under Trust.
   *[other] There are { $n } warnings, listed under Trust.
}
not-computed-because = Not computed: { $why }.
of-segments = { $n ->
    [one] Of { $n } segment, { $parts }.
   *[other] Of { $n } segments, { $parts }.
}
n-natural = { $n ->
    [one] { $n } is a real group with a gap around it
   *[other] { $n } are real groups with a gap around them
}
n-reproducible = { $n ->
    [one] { $n } is a reliable cut that comes back each time
   *[other] { $n } are reliable cuts that come back each time
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
reproducible-means = The same customers come together each time; but there is no gap at the border.
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
traits-note = Middle value or share, here and among all others. Index: the average here, that of all customers being 100.
these-made = These columns made the segments.
made-the-segments = made the segments
just = This segment is just: { $what }.
and-held-out = { $n }, and { $out } held out
outcome-not-known = outcome not known
place = Place
against = { $what } { $here } against { $rest }
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
churn-budget = Contacting the riskiest { $share } of the customers reaches { $gain } of the { $those }: { $lift } times as many as contacting the same number by chance.
of-the-rest = of the rest
interval-95 = 95% interval
measure-lift = Lift at the budget
measure-brier = Brier score
measure-ece = Calibration error
measure-floor = Floor of that error
measure-slope = Calibration slope
measure-intercept = Calibration intercept
means-roc-auc = ranking; .5 is guessing, 1 perfect
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
term-trust-means = How far a segment can be trusted. A real group has a gap around it. A reliable cut has none, but comes back each time. A rough cut does not come back each time.
term-overlap-means = The segments are formed again from a part of the customers. 1 means that a segment comes back with exactly the same customers, 0.5 with about two thirds of them.
term-index-means = The segment compared with all customers, who are 100; 150 is half as much again.
term-made-means = Segments differ in these columns because they were formed from them. A difference in another column is news.
term-withheld = Withheld
term-withheld-means = A cell that fewer than { $n } customers share is not shown.
term-interval = Interval
term-interval-means = The range in brackets holds the true share 95 times out of 100. Small segments have wide ranges.
term-likely-means = The mean of { $chance } among the segment’s customers for whom it has not happened. It says who is at risk, not who can be kept.
term-lift = Lift
term-lift-means = How many times more of the right customers a list reaches than a random list of the same length.
term-at-risk-means = The value if every customer were kept, less the value expected with the probabilities of this report. Those who have left are not in it.
term-hold-out-means = Customers on the list who are deliberately not contacted. Only the comparison with them shows what the contact achieves.

## Actions

goal-retain = The order is that of keeping customers: what protects value comes first.
goal-grow = The order is that of growing: what raises value comes first.
goal-profit = The order is that of spending less: what saves money comes first.
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
strategies-note = Each customer is given the first strategy that fits, by loyalty, value class and risk of leaving; a segment has that of most of its customers. The table can be changed in the config.
strategies-by-segment = The segments, made up of strategies
strategy-introduce = Introduce
strategy-win-back = Win back
strategy-early-access = Early access
strategy-let-go = Let go
strategy-reward = Reward
strategy-upsell = Upsell and cross-sell
strategy-none = No strategy
introduce-who = new customers
win-back-who = valuable customers who are about to leave or have gone silent
early-access-who = the most valuable and most loyal
let-go-who = of little value and about to leave, or silent
reward-who = loyal customers
upsell-who = steady customers who could buy more
none-who = too little is known, or they have left
introduce-channel = e-mail series, onboarding in the shop or the app
introduce-format = short video or guide
introduce-tone = warm and helpful
introduce-focus = how to get the most out of the first order; then the second
win-back-channel = a personal call or letter for the best, then e-mail
win-back-format = personal message, no mass advertising
win-back-tone = personal, asking
win-back-focus = what they bought, what has changed since, one reason to return
early-access-channel = personal e-mail, invitation
early-access-format = preview, event
early-access-tone = exclusive, grateful
early-access-focus = first to see what is new; no discount
let-go-channel = automated e-mail only
let-go-format = one last reminder
let-go-tone = matter-of-fact
let-go-focus = how to come back; then no more paid contacts
reward-channel = e-mail, parcel insert, app
reward-format = thank-you, bonus
reward-tone = grateful
reward-focus = thanks for their loyalty; ask for a recommendation
upsell-channel = e-mail, shop and retargeting
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
act-hold-on = Hold on: an offer to stay to those most likely to leave
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
