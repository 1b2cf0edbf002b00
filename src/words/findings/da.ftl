# Hvad fund siger, på dansk; de samme beskeder som på engelsk.

## Optalte ting; `n` er antallet, `of` alle

n-rows = { $n ->
    [one] { $n } række
   *[other] { $n } rækker
}
n-values = { $n ->
    [one] { $n } værdi
   *[other] { $n } værdier
}
n-lines = { $n ->
    [one] { $n } linje
   *[other] { $n } linjer
}
n-days = { $n ->
    [one] { $n } dag
   *[other] { $n } dage
}
n-of-customers = { $n } af { $of ->
    [one] { $of } kunde
   *[other] { $of } kunder
}
n-of-rows = { $n } af { $of ->
    [one] { $of } række
   *[other] { $of } rækker
}
n-of-values = { $n } af { $of ->
    [one] { $of } værdi
   *[other] { $of } værdier
}
n-of-lines = { $n } af { $of ->
    [one] { $of } linje
   *[other] { $of } linjer
}
n-of-levels = { $n } af { $of ->
    [one] { $of } niveau
   *[other] { $of } niveauer
}

## Omkring et fund

finding-column = { $column }: { $text }
about-file = { $file }: { $text }
about-files = { $file } og { $more } andre: { $text }
about-part = hvor { $part }: { $text }

## Læsning af filer

finding-encoding_certain = teksten er ikke UTF-8 og læses som { $encoding }, hvilket er sikkert: intet andet tegnsæt til skriften passer eller giver noget andet ({ $bytes } byte ud over ASCII i { $words } forskellige ord)
    .advice = sæt encoding = "{ $setting }" under [input.csv]
finding-encoding_likely = teksten er ikke UTF-8 og læses med stor sikkerhed som { $encoding }: ordene giver det samme svar i hver af tre dele ({ $bytes } byte ud over ASCII i { $words } forskellige ord)
    .advice = sæt encoding = "{ $setting }" under [input.csv]
finding-encoding_declared = teksten læses som angivet som { $encoding }, men er også fejlfri UTF-8
    .advice = se efter, om bogstaverne er rigtige; angiv ellers encoding = "utf-8"
finding-encoding_unmarked = teksten har intet byte order mark og læses som { $encoding }, hvilket er sikkert: hver anden byte er NUL
    .advice = sæt encoding = "{ $setting }" under [input.csv]
finding-comment-lines = { $n ->
    [one] 1 linje begynder med # og hører
   *[other] de første { $n } linjer begynder med # og hører
} ikke til tabellen
    .advice = sæt skip-lines under [input.csv] for at sige, hvor mange der er; 0 beholder dem
finding-title-lines = { $n ->
    [one] 1 linje over kolonnenavnene er en overskrift
   *[other] de første { $n } linjer over kolonnenavnene er overskrifter
} og hører ikke til tabellen
    .advice = sæt skip-lines under [input.csv] for at sige, hvor mange der er; 0 beholder dem
finding-header-lines = de første to linjer navngiver begge kolonnerne, og deres navne er sat sammen
    .advice = sæt header-lines = 1 under [input.csv], hvis den anden er en række
finding-no-header = den første linje indeholder tal som alle andre, så kolonnerne hedder column_1, column_2 og så videre
    .advice = sæt header = true under [input.csv], hvis den navngiver kolonnerne
finding-unnamed-column = den første kolonne har intet navn og hedder { $name }
finding-missing-values = { n-of-values } mangler ({ $codes })
code-empty = tom: { $n }
code-space = ét mellemrum: { $n }
code-blanks = { $blanks } mellemrum: { $n }
code-spelt = "{ $code }": { $n }
finding-other-format = navnet lover { $promised }, men filen er { $found } og læses sådan
format-workbook = en projektmappe
format-named = { $name }
finding-proposed-missing = af { n-values } kan disse betyde, at noget mangler, og bruges, som de er: { $codes }
    .advice = hvis de betyder, at noget mangler, så sæt null-values = [{ $setting }] under [input.csv]
