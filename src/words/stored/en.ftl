# Sentences that a run stores beside its numbers, in English. Every other language has the
# same.

part-comma = ,{" "}
all-sentences = { $all }

## What the figures cannot say

limit-small = There are { $n } customers for { $features } features; segments of so small a base move with every new export. Seventy customers per feature or more are the rule of thumb.
limit-constructed = { $n ->
    [one] { $n } of { $of } segments is a rough cut: in other samples it comes out differently. It can be used to treat customers differently; it is not a type of people.
   *[other] { $n } of { $of } segments are rough cuts: in other samples they come out differently. They can be used to treat customers differently; they are not types of people.
}
limit-gap = No segment was tested for a gap in density, so none is called natural: a reproducible segment is found again in other samples, which does not prove that it is set apart.
limit-risk = A probability says who is likely to leave, not who can be kept. What a contact achieves is measured by the customers held out.
limit-label = The label is history: the table says who has left, not when. The figures hold for customers like these in a period like the one the label covers.
limit-no-id = The table has no customer id: rows are called by their number, so results cannot be matched to another export of the same customers.

## How a column was prepared

prep-line = { $name }: { $steps }
prep-zero = missing is 0 where { $other } is 0
prep-clipped = extremes clipped
prep-log = logarithm
prep-ranks = ranks of its levels
prep-counted = "{ $from }" counted as "{ $to }"
prep-place = with { $longitude } a point on the globe in km
prep-centred = less the customer's own mean answer
prep-one = 0 or 1
prep-as-is = as it is
prep-block = on one scale with its block
prep-standard = standardised
prep-scores = normal scores
prep-square = and its square
prep-missing = and whether it is missing
prep-axes = three coordinates that count as one
prep-levels = { $n } columns of 0 or 1 that count as one
prep-values = and { $n ->
    [one] 1 value on its own
   *[other] { $n } values on their own
}

## How the classes of a rule are defined

def-rhythm-unknown = Nobody ordered on two different days, so no rhythm is known and u is 100% for everybody.
def-rhythm = A customer’s own gap is (the days between the first and the last order + 2 × { $median }) / (the number of gaps + 2), where { $median } days is the middle gap between two orders in this base. u is the share of all gaps in the base, scaled by own gap / { $median } days, that are longer than the days since the customer’s last order.
def-lifecycle = First order, second and regular: one, two, and three or more orders, and u at least { $late }. Slowing: u at least { $gone } and below { $late }. Gone: u below { $gone }.
def-loyalty = First match. Lapsed: u below { $gone }. At risk: u below { $late }. New: the first order lies no more than one middle gap back. Loyal: { $loyal }{ $also }. Occasional: everybody else.
def-loyal-rate = at least two orders, and at least { $rate } orders per month, the middle of the rest
def-loyal-no-rest = at least two orders, among the rest; there is no rest here
def-also-nothing = {""}
def-also-engagement = ; where it is known also engagement of at least { $engagement }, the middle
def-also-feedback = ; where it is known also feedback of at least { $feedback }, the middle
def-also-both = ; where it is known also engagement of at least { $engagement }, the middle or feedback of at least { $feedback }, the middle
def-first-match = First match.
def-budget-share = Budget: a discount share above 0 and of at least { $share }, the upper quarter of the base.
def-frequent = Frequent: at least two orders, and at least { $rate } orders per month, the upper third of the base.
def-budget-order = Budget: an average order below { $order }, the lower quarter of the base.
def-budget-nobody = Budget: nobody, as neither amounts nor discounts are known.
def-occasional = Occasional: everybody else.
def-value-risk = Value classes as in ABC, by the value over the horizon. High risk: a probability of leaving above { $high }, that of the riskiest { $few } of the customers; middle risk: above { $middle }, the riskiest { $more }; low risk: the others.
def-rfm = Scores from 1 (worst), { $made }. Bins begin at these values: days since the last order { $days } (fewer days, higher score); orders { $orders }; { $spend }. The name follows from the score for days and from the mean of the other two.
def-rfm-bins = { $n } bins of about equal size, customers who are alike together
def-rfm-edges = bins with edges from the config
def-rfm-spend = spend from about { $edges }
def-rfm-no-money = there is no money, so orders count twice
def-abc-first = A: the fewest customers who together bring { $cut } of all { $by }.
def-abc-next = { $letter }: those who bring the total to { $cut }.
def-abc-last = { $letter }: the rest, and everybody who brought nothing or cost money.
def-abc-second = The second letter is the same by { $by }.
def-abc-edges = By { $by }: { $starts }.
def-abc-start = { $letter } from { $value }
def-by-value = value
def-by-orders = orders

