# Korte tekster, som en rapport genkender på deres engelsk, på dansk.

phrase-between = ;{" "}

## What a column is, and what it is used for

phrase-id = id
phrase-number = tal
phrase-flag = ja/nej
phrase-category = kategori
phrase-date = dato
phrase-constant = konstant
phrase-identifier = identifikator
phrase-text = tekst
phrase-label = udfald
phrase-pooled = (andet)
phrase-behavioural = adfærd
phrase-demographic = demografi
phrase-geographic = geografi
phrase-psychographic = holdninger
phrase-firmographic = virksomhed
phrase-listed = efter liste
phrase-all = alle
phrase-outcome = udfaldet
phrase-taken-out = taget ud
phrase-segments = segmenter
phrase-describes = beskriver
phrase-churn-only = kun frafald
phrase-not-used = bruges ikke

## Why a column is what it is

phrase-empty = tom i alle rækker
phrase-same = ens i alle rækker
phrase-days = kalenderdage
phrase-zero-one = kun 0 og 1
phrase-numbers = tal
phrase-counts-rows = tæller rækkerne
phrase-reaches = fører til én kunde
phrase-postal = et postnummer
phrase-key-different = hedder som en nøgle og er forskellig i alle rækker
phrase-key = hedder som en nøgle
phrase-zeros = skrevet med foranstillede nuller, altså en kode
phrase-few-whole = få hele tal under navnet på en kode
phrase-two-levels = to niveauer
phrase-scale = niveauer på en skala, i deres rækkefølge
phrase-sentences = sætninger, for det meste forskellige
phrase-different = forskellig i alle rækker
phrase-names-one = navngiver eller fører til én kunde
phrase-levels = navngivne niveauer
phrase-most-rows = forskellig i de fleste rækker
phrase-many-levels = så mange niveauer, at få rækker deler et
phrase-survey = et af flere spørgsmål i en undersøgelse
phrase-levels-think = niveauerne er, hvad kunder mener
phrase-behave = om hvad kunder gør eller køber
phrase-companies = om virksomheder
phrase-who = om hvem kunderne er
phrase-where = om hvor kunderne er
phrase-think = om hvad kunder mener
phrase-levels-who = niveauerne siger, hvem kunderne er
phrase-levels-places = niveauerne er steder
phrase-behave-far = om hvad kunder gør eller køber, så vidt navnet siger
phrase-config-lists = bruges, fordi den står i konfigurationen
phrase-declared = angivet i konfigurationen
phrase-ignored = skal ifølge konfigurationen ikke bruges
phrase-no-sums = et system danner kun kendetegn af summer
phrase-sensitive = hedder som en følsom oplysning ({ $trait }), så den bruges ikke
phrase-named = nævnt i konfigurationen
phrase-means-leaving = navnet betyder frafald, og den har to værdier
phrase-place = med { $other } et sted
phrase-item = et af { $n } spørgsmål på én skala
phrase-from = fra { $table }: { $why }
phrase-counted = talt op ud fra { $table }
phrase-same-lines = ens på kundens linjer: { $why }
phrase-line-customer = kunden på hver købslinje
phrase-id-customer-number = hedder som et kundenummer og { $rest }
phrase-id-customer = hedder som en kunde og { $rest }
phrase-id-key = hedder som en nøgle og { $rest }
phrase-id-counter = en rækketæller og { $rest }
phrase-nothing-else = intet andet navngiver rækkerne
phrase-health = helbred
phrase-religion = religion
phrase-ethnic-origin = etnisk oprindelse
phrase-sexual-orientation = seksuel orientering
phrase-trade-union = fagforening
phrase-political-opinion = politisk holdning
phrase-criminal-record = straffeattest
phrase-genetic-data = genetiske data

## How a feature is made of purchases

