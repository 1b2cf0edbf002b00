# What findings say, in English. The id is `finding-`, the code, and after `_` which of its
# sentences it is; `.advice` is what the reader can do. Every other language has the same.

## Counted things; `n` is the count, `of` all there are

n-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
n-values = { $n ->
    [one] { $n } value
   *[other] { $n } values
}
n-lines = { $n ->
    [one] { $n } line
   *[other] { $n } lines
}
n-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
n-of-customers = { $n } of { $of ->
    [one] { $of } customer
   *[other] { $of } customers
}
n-of-rows = { $n } of { $of ->
    [one] { $of } row
   *[other] { $of } rows
}
n-of-values = { $n } of { $of ->
    [one] { $of } value
   *[other] { $of } values
}
n-of-lines = { $n } of { $of ->
    [one] { $of } line
   *[other] { $of } lines
}
n-of-levels = { $n } of { $of ->
    [one] { $of } level
   *[other] { $of } levels
}

## Around a finding

finding-column = { $column }: { $text }
about-file = { $file }: { $text }
about-files = { $file } and { $more } more: { $text }
about-part = where { $part }, { $text }

## Reading files

finding-encoding_certain = the text is not UTF-8 and is read as { $encoding }, which is certain: no other character set of the script fits or differs ({ $bytes } bytes beyond ASCII in { $words } different words)
    .advice = set encoding = "{ $setting }" under [input.csv]
finding-encoding_likely = the text is not UTF-8 and is read as { $encoding }, with high confidence: its words, in three parts, give the same answer each ({ $bytes } bytes beyond ASCII in { $words } different words)
    .advice = set encoding = "{ $setting }" under [input.csv]
finding-encoding_declared = the text is read as { $encoding } as declared, but is also sound UTF-8
    .advice = look whether its letters are right, else declare encoding = "utf-8"
finding-encoding_unmarked = the text has no byte order mark and is read as { $encoding }, which is certain: every second byte is NUL
    .advice = set encoding = "{ $setting }" under [input.csv]
finding-comment-lines = { $n ->
    [one] 1 line begins with # and is
   *[other] the first { $n } lines begin with # and are
} not part of the table
    .advice = set skip-lines under [input.csv] to say how many there are; 0 keeps them
finding-title-lines = { $n ->
    [one] 1 line above the header is a title,
   *[other] the first { $n } lines above the header are titles,
} not part of the table
    .advice = set skip-lines under [input.csv] to say how many there are; 0 keeps them
finding-header-lines = the first two lines both name the columns, and their names are joined
    .advice = set header-lines = 1 under [input.csv] if the second is a row
finding-no-header = the first line holds numbers like all others, so the columns are called column_1, column_2 and so on
    .advice = set header = true under [input.csv] if it names the columns
finding-unnamed-column = the first column has no name and is called { $name }
finding-missing-values = { n-of-values } are missing ({ $codes })
code-empty = empty: { $n }
code-space = a single space: { $n }
code-blanks = { $blanks } spaces: { $n }
code-spelt = "{ $code }": { $n }
finding-other-format = the name promises { $promised }, but the file is { $found } and read as such
format-workbook = a workbook
format-named = { $name }
finding-proposed-missing = of { n-values } these may mean missing and are used as they are: { $codes }
    .advice = if they mean missing, set null-values = [{ $setting }] under [input.csv]
code-in-rows = "{ $code }" in { n-rows }
finding-rejected-rows = { n-rows } could not be read, first { $first }
    .advice = correct these rows in the export
place-line = line { $line }
place-row = row { $row }
finding-empty-file = it has a header but no rows
finding-first-rows = columns were looked at in the first { n-of-rows }
finding-seen-on-a-sample = { $n } of { $of } customers were looked at: a sample by the hash of their ids
finding-seen-on-a-sample_lines = { $n } customers were looked at, with all of their lines: a sample by the hash of their ids out of { $of } lines
finding-not-on-an-engine = left out, because an engine makes features of sums alone: { $columns }
    .advice = run on one machine to have all features
finding-found-on-a-sample = segments were found on { $n } of { $of } customers, moved to the means of all in { $passes } passes, and every customer was placed: sizes and shares are of all, sums are the sample's times the customers that each stands for, all else is of the sample
    .advice = a larger engine.sample-rows makes what is of the sample more certain
