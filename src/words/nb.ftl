# De norske beskjedene i kohorts rapport (bokmål).

## Ord som står alene

yes = ja
no = nei
not-computed = Ikke beregnet
serious = Alvorlig
warning = Advarsel
note = Merknad
none = Ingen.

## Arbeidsboken

sheet-segments = Segmenter
sheet-profiles = Profiler
sheet-churn = Frafall
sheet-actions = Tiltak
sheet-ledger = Regnskap
sheet-customers = Kunder
col-id = Nr.
col-segment = Segment
col-customers = Kunder
col-share = Andel av kundene
col-value = Verdi
col-value-share = Andel av verdien
col-value-each = Verdi per kunde
col-expected = Forventet verdi
col-at-risk = Verdi i risiko
col-trust = Tillit
col-stability = Overlapp når det finnes igjen
col-usable = Brukbart
col-who = Hvem de er
col-rule = Slik gjenkjennes de
col-coverage = Regelen finner av segmentet
col-precision = Av de funne hører til
col-column = Kolonne
col-level = Nivå
col-here = Her
col-others = Andre
col-index = Indeks av gjennomsnitt
col-effect = Forskjell
col-made = Dannet segmentene
col-low = Fra
col-high = Til
col-known = Utfall kjent
col-gone = Allerede skjedd
col-contact = Kontaktes
col-hold-out = Holdes utenfor
col-contacted = Andel kontaktet
col-reached = Andel nådd
col-lift = Ganger bedre enn tilfeldig
col-predicted = Forutsagt
col-happened = Skjedde
col-measure = Mål
col-model = Modell
col-base-rate = Alltid gjennomsnittet
col-odds = Odds
col-action = Tiltak
col-why = Hvorfor
col-owner = Ansvarlig
col-kpi = Måles ved
col-until = Innen
col-table = Tabell
col-rows = Rader
col-used = Brukt
col-rejected = Kunne ikke leses
col-excluded = Utelatt etter regel
col-unmatched = Hører til ingen
col-lines = Linjer
col-money = Beløp
col-role = Rolle
col-family = Familie
col-used-for = Brukes til
col-missing = Mangler
col-code = Kode
col-severity = Alvor
col-count = Antall
col-seen = Hva som ble sett
col-advice = Hva som kan gjøres
col-run = Kjøring
col-version = Versjon
col-seed = Frø
col-method = Metode
share-of-customers = Andel av kundene
share-of-value = Andel av verdien
size-and-value = Størrelse og verdi
differences = Hva som er annerledes
differences-note = Her og andre: den midterste verdien (medianen) eller andelen. Indeks av gjennomsnitt: gjennomsnittet eller andelen her, når alle kunders er 100. Forskjell: fra -1, langt under de andre, til 1, langt over.
side-by-side = Typiske verdier side om side
all-customers = Alle kunder
by-segment = Etter segment
what-contacting-reaches = Hva kontakten når
believed = Om sannsynlighetene holder
how-good = Hvor god modellen er
what-goes-with-it = Hva som følger med
what-to-do = Hva som skal gjøres
fill-in = De gule feltene er for mennesker: hvem gjør det, hvordan måles det, når skal det være gjort.
where-rows-went = Hvor hver rad ble av
rows = Rader
purchase-lines = Kjøpslinjer
columns = Kolonner
findings = Hva som ble lagt merke til
method = Metode og innstillinger
config-in-full = Hele konfigurasjonen
too-many-customers = Arket med kunder er utelatt: { $n } kunder er flere enn de { $most } som en arbeidsbok har god plass til. customers.csv har alle.

## Hvordan det skrives

n-customers = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
}
n-segments = { $n ->
    [one] { $n } segment
   *[other] { $n } segmenter
}
n-more = { $n } til
day = { $day }. { $month } { $year }
month-1 = januar
month-2 = februar
month-3 = mars
month-4 = april
month-5 = mai
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = desember
range = { $low } til { $high }
with-interval = { $figure } ({ $range })
under = under { $figure }
over = over { $figure }
withheld = skjult (beskytter en gruppe under { $n })
withheld-cell = skjult
rule-withheld = Vises ikke: med færre enn { $n } kunder i en klasse kunne hver klasse i denne regelen regnes ut.
not-computed-cell = ikke beregnet
list-and = { $most } og { $last }
list-comma = ,{" "}
between-sentences = {" "}
none-of-them = ingen

## Utfallet

leave-likely = Risiko for frafall
leave-happened = Har forlatt oss
leave-those = frafalne kunder
leave-others = beholdte kunder
leave-already = har allerede forlatt oss
leave-heading = Hvem som forlot oss
leave-chance = sannsynligheten for å forlate oss
other-likely = Sannsynlig: { $what }
other-those = kunder med «{ $what }»
other-others = kunder uten «{ $what }»
other-already = har allerede «{ $what }»
other-heading = «{ $what }»
other-chance = sannsynligheten for «{ $what }»
in-no-segment = Ikke i noe segment
segment-id = Segment { $id }
outcome-not-looked-at = utfallet ble ikke undersøkt

## Første side

customer-segments = Kundesegmenter
skip-to-segments = Gå til segmentene
in-short = Kort sagt
serious-findings = Alvorlige funn
contents = Innhold
first-lead = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} i { $k ->
    [one] { $k } segment
   *[other] { $k } segmenter
}.
first-lead-day = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} i { $k ->
    [one] { $k } segment
   *[other] { $k } segmenter
} per { $day }.
first-unassigned = { $n ->
    [one] { $n } kunde er ikke i noe segment.
   *[other] { $n } kunder er ikke i noe segment.
}
first-formed = Segmentene er dannet av { $columns }.
the-table = tabellen
all-rows-used = Alle { $n } rader i { $files } ble brukt.
rows-left-out = Av { $n } rader i { $files } ble { $used } brukt; { $rejected } kunne ikke leses, og { $excluded } ble utelatt etter faste regler.
first-lines = Av { $n } kjøpslinjer ble { $used } brukt.
tile-customers = { $n ->
    [one] kunde
   *[other] kunder
}
tile-segments = { $n ->
    [one] segment
   *[other] segmenter
}
tile-contact = på kontaktlisten
tile-at-risk = verdi i risiko
the-segments = Segmentene
leak-taken-out = { $column } ble tatt ut: den røper utfallet.
gone-inactive = { $n ->
    [one] { $n } kunde har ikke bestilt de siste { $days } dagene: inaktiv, på ingen liste og ikke i tallene om risiko for frafall.
   *[other] { $n } kunder har ikke bestilt de siste { $days } dagene: inaktive, på ingen liste og ikke i tallene om risiko for frafall.
}
gone-left = { $n ->
    [one] { $n } kunde har allerede forlatt oss og står ikke på noen liste.
   *[other] { $n } kunder har allerede forlatt oss og står ikke på noen liste.
}
gone-other = { $n ->
    [one] { $n } kunde har allerede «{ $what }» og står ikke på noen liste.
   *[other] { $n } kunder har allerede «{ $what }» og står ikke på noen liste.
}
gone-others = { $contact } av de øvrige står på kontaktlisten: de med høyest sannsynlighet.
gone-others-value = { $contact } av de øvrige står på kontaktlisten: de med mest verdi i fare, risikoen for å forlate oss ganger det de er verdt.
gone-others-share = Opptil { $share } av de øvrige kan kontaktes; { $n } til kontaktes ikke, til sammenligning.
to-decide = Til beslutning
nothing-known = Her skal ingenting besluttes: verken kundenes verdi eller hvem som forlot oss, er kjent. Med en kolonne for hva de bruker, eller hvem som har forlatt oss, sier siden hvem som skal beskyttes, hvem som skal utvikles, og hvor det skal stoppes (innstillingene value.column og churn.label).
nothing-stands-out = Her skal ingenting besluttes: ingen segmenter skiller seg nok ut.
kind-protect = Beskytt
kind-grow = Utvikle
kind-stop = Stopp
stake-protect = { $money } i risiko
stake-grow = { $money } mer, hvis hver av dem nådde den verdien
stake-stop = { $money } i samlet verdi
stake-stop-expected = { $money } i samlet forventet verdi
stake-other = { $money } på spill
n-still-here = { $n } av { $all } kunder er her fortsatt
decide-protect = Beskytt «{ $name }»: kontakt først dem som har størst risiko for å forlate oss, og hold noen utenfor for å se virkningen.
decide-grow = Utvikle «{ $name }»: prøv et tilbud som øker verdien deres.
decide-stop = Stopp betalt kontakt til «{ $name }»: bare automatiske meldinger.
decide-stop-but = Stopp betalt kontakt til «{ $name }» unntatt de { $n } på kontaktlisten: bare automatiske meldinger til de andre.
decide-stop-list = { $n } av de { $all } på kontaktlisten er i dette segmentet: ta dem av.
decide-stop-stay = { $n } av de { $all } på kontaktlisten er i dette segmentet: det står mye på spill med dem.
why-value = verdi per kunde { $money }
why-step = sikter mot { $money }
why-churn = risiko for frafall { $share }
how-far-to-trust-this = Hvor sikkert er det?
trust-segments = Segmentene
trust-data = Dataene
trust-leaving-means = Å forlate oss betyr her: { $what }.
trust-money-orders = Andeler av verdien gjelder det kundene har kjøpt til nå; forventet verdi og verdi i risiko gjelder de neste { $n } dagene.
trust-churn = Av to kunder, én blant { $those } og én blant { $others }, gir modellen den første høyest sannsynlighet i { $auc } av 100 tilfeller; gjetting gir 50. Den sier hvem som er i risiko, ikke hvem som kan beholdes.
trust-open = { $n ->
    [one] { $n } kunde har ennå ikke noe kjent utfall og er vurdert av samme modell.
   *[other] { $n } kunder har ennå ikke noe kjent utfall; de er vurdert av samme modell.
}
trust-active = { $n ->
    [one] { $n } kunde var aktiv { $day } og er vurdert av samme modell.
   *[other] { $n } kunder var aktive { $day }; de er vurdert av samme modell.
}
trust-missing = I feltene som ble brukt, mangler { $share } av verdiene.
trust-nothing-missing = Ingen av verdiene som er brukt, mangler.
trust-warnings = { $n ->
    [0] Det er ingen advarsel.
    [one] Det er én advarsel. { $first }
   *[other] Det er { $n } advarsler, se under Tillit. En av dem: { $first }
}
not-computed-because = Ikke beregnet: { $why }.
all-natural = Alle { $n } segmentene er virkelige grupper med tydelig avstand til de andre.
all-reproducible = Alle { $n } segmentene er stabile inndelinger: for det meste samles de samme kundene hver gang.
all-constructed = Alle { $n } segmentene er grove inndelinger, bare gode til planlegging.
all-rule = Alle { $n } segmentene er definert ved regler.
of-segments = { $n ->
    [one] Av { $n } segment: { $parts }.
   *[other] Av { $n } segmenter: { $parts }.
}
n-natural = { $n ->
    [one] { $n } er en virkelig gruppe med tydelig avstand til de andre
   *[other] { $n } er virkelige grupper med tydelig avstand til de andre
}
n-reproducible = { $n ->
    [one] { $n } er en stabil inndeling som stort sett finnes igjen hver gang
   *[other] { $n } er stabile inndelinger som stort sett finnes igjen hver gang
}
n-constructed = { $n ->
    [one] { $n } er en grov inndeling, bare god til planlegging
   *[other] { $n } er grove inndelinger, bare gode til planlegging
}
n-rule = { $n ->
    [one] { $n } er definert ved en regel
   *[other] { $n } er definert ved regler
}