phrase-made-last-day = skæringsdagen - dagen for sidste ordre; 0 på den dag
phrase-made-orders = antal ordrer: en ordre er det, som én kunde købte under ét ordrenummer på én dag; hvor der ingen ordrenumre er, på én dag
phrase-made-spend = summen af det købte - summen af det, der blev givet tilbage, hvor refusioner trækkes fra, ellers summen af det købte
phrase-made-basket = summen af ordrernes beløb / ordrer; en refusion tæller, hvor den står i selve ordren
phrase-made-given-back = summen af det, der blev givet tilbage
phrase-made-tenure = skæringsdagen - dagen for første ordre
phrase-made-between = dagen for sidste ordre - dagen for første ordre
phrase-made-gap = (summen af egne pauser + 2 x midterste pause for alle kunder) / (egne pauser + 2); en pause er tiden mellem ordrer på to forskellige dage
phrase-made-regularity = -(sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)), n pauser, r deres standardafvigelse / gennemsnit: 1 som et urværk, 0 tilfældigt, -1 i klumper
phrase-made-trend = (sidste - første) / (sidste + første + 2), ordrerne efter den første dag i den sidste og den første halvdel af tiden fra første ordre til skæringsdagen
phrase-made-lines = linjer, der købte noget / ordrer
phrase-made-units = summen af de købte antal / ordrer
phrase-made-products = forskellige produkter købt
phrase-made-categories = forskellige kategorier købt
phrase-made-returns = linjer, der giver noget tilbage / alle linjer, der tæller, trukket mod alle kunders: (n egen + 5 alles) / (n + 5), n ordrer
phrase-made-discounts = linjer købt med rabat / linjer, der købte noget, trukket mod alle kunders
phrase-made-weekend = ordrer på en lørdag eller søndag / ordrer, trukket mod alle kunders
phrase-made-category = beløb brugt på kategorien / beløb brugt, uden beløb linjer / linjer, trukket mod alle kunders; én kolonne pr. niveau undtagen det største
phrase-made-channel = ordrer gennem kanalen / ordrer, trukket mod alle kunders; én kolonne pr. niveau undtagen det største
phrase-made-season = årstidens ordrer / ordrer, trukket mod alle kunders; én kolonne pr. årstid undtagen den største
phrase-made-first-category = kategorien på den største linje i den første ordre, blandt lige store den første efter navn; højst 40 niveauer, de sjældne samlet
phrase-made-first-product = produktet på den største linje i den første ordre, blandt lige store den første efter navn; højst 40 niveauer, de sjældne samlet

## What was done to values

phrase-blanks = mellemrum omkring værdien taget af
phrase-point-zero = {"."}0 taget af, hvor det er et id
phrase-comma = decimalkomma læst som punktum
phrase-thousands = tegn mellem tusinder taget ud
phrase-no-break = hårde mellemrum omkring tallet taget af
phrase-unit = { $unit } taget af og gemt som enhed
phrase-minus = minus i parentes, til sidst eller typografisk læst som minus
phrase-read-as-days = tal læst som dage
phrase-clock = klokkeslæt skåret af
phrase-moments = tidspunkter henført til dagene i { $zone }

## Tables and purchase lines

phrase-customers = kunder
phrase-transactions = køb
phrase-events = hændelser
phrase-feedback = tilbagemeldinger
phrase-products = produkter
phrase-accounts = konti
phrase-survey-table = undersøgelse
phrase-read = læst
phrase-used = brugt
phrase-left-out = udeladt: { $what }
phrase-without-day = uden dag
phrase-after-as-of = efter skæringsdagen
phrase-without-customer = uden kunde
phrase-without-amount = uden beløb
phrase-zero-quantity = med antallet 0
phrase-zero-price = med prisen 0
phrase-give-back = der giver penge tilbage
phrase-without-purchase = fra kunder uden køb

## Why these columns made the segments

phrase-base = dannet af de { $n } kolonner om { $kind }, fordi { $why }; de andre kolonner beskriver segmenterne
phrase-base-items = dannet af de { $n } spørgsmål om { $kind }, fordi { $why }; de andre kolonner beskriver segmenterne
phrase-says-behave = det, kunder gør, siger mest om, hvad man skal tilbyde dem
phrase-says-think = det, kunder mener og vil have, siger mest om, hvad man skal fortælle dem
phrase-says-companies = en virksomheds størrelse og art siger mest om, hvad den har brug for
phrase-base-all = dannet af alle { $n } kolonner, fordi ingen slags, der danner segmenter, har mindst { $least }
phrase-base-asked = dannet af de { $n } kolonner, som features.cluster-on beder om

## The map and the value

phrase-components = hovedkomponenter
phrase-axis-right = mod højre: { $what }
phrase-axis-up = opad: { $what }
phrase-no-difference = ingen forskel
phrase-more = + { $name }
phrase-less = − { $name }
phrase-per-month = { $name } pr. måned, over { $n } dage
phrase-per-year = { $name } pr. år, over { $n } dage
phrase-as-total = { $name } som sum, som den er

## Against a number of segments

phrase-smallest = det mindste segment rummer kun { $share }
phrase-not-again = gentagelser finder ikke alle segmenter igen: { $found } for det svageste, { $asked } kræves
phrase-no-gap = ikke alle dets segmenter har luft omkring sig, som de { $k } har
phrase-gap-too = { $k } segmenter har også luft omkring hvert
phrase-two = to segmenter tages kun efter ønske, eller hvor der er luft omkring begge
phrase-hardly = siger næppe mere end { $k } segmenter ({ $own } mod { $other }), så det mindste antal tages
phrase-tells-less = siger mindre end { $k } segmenter: { $own } mod { $other }
phrase-bic = BIC er større end ved { $k } segmenter: { $own } mod { $other }
phrase-just = segment { $id } er blot: { $rule }
phrase-rule-is-missing = { $name } mangler
phrase-rule-at-most = { $name } højst { $limit }
phrase-rule-above = { $name } over { $limit }
phrase-rule-is-not = { $name } er ikke { $level }