code-in-rows = "{ $code }" i { n-rows }
finding-rejected-rows = { n-rows } kunne ikke læses, først { $first }
    .advice = ret disse rækker i eksporten
place-line = linje { $line }
place-row = række { $row }
finding-empty-file = den har kolonnenavne, men ingen rækker
finding-first-rows = kolonnerne blev set efter i de første { n-of-rows }
finding-seen-on-a-sample = der blev set på { $n } af { $of } kunder: en stikprøve efter deres id'ers hash
finding-seen-on-a-sample_lines = der blev set på { $n } kunder med alle deres linjer: en stikprøve efter deres id'ers hash af { $of } linjer
finding-not-on-an-engine = udeladt, fordi et system kun danner kendetegn af summer: { $columns }
    .advice = kør på én maskine for at få alle kendetegn
finding-found-on-a-sample = segmenterne blev fundet på { $n } af { $of } kunder, flyttet til gennemsnittet af alle i { $passes } gennemløb, og hver kunde blev placeret: størrelser og andele gælder alle, summer er stikprøvens gange de kunder som hver står for, alt andet gælder stikprøven
    .advice = en større engine.sample-rows gør det sikrere, som gælder stikprøven
finding-churn-of-the-sample_trees = churn_probability blev ikke skrevet for alle kunder: træerne i modellen for frafald har { $n } blade, og én forespørgsel rummer højst { $most }
    .advice = sæt churn.model = "logistic", hvis sandsynlighed er én sum
finding-churn-of-the-sample_products = churn_probability blev ikke skrevet for alle kunder: med den ville én forespørgsel have { $n } produkter, og den må have { $most }
    .advice = brug færre kolonner eller færre segmenter
finding-churn-of-the-sample_forecast = churn_probability blev ikke skrevet for alle kunder: hvem der bestiller igen, blev kun forudsagt for stikprøven
finding-churn-of-the-sample_column = churn_probability blev ikke skrevet for alle kunder: systemet har { $name } som noget andet end stikprøven
    .advice = gem kolonnen i systemet som det, den er, eller nævn den i churn.drop
finding-twin-rows = { n-of-rows } er lig en tidligere række i alle kolonner og beholdes
    .advice = fjern dem i eksporten, hvis en række kan være skrevet to gange
finding-error-cells = { $n ->
    [one] { $n } celle
   *[other] { $n } celler
} i kolonne { $letters } på arket { $sheet } indeholder en fejl som #N/A og læses som manglende
finding-unit-in-values_percent = { n-values } har procenttegn: 12% læses som 12, ikke som 0.12
finding-unit-in-values_currency = { n-values } er beløb i { $unit }; tegnet er taget af
finding-accounting-negatives = { n-values } i parentes eller med minus til sidst læses som negative
    .advice = angiv kolonnen som en kategori under [features.types], hvis det ikke er meningen
finding-rounded-numbers = { n-values } har flere cifre end de 15 til 17, som et tal kan rumme, og afrundes, hvor kolonnen bruges som tal
    .advice = hvis de er koder, så angiv kolonnen som en kategori under [features.types]
finding-looks-like-moments = { n-values } ligner sekunder eller millisekunder siden 1970 og bruges som tal
    .advice = sæt date-format = "epoch-s" eller "epoch-ms" under [input.csv] for at læse dage
finding-days-as-numbers_spreadsheet = tallene læses som dage i et regneark, der tæller fra 1900
    .advice = angiv kolonnen som et tal under [features.types], hvis det ikke er meningen
finding-days-as-numbers_other = tallene læses som { $format }
    .advice = angiv kolonnen som et tal under [features.types], hvis det ikke er meningen
finding-signs-between-days = { n-days } har andre tegn mellem tallene end { $format }; rækkefølgen er den samme
finding-repeated-times = { $n ->
    [one] { $n } tidspunkt
   *[other] { $n } tidspunkter
} forekom to gange, da urene i { $zone } blev stillet tilbage; dagen er den samme i begge tilfælde
finding-days-in-utc = { $n ->
    [one] { $n } tidspunkt
   *[other] { $n } tidspunkter
} er i UTC, og det er de dage, der læses af dem, også
    .advice = sæt timezone under [input.csv] for at tælle i lokale dage

