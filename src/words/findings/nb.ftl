# Hva funn sier, på norsk bokmål; de samme beskjedene som på engelsk.

## Tellbare ting; `n` er antallet, `of` alle

n-rows = { $n ->
    [one] { $n } rad
   *[other] { $n } rader
}
n-values = { $n ->
    [one] { $n } verdi
   *[other] { $n } verdier
}
n-lines = { $n ->
    [one] { $n } linje
   *[other] { $n } linjer
}
n-days = { $n ->
    [one] { $n } dag
   *[other] { $n } dager
}
n-of-customers = { $n } av { $of ->
    [one] { $of } kunde
   *[other] { $of } kunder
}
n-of-rows = { $n } av { $of ->
    [one] { $of } rad
   *[other] { $of } rader
}
n-of-values = { $n } av { $of ->
    [one] { $of } verdi
   *[other] { $of } verdier
}
n-of-lines = { $n } av { $of ->
    [one] { $of } linje
   *[other] { $of } linjer
}
n-of-levels = { $n } av { $of ->
    [one] { $of } nivå
   *[other] { $of } nivåer
}

## Rundt et funn

finding-column = { $column }: { $text }
about-file = { $file }: { $text }
about-files = { $file } og { $more } andre: { $text }
about-part = der { $part }: { $text }

## Lesing av filer

finding-encoding_certain = teksten er ikke UTF-8 og leses som { $encoding }, noe som er sikkert: ikke noe annet tegnsett for skriften passer eller gir noe annet ({ $bytes } byte utover ASCII i { $words } forskjellige ord)
    .advice = sett encoding = "{ $setting }" under [input.csv]
finding-encoding_likely = teksten er ikke UTF-8 og leses med stor sikkerhet som { $encoding }: ordene gir det samme svaret i hver av tre deler ({ $bytes } byte utover ASCII i { $words } forskjellige ord)
    .advice = sett encoding = "{ $setting }" under [input.csv]
finding-encoding_declared = teksten leses som angitt som { $encoding }, men er også feilfri UTF-8
    .advice = se etter om bokstavene er riktige; angi ellers encoding = "utf-8"
finding-encoding_unmarked = teksten har ikke noe byte order mark og leses som { $encoding }, noe som er sikkert: hver andre byte er NUL
    .advice = sett encoding = "{ $setting }" under [input.csv]
finding-comment-lines = { $n ->
    [one] 1 linje begynner med # og hører
   *[other] de første { $n } linjene begynner med # og hører
} ikke til tabellen
    .advice = sett skip-lines under [input.csv] for å si hvor mange det er; 0 beholder dem
finding-title-lines = { $n ->
    [one] 1 linje over kolonnenavnene er en overskrift
   *[other] de første { $n } linjene over kolonnenavnene er overskrifter
} og hører ikke til tabellen
    .advice = sett skip-lines under [input.csv] for å si hvor mange det er; 0 beholder dem
finding-header-lines = de to første linjene navngir begge kolonnene, og navnene er satt sammen
    .advice = sett header-lines = 1 under [input.csv] hvis den andre er en rad
finding-no-header = den første linjen inneholder tall som alle andre, så kolonnene heter column_1, column_2 og så videre
    .advice = sett header = true under [input.csv] hvis den navngir kolonnene
finding-unnamed-column = den første kolonnen har ikke noe navn og heter { $name }
finding-missing-values = { n-of-values } mangler ({ $codes })
code-empty = tom: { $n }
code-space = ett mellomrom: { $n }
code-blanks = { $blanks } mellomrom: { $n }
code-spelt = "{ $code }": { $n }
finding-other-format = navnet lover { $promised }, men filen er { $found } og leses slik
format-workbook = en arbeidsbok
format-named = { $name }
finding-proposed-missing = av { n-values } kan disse bety at noe mangler, og brukes som de er: { $codes }
    .advice = hvis de betyr at noe mangler, så sett null-values = [{ $setting }] under [input.csv]