## Why the segments of the previous run still hold, or do not

judged-holds = a new fit puts { $found } of the customers into the same segments; refits of the same customers agreed on { $low } or more in 19 of 20 pairs
judged-quiet = no column has shifted much and the segments hold as they did
judged-refit = a new fit on the same customers puts only { $found } of them into the same segments, far below the { $low } that refits agreed on in 19 of 20 pairs and the { $lowest } of the least alike of { $pairs } pairs, and not every segment is found again
judged-unlike = { $found } of the customers are unlike everybody in their segment, where { $expected } would be with nothing changed: more than the smallest segment may hold
judged-less = a new fit puts { $found } of the customers into the same segments, less than any pair of refits did, though every segment is found again
judged-few = a new fit puts { $found } of the customers into the same segments, as few as 1 pair of refits in 20 did, and not every segment is found again
judged-drift = { $name }, which makes the segments, has shifted much (stability index { $index })
judged-unseen = { $share } of the customers have a level of { $name } that was not there before
judged-thinned = segment { $id } holds fewer customers than a segment may have
judged-overlap = only { $share } of the earlier customers are in this run
judged-age = the model is { $n ->
    [one] { $n } day
   *[other] { $n } days
} old, and was to be reviewed by now

## What happened to segments

event-who = segment { $id } ({ $name })
event-id = segment { $id }
event-everybody = all customers
event-taken = { $who } has taken up segment { $ids }
event-split = { $who } is a piece of segment { $ids }
event-merged = { $who } is segments { $ids } together
event-new = { $who } is new
event-gone = { $who } is gone
event-went = { $who } is gone: of its customers who are still there { $share } are in segment { $to } now{ $more }
event-no-more = {""}
event-more = ,{" "}{ $places }
event-place = { $share } in segment { $to }
event-grew = { $who } grew from { $before } to { $now } customers (+{ $share })
event-shrank = { $who } shrank from { $before } to { $now } customers (-{ $share })
event-rose = { $who }: { $kpi } rose from { $before } to { $now }
event-fell = { $who }: { $kpi } fell from { $before } to { $now }
event-churn = the share of customers who leave
event-retention = retention
event-repeat-rate = the repeat rate
event-loyal-share = the share of loyal customers
event-order-value = the mean order
event-value = the mean value
change-no-kpi = the previous run kept no KPI to compare with
change-of-a-rule = the segments are classes of a rule: whether a new fit would find them is no question
change-no-forecast = the last run made no forecast that this run's data could be compared with
change-later-run = the later run did not go on from the earlier one, so its folder holds no facts to compare forecasts with
change-no-day = no day of the forecast has passed
change-none-known = of no customer whose outcome was open is it known now
change-all-days = All { $horizon } days of the forecast have passed.
change-some-days = { $passed } of the { $horizon } days of the forecast have passed: orders and value are in proportion, and the probability of no order is by a constant rate.
change-left-out = { $n ->
    [one] { $n } customer is not in this run and is
   *[other] { $n } customers are not in this run and are
} left out.
change-known-now = { $n ->
    [one] { $n } customer
   *[other] { $n } customers
} had not left at the last run, and it is known now whether they have.