## Hvad kolonner betyder

finding-no-id = ingen kolonne navngiver kunderne, så rækkerne er nummereret i filens rækkefølge
    .advice = angiv id-kolonnen med input.id; uden en sådan har rækkernes rækkefølge betydning, og kunder kan ikke følges fra kørsel til kørsel
finding-ids-with-decimals = { $n } af { $of ->
    [one] { $of } id
   *[other] { $of } id'er
} er skrevet med .0 til sidst, sådan som et regneark skriver hele tal ved siden af manglende; de læses uden
finding-near-duplicate-ids = { $n ->
    [one] { $n } id
   *[other] { $n } id'er
} er skrevet på mere end én måde: forskellen er kun store og små bogstaver, mellemrum i enderne eller sammensætningen af accenter; hver skrivemåde regnes som sin egen kunde
    .advice = ret id'erne, hvis de betyder den samme kunde
finding-second-label = navnet betyder også frafald, men { $label } blev taget som udfaldet
    .advice = angiv den rigtige med churn.label
finding-open-customers = kunder uden kendt udfald får en sandsynlighed, men der læres ikke af dem
finding-half-a-place = en breddegrad eller længdegrad uden den anden er et tal og intet sted
    .advice = angiv den anden i features.types som "latitude" eller "longitude"
finding-exchanged-coordinates_all = { n-of-rows } i { $columns } er kun grader, når bredde- og længdegrad byttes om, så de bruges som to tal
    .advice = angiv i features.types, hvilken kolonne der er "latitude", og hvilken der er "longitude"
finding-exchanged-coordinates_some = { $n ->
    [one] { $n } række ligger
   *[other] { $n } rækker ligger
} langt fra de andre, og blandt dem, når bredde- og længdegrad byttes om; de bruges, som de er
    .advice = se på disse rækker, før du stoler på steder
finding-not-degrees = { n-of-rows } i { $columns } er ikke grader, så de bruges som to tal
    .advice = angiv bredde- og længdegrad i grader, eller angiv begge kolonner som "number"
finding-coordinates-outside = { $n ->
    [one] { $n } række ligger
   *[other] { $n } rækker ligger
} uden for klodens grader og regnes som manglende; { $exchanged } af dem ligger inden for, når bredde- og længdegrad byttes om
    .advice = ret koordinaterne, eller lad dem stå tomme
finding-null-island = { $n ->
    [one] { $n } række ligger
   *[other] { $n } rækker ligger
} på 0 og 0, som står for ikke fundet, og regnes som manglende
    .advice = lad koordinaterne stå tomme, hvor et sted ikke kendes
finding-half-coordinates = { $n ->
    [one] { $n } række har
   *[other] { $n } rækker har
} en breddegrad eller en længdegrad, men ikke begge, og regnes som manglende
    .advice = udfyld den anden
finding-rare-levels = { n-of-levels } har færre end { $few } rækker hver og er samlet som { $other }, { $rows } rækker i alt
finding-unused-column_levels = der er ikke to niveauer, som { $few } rækker eller flere har hver, så kolonnen bruges ikke
finding-unused-column_days = ingen række har en dag, der kan være ment, så kolonnen bruges ikke
finding-undeclared-level = rækker har et niveau, der ikke er angivet; det regnes som manglende
    .advice = tilføj niveauet til listen i features.types
finding-day-after-reference = rækker har en dag efter referencedagen; den regnes som 0 dage før
    .advice = sæt input.as-of til den dag, tabellen blev trukket
finding-implausible-day = rækker har en dag før 1900 eller fra 2080 og frem; den regnes som manglende
    .advice = lad cellen stå tom, hvor der ingen dag er