code-in-rows = "{ $code }" i { n-rows }
finding-rejected-rows = { n-rows } kunne ikke leses, først { $first }
    .advice = rett disse radene i eksporten
place-line = linje { $line }
place-row = rad { $row }
finding-empty-file = den har kolonnenavn, men ingen rader
finding-first-rows = kolonnene ble sett på i de første { n-of-rows }
finding-seen-on-a-sample = det ble sett på { $n } av { $of } kunder: et utvalg etter hashen av deres id-er
finding-seen-on-a-sample_lines = det ble sett på { $n } kunder med alle linjene deres: et utvalg etter hashen av deres id-er av { $of } linjer
finding-not-on-an-engine = utelatt, fordi et system bare lager kjennetegn av summer: { $columns }
    .advice = kjør på én maskin for å få alle kjennetegn
finding-found-on-a-sample = segmentene ble funnet på { $n } av { $of } kunder, flyttet til gjennomsnittet av alle i { $passes } gjennomløp, og hver kunde ble plassert: størrelser og andeler gjelder alle, summer er utvalgets ganger kundene som hver står for, alt annet gjelder utvalget
    .advice = en større engine.sample-rows gjør det sikrere som gjelder utvalget
finding-churn-of-the-sample_trees = churn_probability ble ikke skrevet for alle kunder: trærne i modellen for frafall har { $n } blader, og én spørring rommer høyst { $most }
    .advice = sett churn.model = "logistic", der sannsynligheten er én sum
finding-churn-of-the-sample_products = churn_probability ble ikke skrevet for alle kunder: med den ville én spørring hatt { $n } produkter, og den kan ha { $most }
    .advice = bruk færre kolonner eller færre segmenter
finding-churn-of-the-sample_forecast = churn_probability ble ikke skrevet for alle kunder: hvem som bestiller igjen, ble bare forutsagt for utvalget
finding-churn-of-the-sample_column = churn_probability ble ikke skrevet for alle kunder: systemet har { $name } som noe annet enn utvalget
    .advice = lagre kolonnen i systemet som det den er, eller nevn den i churn.drop
finding-twin-rows = { n-of-rows } er like en tidligere rad i alle kolonner og beholdes
    .advice = fjern dem i eksporten hvis en rad kan være skrevet to ganger
finding-error-cells = { $n ->
    [one] { $n } celle
   *[other] { $n } celler
} i kolonne { $letters } på arket { $sheet } inneholder en feil som #N/A og leses som manglende
finding-unit-in-values_percent = { n-values } har prosenttegn: 12% leses som 12, ikke som 0.12
finding-unit-in-values_currency = { n-values } er beløp i { $unit }; tegnet er tatt av
finding-accounting-negatives = { n-values } i parentes eller med minus til slutt leses som negative
    .advice = angi kolonnen som en kategori under [features.types] hvis det ikke er meningen
finding-rounded-numbers = { n-values } har flere sifre enn de 15 til 17 som et tall rommer, og rundes av der kolonnen brukes som tall
    .advice = hvis de er koder, så angi kolonnen som en kategori under [features.types]
finding-looks-like-moments = { n-values } ligner sekunder eller millisekunder siden 1970 og brukes som tall
    .advice = sett date-format = "epoch-s" eller "epoch-ms" under [input.csv] for å lese dager
finding-days-as-numbers_spreadsheet = tallene leses som dager i et regneark som teller fra 1900
    .advice = angi kolonnen som et tall under [features.types] hvis det ikke er meningen
finding-days-as-numbers_other = tallene leses som { $format }
    .advice = angi kolonnen som et tall under [features.types] hvis det ikke er meningen
finding-signs-between-days = { n-days } har andre tegn mellom tallene enn { $format }; rekkefølgen er den samme
finding-repeated-times = { $n ->
    [one] { $n } tidspunkt
   *[other] { $n } tidspunkter
} forekom to ganger da klokkene i { $zone } ble stilt tilbake; dagen er den samme i begge tilfeller
finding-days-in-utc = { $n ->
    [one] { $n } tidspunkt
   *[other] { $n } tidspunkter
} er i UTC, og det er dagene som leses av dem, også
    .advice = sett timezone under [input.csv] for å telle i lokale dager