## Tillit

verdict-natural = Virkelig gruppe
verdict-reproducible = Stabil inndeling
verdict-constructed = Grov inndeling
verdict-rule = Regel
no-group = Ingen gruppe
natural-means = Det er tydelig avstand mellom disse kundene og alle andre.
reproducible-means = Stort sett de samme kundene finnes sammen hver gang; nabosegmenter går over i hverandre.
constructed-means = Nyttig til planlegging, men kunder nær grensen kunne like gjerne høre hjemme et annet sted.
rule-means = Definert ved en regel, ikke funnet i dataene.
no-group-sentence = Kunder som ikke ligner noen gruppe.
no-group-badge = Disse kundene ligner ingen gruppe; behandle dem ikke som én.
overlap = Overlapp når det finnes igjen: { $overlap } av 1.
overlap-samples = Overlapp når det finnes igjen: { $overlap } av 1, over { $draws } stikkprøver på { $m } kunder.
how-far-to-trust-it = Hvor sikkert er det?
why-this-number = Hvorfor dette antallet segmenter
reason-best = Av { $low } til { $high } segmenter passer { $k } best; tabellen nedenfor viser hva som taler for hvert antall.
reason-fixed = Antallet segmenter, { $k }, var fastsatt i konfigurasjonen.
reason-found = Metoden fant selv { $k } segmenter.
chosen-in-short = Av { $low } til { $high } segmenter passet { $k } best; under Tillit står det hva som taler for hvert antall.
judge-rule = Segmentene er definert ved en regel, så ingenting måtte avgjøre antallet.
judge-outcome = Det avgjørende: hvor mye segmentene forteller om utfallet hos kunder som var holdt til side.
judge-descriptors = Det avgjørende: hvor mye segmentene forteller om kolonner som ikke dannet dem, hos kunder som var holdt til side.
judge-bic = Det avgjørende: hvor godt segmentene beskriver kundene i forhold til antallet parametere (BIC).
judge-stability = Det avgjørende: hvor sikkert segmentene finnes igjen når en del av kundene utelates.
judge-fixed = Antallet segmenter var fastsatt i konfigurasjonen.
judge-again = Den samme løsningen ble funnet fra en annen start.
judge-not-again = Den samme løsningen ble ikke funnet fra en annen start.
chosen = valgt
judged-se = Vurdert (± standardfeil)
weakest-overlap = Svakeste overlapp
smallest = Minste
variance-explained = Forklart varians
silhouette = Silhuett
remark = Merknad
next-best = De nest beste
each-segment = Hvert segment
cannot-say = Hva tallene ikke kan si
warnings = Advarsler
notes = Merknader

## Kort og sammenligning

segment-by-segment = Segment for segment
nothing-differs = Ingenting skiller dem fra de andre kundene.
traits-note = Her og andre: den midterste kundens verdi (medianen) eller andelen. Indeks av gjennomsnitt: gjennomsnittet eller andelen her, når alle kunders er 100. En strek: ingen indeks, fordi verdier er under 0, det er et årstall, eller andelen vises som en grense.
these-made = Disse kolonnene dannet segmentene.
made-the-segments = dannet segmentene
just = Dette segmentet er bare: { $what }.
and-held-out = { $n }, og { $out } holdes utenfor
outcome-not-known = utfall ikke kjent
of-those-here = av { $n } her
of-those-withheld = av dem her; hvor mange er skjult
likely-of = { $share } i gjennomsnitt, blant de { $n } som er her fortsatt
place = Sted
against = { $what } { $here } mot { $rest }
says-the-same = { $what } (sier det samme som { $others })
rule-quality = Den finner { $coverage } av segmentet; av dem den finner, hører { $precision } til. Tallene på dette kortet er segmentets, ikke dem regelen finner.
as-sql = Som SQL
no-short-rule = Ingen kort regel beskriver dette segmentet.
nothing-in-common = De har ingenting til felles, utover at de ikke ligner noe segment.
too-narrow = For lite til å handle på alene.
too-narrow-merge = For lite til å handle på alene. Nærmeste nabo er segment { $id }.
hard-to-act = Vanskelig å handle på: ikke tydelig nok, eller ingen regel når det.
caution = Forbehold
usable-head = Kan man arbeide med det?
usable-measurable = Målbart
usable-overlap = overlapp når det finnes igjen, { $overlap } av 1
usable-substantial = Stort nok
usable-reachable = Kan nås
usable-reach-rule = en kort regel finner { $coverage } av det, { $precision } riktige
usable-reach-none = ingen kort regel; via kundelisten
usable-distinct = Tydelig
usable-effect = største forskjell { $effect } av 1
usable-actionable = Noe å gjøre
usable-contact = { $n } på kontaktlisten
usable-no-contact = ingen på kontaktlisten
usable-no-list = ingen kontaktliste
nav-overview = Oversikt
size = Størrelse
map = Kart
profile = Profil
compare-note = Typiske verdier: den midterste kundens verdi, eller andelen av kunder.
col-figure = Tall
figure = Figur
how-to-read-it = Slik leses den.
js-copy = Kopier
js-copied = Kopiert
js-filter = Filtrer
js-pick = Vis disse segmentene

## Regler