finding-empty-column = ingen række har en værdi, så kolonnen bruges ikke
finding-constant-column_input = alle rækker har den samme værdi, så kolonnen bruges ikke
finding-free-text = værdierne er sætninger, så kolonnen bruges ikke
    .advice = angiv i features.types, hvad den er, hvis den skal bruges
finding-identifier-column = værdierne ligner navne eller numre på enkelte kunder, så kolonnen bruges ikke
    .advice = angiv i features.types, hvad den er, hvis den skal bruges
finding-sensitive-trait = navnet peger på en følsom oplysning ({ $trait }), så kolonnen bruges ikke
    .advice = skriv grunden til at bruge den i features.allow-sensitive
trait-health = helbred
trait-religion = religion
trait-ethnic-origin = etnisk oprindelse
trait-sexual-orientation = seksuel orientering
trait-trade-union = fagforening
trait-political-opinion = politisk holdning
trait-criminal-record = straffeattest
trait-genetic-data = genetiske data
finding-many-missing-values = { n-of-rows } har ingen værdi
    .advice = find ud af, hvorfor de mangler, eller se bort fra kolonnen
finding-many-levels = { $n } forskellige niveauer; de sjældne er samlet
    .advice = saml niveauerne før kørslen, eller se bort fra kolonnen
finding-shares-of-one-whole = { $columns } giver tilsammen et hele, så de er ét udsagn; { $most } er den hyppigste, følger af de andre og er udeladt
    .advice = angiv dem som "number" i features.types for at bruge hver for sig
finding-attribute-of-customers_all = det samme på alle linjer hos { n-of-customers }, så det beskriver dem
    .advice = nævn den i features.ignore, hvis den intet siger om kunden
finding-attribute-of-customers_most = det samme på alle linjer hos { n-of-customers }, så det beskriver dem; de øvrige { $several } har den værdi, som de fleste af deres linjer har
    .advice = nævn den i features.ignore, hvis den intet siger om kunden

## Forberedelse af kolonner

finding-sum-describes = { $sum } er { $a } + { $b } for hver kunde; den beskriver og danner intet segment, for ved siden af begge ville den tælle dem to gange
finding-base-of-all-columns = der er { $behavioural } kolonner om adfærd, { $psychographic } om holdninger og { $firmographic } om virksomheder, færre end { $least } af hver, så alle { $n } kolonner danner segmenterne, og ingen er tilbage til at beskrive dem
    .advice = angiv de kolonner, der skal danne segmenterne, i features.cluster-on
finding-excluded-from-base = { $name } er nævnt i features.cluster-on, men kender udfaldet, så den danner ingen segmenter
finding-constant-column_here = kolonnen { $name } er den samme for alle kunder her og er udeladt
finding-unknown-column_used = churn.{ $key } nævner { $name }, som ikke er en brugt kolonne
    .advice = ret navnet, eller fjern det fra listen
finding-unknown-column_numbers = churn.{ $key } nævner { $name }, som ikke er en brugt kolonne med tal
    .advice = ret navnet, eller fjern det fra listen
finding-unknown-column_prepared = normalise.{ $key } nævner { $name }, som ikke er blandt de { $of } kolonner
    .advice = se stavemåden efter
finding-structural-zero = { $name } mangler netop dér, hvor { $other } er 0, og regnes som 0 dér
finding-clipped-customers = { $n ->
    [one] den mest ekstreme kunde i { $name } behandles, som om den lå ved kanten af de andre
   *[other] de { $n } mest ekstreme kunder i { $name } behandles som ens
}
    .advice = sæt normalise.clip = 0 for at bruge dem, som de er
finding-mostly-missing-column = kolonnen { $name } mangler for { n-of-customers }: hvor kunder sammenlignes, er dens tal udeladt
finding-imputed-numbers = { n-of-values } i { $name } mangler og blev udfyldt
finding-not-applicable-level_named = "{ $level }" i { $name } betyder "har det ikke" og regnes som "{ $other }", hvor kunder sammenlignes; tabeller viser det for sig
    .advice = nævn de niveauer, der betyder det, i features.not-applicable