## Hva kolonner betyr

finding-no-id = ingen kolonne navngir kundene, så radene er nummerert i filens rekkefølge
    .advice = angi id-kolonnen med input.id; uten den har rekkefølgen på radene betydning, og kunder kan ikke følges fra kjøring til kjøring
finding-ids-with-decimals = { $n } av { $of ->
    [one] { $of } id
   *[other] { $of } id-er
} er skrevet med .0 til slutt, slik et regneark skriver hele tall ved siden av manglende; de leses uten
finding-near-duplicate-ids = { $n ->
    [one] { $n } id
   *[other] { $n } id-er
} er skrevet på mer enn én måte: forskjellen er bare store og små bokstaver, mellomrom i endene eller sammensetningen av aksenter; hver skrivemåte regnes som sin egen kunde
    .advice = rett id-ene hvis de betyr den samme kunden
finding-second-label = navnet betyr også frafall, men { $label } ble tatt som utfallet
    .advice = angi den riktige med churn.label
finding-open-customers = kunder uten kjent utfall får en sannsynlighet, men det læres ikke av dem
finding-half-a-place = en breddegrad eller lengdegrad uten den andre er et tall og ikke noe sted
    .advice = angi den andre i features.types som "latitude" eller "longitude"
finding-exchanged-coordinates_all = { n-of-rows } i { $columns } er bare grader når bredde- og lengdegrad byttes om, så de brukes som to tall
    .advice = angi i features.types hvilken kolonne som er "latitude", og hvilken som er "longitude"
finding-exchanged-coordinates_some = { $n ->
    [one] { $n } rad ligger
   *[other] { $n } rader ligger
} langt fra de andre, og blant dem når bredde- og lengdegrad byttes om; de brukes som de er
    .advice = se på disse radene før du stoler på steder
finding-not-degrees = { n-of-rows } i { $columns } er ikke grader, så de brukes som to tall
    .advice = angi bredde- og lengdegrad i grader, eller angi begge kolonnene som "number"
finding-coordinates-outside = { $n ->
    [one] { $n } rad ligger
   *[other] { $n } rader ligger
} utenfor klodens grader og regnes som manglende; { $exchanged } av dem ligger innenfor når bredde- og lengdegrad byttes om
    .advice = rett koordinatene, eller la dem stå tomme
finding-null-island = { $n ->
    [one] { $n } rad ligger
   *[other] { $n } rader ligger
} på 0 og 0, som står for ikke funnet, og regnes som manglende
    .advice = la koordinatene stå tomme der et sted ikke er kjent
finding-half-coordinates = { $n ->
    [one] { $n } rad har
   *[other] { $n } rader har
} en breddegrad eller en lengdegrad, men ikke begge, og regnes som manglende
    .advice = fyll ut den andre
finding-rare-levels = { n-of-levels } har færre enn { $few } rader hver og er samlet som { $other }, { $rows } rader i alt
finding-unused-column_levels = det er ikke to nivåer som { $few } rader eller flere har hver, så kolonnen brukes ikke
finding-unused-column_days = ingen rad har en dag som kan være ment, så kolonnen brukes ikke
finding-undeclared-level = rader har et nivå som ikke er angitt; det regnes som manglende
    .advice = legg til nivået i listen i features.types
finding-day-after-reference = rader har en dag etter referansedagen; den regnes som 0 dager før
    .advice = sett input.as-of til dagen da tabellen ble trukket
finding-implausible-day = rader har en dag før 1900 eller fra 2080 og framover; den regnes som manglende
    .advice = la cellen stå tom der det ikke er noen dag
finding-empty-column = ingen rad har en verdi, så kolonnen brukes ikke
finding-constant-column_input = alle rader har den samme verdien, så kolonnen brukes ikke
finding-free-text = verdiene er setninger, så kolonnen brukes ikke
    .advice = angi i features.types hva den er, hvis den skal brukes