finding-churn-of-the-sample_trees = churn_probability was not written for all customers: the trees of the churn model have { $n } leaves, and one statement holds at most { $most }
    .advice = set churn.model = "logistic", whose probability is one sum
finding-churn-of-the-sample_products = churn_probability was not written for all customers: with it one statement would have { $n } products, and it may have { $most }
    .advice = use fewer columns or fewer segments
finding-churn-of-the-sample_forecast = churn_probability was not written for all customers: who orders again was forecast for the sample alone
finding-churn-of-the-sample_column = churn_probability was not written for all customers: the engine holds { $name } as something else than the sample
    .advice = store the column on the engine as what it is, or list it in churn.drop
finding-twin-rows = { n-of-rows } are equal to an earlier row in every column and are kept
    .advice = remove them in the export if a row can have been written twice
finding-error-cells = { $n ->
    [one] { $n } cell
   *[other] { $n } cells
} in column { $letters } of sheet { $sheet } hold an error such as #N/A and are read as missing
finding-unit-in-values_percent = { n-values } carry a per cent sign: 12% is read as 12, not as 0.12
finding-unit-in-values_currency = { n-values } are amounts in { $unit }; the sign is taken off
finding-accounting-negatives = { n-values } in brackets or with a minus at the end are read as negative
    .advice = declare the column a category under [features.types] if that is not meant
finding-rounded-numbers = { n-values } have more digits than the 15 to 17 that a number holds and are rounded where the column is used as numbers
    .advice = if they are codes, declare the column a category under [features.types]
finding-looks-like-moments = { n-values } look like seconds or milliseconds since 1970 and are used as numbers
    .advice = set date-format = "epoch-s" or "epoch-ms" under [input.csv] to read days
finding-days-as-numbers_spreadsheet = its numbers are read as days of a spreadsheet that counts from 1900
    .advice = declare the column a number under [features.types] if that is not meant
finding-days-as-numbers_other = its numbers are read as { $format }
    .advice = declare the column a number under [features.types] if that is not meant
finding-signs-between-days = { n-days } have other signs between their numbers than { $format }; the order is the same
finding-repeated-times = { $n ->
    [one] { $n } time
   *[other] { $n } times
} occurred twice when the clocks of { $zone } were set back; their day is the same either way
finding-days-in-utc = { $n ->
    [one] { $n } time is
   *[other] { $n } times are
} in UTC, and so are the days read from them
    .advice = set timezone under [input.csv] to count in local days

## What columns mean

finding-no-id = no column names the customers, so rows are numbered in the order of the file
    .advice = name the id column with input.id; without one the order of rows matters and customers cannot be followed from run to run
finding-ids-with-decimals = { $n } of { $of ->
    [one] { $of } id
   *[other] { $of } ids
} are written with .0 at the end, as a spreadsheet or a data frame writes whole numbers beside missing ones; they are read without it
finding-near-duplicate-ids = { $n ->
    [one] { $n } id is
   *[other] { $n } ids are
} written in more than one way: they differ only in upper and lower case, outer spaces or the composition of accents; each way is taken as a customer of its own
    .advice = correct the ids if they mean the same customer
finding-second-label = the name means leaving too, but { $label } was taken as the label
    .advice = name the right one with churn.label
finding-open-customers = customers without a known outcome are scored but not learnt from
finding-half-a-place = a latitude or a longitude without the other is a number and no place
    .advice = declare the other one in features.types as "latitude" or "longitude"
finding-exchanged-coordinates_all = { n-of-rows } of { $columns } are degrees only when latitude and longitude are exchanged, so they are used as two numbers
    .advice = declare in features.types which column is the "latitude" and which the "longitude"
finding-exchanged-coordinates_some = { $n ->
    [one] { $n } row lies
   *[other] { $n } rows lie
} far from the others, and among them when latitude and longitude are exchanged; they are used as they are
    .advice = look at these rows before relying on places
finding-not-degrees = { n-of-rows } of { $columns } are no degrees, so they are used as two numbers
    .advice = give latitude and longitude in degrees, or declare both columns as "number"
finding-coordinates-outside = { $n ->
    [one] { $n } row lies outside the degrees of the globe and counts
   *[other] { $n } rows lie outside the degrees of the globe and count
} as missing; { $exchanged } of them are inside when latitude and longitude are exchanged
    .advice = correct the coordinates, or leave them empty