nav-rules = Regler
rule-segmentations = Segmenteringer ved regler
rules-intro = Disse klassene er definert, ikke funnet: en regel setter hver kunde i én av dem. Kolonnene med samme navn i kundelisten inneholder dem.
pareto-headline = De øverste { $share } av kundene bringer { $value } av verdien.
these-are-the-segments = Dette er segmentene
col-class = Klasse
col-share-short = Andel
made-up-of = Segmentene, delt opp i disse klassene
cross-note = Hver celle er den andelen av segmentets kunder som hører til klassen; innenfor en regel gir en søyle hele segmentet. En strek betyr skjult.
rule-lifecycle = Livsløp
rule-loyalty = Lojalitet
rule-shopper = Kjøpertype
rule-abc = Verdiklasse (ABC)
rule-rfm = Dager, ordrer og forbruk (RFM)
rule-value-risk = Verdi og risiko
class-first-order = første ordre
class-second = andre ordre
class-regular = fast
class-slowing = avtakende
class-gone = borte
class-new = ny
class-loyal = lojal
class-occasional = av og til
class-at-risk = i fare
class-lapsed = falt fra
class-frequent = hyppig
class-budget = prisbevisst
class-not-known = ikke kjent

## Frafall

churn-basis = Utfallet er kjent for { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
}; { $events } av dem ({ $share }) er { $those }. Alle tall om modellen gjelder kunder den ikke hadde sett.
churn-basis-orders = { $day }, før denne rapportens dag, var { $n ->
    [one] { $n } kunde aktiv
   *[other] { $n } kunder aktive
}; { $events } av dem ({ $share }) bestilte ikke de neste { $days } dagene. Alle tall om modellen gjelder disse kundene, og den hadde ikke sett de dagene.
churn-budget = Kontaktes de { $share } av kundene med størst risiko, nås { $gain } av { $those }: { $lift } ganger så mange som ved å kontakte like mange tilfeldig.
of-the-rest = av resten
interval-95 = 95 %-intervall
measure-lift = Løft ved budsjettet
measure-brier = Brier-skår
measure-ece = Kalibreringsfeil
measure-floor = Bunn for den feilen
measure-slope = Kalibreringens helning
measure-intercept = Kalibreringens skjæring
means-roc-auc = rangering; 0,5 er gjetting, 1 perfekt
means-pr-auc = varsler som er riktige; høyere er bedre
means-lift = ganger så mange som tilfeldig
means-log-loss = lavere er bedre
means-brier = lavere er bedre
means-ece = lavere er bedre; en perfekt modell viser bunnen nedenfor
means-floor = hva en perfekt modell av denne størrelsen viser
means-slope = 1 er riktig, under 1 er for sikkert
means-intercept = 0 er riktig
more-likely = mer sannsynlig
less-likely = mindre sannsynlig
no-direction = ingen klar retning
col-direction = Retning
odds-note = Slik endres odds når alt annet i modellen holdes fast: per standardavvik for tall, mot de andre nivåene for kategorier. Det som følger med et utfall, behøver ikke å forårsake det.
odds-beside = Odds er fra den logistiske regresjonen som er tilpasset ved siden av modellen.
knows-outcome = Kolonner som kjenner utfallet
what-was-done = Hva som ble gjort
auc-alone = ROC-AUC alene
model-without = Modellen uten den
model-interval = Modell (95 %-intervall)
how-to-read-it-col = Slik leses det
leak-proof = tatt ut: den røper utfallet
leak-suspicion = beholdt, men se på den
leak-accepted = beholdt: godkjent i konfigurasjonen
leak-dropped = tatt ut av konfigurasjonen
outcome-column = Utfallets kolonne
value-that-means-yes = Verdi som betyr ja
how-chosen = Slik ble den valgt
each-model = Hver modell for seg
movers = Kolonner som flytter sannsynligheten mest
split = Oppdeling
twins = Like rader holdt sammen
copies = Rader like i alle tall holdt sammen
still-open = Utfall fortsatt åpent
mean-probability = Gjennomsnittlig sannsynlighet
mean-of-both = { $events } for dem med utfallet, { $others } for de andre

## Data og metode

nav-data = Data
nav-method = Metode
nav-terms = Begreper
rows-read = Leste rader
files = Filer
missing-cells = Manglende celler i kolonnene som ble brukt
why-columns = Hvorfor disse kolonnene
kind-of-columns = Slags kolonner
only-describe = Beskriver dem bare
tables = Tabeller
every-line = Hvor hver kjøpslinje ble av
done-to-values = Hva som ble gjort med verdiene
radius = Radius og naboer
stability = Stabilitet
samples-of = { $draws } stikkprøver på { $n } kunder
matrix-columns = Kolonner i matrisen
map-axes = { $method }; aksene viser { $x } og { $y } av variansen
program = Program
how-prepared = Slik ble kolonnene forberedt
colophon = Kjøring { $run }, skrevet av kohort { $version }.
personal-data = Listene og skårene ved siden av denne rapporten er personopplysninger.
term-segment = Segment
term-segment-means = Kunder som ligner hverandre mer enn de ligner de andre.
term-trust = Virkelig gruppe, stabil inndeling, grov inndeling
term-trust-means = Hvor langt man kan stole på et segment. En virkelig gruppe har luft rundt seg. En stabil inndeling har ingen, men for det meste samles de samme kundene hver gang. En grov inndeling blir forskjellig hver gang.
term-overlap-means = Segmentene dannes igjen av en del av kundene. 1 betyr at et segment kommer igjen med nøyaktig de samme kundene, 0,5 med omtrent to tredeler av dem.
term-index-means = Segmentets gjennomsnitt eller andel sammenlignet med alle kunders, som er 100; 150 er halvannen gang så mye. Det gjelder ikke de midterste verdiene ved siden av: noen få store verdier flytter et gjennomsnitt, men ikke den midterste verdien.
term-made-means = Segmentene er forskjellige i disse kolonnene fordi de er dannet av dem. En forskjell i en annen kolonne er nytt.
term-withheld = Skjult
term-withheld-means = En celle som færre enn { $n } kunder deler, vises ikke; andre som den kunne regnes ut av, skjules også eller avrundes til { $n } kunder.
term-interval = Intervall
term-interval-means = Området i parentes rommer den sanne andelen 95 ganger av 100. Små segmenter har brede områder.
term-likely-means = Gjennomsnittet av { $chance } blant de av segmentets kunder der det ikke har skjedd. Det sier hvem som er i fare, ikke hvem som kan beholdes.
term-inactive = Inaktiv
inactive-means = Falt fra er ikke inaktiv: falt fra er en kunde som har vært taus for lenge etter sin egen rytme; inaktiv er den som ikke har bestilt de siste { $n } dagene, likt for alle. De to tallene er forskjellige.
term-lift = Løft
term-lift-means = Hvor mange ganger så mange av de riktige kundene en liste når som en tilfeldig liste av samme lengde.
term-at-risk-means = Verdien hvis hver kunde ble, minus verdien som ventes med sannsynlighetene i denne rapporten. De som har forlatt oss, er ikke med.
term-hold-out-means = Kunder som er valgt som dem på listen, men som med vilje ikke kontaktes og ikke telles med i den. Bare sammenligningen med dem viser hva kontakten utretter. Hvor mange av et segment som står på listen eller er holdt utenfor, oppgis uansett hvor få: det er lengder på lister.

## Tiltak