finding-identifier-column = verdiene ligner navn eller numre på enkeltkunder, så kolonnen brukes ikke
    .advice = angi i features.types hva den er, hvis den skal brukes
finding-sensitive-trait = navnet peker på en sensitiv opplysning ({ $trait }), så kolonnen brukes ikke
    .advice = skriv grunnen til å bruke den i features.allow-sensitive
trait-health = helse
trait-religion = religion
trait-ethnic-origin = etnisk opprinnelse
trait-sexual-orientation = seksuell orientering
trait-trade-union = fagforening
trait-political-opinion = politisk oppfatning
trait-criminal-record = straffehistorikk
trait-genetic-data = genetiske data
finding-many-missing-values = { n-of-rows } har ingen verdi
    .advice = finn ut hvorfor de mangler, eller se bort fra kolonnen
finding-many-levels = { $n } forskjellige nivåer; de sjeldne er samlet
    .advice = samle nivåene før kjøringen, eller se bort fra kolonnen
finding-shares-of-one-whole = { $columns } gir til sammen en helhet, så de er ett utsagn; { $most } er den vanligste, følger av de andre og er utelatt
    .advice = angi dem som "number" i features.types for å bruke hver for seg
finding-attribute-of-customers_all = det samme på alle linjer hos { n-of-customers }, så det beskriver dem
    .advice = nevn den i features.ignore hvis den ikke sier noe om kunden
finding-attribute-of-customers_most = det samme på alle linjer hos { n-of-customers }, så det beskriver dem; de øvrige { $several } har verdien som de fleste av linjene deres har
    .advice = nevn den i features.ignore hvis den ikke sier noe om kunden

## Forberedelse av kolonner

finding-sum-describes = { $sum } er { $a } + { $b } for hver kunde; den beskriver og danner ikke noe segment, for ved siden av begge ville den telle dem to ganger
finding-base-of-all-columns = det er { $behavioural } kolonner om atferd, { $psychographic } om holdninger og { $firmographic } om bedrifter, færre enn { $least } av hver, så alle { $n } kolonnene danner segmentene, og ingen er igjen til å beskrive dem
    .advice = angi kolonnene som skal danne segmentene, i features.cluster-on
finding-excluded-from-base = { $name } er nevnt i features.cluster-on, men kjenner utfallet, så den danner ingen segmenter
finding-constant-column_here = kolonnen { $name } er den samme for alle kunder her og er utelatt
finding-unknown-column_used = churn.{ $key } nevner { $name }, som ikke er en kolonne i bruk
    .advice = rett navnet, eller fjern det fra listen
finding-unknown-column_numbers = churn.{ $key } nevner { $name }, som ikke er en kolonne i bruk med tall
    .advice = rett navnet, eller fjern det fra listen
finding-unknown-column_prepared = normalise.{ $key } nevner { $name }, som ikke er blant de { $of } kolonnene
    .advice = se på skrivemåten
finding-structural-zero = { $name } mangler nettopp der { $other } er 0, og regnes som 0 der
finding-clipped-customers = { $n ->
    [one] den mest ekstreme kunden i { $name } behandles som om den lå ved kanten av de andre
   *[other] de { $n } mest ekstreme kundene i { $name } behandles som like
}
    .advice = sett normalise.clip = 0 for å bruke dem som de er
finding-mostly-missing-column = kolonnen { $name } mangler for { n-of-customers }: der kunder sammenlignes, er tallene i den utelatt
finding-imputed-numbers = { n-of-values } i { $name } mangler og ble fylt ut
finding-not-applicable-level_named = "{ $level }" i { $name } betyr "har det ikke" og regnes som "{ $other }" der kunder sammenlignes; tabeller viser det for seg
    .advice = nevn nivåene som betyr det, i features.not-applicable