finding-null-island = { $n ->
    [one] { $n } row lies at 0 and 0, which stands for not found, and counts
   *[other] { $n } rows lie at 0 and 0, which stands for not found, and count
} as missing
    .advice = leave the coordinates empty where a place is not known
finding-half-coordinates = { $n ->
    [one] { $n } row has a latitude or a longitude but not both, and counts
   *[other] { $n } rows have a latitude or a longitude but not both, and count
} as missing
    .advice = fill in the other one
finding-rare-levels = { n-of-levels } have fewer than { $few } rows each and are pooled as { $other }, { $rows } rows together
finding-unused-column_levels = no two groups of { $few } or more rows share a level, so the column is not used
finding-unused-column_days = no row holds a day that can be meant, so the column is not used
finding-undeclared-level = rows hold a level that is not declared; it counts as missing
    .advice = add the level to the list in features.types
finding-day-after-reference = rows hold a day after the reference day; it counts as 0 days before it
    .advice = set input.as-of to the day on which the table was drawn
finding-implausible-day = rows hold a day before 1900 or from 2080 on; it counts as missing
    .advice = leave the cell empty where there is no day
finding-empty-column = no row has a value, so the column is not used
finding-constant-column_input = every row has the same value, so the column is not used
finding-free-text = the values are sentences, so the column is not used
    .advice = declare what it is in features.types if it should be used
finding-identifier-column = the values look like names or numbers of single customers, so the column is not used
    .advice = declare what it is in features.types if it should be used
finding-sensitive-trait = the name points to a sensitive trait ({ $trait }), so the column is not used
    .advice = give the reason for using it in features.allow-sensitive
trait-health = health
trait-religion = religion
trait-ethnic-origin = ethnic origin
trait-sexual-orientation = sexual orientation
trait-trade-union = trade union
trait-political-opinion = political opinion
trait-criminal-record = criminal record
trait-genetic-data = genetic data
finding-many-missing-values = { n-of-rows } have no value
    .advice = find out why they are missing, or ignore the column
finding-many-levels = { $n } different levels; the rare ones are pooled
    .advice = group the levels before the run, or ignore the column
finding-shares-of-one-whole = { $columns } sum to one whole, so they are one statement; { $most } is the most common, follows from the others and is left out
    .advice = declare them as "number" in features.types to use each on its own
finding-attribute-of-customers_all = the same on all lines of { n-of-customers }, so it describes them
    .advice = name it in features.ignore if it says nothing of the customer
finding-attribute-of-customers_most = the same on all lines of { n-of-customers }, so it describes them; the other { $several } have the value of most of their lines
    .advice = name it in features.ignore if it says nothing of the customer

## Preparing columns

finding-sum-describes = { $sum } is { $a } + { $b } for every customer; it describes and makes no segment, because beside both it would count them twice
finding-base-of-all-columns = there are { $behavioural } behavioural, { $psychographic } psychographic and { $firmographic } firmographic columns, fewer than { $least } of each, so all { $n } columns make the segments and none is left to describe them
    .advice = name the columns that should make the segments in features.cluster-on
finding-excluded-from-base = { $name } is listed in features.cluster-on but knows the outcome, so it makes no segments
finding-constant-column_here = column { $name } is the same for every customer here and is left out
finding-unknown-column_used = churn.{ $key } names { $name }, which is no used column
    .advice = correct the name or remove it from the list
finding-unknown-column_numbers = churn.{ $key } names { $name }, which is no used column of numbers
    .advice = correct the name or remove it from the list
finding-unknown-column_prepared = normalise.{ $key } names { $name }, which is not among the { $of } columns
    .advice = check the spelling
finding-structural-zero = { $name } is missing exactly where { $other } is 0 and counts as 0 there
finding-clipped-customers = { $n ->
    [one] the most extreme customer in { $name } is treated as being at the edge of the others
   *[other] the { $n } most extreme customers in { $name } are treated as equal
}
    .advice = set normalise.clip = 0 to treat them as they are
finding-mostly-missing-column = column { $name } is missing for { n-of-customers }: where customers are compared its numbers are left out
finding-imputed-numbers = { n-of-values } of { $name } are missing and were filled in
finding-not-applicable-level_named = "{ $level }" of { $name } means "does not have it" and counts as "{ $other }" where customers are compared; tables show it apart
    .advice = list the levels that mean it in features.not-applicable