goal-retain = Målet for denne rapporten er å beholde kundene: beslutninger og strategier som beskytter verdi, kommer først.
goal-grow = Målet for denne rapporten er å vokse: beslutninger og strategier som øker verdien, kommer først.
goal-profit = Målet for denne rapporten er å bruke mindre: beslutninger og strategier som sparer penger, kommer først.
overlooked-nobody = Ingen er oversett: hver kunde er i et segment som er stort nok til å handle på.
overlooked = Oversett: { $n ->
    [one] { $n } kunde er
   *[other] { $n } kunder er
} ikke i noe segment eller i ett som er for lite til å handle på.
overlooked-value = Oversett: { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} med { $share } av verdien, ikke i noe segment eller i ett som er for lite til å handle på.
overlooked-few = Oversett: færre enn { $n } kunder, ikke i noe segment eller i ett som er for lite til å handle på.
col-strategy = Strategi
col-tier = Kundenivå
col-next = Kundeansvarliges neste steg
col-channel = Kanal
col-format = Format
col-tone = Tone
col-focus = Hva teksten handler om
to-fill-in = fylles ut
strategies = Strategiene
strategies-note = Hver kunde får den første strategien som passer, etter { $by }, så kunder i ett segment kan ha forskjellige. Strategien ved et segment er den som { $worth ->
    [yes] det meste av verdien har
   *[no] de fleste av kundene har
}, blant dem som stemmer med det som skal gjøres med segmentet. Tabellen kan endres i konfigurasjonen.
strategies-by-loyalty = lojalitet
strategies-by-value = verdiklasse
strategies-by-churn = risiko for frafall
strategies-by-segment = Segmentene, delt opp i strategier
strategies-cross-note = Hver celle er den andelen av segmentets kunder som har strategien; en søyle gir hele segmentet. En strek betyr skjult.
strategy-introduce = Ønsk velkommen
strategy-win-back = Behold eller vinn tilbake
strategy-early-access = Tidlig tilgang
strategy-let-go = Nedprioriter
strategy-reward = Belønn
strategy-upsell = Mersalg og kryssalg
strategy-none = Ingen strategi
introduce-who = nye kunder
win-back-who = kunder som er verdt en innsats, og som er på vei bort eller har blitt tause
early-access-who = de mest verdifulle og mest lojale
let-go-who = av liten verdi og på vei bort eller tause
reward-who = lojale kunder
upsell-who = stabile kunder som kunne kjøpe mer
none-who = for lite er kjent, eller de har forlatt oss
introduce-channel = e‑postserie, velkomst i butikken eller appen
introduce-format = kort video eller veiledning
introduce-tone = varm og hjelpsom
introduce-focus = hvordan man får mest ut av den første ordren; deretter den andre
win-back-channel = en personlig telefonsamtale eller et brev til de beste, deretter e‑post
win-back-format = personlig melding, ingen massereklame
win-back-tone = personlig, spørrende
win-back-focus = hva de kjøpte, hva som er endret siden, én grunn til å komme tilbake
early-access-channel = personlig e‑post, invitasjon
early-access-format = forhåndsvisning, arrangement
early-access-tone = eksklusiv, takknemlig
early-access-focus = de første som ser det nye; ingen rabatt
let-go-channel = bare automatisk e‑post
let-go-format = én siste påminnelse
let-go-tone = saklig
let-go-focus = hvordan man kommer tilbake; deretter ingen betalt kontakt
reward-channel = e‑post, innlegg i pakken, app
reward-format = takk, bonus
reward-tone = takknemlig
reward-focus = takk for lojaliteten; be om en anbefaling
upsell-channel = e‑post, butikk og retargeting
upsell-format = produktforslag, pakker
upsell-tone = nyttig, lett
upsell-focus = hva som passer til det de har, og neste størrelse
tier-1 = 1: én til én
tier-2 = 2: én til få
tier-3 = 3: én til mange
next-1-risk = Ring beslutningstakeren denne uken, og bli enige om en plan for å bli
next-1-calm = Kvartalsmøte med beslutningstakerne; se etter neste avdeling
next-2-risk = Ring, og spør hva som er endret
next-2-calm = Inviter til en workshop for bransjen deres
next-3-risk = Automatisk oppfølging; gi videre til innesalg når de svarer
next-3-calm = Nyhetsbrev og webinarer; ingen personlig tid
act-none = Se på dem fra sak til sak.
act-too-narrow = For lite til en egen kampanje: behandle det sammen med naboen
act-protect-first = Beskytt først: en personlig telefonsamtale med en grunn til å bli
act-keep-close = Hold dem nær: regelmessig personlig kontakt og tidlig fornyelse
act-reward-loyalty-few = Belønn lojalitet: si takk, og ring bare de få som kanskje går
act-look-after = Ta vare på de beste kundene: personlig service før rabatter
act-hold-on = Hold fast: et tilbud om å bli til dem som mest sannsynlig går
act-stay-in-touch = Hold kontakten: nyttige nyheter og et lite prøvetilbud
act-grow-gently = Utvikle forsiktig: foreslå neste produkt
act-develop = Utvikle: prøv ett forslag til et neste produkt
act-low-cost = Bare rimelige meldinger: finn ut hvorfor de trolig går
act-keep-cheap = Hold det rimelig: automatiske meldinger, ingen rabatt
act-grow-small = Utvikle: lojale, men små; tilby en oppgradering eller et tillegg
act-cheap-test = Hold det rimelig, og prøv hvilket tilbud som øker verdien deres
act-early = Grip tidlig inn: et tilbud om å bli til dem som mest sannsynlig går
act-ask-missing = Hold kontakten: spør hva de savner
act-reward-referrals = Belønn lojalitet: si takk, og be om anbefalinger
act-own-message = Prøv et eget budskap
act-start-here = Begynn her: utfallet er mest sannsynlig hos dem
act-leave-out = La dem stå utenfor denne kampanjen, men ta vare på dem: de er mye verdt
act-contact-last = Kontakt dem sist: utfallet er minst sannsynlig hos dem
act-contact-budget = Kontakt innenfor budsjettet, og prøv to budskap
act-ask-next = spør hva de trenger neste gang
act-remind-once = minn dem på det én gang, og stopp hvis ingenting kommer tilbake
act-settle = få det skyldige i orden før ethvert tilbud
act-solve = løs først det de skrev om
act-ask-wrong = spør først hva som gikk galt
act-ask-returns = spør hvorfor varer kommer i retur
act-first-months = hjelp dem gjennom de første månedene
act-longer-contract = tilby en lengre avtale
act-smaller-discounts = prøv mindre rabatter
act-show-unused = vis dem hva de ennå ikke bruker
act-reach-site = nå dem på nettstedet eller i appen
act-second-product = foreslå et produkt til

## Figurer

