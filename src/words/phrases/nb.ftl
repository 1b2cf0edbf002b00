# Korte tekster som en rapport kjenner igjen på engelsken deres, på norsk bokmål.

phrase-between = ;{" "}

## What a column is, and what it is used for

phrase-id = id
phrase-number = tall
phrase-flag = ja/nei
phrase-category = kategori
phrase-date = dato
phrase-constant = konstant
phrase-identifier = identifikator
phrase-text = tekst
phrase-label = utfall
phrase-pooled = (annet)
phrase-behavioural = atferd
phrase-demographic = demografi
phrase-geographic = geografi
phrase-psychographic = holdninger
phrase-firmographic = bedrift
phrase-listed = etter liste
phrase-all = alle
phrase-outcome = utfallet
phrase-taken-out = tatt ut
phrase-segments = segmenter
phrase-describes = beskriver
phrase-churn-only = bare frafall
phrase-not-used = brukes ikke

## Why a column is what it is

phrase-empty = tom i alle rader
phrase-same = lik i alle rader
phrase-days = kalenderdager
phrase-zero-one = bare 0 og 1
phrase-numbers = tall
phrase-counts-rows = teller radene
phrase-reaches = fører til én kunde
phrase-postal = et postnummer
phrase-key-different = heter som en nøkkel og er forskjellig i alle rader
phrase-key = heter som en nøkkel
phrase-zeros = skrevet med nuller foran, altså en kode
phrase-few-whole = få hele tall under navnet på en kode
phrase-two-levels = to nivåer
phrase-scale = nivåer på en skala, i rekkefølgen deres
phrase-sentences = setninger, for det meste forskjellige
phrase-different = forskjellig i alle rader
phrase-names-one = navngir eller fører til én kunde
phrase-levels = navngitte nivåer
phrase-most-rows = forskjellig i de fleste rader
phrase-many-levels = så mange nivåer at få rader deler et
phrase-survey = ett av flere spørsmål i en undersøkelse
phrase-levels-think = nivåene er hva kunder mener
phrase-behave = om hva kunder gjør eller kjøper
phrase-companies = om bedrifter
phrase-who = om hvem kundene er
phrase-where = om hvor kundene er
phrase-think = om hva kunder mener
phrase-levels-who = nivåene sier hvem kundene er
phrase-levels-places = nivåene er steder
phrase-behave-far = om hva kunder gjør eller kjøper, så langt navnet sier
phrase-config-lists = brukes fordi den står i konfigurasjonen
phrase-declared = angitt i konfigurasjonen
phrase-ignored = skal ifølge konfigurasjonen ikke brukes
phrase-no-sums = et system lager bare kjennetegn av summer
phrase-sensitive = heter som en sensitiv opplysning ({ $trait }), så den brukes ikke
phrase-named = nevnt i konfigurasjonen
phrase-means-leaving = navnet betyr frafall, og den har to verdier
phrase-place = med { $other } et sted
phrase-item = ett av { $n } spørsmål på én skala
phrase-from = fra { $table }: { $why }
phrase-counted = talt opp fra { $table }
phrase-same-lines = lik på kundens linjer: { $why }
phrase-line-customer = kunden på hver kjøpslinje
phrase-id-customer-number = heter som et kundenummer og { $rest }
phrase-id-customer = heter som en kunde og { $rest }
phrase-id-key = heter som en nøkkel og { $rest }
phrase-id-counter = en radteller og { $rest }
phrase-nothing-else = ikke noe annet navngir radene
phrase-health = helse
phrase-religion = religion
phrase-ethnic-origin = etnisk opprinnelse
phrase-sexual-orientation = seksuell orientering
phrase-trade-union = fagforening
phrase-political-opinion = politisk oppfatning
phrase-criminal-record = straffehistorikk
phrase-genetic-data = genetiske data

## How a feature is made of purchases