finding-not-applicable-level_rare = a level of { $name } means "does not have it" and counts as a level
    .advice = list the levels that mean it in features.not-applicable
finding-duplicate-column_whole = column { $name } says the same as { $other } and counts once
finding-duplicate-column_part = part of column { $name } says the same as { $other } and counts once
finding-unknown-places_alone = { n-of-customers } have no known place and count as being in the middle of the others
    .advice = set normalise.impute = "drop-row" to leave them out: a place is all that makes the segments
finding-unknown-places_beside = { n-of-customers } have no known place and count as being in the middle of the others
finding-robust-scale-fallback = half of the customers share one value, so the interquartile range is 0; mean and standard deviation are used

## Purchases

finding-pooled-shares = { $block }: { $n } levels that few customers have are pooled as { $other }
finding-constant-feature = the feature is the same for every customer, so it is not used
lines-worth = {" "}(money as written: { $money })
lines-plain = {""}
finding-lines-without-day = { n-of-lines } have no day, or none between 1900-01-01 and 2079-06-06{ $worth }, and are left out
    .advice = fill in the day of the order
finding-lines-after-as-of = { n-of-lines } are dated after { $day }{ $worth } and are left out
finding-lines-without-customer = { n-of-lines } name no customer{ $worth } and are left out
    .advice = find out who bought without a name: these sales are in no segment
finding-lines-without-money = { n-of-lines } have no amount{ $worth } and are left out
    .advice = fill in the amounts
finding-zero-quantity = { n-of-lines } have a quantity of 0{ $worth } and are left out
finding-zero-price-dropped = { n-of-lines } have a price of 0{ $worth } and are left out
finding-refunds-dropped = { n-of-lines } give money back{ $worth } and are left out
finding-customers-without-purchase_lines = { n-of-lines } belong to customers of whom no purchase is left{ $worth } and are left out
finding-cancelled-lines = { n-of-lines } are cancellations{ $worth }: their order number begins with { $prefixes }
    .advice = set features.transactions.cancel-prefix if that is wrong
finding-refund-lines_net = { n-lines } of customers are cancelled or negative; what they give back is taken off spend
finding-refund-lines_drop = { n-lines } of customers are cancelled or negative; they are left out
finding-refund-lines_separate = { n-lines } of customers are cancelled or negative; what they give back is a column of its own
finding-positive-cancellations = { $n ->
    [one] { $n } cancelled line has
   *[other] { $n } cancelled lines have
} a positive amount or quantity; it counts as given back
    .advice = look whether the prefix marks cancellations only
finding-zero-price = { n-of-lines } have a price of 0; they count as bought for nothing
    .advice = set features.transactions.zero-price to drop if nothing was bought
finding-lines-without-order-number = { n-of-lines } have no order number; those of one customer on one day are one order
finding-shared-order-numbers = { $n ->
    [one] { $n } order number names
   *[other] { $n } order numbers name
} orders of several customers; each has its own
    .advice = look whether the order number or the customer is the right column
finding-order-numbers-on-several-days = { $n ->
    [one] { $n } order number of one customer stands
   *[other] { $n } order numbers of one customer stand
} on several days; each day is an order
finding-duplicate-lines = { n-of-lines } equal another line of the same order in every column that is used; they are kept
    .advice = remove them from the table if they were written twice
finding-guest-checkout = one customer has { $share } of all lines
    .advice = if many people order under this number, leave it out
finding-last-day-partial_given = the as-of day { $day } has { n-lines } where its weekday has { $usual } in the middle, so it looks incomplete
    .advice = set input.as-of to the last whole day
finding-last-day-partial_found = the as-of day { $day } has { n-lines } where its weekday has { $usual } in the middle, so it looks incomplete
    .advice = set input.as-of to the day before
finding-pointed-ids = { $n ->
    [one] { $n } line writes
   *[other] { $n } lines write
} a whole customer number with a decimal point and zeros, such as a spreadsheet does; it is the same customer without them
finding-rounded-money = { $n ->
    [one] { $n } line has more decimals than are kept and was rounded
   *[other] { $n } lines have more decimals than are kept and were rounded
}

## Putting tables together

finding-table-part_purchases = { $path } is taken for the purchases
finding-table-part_customers = { $path } is taken for the customers
finding-table-part_joined = { $path } is taken for { $role }, joined by { $by }
finding-table-part_by-id = { $path } is taken for { $role }, joined by the id
finding-customers-without-purchase_customers = { $n ->
    [one] { $n } customer has no purchase and is
   *[other] { $n } customers have no purchase and are
} excluded by rule
    .advice = run on the customer table alone to segment them as well