finding-not-applicable-level_rare = et nivå i { $name } betyr "har det ikke" og regnes som et annet nivå
    .advice = nevn nivåene som betyr det, i features.not-applicable
finding-duplicate-column_whole = kolonnen { $name } sier det samme som { $other } og teller én gang
finding-duplicate-column_part = en del av kolonnen { $name } sier det samme som { $other } og teller én gang
finding-unknown-places_alone = { n-of-customers } har ikke noe kjent sted og regnes som å ligge midt mellom de andre
    .advice = sett normalise.impute = "drop-row" for å utelate dem: stedet er alt som danner segmentene
finding-unknown-places_beside = { n-of-customers } har ikke noe kjent sted og regnes som å ligge midt mellom de andre
finding-robust-scale-fallback = halvparten av kundene har den samme verdien, så kvartilavstanden er 0; gjennomsnitt og standardavvik brukes

## Kjøp

finding-pooled-shares = { $block }: { $n } nivåer som få kunder har, er samlet som { $other }
finding-constant-feature = størrelsen er den samme for alle kunder, så den brukes ikke
lines-worth = {" "}(beløp slik det står: { $money })
lines-plain = {""}
finding-lines-without-day = { n-of-lines } har ingen dag, eller ingen mellom 1900-01-01 og 2079-06-06{ $worth }, og er utelatt
    .advice = fyll ut ordrens dag
finding-lines-after-as-of = { n-of-lines } er datert etter { $day }{ $worth } og er utelatt
finding-lines-without-customer = { n-of-lines } nevner ingen kunde{ $worth } og er utelatt
    .advice = finn ut hvem som kjøpte uten navn: disse salgene er i intet segment
finding-lines-without-money = { n-of-lines } har ikke noe beløp{ $worth } og er utelatt
    .advice = fyll ut beløpene
finding-zero-quantity = { n-of-lines } har antallet 0{ $worth } og er utelatt
finding-zero-price-dropped = { n-of-lines } har prisen 0{ $worth } og er utelatt
finding-refunds-dropped = { n-of-lines } gir penger tilbake{ $worth } og er utelatt
finding-customers-without-purchase_lines = { n-of-lines } hører til kunder som det ikke er noe kjøp igjen av{ $worth }, og er utelatt
finding-cancelled-lines = { n-of-lines } er kanselleringer{ $worth }: ordrenummeret begynner med { $prefixes }
    .advice = sett features.transactions.cancel-prefix hvis det er feil
finding-refund-lines_net = { n-lines } hos kunder er kansellert eller negative; det de gir tilbake, trekkes fra forbruket
finding-refund-lines_drop = { n-lines } hos kunder er kansellert eller negative; de er utelatt
finding-refund-lines_separate = { n-lines } hos kunder er kansellert eller negative; det de gir tilbake, er en egen kolonne
finding-positive-cancellations = { $n ->
    [one] { $n } kansellert linje
   *[other] { $n } kansellerte linjer
} har et positivt beløp eller antall; det regnes som gitt tilbake
    .advice = se etter om prefikset bare merker kanselleringer
finding-zero-price = { n-of-lines } har prisen 0; de regnes som kjøpt for ingenting
    .advice = sett features.transactions.zero-price til drop hvis ingenting ble kjøpt
finding-lines-without-order-number = { n-of-lines } har ikke noe ordrenummer; linjene som én kunde har på én dag, er én ordre
finding-shared-order-numbers = { $n ->
    [one] { $n } ordrenummer
   *[other] { $n } ordrenumre
} nevner ordrer fra flere kunder; hver har sin egen
    .advice = se etter om ordrenummeret eller kunden er den riktige kolonnen
finding-order-numbers-on-several-days = { $n ->
    [one] { $n } ordrenummer
   *[other] { $n } ordrenumre
} fra én kunde står på flere dager; hver dag er en ordre
finding-duplicate-lines = { n-of-lines } er like en annen linje i samme ordre i alle kolonner som brukes; de beholdes
    .advice = fjern dem fra tabellen hvis de ble skrevet to ganger