finding-not-applicable-level_rare = et niveau i { $name } betyder "har det ikke" og regnes som et andet niveau
    .advice = nævn de niveauer, der betyder det, i features.not-applicable
finding-duplicate-column_whole = kolonnen { $name } siger det samme som { $other } og tæller én gang
finding-duplicate-column_part = en del af kolonnen { $name } siger det samme som { $other } og tæller én gang
finding-unknown-places_alone = { n-of-customers } har intet kendt sted og regnes som liggende midt mellem de andre
    .advice = sæt normalise.impute = "drop-row" for at udelade dem: stedet er alt, hvad der danner segmenterne
finding-unknown-places_beside = { n-of-customers } har intet kendt sted og regnes som liggende midt mellem de andre
finding-robust-scale-fallback = halvdelen af kunderne har den samme værdi, så kvartilafstanden er 0; gennemsnit og standardafvigelse bruges

## Køb

finding-pooled-shares = { $block }: { $n } niveauer, som få kunder har, er samlet som { $other }
finding-constant-feature = størrelsen er den samme for alle kunder, så den bruges ikke
lines-worth = {" "}(beløb, som det står: { $money })
lines-plain = {""}
finding-lines-without-day = { n-of-lines } har ingen dag, eller ingen mellem 1900-01-01 og 2079-06-06{ $worth }, og er udeladt
    .advice = udfyld ordrens dag
finding-lines-after-as-of = { n-of-lines } er dateret efter { $day }{ $worth } og er udeladt
finding-lines-without-customer = { n-of-lines } nævner ingen kunde{ $worth } og er udeladt
    .advice = find ud af, hvem der købte uden navn: disse salg er i intet segment
finding-lines-without-money = { n-of-lines } har intet beløb{ $worth } og er udeladt
    .advice = udfyld beløbene
finding-zero-quantity = { n-of-lines } har antallet 0{ $worth } og er udeladt
finding-zero-price-dropped = { n-of-lines } har prisen 0{ $worth } og er udeladt
finding-refunds-dropped = { n-of-lines } giver penge tilbage{ $worth } og er udeladt
finding-customers-without-purchase_lines = { n-of-lines } hører til kunder, som der intet køb er tilbage af{ $worth }, og er udeladt
finding-cancelled-lines = { n-of-lines } er annulleringer{ $worth }: ordrenummeret begynder med { $prefixes }
    .advice = sæt features.transactions.cancel-prefix, hvis det er forkert
finding-refund-lines_net = { n-lines } hos kunder er annulleret eller negative; det, de giver tilbage, trækkes fra forbruget
finding-refund-lines_drop = { n-lines } hos kunder er annulleret eller negative; de er udeladt
finding-refund-lines_separate = { n-lines } hos kunder er annulleret eller negative; det, de giver tilbage, er en kolonne for sig
finding-positive-cancellations = { $n ->
    [one] { $n } annulleret linje
   *[other] { $n } annullerede linjer
} har et positivt beløb eller antal; det regnes som givet tilbage
    .advice = se efter, om præfikset kun mærker annulleringer
finding-zero-price = { n-of-lines } har prisen 0; de regnes som købt for ingenting
    .advice = sæt features.transactions.zero-price til drop, hvis intet blev købt
finding-lines-without-order-number = { n-of-lines } har intet ordrenummer; de linjer, som én kunde har på én dag, er én ordre
finding-shared-order-numbers = { $n ->
    [one] { $n } ordrenummer
   *[other] { $n } ordrenumre
} nævner ordrer fra flere kunder; hver har sin egen
    .advice = se efter, om ordrenummeret eller kunden er den rigtige kolonne
finding-order-numbers-on-several-days = { $n ->
    [one] { $n } ordrenummer
   *[other] { $n } ordrenumre
} fra én kunde står på flere dage; hver dag er en ordre
finding-duplicate-lines = { n-of-lines } er lig en anden linje i samme ordre i alle brugte kolonner; de beholdes
    .advice = fjern dem fra tabellen, hvis de blev skrevet to gange