finding-purchases-of-strangers = { $n ->
    [one] { $n } customer of the purchases is
   *[other] { $n } customers of the purchases are
} not in the customer table
    .advice = compare how the two tables write the id, or export all customers
finding-rows-not-joined_customers = { $table }: { n-of-rows } join to no customer ({ $without } without a key)
    .advice = compare how the two tables write the key
finding-rows-not-joined_lines = { $table }: { $lines } purchase lines name a key that it lacks, and { $n } of its { $of } rows join to no line
    .advice = compare how the two tables write the key
finding-customers-excluded = { $n ->
    [one] { $n } customer is
   *[other] { $n } customers are
} excluded by { $file }, which names { $ids } ids
finding-customers-not-meant = { n-of-customers } are excluded: input.where is not true of them
finding-rows-dropped = { $n ->
    [one] { $n } customer with a missing number is
   *[other] { $n } customers with a missing number are
} excluded
    .advice = impute = "median" keeps them

## The previous run

finding-previous-not-comparable = { $why }
    .advice = the segments are made as if there were no previous run
finding-previous-of-another-config = the previous run { $run } was made with another config
    .advice = compare the two kohort.toml before reading what has changed
finding-previous-of-another-currency = the previous run counts money in another currency
    .advice = money before and now cannot be compared
finding-previous-of-another-version = the previous run was made by version { $version }
finding-disjoint-customers = no customer of the previous run is in this one
    .advice = compare how the two inputs write the id
finding-columns-of-the-model-missing = the previous run knew columns that are not here: { $columns }
    .advice = they only describe, so the segments are not affected
finding-columns-not-in-the-model = columns that the previous run did not know are left out: { $columns }
    .advice = `--mode refit` takes them in
finding-unseen-levels = { $n ->
    [one] { $n } customer has
   *[other] { $n } customers have
} a level that the model does not know
finding-scored = the segments are those of run { $run }: the customers were scored with its frozen model

## Segments

finding-eps-candidates = eps was found out from the distances to neighbours: { $radii }
    .advice = set segments.eps to take another one
radius-knee = the knee { $eps } gives { $n ->
    [one] one region
   *[other] { $n } regions
} and { $noise } noise
radius-percentile = the { $percent }th percentile { $eps } gives { $n ->
    [one] one region
   *[other] { $n } regions
} and { $noise } noise
radius-too-wide = the { $percent }th percentile { $eps } is too wide
finding-mostly-noise_dbscan = DBSCAN did not segment this base: { $share } of the customers are in no segment
    .advice = use method = "k-means", or a larger segments.eps
finding-mostly-noise_hdbscan = HDBSCAN did not segment this base: { $share } of the customers are in no segment
    .advice = use method = "k-means", or fewer segments.min-points
finding-stability-not-measured = samples are too thin for the density asked for, so it was not measured whether the segments are found again
finding-trivial-segment = segment { $id } is just: { $rule }
    .advice = leave the column out of the base, or look inside its levels
finding-no-k-large-enough = every number of segments leaves one below min-share, so this was not asked for
    .advice = look at the evidence for each number of segments before acting
finding-every-k-trivial = with every number of segments, one of them is just one column, so this was not asked for
    .advice = look at the evidence for each number of segments before acting
finding-no-k-reproducible = of the numbers of segments that meet the other conditions, none has every segment come back when the fit is repeated; take the borders as useful cuts
    .advice = look at the evidence for each number of segments before acting
finding-no-natural-segment = no gap in the data sets any segment apart: the borders are choices, and still useful ones for planning
    .advice = treat customers near a border alike, the margin column says who they are
finding-start-dependent = the best solution was found from one start only, another seed may move some customers
    .advice = compare a run with another seed, or ask for fewer segments
finding-abc-without-value = nobody brought any value, so everybody is in the last class of ABC
finding-abc-last-class = customers who brought nothing or cost money are in the last class of ABC; shares are of positive value
finding-no-second-order = nobody ordered on two different days, so no rhythm is known and nobody is called late
    .advice = give a longer history of orders