## The model of the outcome

phrase-logistic = logistisk
phrase-boosting = boosting
phrase-recency-rule = regel efter sidste ordre
phrase-recency = regel efter sidste ordre
phrase-rate-rule = regel efter ordrer pr. tid
phrase-regression = regression på tidligere perioder
phrase-no-order = ingen ordre i { $n } dage
phrase-held-out = holdt til side: ordrer til { $day } forudsiger de { $n } dage efter, som ingen model har set
phrase-by-loss = efter log-loss på kunder, der var holdt til side
phrase-has-to-be = boosting skal være bedre end logistisk med mere end én standardfejl på forskellen
phrase-compared = sammenlignet på { $n } kunder, jævnt fordelt, og kun vinderen tilpasset på alle
phrase-inside = det samme inden for hver del, hvor valget faldt på boosting i { $boosted } af { $all }
phrase-folds-once = { $n } dele, én gang, fordelt efter udfaldet
phrase-folds-twice = { $n } dele, to gange, fordelt efter udfaldet
phrase-twins = kunder, der er ens i alle kolonner, er i samme del
phrase-copies = kunder, der er ens i alle kolonner eller, mod al sandsynlighed, i alle tal, er i samme del
phrase-all-ordered = i den periode, der var holdt til side, bestilte alle kunder, så der er intet at skelne
phrase-none-ordered = i den periode, der var holdt til side, bestilte ingen kunder, så der er intet at skelne
phrase-no-label = tabellen har ingen kolonne, der siger, hvem der har forladt os
phrase-no-outcome = tabellen har ingen kolonne med et kendt udfald
phrase-none-known = udfaldet kendes for ingen kunde
phrase-one-outcome = alle { $n } kendte udfald er ens, så der er intet at skelne
phrase-few-with = kun { $n } kunder med udfaldet, færre end churn.min-events = { $least }
phrase-few-without = kun { $n } kunder uden udfaldet, færre end churn.min-events = { $least }
phrase-no-column = der er ingen kolonne tilbage, der er forskellig mellem kunderne
phrase-no-fold = næsten alle kunder er ens i alle kolonner, så ingen del kan holdes til side
phrase-too-short = ordrerne dækker { $history } dage, for få til at holde en periode på { $days } dage til side

## Classes

phrase-lost = Tabt
phrase-hibernating = I dvale
phrase-about-to-sleep = Ved at falde i søvn
phrase-new-customers = Nye kunder
phrase-promising = Lovende
phrase-at-risk = I fare
phrase-cannot-lose = Må ikke mistes
phrase-need-attention = Kræver opmærksomhed
phrase-potential = Mulige loyale
phrase-loyal = Loyale kunder
phrase-champions = Topkunder
phrase-high-risk = { $class }, høj risiko
phrase-middle-risk = { $class }, mellem risiko
phrase-low-risk = { $class }, lav risiko

## Hvad de kolonner hedder, som kohort danner af ordrer

phrase-column-order = ordre
phrase-column-orders = ordrer
phrase-column-spend = forbrug
phrase-column-last-order = sidste ordre
phrase-column-days-since = dage siden sidste ordre
phrase-column-average-order = gennemsnitlig ordreværdi
phrase-column-refunds = refunderinger
phrase-column-tenure = tid som kunde
phrase-column-tenure-days = dage som kunde
phrase-column-season = andel i sæsonen { $season }
phrase-column-category = andel af kategorien { $category }
phrase-column-channel = andel via kanalen { $channel }
phrase-column-season-share = sæsonandel
phrase-column-category-share = kategoriandel
phrase-column-channel-share = kanalandel
phrase-season-winter = dec.-feb.
phrase-season-spring = marts-maj
phrase-season-summer = juni-aug.
phrase-season-autumn = sep.-nov.
phrase-column-first-to-last = dage fra første til sidste ordre
phrase-column-gap-days = dage mellem ordrer
phrase-column-regularity = regelmæssighed i ordrer
phrase-column-order-trend = ordretrend
phrase-column-lines-per-order = linjer pr. ordre
phrase-column-units-per-order = enheder pr. ordre
phrase-column-different-products = forskellige varer
phrase-column-different-categories = forskellige kategorier
phrase-column-return-share = andel returneret
phrase-column-discount-share = rabatandel
phrase-column-weekend-share = weekendandel
phrase-column-first-category = første kategori
phrase-column-first-product = første vare
phrase-column-visits = besøg
phrase-column-age = alder