finding-guest-checkout = én kunde har { $share } af alle linjer
    .advice = hvis mange bestiller under dette nummer, så udelad det
finding-last-day-partial_given = dagen { $day } har { n-lines }, hvor den samme ugedag ellers har { $usual } i midten, så den ser ufuldstændig ud
    .advice = sæt input.as-of til den sidste hele dag
finding-last-day-partial_found = dagen { $day } har { n-lines }, hvor den samme ugedag ellers har { $usual } i midten, så den ser ufuldstændig ud
    .advice = sæt input.as-of til dagen før
finding-pointed-ids = { $n ->
    [one] { $n } linje skriver
   *[other] { $n } linjer skriver
} et helt kundenummer med decimaltegn og nuller, sådan som et regneark gør; det er den samme kunde uden dem
finding-rounded-money = { $n ->
    [one] { $n } linje har flere decimaler, end der beholdes, og blev afrundet
   *[other] { $n } linjer har flere decimaler, end der beholdes, og blev afrundet
}

## Tabeller, der sættes sammen

finding-table-part_purchases = { $path } tages for købene
finding-table-part_customers = { $path } tages for kunderne
finding-table-part_joined = { $path } tages for { $role }, forbundet ved { $by }
finding-table-part_by-id = { $path } tages for { $role }, forbundet ved id'et
finding-customers-without-purchase_customers = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} har intet køb og er udeladt efter regel
    .advice = kør på kundetabellen alene for også at segmentere dem
finding-purchases-of-strangers = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} fra købene findes ikke i kundetabellen
    .advice = sammenlign, hvordan de to tabeller skriver id'et, eller eksportér alle kunder
finding-rows-not-joined_customers = { $table }: { n-of-rows } hører til ingen kunde ({ $without } uden nøgle)
    .advice = sammenlign, hvordan de to tabeller skriver nøglen
finding-rows-not-joined_lines = { $table }: { $lines } købslinjer nævner en nøgle, som den mangler, og { n-of-rows } i den hører til ingen linje
    .advice = sammenlign, hvordan de to tabeller skriver nøglen
finding-customers-excluded = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} er udeladt af { $file }, som nævner { $ids } id'er
finding-customers-not-meant = { n-of-customers } er udeladt: input.where gælder ikke for dem
finding-rows-dropped = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} med et manglende tal er udeladt
    .advice = impute = "median" beholder dem

## Den forrige kørsel

finding-previous-not-comparable = den forrige kørsel kan ikke sammenlignes: { $why }
    .advice = segmenterne dannes, som om der ikke var nogen forrige kørsel
finding-previous-of-another-config = den forrige kørsel { $run } blev lavet med en anden konfiguration
    .advice = sammenlign de to kohort.toml, før du læser, hvad der har ændret sig
finding-previous-of-another-currency = den forrige kørsel regner i en anden valuta
    .advice = beløb før og nu kan ikke sammenlignes
finding-previous-of-another-version = den forrige kørsel blev lavet af version { $version }
finding-disjoint-customers = ingen kunde fra den forrige kørsel er i denne
    .advice = sammenlign, hvordan de to input skriver id'et
finding-columns-of-the-model-missing = den forrige kørsel kendte kolonner, der ikke er her: { $columns }
    .advice = de beskriver kun, så segmenterne påvirkes ikke
finding-columns-not-in-the-model = kolonner, som den forrige kørsel ikke kendte, er udeladt: { $columns }
    .advice = `--mode refit` tager dem med
finding-unseen-levels = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} har et niveau, som modellen ikke kender
finding-scored = segmenterne er dem fra kørslen { $run }: kunderne blev placeret af dens frosne model

## Segmenter

finding-eps-candidates = eps blev fundet ud fra afstandene til naboer: { $radii }
    .advice = sæt segments.eps for at tage en anden