finding-guest-checkout = én kunde har { $share } av alle linjene
    .advice = hvis mange bestiller under dette nummeret, så utelat det
finding-last-day-partial_given = dagen { $day } har { n-lines }, mens den samme ukedagen ellers har { $usual } i midten, så den ser ufullstendig ut
    .advice = sett input.as-of til den siste hele dagen
finding-last-day-partial_found = dagen { $day } har { n-lines }, mens den samme ukedagen ellers har { $usual } i midten, så den ser ufullstendig ut
    .advice = sett input.as-of til dagen før
finding-pointed-ids = { $n ->
    [one] { $n } linje skriver
   *[other] { $n } linjer skriver
} et helt kundenummer med desimaltegn og nuller, slik et regneark gjør; det er den samme kunden uten dem
finding-rounded-money = { $n ->
    [one] { $n } linje har flere desimaler enn det som beholdes, og ble rundet av
   *[other] { $n } linjer har flere desimaler enn det som beholdes, og ble rundet av
}

## Tabeller som settes sammen

finding-table-part_purchases = { $path } regnes som kjøpene
finding-table-part_customers = { $path } regnes som kundene
finding-table-part_joined = { $path } regnes som { $role }, koblet med { $by }
finding-table-part_by-id = { $path } regnes som { $role }, koblet med id-en
finding-customers-without-purchase_customers = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} har ikke noe kjøp og er utelatt etter regel
    .advice = kjør på kundetabellen alene for å segmentere dem også
finding-purchases-of-strangers = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} fra kjøpene finnes ikke i kundetabellen
    .advice = sammenlign hvordan de to tabellene skriver id-en, eller eksporter alle kunder
finding-rows-not-joined_customers = { $table }: { n-of-rows } hører til ingen kunde ({ $without } uten nøkkel)
    .advice = sammenlign hvordan de to tabellene skriver nøkkelen
finding-rows-not-joined_lines = { $table }: { $lines } kjøpslinjer nevner en nøkkel som den mangler, og { n-of-rows } i den hører til ingen linje
    .advice = sammenlign hvordan de to tabellene skriver nøkkelen
finding-customers-excluded = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} er utelatt av { $file }, som nevner { $ids } id-er
finding-customers-not-meant = { n-of-customers } er utelatt: input.where gjelder ikke for dem
finding-rows-dropped = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} med et manglende tall er utelatt
    .advice = impute = "median" beholder dem

## Den forrige kjøringen

finding-previous-not-comparable = den forrige kjøringen kan ikke sammenlignes: { $why }
    .advice = segmentene dannes som om det ikke fantes noen forrige kjøring
finding-previous-of-another-config = den forrige kjøringen { $run } ble laget med en annen konfigurasjon
    .advice = sammenlign de to kohort.toml før du leser hva som er endret
finding-previous-of-another-currency = den forrige kjøringen regner i en annen valuta
    .advice = beløp før og nå kan ikke sammenlignes
finding-previous-of-another-version = den forrige kjøringen ble laget av versjon { $version }
finding-disjoint-customers = ingen kunde fra den forrige kjøringen er i denne
    .advice = sammenlign hvordan de to inndataene skriver id-en
finding-columns-of-the-model-missing = den forrige kjøringen kjente kolonner som ikke er her: { $columns }
    .advice = de beskriver bare, så segmentene påvirkes ikke
finding-columns-not-in-the-model = kolonner som den forrige kjøringen ikke kjente, er utelatt: { $columns }
    .advice = `--mode refit` tar dem med
finding-unseen-levels = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} har et nivå som modellen ikke kjenner
finding-scored = segmentene er de fra kjøringen { $run }: kundene ble plassert av den frosne modellen derfra

## Segmenter

finding-eps-candidates = eps ble funnet ut fra avstandene til naboer: { $radii }
    .advice = sett segments.eps for å ta en annen