fig-calibration-below = Kalibrering, hos kunder modellen ikke hadde sett
fig-what-happened = Hva som skjedde
fig-what-said = Hva modellen sa
fig-slope = Helning { $slope } (1 er riktig, under 1 er for sikkert)
fig-mean-error = Gjennomsnittlig feil { $error } poeng; en perfekt modell av denne størrelsen ville vise { $floor }
fig-dashed-said = Stiplet: det sagte er det som skjedde
fig-calibration-caption = Kundene er sortert etter { $chance } og delt i like store grupper. Vannrett er gjennomsnittet av hva modellen sa om en gruppe, loddrett andelen av { $those } i den med 95 %-intervall. Punkter på den stiplede linjen betyr at en sannsynlighet kan tas på ordet; under den varsler modellen for mye, over den for lite.
fig-believable = Troverdig
fig-roughly-right = Omtrent riktig
fig-with-care = Ta det med forbehold
fig-top-group = I gruppen med de høyeste sannsynlighetene ({ $customers }) sa modellen { $said } i gjennomsnitt, og { $seen } ble observert.
fig-said-observed = sagt { $said }, observert { $seen }
fig-calibration-alt = Kalibrering i { $n } grupper: { $parts }.
no-fig-rule = segmentene er definert ved en regel
no-fig-itself = denne metoden finner selv antallet segmenter og prøver ingen andre
no-fig-fixed = et menneske har fastsatt antallet segmenter, og ikke noe annet ble prøvd
no-fig-one = bare ett antall segmenter var mulig
fig-why-k = Hvorfor { $k } segmenter
fig-why-k-below = Hva som ble målt for hvert prøvd antall segmenter; det valgte er merket
fig-found-again = Hvor sikkert funnet igjen
fig-smallest = Minste segment
fig-number = Antall segmenter
fig-tells-outcome = Forteller om utfallet
fig-tells-columns = Forteller om andre kolonner
fig-judged = Det avgjørende
fig-why-k-judged = Til venstre: hvor mye segmentene forteller om det som ikke dannet dem, hos kunder holdt til side; høyere er bedre, strekene er usikkerheten (én standardfeil). I midten: hvor sikkert hvert segment kommer igjen når man bare ser på en del av kundene; 1 er alltid, hver strek er et segment, prikken det svakeste. Til høyre: andelen av kunder i det minste segmentet; et svært lite er vanskelig å handle på.
fig-why-k-caption = Til venstre: hvor sikkert hvert segment kommer igjen når man bare ser på en del av kundene; 1 er alltid, hver strek er et segment, prikken det svakeste. Til høyre: andelen av kunder i det minste segmentet; et svært lite er vanskelig å handle på.
fig-k-weakest = {", "}svakeste stabilitet { $s }
fig-k-judged = {", "}vurdert { $v }
fig-k-alt = { $k } ble valgt. { $parts }.
no-fig-outcome = ikke noe segment har et kjent utfall
fig-churn-known = Andel av kundene med kjent utfall, med 95 %-intervall
fig-churn-mean = Gjennomsnittlig sannsynlighet for kundene som ennå kan mistes
fig-churn-title = { $heading }, segment for segment
fig-observed-95 = Observert (95 %-intervall)
fig-all = alle: { $share }
fig-n-known = { $n } kjente
fig-observed = observert: { $those }
fig-mean-others = gjennomsnitt av { $chance } blant alle andre
fig-churn-caption = Skiven er andelen av { $those } i hvert segment, linjen gjennom den er området der den sanne andelen ligger 95 ganger av 100; ruten er gjennomsnittet av { $chance } for dem som ikke er blant dem. Et segment med en linje som ikke berører den stiplede linjen, skiller seg fra helheten. Grupper på færre enn { $few } vises ikke. Der en kolonne som dannet segmentene, også driver utfallet, gjentar en forskjell delvis den kolonnen.
fig-not-known = ikke kjent
fig-churn-alt = Andel av { $those } etter segment. { $parts }.
fig-means-caption = Ruten er gjennomsnittet av { $chance } for de av segmentets kunder som ennå kan mistes. Grupper på færre enn { $few } vises ikke.
fig-means-line = Den stiplede linjen er gjennomsnittet over dem alle.
fig-no-mark = Der det ikke er noe merke, er verdien skjult.
fig-not-shown = vises ikke
fig-means-alt = Gjennomsnitt av { $chance } etter segment. { $parts }.
no-fig-rhythm = det er ingen ordrer å lese en rytme av
no-fig-one-class = nesten alle kunder er i én klasse ({ $class }: { $share }); tabellen nedenfor forteller det
fig-12 = Hvor kundene står i sin egen rytme
fig-rhythm-below = Etter regler som rapporten viser
fig-rhythm-caption = Hver linje er en klasse; den mørke søylen er dens andel av alle kunder, den lyse dens andel av all verdi, på samme skala. Avtakende og i fare: tause lenger enn de pleier. Borte og falt fra: tause så lenge at nesten ingen kommer tilbake.
fig-and-value = {" "}og { $share } av verdien
fig-of-customers = { $name }: { $share } av kundene{ $value }
fig-classes-alt = Søyler etter klasse. { $parts }.
no-fig-few = utfallet er kjent for for få kunder
not-drawn = Ikke tegnet, fordi { $why }.
no-fig-differs = ingen kolonne er forskjellig mellom segmentene
no-fig-segment = det er ikke noe segment
fig-3 = Slik er segmentene forskjellige
fig-heatmap-below = Typisk verdi i hvert segment; fargen sier hvor den ligger blant alle kunder
fig-all-line-1 = Alle
fig-all-line-2 = kunder
fig-far-below = Langt under
fig-far-above = langt over alle kunder
fig-made = dannet segmentene; de andre kolonnene beskriver dem bare
fig-heatmap-caption = Hver linje er en kolonne i dataene, de mest forskjellige først. En celle viser den typiske verdien i segmentet: den midterste kundens verdi eller andelen av kunder med egenskapen. Blå er over det vanlige for alle kunder, oransje under; jo dypere, jo færre av alle kunder går lenger ut. Kolonner med en prikk dannet segmentene; at de er forskjellige, følger av det og beviser ingenting; at de andre kolonnene er forskjellige, er nytt.
fig-grey-cells = { $text } Grå celler er skjult, eller en grense som ikke viser noen forskjell, fordi de rommer færre enn { $few } kunder.
fig-heatmap-alt = En tabell med { $n } kolonner etter segment. { $parts }.
no-fig-lift = det er ikke noe løft å vise
fig-9 = Hva det når å kontakte kundene med størst risiko
fig-lift-below = Gevinstkurve, hos kunder modellen ikke hadde sett
fig-reached-among = Nådd blant { $those }
fig-contacted-first = Kontaktede kunder, størst risiko først
fig-times = { $lift } ganger
fig-lift-says = så mange { $those } som tilfeldig: kontakt med de { $share } med størst risiko når { $gain } av dem.
fig-dashed-random = Stiplet: tilfeldig kontakt
fig-reaching-not-keeping = Å nå noen er ikke å beholde dem: bare en gruppe som holdes utenfor, viser hva kontakten utretter.
fig-lift-caption = Kundene er sortert etter { $chance }, størst risiko først. Mot høyre kontaktes flere av dem; høyden sier hvilken andel av { $those } som er blant dem. Det merkede punktet er kontaktbudsjettet i denne kjøringen.
fig-lift-alt = Gevinstkurve. De { $share } med størst risiko rommer { $gain } av { $those }, løft { $lift }.
fig-lift-mark = { $share } kontaktet, { $gain } nådd
no-fig-value = ingen kunde har en verdi
no-fig-steps = for få kunder deler hvert trinn av kurven
fig-pareto-spread = Hvordan verdien er spredt over kundene.
fig-pareto-says = av kundene bringer { $value } av verdien: klasse { $class }.
fig-10 = Hvor samlet verdien er
fig-pareto-below = Paretokurve med ABC-grensene
fig-pareto-plain = Paretokurve
fig-pareto-marked = {" "}De merkede punktene er grensene mellom klassene A, B og så videre.
fig-pareto-up = Andel av all positiv verdi
fig-pareto-across = Andel av kundene, størst verdi først
fig-pareto-caption = Kundene er sortert etter verdi, den største først. Mot høyre telles flere av dem; høyden sier hvilken andel av all positiv verdi de bringer. Jo brattere kurven begynner, jo færre kunder bærer forretningen.{ $marked } Ikke noe trinn av kurven viser en enkelt kunde.
fig-class-ends = { $class } slutter ved { $value } av verdien, { $share } av kundene
fig-class-end = Klasse { $end }.
fig-brought-nothing = { $customers } brakte ingenting eller kostet penger.
fig-refunds = Refusjoner utover kjøp tok { $share } av den positive verdien.
fig-dashed-same = Stiplet: alle like
fig-pareto-alt = Paretokurve over kundenes verdi. { $parts }
no-fig-cells = ingen celle på kartet rommer nok kunder til å bli vist
no-fig-grid = kartet har ikke noe brukbart nett
no-fig-spot = alle kunder ligger på ett sted
fig-2 = Et kart over kundene
fig-map-below = Kunder som ligner hverandre, ligger tett. Kartet bevarer { $shown } av alle forskjeller.
fig-few = få
fig-in-one-cell = { $n } i én celle
fig-map-caption = Hver lille rute samler kunder som ligner hverandre; fargen er segmentet de fleste av dem hører til, og den er sterkere der det er flere kunder. De nummererte skivene er segmentenes sentre. Der farger møtes uten luft, er grensen mellom to segmenter et snitt. Kartet er flatt, det er ikke dataene: segmenter som ser ut til å overlappe her, kan være adskilt i kolonner som ikke vises. Ved pilene står kolonnene som stiger (+) eller faller (−) i den retningen.
fig-map-withheld = { $text } { $customers } i ruter med færre enn { $few } vises ikke.
fig-map-alt = Et kart over kundene i { $n } celler som viser { $shown } av alle forskjeller, farget etter segment: { $names }.
no-fig-orders = det er ingen ordrer
no-fig-rfm = ingen celle i nettet rommer nok kunder
fig-11 = Hvem som har bestilt nylig, og hvem ofte
fig-rfm-value = Kunder i hver celle og verdi per kunde; jo sterkere farge, jo mer verdi
fig-rfm-count = Kunder i hver celle; jo sterkere farge, jo flere
fig-last-order = Siste ordre
fig-score-1 = poeng fra
fig-score-2 = lengst siden til
fig-score-3 = senest
fig-orders-score = Ordrer, poeng fra få til mange
fig-dash-withheld = –  skjult
fig-rfm-second = {", "}under den verdien per kunde
fig-rfm-caption = Hver celle rommer kundene med ett poengtall for dager siden siste ordre (opp: senere) og ett for antall ordrer (høyre: flere). Det fete tallet er antallet kunder{ $second }. Ordet er navnet de fleste av dem har; poengtallet for kjøp avgjør mellom to navn.
fig-rfm-grey = Grå celler med en strek er skjult: de, eller en celle som kunne regnes ut fra dem, rommer færre enn { $few } kunder.
fig-rfm-cell = siste ordre { $days }, ordrer { $orders }: { $n }
fig-rfm-alt = Et nett av poeng for siste ordre og for ordrer. { $parts }.
fig-interval = { $value } (95 %-intervall { $low } til { $high })
fig-6 = Hvor godt modellen skiller kunder
fig-roc-below = ROC-kurve, hos kunder modellen ikke hadde sett
fig-found-among = Funnet blant { $those }
fig-false-alarms = Falske alarmer blant { $others }
fig-in-100 = { $auc } av 100
fig-roc-says = Ta tilfeldig én blant { $those } og én blant { $others }: så ofte gir modellen den første høyest sannsynlighet. Gjetting gir 50 av 100.
fig-area = Areal under kurven: { $interval }
fig-dashed-guessing = Stiplet: gjetting
fig-roc-caption = Kurven viser hva flere alarmer koster: mot høyre rammes flere { $others } ved en feil; oppover finnes flere { $those }. Jo mer kurven bøyer mot øvre venstre hjørne, jo bedre; på den stiplede linjen ville modellen gjettet.
fig-roc-alt = ROC-kurve. Areal under kurven { $interval }.
fig-7 = Hvor ofte et varsel er riktig
fig-pr-below = Presisjon og dekning, hos kunder modellen ikke hadde sett
fig-warnings-right = Varsler som er riktige
fig-pr-says = av varslene er riktige i gjennomsnitt over alle antall varsler. Ved tilfeldig valg ville { $base } vært det.
fig-average-precision = Gjennomsnittlig presisjon: { $interval }
fig-dashed-picking = Stiplet: tilfeldig valg ({ $base })
fig-at-random = tilfeldig
fig-pr-caption = Mot høyre pekes flere kunder ut, og flere { $those } er blant dem; høyden sier hvor mange av de utpekte som virkelig hører til. Med få { $those } i basen er denne figuren strengere enn den forrige.
fig-pr-alt = Kurve for presisjon og dekning. Gjennomsnittlig presisjon { $interval }.
fig-total-in = { $total } i { $parts }
fig-sizes-value = Hvor store segmentene er, og hvor mye verdi de rommer
fig-sizes-value-caption = Hver linje er et segment. Den venstre søylen er andelen av alle kunder, den høyre andelen av all verdi, på samme skala. Der den høyre er lengre, er hver kunde i segmentet mer verdt enn gjennomsnittet.
fig-1 = Hvor store segmentene er
fig-sizes-caption = Hver linje er et segment; søylen er andelen av alle kunder. Tallet ved siden av prosenten er antallet kunder.
fig-and-in-none = { $segments } og i ingen
fig-sizes-alt = Søyler etter segment. { $parts }.
fig-5 = Utfallet etter segment
fig-numbers = Hva hvert antall segmenter gir
fig-clustergram = Hvor segmentene kommer fra
fig-decisions = Hva andre beslutninger ville endre
no-fig-stability = segmentene ble ikke lett etter igjen i stikkprøver
fig-13 = Hvor sikkert hvert segment finnes igjen
fig-stability-below = Overlapp med samme segment, dannet igjen av stikkprøver av kundene
fig-stability-caption = Søylen sier hvor mye av et segment som kommer igjen når segmentene dannes igjen av en del av kundene: 1 er alltid de samme kundene. Til høyre for den stiplede linjen ved 0,75 regnes et segment som funnet igjen; til venstre for den er grensen et grovt snitt.
fig-stability-alt = Søyler for overlapp etter segment. { $parts }.
no-fig-snake = færre enn to kolonner eller segmenter kan sammenlignes
fig-14 = Segmentenes profiler
fig-snake-below = Hver linje er et segment; hvor dets typiske verdi ligger blant alle kunder, kolonne for kolonne
fig-below-others = under alle kunder
fig-above-others = over alle kunder
fig-snake-caption = Følg én farge fra topp til bunn: der linjen går til venstre, er segmentets typiske verdi under alle kunders i den kolonnen, der den går til høyre, over. Linjer som krysser ofte, hører til segmenter av ulikt slag, linjer side om side til segmenter av ulik grad. Kolonner med en prikk dannet segmentene.
fig-snake-alt = Linjer over { $n } kolonner, én for hvert segment: { $names }. Tabellen med typiske verdier har tallene.
fig-15 = Hva som følger med utfallet
fig-moves-below = Hvor mye hver kolonne flytter sannsynligheten i gjennomsnitt, i log-odds
fig-moves-caption = Jo lengre søylen er, jo mer flytter kolonnen modellens svar. Oransje: mer av den følger med høyere sannsynlighet; blå: med lavere; grå: ingen enkelt retning. Det som følger med et utfall, behøver ikke å forårsake det.
fig-odds-below = Hvordan odds endres med hver kolonne, med 95 %-intervaller; linjen i midten er ingen endring
fig-odds-caption = Til høyre for linjen er utfallet mer sannsynlig, til venstre mindre, når alt annet i modellen holdes fast: per standardavvik for tall, mot de andre nivåene for kategorier. Et intervall som krysser linjen, kan være tilfeldig. Det som følger med et utfall, behøver ikke å forårsake det.
fig-drivers-alt = Kolonner etter vekt. { $parts }.
no-fig-cohorts = det er ingen måneder med ordrer å følge
fig-16 = Hvordan kunder kommer igjen, etter måned for første ordre
fig-cohorts-below = Andel av hver måneds nye kunder som bestilte så mange måneder senere
fig-first-order-in = første ordre, kunder
fig-cohorts-caption = Hver linje er kundene som første gang bestilte i den måneden; antallet står ved siden av. Mot høyre er cellen den andelen av dem som bestilte i første måned etter, andre og så videre. Linjer slutter der månedene som kommer, ennå ikke er kjent. En strek er skjult: færre enn { $few } kunder.
fig-cohorts-alt = En tabell over { $n } måneder med nye kunder og andelen som kom igjen i hver måned etter; høyst { $most }.
no-fig-expected = ingen verdi ble forutsagt ut fra ordrer
fig-17 = Hvem som bringer den forventede verdien
fig-expected-below = Andel av den forventede verdien, kunder med mest av den først
fig-expected-up = Andel av den forventede verdien
fig-expected-days = Over de neste { $n } dagene
fig-expected-total = { $money } ventes av alle
fig-expected-says = av den forventede verdien kommer fra tidelen av kundene som har mest av den.
fig-expected-first = av den forventede verdien kommer fra de { $share } av kundene som har mest av den.
fig-expected-caption = Kundene er sortert etter hva de ventes å bringe. Jo brattere kurven begynner, jo mer avhenger av få: ta personlig vare på dem. Ikke noe trinn av kurven viser en enkelt kunde.
fig-expected-alt = Kurve over den forventede verdien. Den øverste tidelen av kundene bringer { $top }.
no-fig-evaluation = verdi eller stabilitet er ikke kjent for to segmenter
fig-18 = Hvilke segmenter som fortjener oppmerksomhet
fig-evaluation-below = Oppover: verdi per kunde. Mot høyre: hvor sikkert segmentet finnes igjen. Areal: andel av verdien
fig-evaluation-caption = Øverst til høyre: mye verdt og en sikker gruppe, altså verdt en egen kampanje. Øverst til venstre: mye verdt, men grensen er grov; se på kundene én for én. Nederst til høyre: sikker, men av liten verdi; hold det rimelig. En stor skive rommer en stor andel av all verdi. Et merke som er skjøvet til side, har en strek til midten av skiven sin.
fig-evaluation-alt = Verdi per kunde og overlapp når det finnes igjen, etter segment. { $parts }.
value-heading = Hva de vil bringe
value-lead = Over de neste { $n } dagene ventes { $orders } ordrer til en verdi av { $money }.
value-not-known = et ukjent beløp
value-repeat = Av nye kunder bestiller { $share } igjen innen { $n } dager.
value-tried-head = Hvordan prognosen klarte seg før
value-tried = { $day } ventet samme metode et salg på { $forecast } til { $customers } kunder innen { $n } dager; det ble { $fact }.
value-tried-orders = { $day } ventet samme metode { $forecast } ordrer fra { $customers } kunder innen { $n } dager; det kom { $fact }.
col-spent-group = Kunder etter hva de hadde brukt
col-spent-before = Brukt til da
col-forecast = Prognose
col-fact = Hva som kom
col-forecast-of-fact = Prognose i % av det
spend-group-1 = Femtedelen som hadde brukt minst
spend-group-2 = Den andre femtedelen
spend-group-3 = Den midterste femtedelen
spend-group-4 = Den fjerde femtedelen
spend-group-5 = Femtedelen som hadde brukt mest
half-of-them = halvparten ligger mellom { $low } og { $high }
half-alike = halvparten har { $value }
range-note = Halvparten av segmentets kunder ligger i området under verdien.
bounds-note = «Under» og «over» står for andeler som for få kunder utgjør til å kunne vises.
most-like = Ligner mest på segment { $id }, «{ $name }».
your-config = DIN-CONFIG
typical-head = En typisk kunde:
typical-range = { $low } til { $high }
typical-note = Intervallene rommer den midterste halvdelen av de { $n } kundene som ligger nærmest midten av segmentet; det er ingens egne verdier.
col-typical = En typisk kunde
col-quarter = En firedel ligger under
col-three-quarters = En firedel ligger over
no-fig-many = flere enn { $n } linjer kan ikke skilles
fig-19 = Hva som kjennetegner hvert segment
fig-multiples-below = Én kolonne av søyler per segment; i farge der den typiske verdien er tydelig fra midten av alle kunder
fig-multiples-sides = venstre: under alle kunder, høyre: over
fig-multiples-caption = Les ett segment fra topp til bunn: en søyle mot høyre betyr at den typiske verdien er over alle kunders, mot venstre under; jo lengre, jo færre av alle kunder går lenger ut. Grå søyler er små forskjeller. Kolonner med en prikk dannet segmentene; at de er forskjellige, følger av det.
fig-multiples-alt = Søyler over { $n } kolonner, ett felt for hvert segment: { $names }. Tabellen med typiske verdier har tallene.
the-rest = Resten
judge-parts = Antallet segmenter ble avgjort innenfor hver del. { $parts }
no-fig-silhouette = det ikke kan måles avstander mellom segmenter
fig-20 = Hvor tydelig kundene hører til segmentet sitt
fig-silhouette-below = Silhuett: 1 er dypt inne i eget segment, 0 på grensen, under 0 nærmere et annet
fig-mean = Stiplet: gjennomsnittet av alle, { $mean }
fig-nearer-else = { $share } nærmere et annet segment
fig-silhouette-caption = Hver form er et segment: kundene fra de tydeligste øverst til de minst tydelige nederst, og gjennomsnittet ved siden av. En fyldig, lang form er en gruppe for seg; en form som løper ut i ingenting, har en grense som er et snitt gjennom kunder som ligner hverandre, slik det er med de fleste kunder. Les den som en beskrivelse: den avgjør ikke antallet segmenter. { $of }; hvert trinn er gjennomsnittet av minst { $few } kunder.
fig-of-all = Basert på alle { $n }
fig-of-drawn = Basert på { $n }, tilfeldig trukket
fig-silhouette-alt = Silhuetter etter segment, gjennomsnitt. { $parts }.
no-fig-neighbours = denne metoden ser ikke på naboer
fig-24 = Hvor nær kundene er hverandre
fig-neighbours-below = Avstand der { $n } kunder ligger innenfor, kunden selv medregnet; de nærmeste først
fig-neighbours-up = Avstand
fig-neighbours-across = Kunder, nærmeste naboer først
fig-km = { $x } km
fig-eps-says = er radien som ble valgt: den som har { $n } kunder innenfor den, seg selv medregnet, ligger i et tett område.
fig-no-eps-says = kunder, seg selv medregnet, utgjør omgivelsene. Metoden velger ikke én radius: den ser på alle.
fig-dashed-eps = Stiplet: radien
fig-neighbours-bend = Der kurven bøyer oppover, begynner kundene å stå alene.
fig-neighbours-caption = Kundene er sortert etter hvor langt de må se for å finne { $points } kunder. Den flate delen er kunder i selskap; den bratte enden er de som ingen ligner. Avstander er i de forberedte kolonnene, eller i km mellom steder. { $of }; de fjerneste kan ligge utenfor bildet.
fig-neighbours-alt = Kurve over avstanden som { $n } kunder ligger innenfor; opp til { $most }.
no-fig-branches = denne metoden finner ikke områder inni hverandre
fig-25 = Hvor de tette områdene kommer fra
fig-branches-below = Nedover blir bare kunder som er stadig nærmere hverandre, sammen; fargede områder ble segmenter
fig-branches-up = Avstand mellom naboer
fig-branches-across = Bredde: kunder ({ $n } øverst)
fig-branch-tip = { $n } kunder, fra { $from } til { $until }
fig-branch = segment { $id } fra { $from } til { $until }
fig-branches-caption = Les den fra toppen, der alle kunder henger sammen. Hver deling er en avstand der en gruppe faller i mindre; den som går tapt på veien, ligner ingen nok. En farget blokk som er høy, holder sammen over mange avstander og er en gruppe for seg; en lav er det knapt. Kunder er avrundet til nærmeste { $few }.
fig-branches-alt = Et tre av { $n } områder. { $parts }.
no-fig-profit = pris per kontakt, reddet verdi og andel reddet ikke er oppgitt
fig-26 = Hva kontakt ventes å bringe
fig-profit-below = Gevinst etter andel kontaktede kunder, størst risiko først; hos kunder modellen ikke hadde sett
fig-profit-up = Gevinst
fig-profit-up-in = Gevinst, { $currency }
fig-profit-says = er det meste kontakt ventes å bringe, med de { $share } med størst risiko på listen: { $n }.
fig-profit-none = Ingen kontakt lønner seg til den prisen.
fig-profit-budget = Ved kontaktbudsjettet, { $share } (ring): { $money }, 95 %-intervall { $low } til { $high }
fig-profit-even = En kontakt lønner seg fra en sannsynlighet på { $p }
fig-profit-given = Som oppgitt: { $cost } per kontakt, { $saved } per beholdt kunde, { $rate } av dem som er i ferd med å gå, beholdes
fig-profit-shade = Skygge: 95 %-intervall; stiplet: etter modellens sannsynligheter alene
fig-profit-caption = Mot høyre kontaktes flere kunder, størst risiko først; høyden er hva det ventes å bringe etter utgiften, hvis den oppgitte andelen av { $those } kunne vært beholdt. Prikken er det meste; etter den koster hver ekstra kontakt mer enn den bringer. Bare en gruppe som holdes utenfor, viser om den oppgitte andelen er sann.
fig-profit-alt = Gevinst etter andel kontaktet; det meste er { $best } ved { $share }.
no-fig-contributions = ingen modell går etter kundenes kolonner
fig-27 = Hvorfor modellen vurderer segmentene ulikt
fig-contributions-below = Med hvilken faktor hver kolonne endrer odds i et segment, mot gjennomsnittskunden
fig-contributions-sides = venstre (blå): mindre sannsynlig, høyre (oransje): mer
fig-contributions-caption = Les ett segment fra top til bunn: en søyle mot høyre betyr at kolonnen hever { $chance } der, mot venstre at den senker den, mot gjennomsnittskunden; faktorene for alle kolonner ganget sammen gir det hele. Grå søyler endrer odds med under en tidel. Søylene sier hva modellen går etter, ikke hva som ville skje om noen endret det.
fig-contributions-alt = Kolonnen som endrer odds mest, etter segment. { $parts }.
no-fig-alive = det er ingen ordrer, eller ingen modell kan si ut fra dem når kunder går
fig-28 = Hvor sikkert det er at kundene fortsatt er aktive
fig-alive-below = Gjennomsnittlig sannsynlighet etter dager med ordre og dager siden den siste; under den antallet kunder
fig-alive-orders = Dager med ordre
fig-alive-silence = Dager siden siste ordre
fig-alive-cell = { $orders } ordrer, { $days } dager: { $p }
fig-alive-caption = Les en linje fra venstre mot høyre: jo lengre taushet, jo mindre sikkert. Den som pleide å bestille ofte, savnes raskere: samme taushet sier mer om en kunde med mange ordrer enn om en med få. Etter modellen { $model }, som aldri er nøyaktig om en enkelt kunde; kunder som den ikke lar gå, slik som de med én ordre, er ikke i figuren. Grå celler med en strek er skjult: de, eller en celle som kunne regnes ut fra dem, rommer færre enn { $few } kunder.
fig-alive-alt = Et nett av sannsynligheten for å være aktiv. { $parts }.
no-fig-map = ingen kolonner har steder i grader, eller for få kunder deler et
no-fig-map-few = { $n } av { $all } kunder er i ruter med færre enn { $few }, som ikke vises: det er for lite igjen av kartet
fig-29 = Hvor kundene er
fig-places-below = Hver rute etter segmentet de fleste av kundene i den hører til; sterkere der det er flere
fig-places-caption = Nord er opp, øst til høyre; et skritt mot øst er like langt som et mot nord. En rute samler kundene i et område, aldri én alene. Tomme ruter rommer ingen, eller for få til å bli vist.
fig-places-unknown = { $text } For { $customers } er stedet ikke kjent.
fig-places-alt = Et kart over hvor kundene er, i { $n } celler, farget etter segment: { $names }.
wind-n = N
wind-s = S
wind-e = Ø
wind-w = V
no-fig-places = ingen kolonne nevner steder som nok kunder deler
fig-30 = Hvor kundene er, etter navn
fig-place-below = { $column }: de { $n } med flest kunder, og hvilke segmenter de hører til
fig-place-all-below = { $column } og segmentene til kundene der
fig-elsewhere = alle andre
fig-place-caption = Hver søyle er kundene på ett sted, delt etter segment i nummerorden.
fig-place-others = Alle andre er andre steder, eller det er ikke kjent hvor.
fig-place-grey = Grått er skjult: deler på færre enn { $few } kunder, og andre som en slik del kunne regnes ut fra.
fig-place-alt = Kunder etter sted. { $parts }.
name-comma = {", "}
name-within = { $of }:{" "}
name-as = { $of }
name-high = { $of } over middels
name-low = { $of } under middels
name-long = { $of } over middels
name-short = { $of } under middels
name-many = mange { $of }
name-few = få { $of }
name-older = eldre
name-younger = yngre
name-long-since = lenge siden { $of }
name-recent = { $of } nylig
name-no = uten { $of }
name-not = ikke { $of }
name-town = i { $of }
name-middle = i midten
name-north = i nord
name-north-east = i nordøst
name-east = i øst
name-south-east = i sørøst
name-south = i sør
name-south-west = i sørvest
name-west = i vest
name-north-west = i nordvest
name-number = segment { $of }
name-average = nær gjennomsnittet
reason-nowhere = I intet segment: for få kunder ligner denne{ $own }
reason-plain = Ingen enkelt egenskap skiller seg ut{ $own }
reason-close = nær segment { $id }
reason-unusual = uvanlig for dette segmentet
reason-of-all = { $what } ({ $share } av alle)
reason-near = { $shown } (nær det typiske { $half })
reason-typical = { $shown } (typisk: { $half })
unit-days = { $n } dager
unit-days-ago = for { $n } dager siden
unit-weeks = { $n } uker
unit-months = { $n } måneder
unit-years = { $n } år
unit-hours = { $n } timer
unit-minutes = { $n } minutter
change-heading = Hva som har endret seg
change-forecast = Prognose mot fakta
change-segment-then = Segment { $then }
change-leave-forecast = Går: prognose
change-leave-fact = Går: faktisk
change-orders-forecast = Ordrer: prognose
change-orders-fact = Ordrer: faktisk
change-value-forecast = Verdi: prognose
change-value-fact = Verdi: faktisk
change-verdict = Dom over segmentene
change-events = Hva som skjedde fra { $then } til { $now }
change-moved = Hvem som flyttet
change-from-to = Fra ({ $then }), til ({ $now })
change-kpi = KPI før og nå
change-kpi-note = Alle kunder, og hvert segment der endringen er ut over tilfeldigheter (med fet skrift). Intervaller er for en forskjell mellom uavhengige tall.
change-who = Hvem
col-kpi-short = KPI
change-before = Før ({ $then })
change-now = Nå ({ $now })
change-change = Endring (95 %-intervall)
change-clear = klar
change-drift = Forskyvning i kolonnene
change-shift = Forskyvning
change-index = Stabilitetsindeks
change-distance = Avstand i standardavvik
change-not-told = Ikke opplyst:
change-by-behaviour = Flyttet ved det de gjør
change-by-behaviour-note = Fra segmentet før til det som den forrige modellen gir nå. Den som ikke var der før, står under nye.
change-by-definition = Flyttet ved nye definisjoner
change-by-definition-note = De samme kundene, fra segmentet etter den forrige modellen til segmentet etter den nye. Ingen i denne tabellen har gjort noe.
change-drift-rest = { $n } andre kolonner har ikke forskjøvet seg, eller rommer for få kunder til å si det.
change-scored = Segmentene er de samme som den gang: kundene ble plassert av den frosne modellen, så den som flyttet, gjorde det ved det de gjør.
change-refitted = Segmentene ble dannet på nytt ut fra dem den gang, så noen kunder flyttet ved det de gjør, og noen fordi segmentene ble trukket på nytt; de to holdes fra hverandre.
change-lead = Sammenlignet med { $then }: { $both } er i begge, { $new } er nye, og { $gone } er der ikke lenger. { $done }
change-keep = Behold: segmentene holder fortsatt.
change-look = Se etter: segmentene holder, men noen bør se på dem.
change-refit = Dann på nytt: kundene faller ikke lenger i segmentene fra den gang.
change-in-none = i intet
change-new = nye
change-withheld = Celler med for få kunder er utelatt; { $n } er i slike celler.
change-down = { $down } av { $all } flyttet til et segment av lavere verdi ved det de gjør ({ $share }), { $up } til et av høyere verdi.
change-down-chance = Mellom to halvdeler av de tidligere ordrene ville { $share } gjøre det, uten at noen endret seg: de heldige i den ene halvdelen er sjelden de heldige i den andre. Halvdeler rommer halvparten av ordrene, så dette er det meste tilfeldigheter alene forklarer.
kpi-retention = Fastholdelse fra måned til måned
kpi-repeat-rate = Andre ordre innen 90 dager
kpi-loyal-share = Lojale kunder
kpi-churn = Kunder som går
kpi-order-value = Gjennomsnittlig ordre
kpi-value = Gjennomsnittlig verdi
change-in-base = danner segmentene
change-aged = tiden som har gått, er trukket fra
change-unseen = { $share } har et nivå som ikke fantes før
change-large = stor
change-some = noe
no-fig-forecast = ikke noe av det forutsagte er kjent ennå
no-fig-cells-moved = ingen celle rommer nok kunder
no-fig-kpi = kjøringen lagret ingen KPI
no-fig-months = det er ikke ordrer fra to måneder
fig-21 = Hva som ble forutsagt, og hva som kom
fig-forecast-below = Andel kunder som går: prognosen fra { $then } og virkeligheten
fig-forecast-came = { $who }: { $told } forutsagt, { $came } kom
fig-forecast-caption = Det loddrette merket er forrige kjørings prognose, prikken det som skjedde, og linjen gjennom den området som tilfeldigheter alene tillater. Et merke utenfor linjen er en prognose som var feil.
fig-22 = Hvem flyttet hvor
fig-by-behaviour = Ved det kundene gjør
fig-by-definition = Ved nye definisjoner
fig-migration-below = Til venstre { $then }, til høyre { $now }; bredden er antallet kunder
fig-migration-alt = Bånd fra segment til segment. { $moved } av { $all } flyttet ved det de gjør.
fig-migration-caption = Hvert bånd er en gruppe kunder, fra segmentet før til venstre til segmentet nå til høyre. Rette bånd ble værende. Bånd med færre kunder enn som kan vises, er utelatt.
fig-23 = KPI måned for måned
fig-kpi-customers = Kunder som bestilte
fig-kpi-retention = Fastholdelse fra måneden før
fig-kpi-repeat = Kunder som hadde bestilt før
fig-kpi-below = Hele måneder er fylte prikker; måneder som dataene kutter, er hule
fig-kpi-no-limits = Hver linje er én KPI, måned for måned. Det er færre enn åtte hele måneder, så ingen grenser er tegnet: ingen kan ennå si hva som er vanlig.
fig-kpi-caption = Hver linje er én KPI, måned for måned. De stiplede linjene er gjennomsnittet og grensene som måneder vanligvis ligger mellom; en prikk utenfor er en måned det er verdt å spørre om.
fig-kpi-alt = { $n } linjer over { $months } måneder.
fig-more = og { $n } segmenter til
product-index = { $product } (indeks { $index })
buys-more = Kjøper mer enn andre
offer-next = Tilby neste gang
offer-because = { $product }: indeks { $index } her, { $there } i «{ $like }», segmentet som ligner mest
fig-alive-other = { $text } Prognosen i denne rapporten følger en annen modell, som gjorde det bedre i siste periode.