radius-knee = knækket { $eps } giver { $n ->
    [one] én region
   *[other] { $n } regioner
} og { $noise } støj
radius-percentile = { $percent }.-percentilen { $eps } giver { $n ->
    [one] én region
   *[other] { $n } regioner
} og { $noise } støj
radius-too-wide = { $percent }.-percentilen { $eps } er for bred
finding-mostly-noise_dbscan = DBSCAN kunne ikke segmentere disse kunder: { $share } af kunderne er i intet segment
    .advice = brug method = "k-means" eller en større segments.eps
finding-mostly-noise_hdbscan = HDBSCAN kunne ikke segmentere disse kunder: { $share } af kunderne er i intet segment
    .advice = brug method = "k-means" eller et mindre segments.min-points
finding-stability-not-measured = stikprøverne er for tynde til den ønskede tæthed, så det blev ikke målt, om segmenterne findes igen
finding-trivial-segment = segment { $id } er blot: { $rule }
    .advice = lad kolonnen være ude, når segmenterne dannes, eller se inden i dens niveauer
finding-no-k-large-enough = hvert antal segmenter giver ét under min-share, så det blev der ikke set på
    .advice = se på, hvad der taler for hvert antal segmenter, før du handler
finding-every-k-trivial = ved hvert antal segmenter er ét af dem blot én kolonne, så det blev der ikke set på
    .advice = se på, hvad der taler for hvert antal segmenter, før du handler
finding-no-k-reproducible = af de antal segmenter, der opfylder de andre krav, er der intet, hvor alle segmenter findes igen, når beregningen gentages; tag grænserne som nyttige snit
    .advice = se på, hvad der taler for hvert antal segmenter, før du handler
finding-no-natural-segment = ingen luft i data skiller noget segment ud: grænserne er valg, og stadig nyttige til planlægning
    .advice = behandl kunder nær en grænse ens; kolonnen margin siger, hvem de er
finding-start-dependent = den bedste løsning blev kun fundet fra én start; et andet seed kan flytte nogle kunder
    .advice = sammenlign med en kørsel med et andet seed, eller bed om færre segmenter
finding-abc-without-value = ingen gav nogen værdi, så alle er i den sidste klasse af ABC
finding-abc-last-class = kunder, der intet gav eller kostede penge, er i den sidste klasse af ABC; andele er af positiv værdi
finding-no-second-order = ingen bestilte på to forskellige dage, så ingen rytme kendes, og ingen kaldes forsinket
    .advice = giv en længere ordrehistorik
finding-rfm-ties = kun { $found } af { $of } pointtal for { $what } forekommer, fordi mange kunder er ens, eller ingen ligger mellem grænserne
    .advice = sæt egne grænser med segments.rfm-edges, eller færre segments.rfm-bins
score-days = dage siden sidste ordre
score-orders = ordrer
score-spend = køb
finding-engines-agree = { $share } af kunderne er i det samme segment med linfa som med kohorts egen beregning (justeret Rand-indeks { $rand })
finding-pin-without-customers_none = betingelsen for segmentet { $name } gælder for ingen kunde
    .advice = ret betingelsen i segments.pin, eller lad den være ude
finding-pin-without-customers_taken = de { $n } kunder, som segmentet { $name } beder om, er allerede i et fastlagt segment før det
    .advice = ret betingelsen i segments.pin, eller lad den være ude
finding-part-not-cut_rest = kunderne uden fastlagt segment: { n-customers } er ét segment, for få eller for ens til at deles yderligere
finding-part-not-cut_named = { $part }: { n-customers } er ét segment, for få eller for ens til at deles yderligere
finding-small-segment-withheld = tal for grupper med færre end { $few } kunder er skjult
    .advice = slå segmentet sammen med naboen, eller bed om færre segmenter
finding-value-withheld = værdien af et segment er skjult, fordi én kunde står for mere end 85 % af den, eller fordi en sum ville røbe en skjult værdi
finding-segment-too-narrow = { $n } af { $of } segmenter rummer færre kunder, end min-share eller min-cell kræver
    .advice = behandl hvert af dem sammen med den nabo, der er nævnt ved siden af