phrase-made-last-day = skjæringsdagen - dagen for siste ordre; 0 på den dagen
phrase-made-orders = antall ordrer: en ordre er det som én kunde kjøpte under ett ordrenummer på én dag; der det ikke er ordrenumre, på én dag
phrase-made-spend = summen av det kjøpte - summen av det som ble gitt tilbake, der refusjoner trekkes fra, ellers summen av det kjøpte
phrase-made-basket = summen av ordrenes beløp / ordrer; en refusjon teller der den står i selve ordren
phrase-made-given-back = summen av det som ble gitt tilbake
phrase-made-tenure = skjæringsdagen - dagen for første ordre
phrase-made-between = dagen for siste ordre - dagen for første ordre
phrase-made-gap = (summen av egne pauser + 2 x midterste pause for alle kunder) / (egne pauser + 2); en pause er tiden mellom ordrer på to forskjellige dager
phrase-made-regularity = -(sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)), n pauser, r standardavviket deres / gjennomsnittet: 1 som et urverk, 0 tilfeldig, -1 i klumper
phrase-made-trend = (siste - første) / (siste + første + 2), ordrene etter den første dagen i den siste og den første halvdelen av tiden fra første ordre til skjæringsdagen
phrase-made-lines = linjer som kjøpte noe / ordrer
phrase-made-units = summen av de kjøpte antallene / ordrer
phrase-made-products = forskjellige produkter kjøpt
phrase-made-categories = forskjellige kategorier kjøpt
phrase-made-returns = linjer som gir noe tilbake / alle linjer som teller, trukket mot alle kunders: (n egen + 5 alles) / (n + 5), n ordrer
phrase-made-discounts = linjer kjøpt med rabatt / linjer som kjøpte noe, trukket mot alle kunders
phrase-made-weekend = ordrer på en lørdag eller søndag / ordrer, trukket mot alle kunders
phrase-made-category = beløp brukt på kategorien / beløp brukt; der det ikke er beløp, linjer / linjer; trukket mot alle kunders; én kolonne per nivå unntatt det største
phrase-made-channel = ordrer gjennom kanalen / ordrer, trukket mot alle kunders; én kolonne per nivå unntatt det største
phrase-made-season = årstidens ordrer / ordrer, trukket mot alle kunders; én kolonne per årstid unntatt den største
phrase-made-first-category = kategorien på den største linjen i den første ordren, blant like store den første etter navn; høyst 40 nivåer, de sjeldne samlet
phrase-made-first-product = produktet på den største linjen i den første ordren, blant like store den første etter navn; høyst 40 nivåer, de sjeldne samlet

## What was done to values

phrase-blanks = mellomrom rundt verdien tatt av
phrase-point-zero = {"."}0 tatt av der det er en id
phrase-comma = desimalkomma lest som punktum
phrase-thousands = tegn mellom tusener tatt ut
phrase-no-break = harde mellomrom rundt tallet tatt av
phrase-unit = { $unit } tatt av og lagret som enhet
phrase-minus = minus i parentes, til slutt eller typografisk lest som minus
phrase-read-as-days = tall lest som dager
phrase-clock = klokkeslett kuttet av
phrase-moments = tidspunkter ført til dagene i { $zone }

## Tables and purchase lines

phrase-customers = kunder
phrase-transactions = kjøp
phrase-events = hendelser
phrase-feedback = tilbakemeldinger
phrase-products = produkter
phrase-accounts = kontoer
phrase-survey-table = undersøkelse
phrase-read = lest
phrase-used = brukt
phrase-left-out = utelatt: { $what }
phrase-without-day = uten dag
phrase-after-as-of = etter skjæringsdagen
phrase-without-customer = uten kunde
phrase-without-amount = uten beløp
phrase-zero-quantity = med antallet 0
phrase-zero-price = med prisen 0
phrase-give-back = som gir penger tilbake
phrase-without-purchase = fra kunder uten kjøp

## Why these columns made the segments

phrase-base = dannet av de { $n } kolonnene om { $kind }, fordi { $why }; de andre kolonnene beskriver segmentene
phrase-base-items = dannet av de { $n } spørsmålene om { $kind }, fordi { $why }; de andre kolonnene beskriver segmentene
phrase-says-behave = det kunder gjør, sier mest om hva man skal tilby dem
phrase-says-think = det kunder mener og vil ha, sier mest om hva man skal fortelle dem
phrase-says-companies = en bedrifts størrelse og art sier mest om hva den trenger
phrase-base-all = dannet av alle { $n } kolonnene, fordi ingen slags som danner segmenter, har minst { $least }
phrase-base-asked = dannet av de { $n } kolonnene som features.cluster-on ber om

## The map and the value

phrase-components = hovedkomponenter
phrase-axis-right = mot høyre: { $what }
phrase-axis-up = oppover: { $what }
phrase-no-difference = ingen forskjell
phrase-more = + { $name }
phrase-less = − { $name }
phrase-per-month = { $name } per måned, over { $n } dager
phrase-per-year = { $name } per år, over { $n } dager
phrase-as-total = { $name } som sum, som den er

## Against a number of segments

phrase-smallest = det minste segmentet rommer bare { $share }
phrase-not-again = gjentakelser finner ikke alle segmenter igjen: { $found } for det svakeste, { $asked } kreves
phrase-no-gap = ikke alle segmentene har luft rundt seg, slik de { $k } har
phrase-gap-too = { $k } segmenter har også luft rundt hvert
phrase-two = to segmenter tas bare etter ønske, eller der det er luft rundt begge
phrase-hardly = sier knapt mer enn { $k } segmenter ({ $own } mot { $other }), så det minste antallet tas
phrase-tells-less = sier mindre enn { $k } segmenter: { $own } mot { $other }
phrase-bic = BIC er større enn ved { $k } segmenter: { $own } mot { $other }
phrase-just = segment { $id } er bare: { $rule }
phrase-rule-is-missing = { $name } mangler
phrase-rule-at-most = { $name } høyst { $limit }
phrase-rule-above = { $name } over { $limit }
phrase-rule-is-not = { $name } er ikke { $level }