radius-knee = knekken { $eps } gir { $n ->
    [one] én region
   *[other] { $n } regioner
} og { $noise } støy
radius-percentile = { $percent }.-persentilen { $eps } gir { $n ->
    [one] én region
   *[other] { $n } regioner
} og { $noise } støy
radius-too-wide = { $percent }.-persentilen { $eps } er for vid
finding-mostly-noise_dbscan = DBSCAN kunne ikke segmentere disse kundene: { $share } av kundene er i intet segment
    .advice = bruk method = "k-means" eller en større segments.eps
finding-mostly-noise_hdbscan = HDBSCAN kunne ikke segmentere disse kundene: { $share } av kundene er i intet segment
    .advice = bruk method = "k-means" eller en mindre segments.min-points
finding-stability-not-measured = stikkprøvene er for tynne for den ønskede tettheten, så det ble ikke målt om segmentene finnes igjen
finding-trivial-segment = segment { $id } er bare: { $rule }
    .advice = la kolonnen være ute når segmentene dannes, eller se inne i nivåene dens
finding-no-k-large-enough = hvert antall segmenter gir ett under min-share, så det ble det ikke sett på
    .advice = se på hva som taler for hvert antall segmenter før du handler
finding-every-k-trivial = ved hvert antall segmenter er ett av dem bare én kolonne, så det ble det ikke sett på
    .advice = se på hva som taler for hvert antall segmenter før du handler
finding-no-k-reproducible = av antallene segmenter som oppfyller de andre kravene, er det ingen der alle segmentene finnes igjen når beregningen gjentas; ta grensene som nyttige snitt
    .advice = se på hva som taler for hvert antall segmenter før du handler
finding-no-natural-segment = ingen luft i dataene skiller ut noe segment: grensene er valg, og fortsatt nyttige til planlegging
    .advice = behandle kunder nær en grense likt; kolonnen margin sier hvem de er
finding-start-dependent = den beste løsningen ble bare funnet fra én start; et annet frø kan flytte noen kunder
    .advice = sammenlign med en kjøring med et annet frø, eller be om færre segmenter
finding-abc-without-value = ingen ga noen verdi, så alle er i den siste klassen av ABC
finding-abc-last-class = kunder som ikke ga noe eller kostet penger, er i den siste klassen av ABC; andeler er av positiv verdi
finding-no-second-order = ingen bestilte på to forskjellige dager, så ingen rytme er kjent, og ingen kalles forsinket
    .advice = gi en lengre ordrehistorikk
finding-rfm-ties = bare { $found } av { $of } poeng for { $what } forekommer, fordi mange kunder er like eller ingen ligger mellom grensene
    .advice = sett egne grenser med segments.rfm-edges, eller færre segments.rfm-bins
score-days = dager siden siste ordre
score-orders = ordrer
score-spend = kjøp
finding-engines-agree = { $share } av kundene er i det samme segmentet med linfa som med kohorts egen beregning (justert Rand-indeks { $rand })
finding-pin-without-customers_none = betingelsen for segmentet { $name } gjelder for ingen kunde
    .advice = rett betingelsen i segments.pin, eller la den være ute
finding-pin-without-customers_taken = de { $n } kundene som segmentet { $name } ber om, er allerede i et fastlagt segment før det
    .advice = rett betingelsen i segments.pin, eller la den være ute
finding-part-not-cut_rest = kundene uten fastlagt segment: { n-customers } er ett segment, for få eller for like til å deles videre
finding-part-not-cut_named = { $part }: { n-customers } er ett segment, for få eller for like til å deles videre
finding-small-segment-withheld = tall for grupper med færre enn { $few } kunder er skjult
    .advice = slå segmentet sammen med naboen, eller be om færre segmenter
finding-value-withheld = verdien av et segment er skjult, fordi én kunde står for mer enn 85 % av den, eller fordi en sum ville røpe en skjult verdi
finding-segment-too-narrow = { $n } av { $of } segmenter rommer færre kunder enn min-share eller min-cell krever
    .advice = behandle hvert av dem sammen med naboen som er nevnt ved siden av