finding-name-without-segment = segments.names indeholder { $n ->
    [one] { $n } id
   *[other] { $n } id'er
}, som intet segment har
    .advice = ret id'erne i segments.names
finding-nothing-to-describe = ingen kolonne har en kendt værdi, så segmenterne kan ikke beskrives

## Udfaldet

finding-proven-leak = { $name } røber udfaldet: { $why }; den blev taget ud af modellen for frafald og af segmenterne
    .advice = lad den være ude af input, eller nævn den i churn.accept, hvis den kendes før udfaldet
finding-suspected-leak = { $name } kender måske udfaldet: { $why }; den blev beholdt
    .advice = nævn den i churn.drop, hvis den først kendes efter udfaldet, ellers i churn.accept
finding-ordered-ids = { $name } kender måske udfaldet: { $why }; ingen model bruger den
    .advice = se efter, om andre kolonner også blev udfyldt i den rækkefølge
leak-same-days = med en AUC på { $auc }, så udfaldet er læst af de samme dage som denne kolonne
leak-alone = alene rangordner den udfaldet med en AUC på { $auc }
leak-missing = hvor den mangler, røber udfaldet med en AUC på { $auc }
leak-share = den er andelen med udfaldet blandt dem med samme værdi
leak-late-side = dens dage efter skæringsdagen findes kun på den ene side af udfaldet
leak-by-name = efter navnet kendes den først bagefter (AUC alene { $auc })
leak-late = den indeholder dage efter skæringsdagen
leak-filled = dens manglende værdier findes kun på den ene side af udfaldet
leak-ratio = forholdet til { $other } rangordner udfaldet med en AUC på { $auc }
leak-difference = forskellen fra { $other } rangordner udfaldet med en AUC på { $auc }
leak-together = læst sammen med { $other } rangordner den udfaldet med en AUC på { $auc }
leak-numbered = kunderne er nummereret i udfaldets rækkefølge, med en AUC på { $auc }
leak-listed = nævnt i churn.drop
leak-vouched = { $why }; nævnt i churn.accept
finding-too-good = modellen for frafald rangordner kunderne med en AUC på { $auc }, hvilket sjældent er ærligt
    .advice = se efter, at hver kolonne var kendt før udfaldet, og nævn de andre i churn.drop
finding-twins = { n-of-customers } med kendt udfald er lig en anden i alle kolonner; de blev holdt sammen i opdelingen
finding-copies = { n-of-customers } med kendt udfald er lig en anden i alle tal, men ikke alle i alle kolonner, hvilket tilfældet ikke forklarer; de blev holdt sammen i opdelingen
    .advice = find ud af, om disse kunder er kopier af hinanden; er de det, så behold én af hver
finding-not-converged = modellen for frafald faldt ikke til ro på 200 trin; dens tal er fra det sidste trin

## Værdi og prognose

finding-value-missing = { n-of-customers } har intet beløb og regnes som 0
    .advice = udfyld beløbene, eller læs segmenternes værdi som en nedre grænse
finding-value-negative = { n-of-customers } har en negativ værdi; andele er af positiv værdi
finding-value-taken-as-total = value.per er order, men der er ingen ordrer, så kolonnen tages som en sum
    .advice = sæt value.per til month, year eller total
finding-no-forecast = ordrer forudsiges ikke: { $why }
finding-no-leaving-visible = i ordrerne til { $day } ses intet frafald, så { $hidden } ville kalde alle aktive og kan ikke bruges; { $model } bruges, som klarede sig bedst i den periode, der var holdt til side
finding-fit-not-converged = tilpasningen af { $model } til { $day } faldt ikke til ro og bruges ikke
finding-season = ordrerne svinger mere, end faste rater tillader: i { $n } af { $of } blokke på { $block } dage er de mere end { $far } ved siden af, i blokken til { $day } med { $off }; en prognose for de næste { $horizon } dage kender ingen sæson
    .advice = sammenlign prognosen med samme sæson året før