## The model of the outcome

phrase-logistic = logistisk
phrase-boosting = boosting
phrase-recency-rule = regel etter siste ordre
phrase-recency = regel etter siste ordre
phrase-rate-rule = regel etter ordrer per tid
phrase-regression = regresjon på tidligere perioder
phrase-no-order = ingen ordre på { $n } dager
phrase-held-out = holdt til side: ordrer til { $day } forutsier de { $n } dagene etter, som ingen modell har sett
phrase-by-loss = etter log-loss på kunder som var holdt til side
phrase-has-to-be = boosting må være bedre enn logistisk med mer enn én standardfeil på forskjellen
phrase-compared = sammenlignet på { $n } kunder, jevnt fordelt, og bare vinneren tilpasset på alle
phrase-inside = det samme innenfor hver del, der valget falt på boosting i { $boosted } av { $all }
phrase-folds-once = { $n } deler, én gang, fordelt etter utfallet
phrase-folds-twice = { $n } deler, to ganger, fordelt etter utfallet
phrase-twins = kunder som er like i alle kolonner, er i samme del
phrase-copies = kunder som er like i alle kolonner eller, mot all sannsynlighet, i alle tall, er i samme del
phrase-all-ordered = i perioden som var holdt til side, bestilte alle kundene, så det er ingenting å skille
phrase-none-ordered = i perioden som var holdt til side, bestilte ingen av kundene, så det er ingenting å skille
phrase-no-label = tabellen har ingen kolonne som sier hvem som har forlatt oss
phrase-no-outcome = tabellen har ingen kolonne med et kjent utfall
phrase-none-known = utfallet er ikke kjent for noen kunde
phrase-one-outcome = alle { $n } kjente utfall er like, så det er ingenting å skille
phrase-few-with = bare { $n } kunder med utfallet, færre enn churn.min-events = { $least }
phrase-few-without = bare { $n } kunder uten utfallet, færre enn churn.min-events = { $least }
phrase-no-column = det er ingen kolonne igjen som er forskjellig mellom kundene
phrase-no-fold = nesten alle kunder er like i alle kolonner, så ingen del kan holdes til side
phrase-too-short = ordrene dekker { $history } dager, for få til å holde en periode på { $days } dager til side

## Classes

phrase-lost = Tapt
phrase-hibernating = I dvale
phrase-about-to-sleep = I ferd med å sovne
phrase-new-customers = Nye kunder
phrase-promising = Lovende
phrase-at-risk = I fare
phrase-cannot-lose = Må ikke mistes
phrase-need-attention = Krever oppmerksomhet
phrase-potential = Mulige lojale
phrase-loyal = Lojale kunder
phrase-champions = Toppkunder
phrase-high-risk = { $class }, høy risiko
phrase-middle-risk = { $class }, middels risiko
phrase-low-risk = { $class }, lav risiko

## Hva kolonnene heter som kohort danner av ordrer

phrase-column-order = ordre
phrase-column-orders = ordrer
phrase-column-spend = forbruk
phrase-column-last-order = siste ordre
phrase-column-days-since = dager siden siste ordre
phrase-column-average-order = gjennomsnittlig ordreverdi
phrase-column-refunds = refusjoner
phrase-column-tenure = tid som kunde
phrase-column-tenure-days = dager som kunde
phrase-column-season = andel i sesongen { $season }
phrase-column-category = andel av kategorien { $category }
phrase-column-channel = andel via kanalen { $channel }
phrase-column-season-share = sesongandel
phrase-column-category-share = kategoriandel
phrase-column-channel-share = kanalandel
phrase-season-winter = des.-feb.
phrase-season-spring = mars-mai
phrase-season-summer = juni-aug.
phrase-season-autumn = sep.-nov.
phrase-column-first-to-last = dager fra første til siste ordre
phrase-column-gap-days = dager mellom ordrer
phrase-column-regularity = regelmessighet i ordrer
phrase-column-order-trend = ordretrend
phrase-column-lines-per-order = linjer per ordre
phrase-column-units-per-order = enheter per ordre
phrase-column-different-products = ulike varer
phrase-column-different-categories = ulike kategorier
phrase-column-return-share = andel returnert
phrase-column-discount-share = rabattandel
phrase-column-weekend-share = helgeandel
phrase-column-first-category = første kategori
phrase-column-first-product = første vare
phrase-column-visits = besøk
phrase-column-age = alder