finding-name-without-segment = segments.names inneholder { $n ->
    [one] { $n } id
   *[other] { $n } id-er
} som ikke noe segment har
    .advice = rett id-ene i segments.names
finding-nothing-to-describe = ingen kolonne har en kjent verdi, så segmentene kan ikke beskrives

## Utfallet

finding-proven-leak = { $name } røper utfallet: { $why }; den ble tatt ut av modellen for frafall og av segmentene
    .advice = la den være ute av inndataene, eller nevn den i churn.accept hvis den er kjent før utfallet
finding-suspected-leak = { $name } kjenner kanskje utfallet: { $why }; den ble beholdt
    .advice = nevn den i churn.drop hvis den først er kjent etter utfallet, ellers i churn.accept
finding-ordered-ids = { $name } kjenner kanskje utfallet: { $why }; ingen modell bruker den
    .advice = se etter om andre kolonner også ble fylt ut i den rekkefølgen
leak-same-days = med en AUC på { $auc }, så utfallet er lest av de samme dagene som denne kolonnen
leak-alone = alene rangerer den utfallet med en AUC på { $auc }
leak-missing = der den mangler, røper utfallet med en AUC på { $auc }
leak-share = den er andelen med utfallet blant dem med samme verdi
leak-late-side = dagene dens etter skjæringsdagen finnes bare på den ene siden av utfallet
leak-by-name = etter navnet er den først kjent etterpå (AUC alene { $auc })
leak-late = den inneholder dager etter skjæringsdagen
leak-filled = de manglende verdiene finnes bare på den ene siden av utfallet
leak-ratio = forholdet til { $other } rangerer utfallet med en AUC på { $auc }
leak-difference = forskjellen fra { $other } rangerer utfallet med en AUC på { $auc }
leak-together = lest sammen med { $other } rangerer den utfallet med en AUC på { $auc }
leak-numbered = kundene er nummerert i utfallets rekkefølge, med en AUC på { $auc }
leak-listed = nevnt i churn.drop
leak-vouched = { $why }; nevnt i churn.accept
finding-too-good = modellen for frafall rangerer kundene med en AUC på { $auc }, noe som sjelden er ærlig
    .advice = se etter at hver kolonne var kjent før utfallet, og nevn de andre i churn.drop
finding-twins = { n-of-customers } med kjent utfall er like en annen i alle kolonner; de ble holdt sammen i oppdelingen
finding-copies = { n-of-customers } med kjent utfall er like en annen i alle tall, men ikke alle i alle kolonner, noe tilfeldighet ikke forklarer; de ble holdt sammen i oppdelingen
    .advice = finn ut om disse kundene er kopier av hverandre; er de det, behold én av hver
finding-not-converged = modellen for frafall falt ikke til ro på 200 trinn; tallene er fra det siste trinnet

## Verdi og prognose

finding-value-missing = { n-of-customers } har ikke noe beløp og regnes som 0
    .advice = fyll ut beløpene, eller les segmentenes verdi som en nedre grense
finding-value-negative = { n-of-customers } har en negativ verdi; andeler er av positiv verdi
finding-value-taken-as-total = value.per er order, men det er ingen ordrer, så kolonnen tas som en sum
    .advice = sett value.per til month, year eller total
finding-no-forecast = ordrer forutsies ikke: { $why }
finding-no-leaving-visible = i ordrene til { $day } ses ikke noe frafall, så { $hidden } ville kalle alle aktive og kan ikke brukes; { $model } brukes, som gjorde det best i perioden som var holdt til side
finding-fit-not-converged = tilpasningen av { $model } til { $day } falt ikke til ro og brukes ikke
finding-season = ordrene svinger mer enn faste rater tillater: i { $n } av { $of } blokker på { $block } dager avviker de mer enn { $far }, i blokken til { $day } med { $off }; en prognose for de neste { $horizon } dagene kjenner ingen sesong
    .advice = sammenlign prognosen med samme sesong året før