finding-rfm-ties = only { $found } of { $of } scores for { $what } occur, because many customers are alike or nobody lies between the edges
    .advice = set own edges with segments.rfm-edges, or fewer segments.rfm-bins
score-days = days since the last order
score-orders = orders
score-spend = spend
finding-engines-agree = { $share } of the customers are in the same segment by linfa as by kohort's own engine (adjusted Rand index { $rand })
finding-pin-without-customers_none = the condition of segment { $name } is true of no customer
    .advice = change the condition in segments.pin, or leave it out
finding-pin-without-customers_taken = the { $n } customers that segment { $name } asks for are in a pinned one before
    .advice = change the condition in segments.pin, or leave it out
finding-part-not-cut_rest = the customers who are not pinned: { n-customers } are one segment, too few or too alike to be cut further
finding-part-not-cut_named = { $part }: { n-customers } are one segment, too few or too alike to be cut further
finding-small-segment-withheld = figures of groups with fewer than { $few } customers are withheld
    .advice = merge the segment with its neighbour or ask for fewer segments
finding-value-withheld = the value of a segment is withheld because one customer makes more than 85% of it, or because a total would give a withheld one away
finding-segment-too-narrow = { $n } of { $of } segments hold fewer customers than min-share or min-cell asks
    .advice = treat each with the neighbour named beside it
finding-name-without-segment = segments.names holds { $n ->
    [one] { $n } id
   *[other] { $n } ids
} that no segment has
    .advice = correct the ids in segments.names
finding-nothing-to-describe = no column holds a known value, so segments cannot be described

## The outcome

finding-proven-leak = { $name } tells the outcome: { $why }; it was taken out of the churn model and of the segments
    .advice = leave it out of the input, or list it in churn.accept if it is known before the outcome
finding-suspected-leak = { $name } may know the outcome: { $why }; it was kept
    .advice = list it in churn.drop if it is known only after the outcome, else in churn.accept
finding-ordered-ids = { $name } may know the outcome: { $why }; no model uses it
    .advice = look whether other columns were filled in that order as well
leak-same-days = with an AUC of { $auc }, so the outcome is read from the same days as this column
leak-alone = alone it ranks the outcome with an AUC of { $auc }
leak-missing = where it is missing tells the outcome with an AUC of { $auc }
leak-share = it is the share of the outcome among those with the same value
leak-late-side = its days after the cut-off are on one side of the outcome only
leak-by-name = by its name it is known only afterwards (AUC alone { $auc })
leak-late = it holds days after the cut-off
leak-filled = its missing values occur on one side of the outcome only
leak-ratio = the ratio to { $other } ranks the outcome with an AUC of { $auc }
leak-difference = the difference from { $other } ranks the outcome with an AUC of { $auc }
leak-together = read together with { $other }, it ranks the outcome with an AUC of { $auc }
leak-numbered = customers are numbered in the order of the outcome, with an AUC of { $auc }
leak-listed = listed in churn.drop
leak-vouched = { $why }; listed in churn.accept
finding-too-good = the churn model ranks customers with an AUC of { $auc }, which is rarely honest
    .advice = check that every column was known before the outcome, and list others in churn.drop
finding-twins = { n-of-customers } with a known outcome equal another in every column; they were kept in one fold
finding-copies = { n-of-customers } with a known outcome equal another in every number, though not all of them in every column, which chance does not explain; they were kept in one fold
    .advice = find out whether these customers are copies of each other; if so, keep one of each
finding-not-converged = the churn model did not converge in 200 steps; its figures are of the last step

## Value and forecast

finding-value-missing = { n-of-customers } have no amount and count as 0
    .advice = fill in the amounts, or read the value of the segments as a lower bound
finding-value-negative = { n-of-customers } have a negative value; shares are of positive value
finding-value-taken-as-total = value.per is order but there are no orders, so the column is taken as a total
    .advice = set value.per to month, year or total
finding-no-forecast = orders are not forecast: { $why }
finding-no-leaving-visible = no leaving is visible in the orders to { $day }, so { $hidden } would call everybody active and cannot be used; used is { $model }, which did best on the held-out period
finding-fit-not-converged = the fit of { $model } to { $day } did not converge and is not used
finding-season = orders come and go more than constant rates allow: in { $n } of { $of } blocks of { $block } days they are more than { $far } off, in that to { $day } by { $off }; a forecast of the next { $horizon } days knows no season
    .advice = compare the forecast with the same season of the year before
