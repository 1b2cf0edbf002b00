# De danske beskeder i kohorts rapport.

## Ord, der står alene

yes = ja
no = nej
not-computed = Ikke beregnet
serious = Alvorligt
warning = Advarsel
note = Bemærkning
none = Ingen.

## Regnearket

sheet-segments = Segmenter
sheet-profiles = Profiler
sheet-churn = Frafald
sheet-actions = Handlinger
sheet-ledger = Regnskab
sheet-customers = Kunder
col-id = Nr.
col-segment = Segment
col-customers = Kunder
col-share = Andel af kunderne
col-value = Værdi
col-value-share = Andel af værdien
col-value-each = Værdi pr. kunde
col-expected = Forventet værdi
col-at-risk = Værdi i risiko
col-trust = Tillid
col-stability = Overlap, når det findes igen
col-usable = Brugbart
col-who = Hvem de er
col-rule = Sådan genkendes de
col-coverage = Reglen finder af segmentet
col-precision = Af de fundne hører til
col-column = Kolonne
col-level = Niveau
col-here = Her
col-others = Andre
col-index = Indeks af gennemsnit
col-effect = Forskel
col-made = Dannede segmenterne
col-low = Fra
col-high = Til
col-known = Udfald kendt
col-gone = Allerede sket
col-contact = Kontaktes
col-hold-out = Holdes ude
col-contacted = Andel kontaktet
col-reached = Andel nået
col-lift = Gange bedre end tilfældigt
col-predicted = Forudsagt
col-happened = Skete
col-measure = Mål
col-model = Model
col-base-rate = Altid gennemsnittet
col-odds = Odds
col-action = Handling
col-why = Hvorfor
col-owner = Ansvarlig
col-kpi = Måles ved
col-until = Inden
col-table = Tabel
col-rows = Rækker
col-used = Brugt
col-rejected = Kunne ikke læses
col-excluded = Udeladt efter regel
col-unmatched = Hører til ingen
col-lines = Linjer
col-money = Beløb
col-role = Rolle
col-family = Familie
col-used-for = Bruges til
col-missing = Mangler
col-code = Kode
col-severity = Alvor
col-count = Antal
col-seen = Hvad der blev set
col-advice = Hvad der kan gøres
col-run = Kørsel
col-version = Version
col-seed = Frø
col-method = Metode
share-of-customers = Andel af kunderne
share-of-value = Andel af værdien
size-and-value = Størrelse og værdi
differences = Hvad der er anderledes
differences-note = Her og andre: den midterste værdi (medianen) eller andelen. Indeks af gennemsnit: gennemsnittet eller andelen her, når alle kunders er 100. Forskel: fra -1, langt under de andre, til 1, langt over.
side-by-side = Typiske værdier side om side
all-customers = Alle kunder
by-segment = Efter segment
what-contacting-reaches = Hvad kontakten når
believed = Om sandsynlighederne holder
how-good = Hvor god modellen er
what-goes-with-it = Hvad der følger med
what-to-do = Hvad der skal gøres
fill-in = De gule felter er til mennesker: hvem gør det, hvordan måles det, hvornår skal det være gjort.
where-rows-went = Hvor hver række blev af
rows = Rækker
purchase-lines = Købslinjer
columns = Kolonner
findings = Hvad der blev bemærket
method = Metode og indstillinger
config-in-full = Hele konfigurationen
too-many-customers = Arket med kunder er udeladt: { $n } kunder er flere end de { $most }, som en projektmappe rummer godt. customers.csv har dem alle.

## Hvordan det skrives

n-customers = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
}
n-segments = { $n ->
    [one] { $n } segment
   *[other] { $n } segmenter
}
n-more = { $n } flere
day = { $day }. { $month } { $year }
month-1 = januar
month-2 = februar
month-3 = marts
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
range = { $low } til { $high }
with-interval = { $figure } ({ $range })
under = under { $figure }
over = over { $figure }
withheld = skjult (beskytter en gruppe under { $n })
withheld-cell = skjult
rule-withheld = Vises ikke: med færre end { $n } kunder i en klasse kunne hver klasse i denne regel regnes ud.
not-computed-cell = ikke beregnet
list-and = { $most } og { $last }
list-comma = ,{" "}
between-sentences = {" "}
none-of-them = ingen

## Udfaldet

leave-likely = Risiko for frafald
leave-happened = Har forladt os
leave-those = frafaldne kunder
leave-others = fastholdte kunder
leave-already = har allerede forladt os
leave-heading = Hvem der forlod os
leave-chance = sandsynligheden for at forlade os
other-likely = Sandsynligt: { $what }
other-those = kunder med »{ $what }«
other-others = kunder uden »{ $what }«
other-already = har allerede »{ $what }«
other-heading = »{ $what }«
other-chance = sandsynligheden for »{ $what }«
in-no-segment = I intet segment
segment-id = Segment { $id }
outcome-not-looked-at = der blev ikke set på udfaldet

## Første side

customer-segments = Kundesegmenter
skip-to-segments = Gå til segmenterne
in-short = Kort fortalt
serious-findings = Alvorlige fund
contents = Indhold
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
} pr. { $day }.
first-unassigned = { $n ->
    [one] { $n } kunde er i intet segment.
   *[other] { $n } kunder er i intet segment.
}
first-formed = Segmenterne er dannet af { $columns }.
the-table = tabellen
all-rows-used = Alle { $n } rækker i { $files } blev brugt.
rows-left-out = Af { $n } rækker i { $files } blev { $used } brugt; { $rejected } kunne ikke læses, og { $excluded } blev udeladt efter faste regler.
first-lines = Af { $n } købslinjer blev { $used } brugt.
tile-customers = { $n ->
    [one] kunde
   *[other] kunder
}
tile-segments = { $n ->
    [one] segment
   *[other] segmenter
}
tile-contact = på kontaktlisten
tile-at-risk = værdi i risiko
the-segments = Segmenterne
leak-taken-out = { $column } blev taget ud: den røber udfaldet.
gone-inactive = { $n ->
    [one] { $n } kunde har ikke bestilt i de sidste { $days } dage: inaktiv, på ingen liste og ikke i tallene om risiko for frafald.
   *[other] { $n } kunder har ikke bestilt i de sidste { $days } dage: inaktive, på ingen liste og ikke i tallene om risiko for frafald.
}
gone-left = { $n ->
    [one] { $n } kunde har allerede forladt os og står ikke på nogen liste.
   *[other] { $n } kunder har allerede forladt os og står ikke på nogen liste.
}
gone-other = { $n ->
    [one] { $n } kunde har allerede »{ $what }« og står ikke på nogen liste.
   *[other] { $n } kunder har allerede »{ $what }« og står ikke på nogen liste.
}
gone-others = { $contact } af de øvrige står på kontaktlisten: dem med den højeste sandsynlighed.
gone-others-value = { $contact } af de øvrige står på kontaktlisten: dem med mest værdi i fare, risikoen for at forlade os gange det, de er værd.
gone-others-share = Op til { $share } af de øvrige kan kontaktes; { $n } flere kontaktes ikke, til sammenligning.
to-decide = Til beslutning
nothing-known = Her skal intet besluttes: hverken kundernes værdi eller hvem der forlod os, er kendt. Med en kolonne for, hvad de bruger, eller hvem der har forladt os, siger siden, hvem der skal beskyttes, hvem der skal udvikles, og hvor der skal stoppes (indstillingerne value.column og churn.label).
nothing-stands-out = Her skal intet besluttes: intet segment skiller sig nok ud.
kind-protect = Beskyt
kind-grow = Udvikl
kind-stop = Stop
stake-protect = { $money } i risiko
stake-grow = { $money } mere, hvis hver af dem nåede den værdi
stake-stop = { $money } i samlet værdi
stake-stop-expected = { $money } i samlet forventet værdi
stake-other = { $money } på spil
n-still-here = { $n } af { $all } kunder er her stadig
decide-protect = Beskyt »{ $name }«: kontakt først dem, der har størst risiko for at forlade os, og hold nogle udenfor for at se virkningen.
decide-grow = Udvikl »{ $name }«: afprøv et tilbud, der øger deres værdi.
decide-stop = Stop betalt kontakt til »{ $name }«: kun automatiske beskeder.
decide-stop-but = Stop betalt kontakt til »{ $name }« undtagen de { $n } på kontaktlisten: kun automatiske beskeder til de andre.
decide-stop-list = { $n } af de { $all } på kontaktlisten er i dette segment: tag dem af.
decide-stop-stay = { $n } af de { $all } på kontaktlisten er i dette segment: der står meget på spil med dem.
why-value = værdi pr. kunde { $money }
why-step = sigter mod { $money }
why-churn = risiko for frafald { $share }
how-far-to-trust-this = Hvor sikkert er det?
trust-segments = Segmenterne
trust-data = Data
trust-leaving-means = At forlade os betyder her: { $what }.
trust-money-orders = Andele af værdien gælder det, kunderne har købt indtil nu; forventet værdi og værdi i risiko gælder de næste { $n } dage.
trust-churn = Af to kunder, én blandt { $those }, og én blandt { $others }, giver modellen den første den højeste sandsynlighed i { $auc } af 100 tilfælde; et gæt giver 50. Den siger, hvem der er i risiko, ikke hvem der kan holdes på.
trust-open = { $n ->
    [one] { $n } kunde har endnu intet kendt udfald og er vurderet af samme model.
   *[other] { $n } kunder har endnu intet kendt udfald; de er vurderet af samme model.
}
trust-active = { $n ->
    [one] { $n } kunde var aktiv { $day } og er vurderet af samme model.
   *[other] { $n } kunder var aktive { $day }; de er vurderet af samme model.
}
trust-missing = I de anvendte felter mangler { $share } af værdierne.
trust-nothing-missing = Ingen af de brugte værdier mangler.
trust-warnings = { $n ->
    [0] Der er ingen advarsel.
    [one] Der er én advarsel. { $first }
   *[other] Der er { $n } advarsler, se under Tillid. En af dem: { $first }
}
not-computed-because = Ikke beregnet: { $why }.
all-natural = Alle { $n } segmenter er virkelige grupper med tydelig afstand til de andre.
all-reproducible = Alle { $n } segmenter er stabile opdelinger: for det meste samles de samme kunder hver gang.
all-constructed = Alle { $n } segmenter er grove opdelinger, kun gode til planlægning.
all-rule = Alle { $n } segmenter er defineret ved regler.
of-segments = { $n ->
    [one] Af { $n } segment: { $parts }.
   *[other] Af { $n } segmenter: { $parts }.
}
n-natural = { $n ->
    [one] { $n } er en virkelig gruppe med tydelig afstand til de andre
   *[other] { $n } er virkelige grupper med tydelig afstand til de andre
}
n-reproducible = { $n ->
    [one] { $n } er en stabil opdeling, der stort set findes igen hver gang
   *[other] { $n } er stabile opdelinger, der stort set findes igen hver gang
}
n-constructed = { $n ->
    [one] { $n } er en grov opdeling, kun god til planlægning
   *[other] { $n } er grove opdelinger, kun gode til planlægning
}
n-rule = { $n ->
    [one] { $n } er defineret ved en regel
   *[other] { $n } er defineret ved regler
}

## Tillid

verdict-natural = Virkelig gruppe
verdict-reproducible = Stabil opdeling
verdict-constructed = Grov opdeling
verdict-rule = Regel
no-group = Ingen gruppe
natural-means = Der er tydelig afstand mellem disse kunder og alle andre.
reproducible-means = Stort set de samme kunder findes sammen hver gang; nabosegmenter går over i hinanden.
constructed-means = Nyttigt til planlægning, men kunder nær grænsen kunne lige så vel høre til et andet sted.
rule-means = Defineret ved en regel, ikke fundet i data.
no-group-sentence = Kunder, der ikke ligner nogen gruppe.
no-group-badge = Disse kunder ligner ingen gruppe; behandl dem ikke som én.
overlap = Overlap, når det findes igen: { $overlap } af 1.
overlap-samples = Overlap, når det findes igen: { $overlap } af 1, over { $draws } stikprøver på { $m } kunder.
how-far-to-trust-it = Hvor sikkert er det?
why-this-number = Hvorfor dette antal segmenter
reason-best = Af { $low } til { $high } segmenter passer { $k } bedst; tabellen nedenfor viser, hvad der taler for hvert antal.
reason-fixed = Antallet af segmenter, { $k }, var fastsat i konfigurationen.
reason-found = Metoden fandt selv { $k } segmenter.
chosen-in-short = Af { $low } til { $high } segmenter passede { $k } bedst; under Tillid står, hvad der taler for hvert antal.
judge-rule = Segmenterne er defineret ved en regel, så intet skulle afgøre deres antal.
judge-outcome = Det afgørende: hvor meget segmenterne fortæller om udfaldet hos kunder, der var holdt til side.
judge-descriptors = Det afgørende: hvor meget segmenterne fortæller om kolonner, der ikke dannede dem, hos kunder, der var holdt til side.
judge-bic = Det afgørende: hvor godt segmenterne beskriver kunderne i forhold til antallet af parametre (BIC).
judge-stability = Det afgørende: hvor sikkert segmenterne findes igen, når en del af kunderne udelades.
judge-fixed = Antallet af segmenter var fastsat i konfigurationen.
judge-again = Den samme løsning blev fundet fra en anden start.
judge-not-again = Den samme løsning blev ikke fundet fra en anden start.
chosen = valgt
judged-se = Vurderet (± standardfejl)
weakest-overlap = Svageste overlap
smallest = Mindste
variance-explained = Forklaret varians
silhouette = Silhuet
remark = Bemærkning
next-best = De næstbedste
each-segment = Hvert segment
cannot-say = Hvad tallene ikke kan sige
warnings = Advarsler
notes = Bemærkninger

## Kort og sammenligning

segment-by-segment = Segment for segment
nothing-differs = Intet adskiller dem fra de andre kunder.
traits-note = Her og andre: den midterste kundes værdi (medianen) eller andelen. Indeks af gennemsnit: gennemsnittet eller andelen her, når alle kunders er 100. En streg: intet indeks, fordi værdier er under 0, det er et årstal, eller andelen vises som en grænse.
these-made = Disse kolonner dannede segmenterne.
made-the-segments = dannede segmenterne
just = Dette segment er blot: { $what }.
and-held-out = { $n }, og { $out } holdes ude
outcome-not-known = udfald ikke kendt
of-those-here = af { $n } her
of-those-withheld = af dem her; hvor mange er skjult
likely-of = { $share } i gennemsnit, blandt de { $n }, der er her stadig
place = Sted
against = { $what } { $here } mod { $rest }
says-the-same = { $what } (siger det samme som { $others })
rule-quality = Den finder { $coverage } af segmentet; af dem, den finder, hører { $precision } til. Tallene på dette kort er segmentets, ikke dem, reglen finder.
as-sql = Som SQL
no-short-rule = Ingen kort regel beskriver dette segment.
nothing-in-common = De har intet til fælles, ud over at de ikke ligner noget segment.
too-narrow = For lille til at handle på alene.
too-narrow-merge = For lille til at handle på alene. Nærmeste nabo er segment { $id }.
hard-to-act = Svært at handle på: ikke tydeligt nok, eller ingen regel når det.
caution = Forbehold
usable-head = Kan man arbejde med det?
usable-measurable = Målbart
usable-overlap = overlap, når det findes igen, { $overlap } af 1
usable-substantial = Stort nok
usable-reachable = Kan nås
usable-reach-rule = en kort regel finder { $coverage } af det, { $precision } rigtige
usable-reach-none = ingen kort regel; via kundelisten
usable-distinct = Tydeligt
usable-effect = største forskel { $effect } af 1
usable-actionable = Noget at gøre
usable-contact = { $n } på kontaktlisten
usable-no-contact = ingen på kontaktlisten
usable-no-list = ingen kontaktliste
nav-overview = Overblik
size = Størrelse
map = Kort
profile = Profil
compare-note = Typiske værdier: den midterste kundes værdi, eller andelen af kunder.
col-figure = Tal
figure = Figur
how-to-read-it = Sådan læses den.
js-copy = Kopiér
js-copied = Kopieret
js-filter = Filtrér
js-pick = Vis disse segmenter

## Regler

nav-rules = Regler
rule-segmentations = Segmenteringer ved regler
rules-intro = Disse klasser er defineret, ikke fundet: en regel sætter hver kunde i én af dem. Kolonnerne med samme navne i kundelisten indeholder dem.
pareto-headline = De øverste { $share } af kunderne bringer { $value } af værdien.
these-are-the-segments = Dette er segmenterne
col-class = Klasse
col-share-short = Andel
made-up-of = Segmenterne, delt op i disse klasser
cross-note = Hver celle er den andel af segmentets kunder, der hører til klassen; inden for en regel giver en søjle hele segmentet. En streg betyder skjult.
rule-lifecycle = Livsforløb
rule-loyalty = Loyalitet
rule-shopper = Købertype
rule-abc = Værdiklasse (ABC)
rule-rfm = Dage, ordrer og forbrug (RFM)
rule-value-risk = Værdi og risiko
class-first-order = første ordre
class-second = anden
class-regular = fast
class-slowing = aftagende
class-gone = væk
class-new = ny
class-loyal = loyal
class-occasional = lejlighedsvis
class-at-risk = i fare
class-lapsed = faldet fra
class-frequent = hyppig
class-budget = prisbevidst
class-not-known = ikke kendt

## Frafald

churn-basis = Udfaldet er kendt for { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
}; { $events } af dem ({ $share }) er { $those }. Alle tal om modellen gælder kunder, den ikke havde set.
churn-basis-orders = { $day }, før denne rapports dag, var { $n ->
    [one] { $n } kunde aktiv
   *[other] { $n } kunder aktive
}; { $events } af dem ({ $share }) bestilte ikke i de følgende { $days } dage. Alle tal om modellen gælder disse kunder, og den havde ikke set de dage.
churn-budget = Kontaktes de { $share } af kunderne med størst risiko, nås { $gain } af { $those }: { $lift } gange så mange som ved at kontakte lige så mange tilfældigt.
of-the-rest = af resten
interval-95 = 95 %-interval
measure-lift = Løft ved budgettet
measure-brier = Brier-score
measure-ece = Kalibreringsfejl
measure-floor = Bund for den fejl
measure-slope = Kalibreringens hældning
measure-intercept = Kalibreringens skæring
means-roc-auc = rangorden; 0,5 er gæt, 1 perfekt
means-pr-auc = varsler, der er rigtige; højere er bedre
means-lift = gange så mange som tilfældigt
means-log-loss = lavere er bedre
means-brier = lavere er bedre
means-ece = lavere er bedre; en perfekt model viser bunden nedenfor
means-floor = hvad en perfekt model af denne størrelse viser
means-slope = 1 er rigtigt, under 1 er for sikkert
means-intercept = 0 er rigtigt
more-likely = mere sandsynligt
less-likely = mindre sandsynligt
no-direction = ingen klar retning
col-direction = Retning
odds-note = Sådan ændres odds, når alt andet i modellen holdes fast: pr. standardafvigelse for tal, mod de andre niveauer for kategorier. Hvad der følger med et udfald, behøver ikke at forårsage det.
odds-beside = Odds er fra den logistiske regression, der er tilpasset ved siden af modellen.
knows-outcome = Kolonner, der kender udfaldet
what-was-done = Hvad der blev gjort
auc-alone = ROC-AUC alene
model-without = Modellen uden den
model-interval = Model (95 %-interval)
how-to-read-it-col = Sådan læses det
leak-proof = taget ud: den røber udfaldet
leak-suspicion = beholdt, men se på den
leak-accepted = beholdt: godkendt i konfigurationen
leak-dropped = taget ud af konfigurationen
outcome-column = Udfaldets kolonne
value-that-means-yes = Værdi, der betyder ja
how-chosen = Sådan blev den valgt
each-model = Hver model for sig
movers = Kolonner, der flytter sandsynligheden mest
split = Opdeling
twins = Ens rækker holdt sammen
copies = Rækker ens i alle tal holdt sammen
still-open = Udfald stadig åbent
mean-probability = Gennemsnitlig sandsynlighed
mean-of-both = { $events } for dem med udfaldet, { $others } for de andre

## Data og metode

nav-data = Data
nav-method = Metode
nav-terms = Begreber
rows-read = Læste rækker
files = Filer
missing-cells = Manglende celler i de brugte kolonner
why-columns = Hvorfor disse kolonner
kind-of-columns = Slags kolonner
only-describe = Beskriver dem kun
tables = Tabeller
every-line = Hvor hver købslinje blev af
done-to-values = Hvad der blev gjort ved værdierne
radius = Radius og naboer
stability = Stabilitet
samples-of = { $draws } stikprøver på { $n } kunder
matrix-columns = Kolonner i matricen
map-axes = { $method }; akserne viser { $x } og { $y } af variansen
program = Program
how-prepared = Sådan blev kolonnerne forberedt
colophon = Kørsel { $run }, skrevet af kohort { $version }.
personal-data = Listerne og scorerne ved siden af denne rapport er personoplysninger.
term-segment = Segment
term-segment-means = Kunder, der ligner hinanden mere, end de ligner de andre.
term-trust = Virkelig gruppe, stabil opdeling, grov opdeling
term-trust-means = Hvor langt man kan stole på et segment. En virkelig gruppe har luft omkring sig. En stabil opdeling har ingen, men for det meste samles de samme kunder hver gang. En grov opdeling bliver forskellig hver gang.
term-overlap-means = Segmenterne dannes igen af en del af kunderne. 1 betyder, at et segment kommer igen med præcis de samme kunder, 0,5 med omkring to tredjedele af dem.
term-index-means = Segmentets gennemsnit eller andel sammenlignet med alle kunders, som er 100; 150 er halvanden gang så meget. Det gælder ikke de midterste værdier ved siden af: få store værdier flytter et gennemsnit, men ikke den midterste værdi.
term-made-means = Segmenterne er forskellige i disse kolonner, fordi de er dannet af dem. En forskel i en anden kolonne er nyt.
term-withheld = Skjult
term-withheld-means = En celle, som færre end { $n } kunder deler, vises ikke; andre, som den kunne regnes ud af, skjules også eller afrundes til { $n } kunder.
term-interval = Interval
term-interval-means = Området i parentes rummer den sande andel 95 gange ud af 100. Små segmenter har brede områder.
term-likely-means = Gennemsnittet af { $chance } blandt de af segmentets kunder, hvor det ikke er sket. Det siger, hvem der er i fare, ikke hvem der kan holdes på.
term-inactive = Inaktiv
inactive-means = Faldet fra er ikke inaktiv: faldet fra er en kunde, der har været tavs for længe efter sin egen rytme; inaktiv er den, der ikke har bestilt i de sidste { $n } dage, ens for alle. De to tal er forskellige.
term-lift = Løft
term-lift-means = Hvor mange gange så mange af de rigtige kunder en liste når som en tilfældig liste af samme længde.
term-at-risk-means = Værdien, hvis hver kunde blev, minus den værdi, der ventes med denne rapports sandsynligheder. De, der har forladt os, er ikke med.
term-hold-out-means = Kunder, der er valgt som dem på listen, men som med vilje ikke kontaktes og ikke tælles med i den. Kun sammenligningen med dem viser, hvad kontakten udretter. Hvor mange af et segment der står på listen eller er holdt udenfor, oplyses, hvor få de end er: det er længder af lister.

## Handlinger

goal-retain = Målet for denne rapport er at holde på kunderne: beslutninger og strategier, der beskytter værdi, kommer først.
goal-grow = Målet for denne rapport er at vokse: beslutninger og strategier, der øger værdien, kommer først.
goal-profit = Målet for denne rapport er at bruge mindre: beslutninger og strategier, der sparer penge, kommer først.
overlooked-nobody = Ingen er overset: hver kunde er i et segment, der er stort nok til at handle på.
overlooked = Overset: { $n ->
    [one] { $n } kunde er
   *[other] { $n } kunder er
} i intet segment eller i et, der er for lille til at handle på.
overlooked-value = Overset: { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} med { $share } af værdien, i intet segment eller i et, der er for lille til at handle på.
overlooked-few = Overset: færre end { $n } kunder, i intet segment eller i et, der er for lille til at handle på.
col-strategy = Strategi
col-tier = Kundeniveau
col-next = Kundeansvarliges næste skridt
col-channel = Kanal
col-format = Format
col-tone = Tone
col-focus = Hvad teksten handler om
to-fill-in = udfyldes
strategies = Strategierne
strategies-note = Hver kunde får den første strategi, der passer, efter { $by }, så kunder i ét segment kan have forskellige. Strategien ved et segment er den, som { $worth ->
    [yes] det meste af dets værdi har
   *[no] de fleste af dets kunder har
}, blandt dem, der stemmer med det, der skal gøres ved segmentet. Tabellen kan ændres i konfigurationen.
strategies-by-loyalty = loyalitet
strategies-by-value = værdiklasse
strategies-by-churn = risiko for frafald
strategies-by-segment = Segmenterne, delt op i strategier
strategies-cross-note = Hver celle er den andel af segmentets kunder, der har strategien; en søjle giver hele segmentet. En streg betyder skjult.
strategy-introduce = Byd velkommen
strategy-win-back = Fasthold eller genvind
strategy-early-access = Tidlig adgang
strategy-let-go = Nedprioritér
strategy-reward = Beløn
strategy-upsell = Mersalg og krydssalg
strategy-none = Ingen strategi
introduce-who = nye kunder
win-back-who = kunder, der er en indsats værd, og som er på vej væk eller er blevet tavse
early-access-who = de mest værdifulde og mest loyale
let-go-who = af lille værdi og på vej væk eller tavse
reward-who = loyale kunder
upsell-who = stabile kunder, der kunne købe mere
none-who = der vides for lidt, eller de har forladt os
introduce-channel = e‑mailserie, velkomst i butikken eller appen
introduce-format = kort video eller vejledning
introduce-tone = varm og hjælpsom
introduce-focus = hvordan man får mest ud af den første ordre; derefter den anden
win-back-channel = et personligt opkald eller brev til de bedste, derefter e‑mail
win-back-format = personlig besked, ingen massereklame
win-back-tone = personlig, spørgende
win-back-focus = hvad de købte, hvad der er ændret siden, én grund til at vende tilbage
early-access-channel = personlig e‑mail, invitation
early-access-format = forpremiere, arrangement
early-access-tone = eksklusiv, taknemmelig
early-access-focus = de første, der ser det nye; ingen rabat
let-go-channel = kun automatisk e‑mail
let-go-format = én sidste påmindelse
let-go-tone = saglig
let-go-focus = hvordan man kommer tilbage; derefter ingen betalt kontakt
reward-channel = e‑mail, indlæg i pakken, app
reward-format = tak, bonus
reward-tone = taknemmelig
reward-focus = tak for loyaliteten; bed om en anbefaling
upsell-channel = e‑mail, butik og retargeting
upsell-format = produktforslag, pakker
upsell-tone = nyttig, let
upsell-focus = hvad der passer til det, de har, og den næste størrelse
tier-1 = 1: én til én
tier-2 = 2: én til få
tier-3 = 3: én til mange
next-1-risk = Ring til beslutningstageren i denne uge, og aftal en plan for at blive
next-1-calm = Kvartalsmøde med beslutningstagerne; se efter den næste afdeling
next-2-risk = Ring, og spørg, hvad der er ændret
next-2-calm = Invitér til en workshop for deres branche
next-3-risk = Automatisk opfølgning; giv videre til intern salg, når de svarer
next-3-calm = Nyhedsbrev og webinarer; ingen personlig tid
act-none = Se på dem fra sag til sag.
act-too-narrow = For lille til sin egen kampagne: behandl det sammen med naboen
act-protect-first = Beskyt først: et personligt opkald med en grund til at blive
act-keep-close = Hold tæt: regelmæssig personlig kontakt og tidlig fornyelse
act-reward-loyalty-few = Beløn loyalitet: sig tak, og ring kun til de få, der måske går
act-look-after = Pas på de bedste kunder: personlig service før rabatter
act-hold-on = Hold fast: et tilbud om at blive til dem, der mest sandsynligt går
act-stay-in-touch = Hold kontakten: nyttige nyheder og et lille prøvetilbud
act-grow-gently = Udvikl forsigtigt: foreslå det næste produkt
act-develop = Udvikl: afprøv ét forslag til et næste produkt
act-low-cost = Kun billige beskeder: find ud af, hvorfor de nok går
act-keep-cheap = Hold det billigt: automatiske beskeder, ingen rabat
act-grow-small = Udvikl: loyale, men små; tilbyd en opgradering eller et tillæg
act-cheap-test = Hold det billigt, og afprøv, hvilket tilbud der øger deres værdi
act-early = Grib tidligt ind: et tilbud om at blive til dem, der mest sandsynligt går
act-ask-missing = Hold kontakten: spørg, hvad de savner
act-reward-referrals = Beløn loyalitet: sig tak, og bed om anbefalinger
act-own-message = Afprøv et budskab for sig
act-start-here = Begynd her: udfaldet er mest sandsynligt hos dem
act-leave-out = Lad dem stå uden for denne kampagne, men pas på dem: de er meget værd
act-contact-last = Kontakt dem sidst: udfaldet er mindst sandsynligt hos dem
act-contact-budget = Kontakt inden for budgettet, og afprøv to budskaber
act-ask-next = spørg, hvad de skal bruge næste gang
act-remind-once = mind dem om det én gang, og stop, hvis intet kommer tilbage
act-settle = få det skyldige på plads før ethvert tilbud
act-solve = løs først det, de skrev om
act-ask-wrong = spørg først, hvad der gik galt
act-ask-returns = spørg, hvorfor varer kommer retur
act-first-months = hjælp dem gennem de første måneder
act-longer-contract = tilbyd en længere aftale
act-smaller-discounts = afprøv mindre rabatter
act-show-unused = vis dem, hvad de endnu ikke bruger
act-reach-site = nå dem på siden eller i appen
act-second-product = foreslå et andet produkt

## Figurer

fig-calibration-below = Kalibrering, hos kunder modellen ikke havde set
fig-what-happened = Hvad der skete
fig-what-said = Hvad modellen sagde
fig-slope = Hældning { $slope } (1 er rigtigt, under 1 er for sikkert)
fig-mean-error = Gennemsnitlig fejl { $error } point; en perfekt model af denne størrelse ville vise { $floor }
fig-dashed-said = Stiplet: det sagte er det skete
fig-calibration-caption = Kunderne er sorteret efter { $chance } og delt i lige store grupper. Vandret er gennemsnittet af, hvad modellen sagde om en gruppe, lodret andelen af { $those } i den med 95 %-interval. Punkter på den stiplede linje betyder, at en sandsynlighed kan tages på ordet; under den advarer modellen for meget, over den for lidt.
fig-believable = Troværdigt
fig-roughly-right = Nogenlunde rigtigt
fig-with-care = Tag det med forbehold
fig-top-group = I gruppen med de højeste sandsynligheder ({ $customers }) sagde modellen { $said } i gennemsnit, og { $seen } blev observeret.
fig-said-observed = sagt { $said }, observeret { $seen }
fig-calibration-alt = Kalibrering i { $n } grupper: { $parts }.
no-fig-rule = segmenterne er defineret ved en regel
no-fig-itself = denne metode finder selv antallet af segmenter og prøver ingen andre
no-fig-fixed = et menneske har fastsat antallet af segmenter, og intet andet blev prøvet
no-fig-one = kun ét antal segmenter var muligt
fig-why-k = Hvorfor { $k } segmenter
fig-why-k-below = Hvad der blev målt for hvert prøvet antal segmenter; det valgte er markeret
fig-found-again = Hvor sikkert fundet igen
fig-smallest = Mindste segment
fig-number = Antal segmenter
fig-tells-outcome = Fortæller om udfaldet
fig-tells-columns = Fortæller om andre kolonner
fig-judged = Det afgørende
fig-why-k-judged = Til venstre: hvor meget segmenterne fortæller om det, der ikke dannede dem, hos kunder holdt til side; højere er bedre, stregerne er usikkerheden (én standardfejl). I midten: hvor sikkert hvert segment kommer igen, når der kun ses på en del af kunderne; 1 er altid, hver streg er et segment, prikken det svageste. Til højre: andelen af kunder i det mindste segment; et meget lille er svært at handle på.
fig-why-k-caption = Til venstre: hvor sikkert hvert segment kommer igen, når der kun ses på en del af kunderne; 1 er altid, hver streg er et segment, prikken det svageste. Til højre: andelen af kunder i det mindste segment; et meget lille er svært at handle på.
fig-k-weakest = {", "}svageste stabilitet { $s }
fig-k-judged = {", "}vurderet { $v }
fig-k-alt = { $k } blev valgt. { $parts }.
no-fig-outcome = intet segment har et kendt udfald
fig-churn-known = Andel af kunderne med kendt udfald, med 95 %-interval
fig-churn-mean = Gennemsnitlig sandsynlighed for de kunder, der endnu kan mistes
fig-churn-title = { $heading }, segment for segment
fig-observed-95 = Observeret (95 %-interval)
fig-all = alle: { $share }
fig-n-known = { $n } kendte
fig-observed = observeret: { $those }
fig-mean-others = gennemsnit af { $chance } blandt alle andre
fig-churn-caption = Skiven er andelen af { $those } i hvert segment, linjen gennem den er området, hvor den sande andel ligger 95 gange ud af 100; ruden er gennemsnittet af { $chance } for dem, der ikke er blandt dem. Et segment, hvis linje ikke rører den stiplede linje, afviger fra helheden. Grupper på færre end { $few } vises ikke. Hvor en kolonne, der dannede segmenterne, også driver udfaldet, gentager en forskel til dels den kolonne.
fig-not-known = ikke kendt
fig-churn-alt = Andel af { $those } efter segment. { $parts }.
fig-means-caption = Ruden er gennemsnittet af { $chance } for de af segmentets kunder, der endnu kan mistes. Grupper på færre end { $few } vises ikke.
fig-means-line = Den stiplede linje er gennemsnittet over dem alle.
fig-no-mark = Hvor der intet mærke er, er værdien skjult.
fig-not-shown = vises ikke
fig-means-alt = Gennemsnit af { $chance } efter segment. { $parts }.
no-fig-rhythm = der er ingen ordrer at aflæse en rytme af
no-fig-one-class = næsten alle kunder er i én klasse ({ $class }: { $share }); tabellen nedenfor fortæller det
fig-12 = Hvor kunderne står i deres egen rytme
fig-rhythm-below = Efter regler, som rapporten viser
fig-rhythm-caption = Hver linje er en klasse; den mørke bjælke er dens andel af alle kunder, den lyse dens andel af al værdi, på samme skala. Aftagende og i fare: tavse længere, end de plejer. Væk og faldet fra: tavse så længe, at næsten ingen kommer tilbage.
fig-and-value = {" "}og { $share } af værdien
fig-of-customers = { $name }: { $share } af kunderne{ $value }
fig-classes-alt = Bjælker efter klasse. { $parts }.
no-fig-few = udfaldet er kendt for for få kunder
not-drawn = Ikke tegnet, fordi { $why }.
no-fig-differs = ingen kolonne er forskellig mellem segmenterne
no-fig-segment = der er intet segment
fig-3 = Sådan er segmenterne forskellige
fig-heatmap-below = Typisk værdi i hvert segment; farven siger, hvor den ligger blandt alle kunder
fig-all-line-1 = Alle
fig-all-line-2 = kunder
fig-far-below = Langt under
fig-far-above = langt over alle kunder
fig-made = dannede segmenterne; de andre kolonner beskriver dem kun
fig-heatmap-caption = Hver linje er en kolonne i data, de mest forskellige først. En celle viser den typiske værdi i segmentet: den midterste kundes værdi eller andelen af kunder med egenskaben. Blå er over det sædvanlige for alle kunder, orange under; jo dybere, jo færre af alle kunder går længere ud. Kolonner med en prik dannede segmenterne; at de er forskellige, følger af det og beviser intet; at de andre kolonner er forskellige, er nyt.
fig-grey-cells = { $text } Grå celler er skjult eller en grænse, der ingen forskel viser, fordi de rummer færre end { $few } kunder.
fig-heatmap-alt = En tabel med { $n } kolonner efter segment. { $parts }.
no-fig-lift = der er intet løft at vise
fig-9 = Hvad det når at kontakte kunderne med størst risiko
fig-lift-below = Gevinstkurve, hos kunder modellen ikke havde set
fig-reached-among = Nået blandt { $those }
fig-contacted-first = Kontaktede kunder, største risiko først
fig-times = { $lift } gange
fig-lift-says = så mange { $those } som tilfældigt: kontakt med de { $share } med størst risiko når { $gain } af dem.
fig-dashed-random = Stiplet: tilfældig kontakt
fig-reaching-not-keeping = At nå nogen er ikke at holde på dem: kun en gruppe, der holdes ude, viser, hvad kontakten udretter.
fig-lift-caption = Kunderne er sorteret efter { $chance }, største risiko først. Mod højre kontaktes flere af dem; højden siger, hvilken andel af { $those } der er blandt dem. Det markerede punkt er denne kørsels kontaktbudget.
fig-lift-alt = Gevinstkurve. De { $share } med størst risiko rummer { $gain } af { $those }, løft { $lift }.
fig-lift-mark = { $share } kontaktet, { $gain } nået
no-fig-value = ingen kunde har en værdi
no-fig-steps = for få kunder deler hvert trin af kurven
fig-pareto-spread = Hvordan værdien er spredt over kunderne.
fig-pareto-says = af kunderne bringer { $value } af værdien: klasse { $class }.
fig-10 = Hvor samlet værdien er
fig-pareto-below = Paretokurve med ABC-grænserne
fig-pareto-plain = Paretokurve
fig-pareto-marked = {" "}De markerede punkter er grænserne mellem klasserne A, B og så videre.
fig-pareto-up = Andel af al positiv værdi
fig-pareto-across = Andel af kunderne, største værdi først
fig-pareto-caption = Kunderne er sorteret efter værdi, den største først. Mod højre tælles flere af dem; højden siger, hvilken andel af al positiv værdi de bringer. Jo stejlere kurven begynder, jo færre kunder bærer forretningen.{ $marked } Intet trin af kurven viser en enkelt kunde.
fig-class-ends = { $class } ender ved { $value } af værdien, { $share } af kunderne
fig-class-end = Klasse { $end }.
fig-brought-nothing = { $customers } bragte intet eller kostede penge.
fig-refunds = Refusioner ud over køb tog { $share } af den positive værdi.
fig-dashed-same = Stiplet: alle ens
fig-pareto-alt = Paretokurve over kundernes værdi. { $parts }
no-fig-cells = ingen celle på kortet rummer nok kunder til at blive vist
no-fig-grid = kortet har intet brugbart net
no-fig-spot = alle kunder ligger på ét sted
fig-2 = Et kort over kunderne
fig-map-below = Kunder, der ligner hinanden, ligger tæt. Kortet bevarer { $shown } af alle forskelle.
fig-few = få
fig-in-one-cell = { $n } i én celle
fig-map-caption = Hver lille firkant samler kunder, der ligner hinanden; farven er det segment, de fleste af dem hører til, og den er kraftigere, hvor der er flere kunder. De nummererede skiver er segmenternes centre. Hvor farver mødes uden luft, er grænsen mellem to segmenter et snit. Kortet er fladt, det er data ikke: segmenter, der synes at overlappe her, kan være adskilt i kolonner, der ikke vises. Ved pilene står de kolonner, der stiger (+) eller falder (−) i den retning.
fig-map-withheld = { $text } { $customers } i firkanter med færre end { $few } vises ikke.
fig-map-alt = Et kort over kunderne i { $n } celler, der viser { $shown } af alle forskelle, farvet efter segment: { $names }.
no-fig-orders = der er ingen ordrer
no-fig-rfm = ingen celle i nettet rummer nok kunder
fig-11 = Hvem der har bestilt for nylig, og hvem ofte
fig-rfm-value = Kunder i hver celle og værdi pr. kunde; jo kraftigere farve, jo mere værdi
fig-rfm-count = Kunder i hver celle; jo kraftigere farve, jo flere
fig-last-order = Sidste ordre
fig-score-1 = point fra
fig-score-2 = længst siden til
fig-score-3 = senest
fig-orders-score = Ordrer, point fra få til mange
fig-dash-withheld = –  skjult
fig-rfm-second = {", "}nedenunder værdien pr. kunde
fig-rfm-caption = Hver celle rummer kunderne med ét pointtal for dage siden sidste ordre (op: senere) og ét for antal ordrer (højre: flere). Det fede tal er antallet af kunder{ $second }. Ordet er det navn, de fleste af dem har; pointtallet for køb afgør mellem to navne.
fig-rfm-grey = Grå celler med en streg er skjult: de, eller en celle, der kunne regnes ud fra dem, rummer færre end { $few } kunder.
fig-rfm-cell = sidste ordre { $days }, ordrer { $orders }: { $n }
fig-rfm-alt = Et net af point for sidste ordre og for ordrer. { $parts }.
fig-interval = { $value } (95 %-interval { $low } til { $high })
fig-6 = Hvor godt modellen skelner kunder
fig-roc-below = ROC-kurve, hos kunder modellen ikke havde set
fig-found-among = Fundet blandt { $those }
fig-false-alarms = Falske alarmer blandt { $others }
fig-in-100 = { $auc } af 100
fig-roc-says = Tag tilfældigt én blandt { $those } og én blandt { $others }: så ofte giver modellen den første den højeste sandsynlighed. Gæt giver 50 af 100.
fig-area = Areal under kurven: { $interval }
fig-dashed-guessing = Stiplet: gæt
fig-roc-caption = Kurven viser, hvad flere alarmer koster: mod højre rammes flere { $others } ved en fejl; opad findes flere { $those }. Jo mere kurven bøjer mod øverste venstre hjørne, jo bedre; på den stiplede linje ville modellen gætte.
fig-roc-alt = ROC-kurve. Areal under kurven { $interval }.
fig-7 = Hvor ofte et varsel er rigtigt
fig-pr-below = Præcision og dækning, hos kunder modellen ikke havde set
fig-warnings-right = Varsler, der er rigtige
fig-pr-says = af varslerne er rigtige i gennemsnit over alle antal varsler. Ved tilfældigt valg ville { $base } være det.
fig-average-precision = Gennemsnitlig præcision: { $interval }
fig-dashed-picking = Stiplet: tilfældigt valg ({ $base })
fig-at-random = tilfældigt
fig-pr-caption = Mod højre udpeges flere kunder, og flere { $those } er blandt dem; højden siger, hvor mange af de udpegede der virkelig hører til. Med få { $those } i basen er denne figur strengere end den forrige.
fig-pr-alt = Kurve for præcision og dækning. Gennemsnitlig præcision { $interval }.
fig-total-in = { $total } i { $parts }
fig-sizes-value = Hvor store segmenterne er, og hvor meget værdi de rummer
fig-sizes-value-caption = Hver linje er et segment. Den venstre bjælke er dets andel af alle kunder, den højre dets andel af al værdi, på samme skala. Hvor den højre er længere, er hver kunde i segmentet mere værd end gennemsnittet.
fig-1 = Hvor store segmenterne er
fig-sizes-caption = Hver linje er et segment; bjælken er dets andel af alle kunder. Tallet ved siden af procenten er antallet af kunder.
fig-and-in-none = { $segments } og i intet
fig-sizes-alt = Bjælker efter segment. { $parts }.
fig-5 = Udfaldet efter segment
fig-numbers = Hvad hvert antal segmenter giver
fig-clustergram = Hvor segmenterne kommer fra
fig-decisions = Hvad andre beslutninger ville ændre
no-fig-stability = der blev ikke søgt efter segmenterne igen i stikprøver
fig-13 = Hvor sikkert hvert segment findes igen
fig-stability-below = Overlap med samme segment, dannet igen af stikprøver af kunderne
fig-stability-caption = Bjælken siger, hvor meget af et segment der kommer igen, når segmenterne dannes igen af en del af kunderne: 1 er altid de samme kunder. Til højre for den stiplede linje ved 0,75 regnes et segment for fundet igen; til venstre for den er grænsen et groft snit.
fig-stability-alt = Bjælker for overlap efter segment. { $parts }.
no-fig-snake = færre end to kolonner eller segmenter kan sammenlignes
fig-14 = Segmenternes profiler
fig-snake-below = Hver linje er et segment; hvor dets typiske værdi ligger blandt alle kunder, kolonne for kolonne
fig-below-others = under alle kunder
fig-above-others = over alle kunder
fig-snake-caption = Følg én farve fra top til bund: hvor linjen går til venstre, er segmentets typiske værdi under alle kunders i den kolonne, hvor den går til højre, over. Linjer, der krydser ofte, hører til segmenter af forskellig slags, linjer side om side til segmenter af forskellig grad. Kolonner med en prik dannede segmenterne.
fig-snake-alt = Linjer over { $n } kolonner, én for hvert segment: { $names }. Tabellen med typiske værdier har tallene.
fig-15 = Hvad der følger med udfaldet
fig-moves-below = Hvor meget hver kolonne flytter sandsynligheden i gennemsnit, i log-odds
fig-moves-caption = Jo længere bjælken er, jo mere flytter kolonnen modellens svar. Orange: mere af den følger med højere sandsynlighed; blå: med lavere; grå: ingen enkelt retning. Hvad der følger med et udfald, behøver ikke at forårsage det.
fig-odds-below = Hvordan odds ændres med hver kolonne, med 95 %-intervaller; linjen i midten er ingen ændring
fig-odds-caption = Til højre for linjen er udfaldet mere sandsynligt, til venstre mindre, når alt andet i modellen holdes fast: pr. standardafvigelse for tal, mod de andre niveauer for kategorier. Et interval, der krydser linjen, kan være tilfældigt. Hvad der følger med et udfald, behøver ikke at forårsage det.
fig-drivers-alt = Kolonner efter vægt. { $parts }.
no-fig-cohorts = der er ingen måneder med ordrer at følge
fig-16 = Hvordan kunder kommer igen, efter måned for første ordre
fig-cohorts-below = Andel af hver måneds nye kunder, der bestilte så mange måneder senere
fig-first-order-in = første ordre, kunder
fig-cohorts-caption = Hver linje er kunderne, der første gang bestilte i den måned; deres antal står ved siden af. Mod højre er cellen den andel af dem, der bestilte i første måned efter, anden og så videre. Linjer ender, hvor de kommende måneder endnu ikke er kendt. En streg er skjult: færre end { $few } kunder.
fig-cohorts-alt = En tabel over { $n } måneder med nye kunder og andelen, der kom igen i hver måned efter; højst { $most }.
no-fig-expected = ingen værdi blev forudsagt ud fra ordrer
fig-17 = Hvem der bringer den forventede værdi
fig-expected-below = Andel af den forventede værdi, kunder med mest af den først
fig-expected-up = Andel af den forventede værdi
fig-expected-days = Over de næste { $n } dage
fig-expected-total = { $money } ventes af alle
fig-expected-says = af den forventede værdi kommer fra den tiendedel af kunderne, der har mest af den.
fig-expected-first = af den forventede værdi kommer fra de { $share } af kunderne, der har mest af den.
fig-expected-caption = Kunderne er sorteret efter, hvad de ventes at bringe. Jo stejlere kurven begynder, jo mere afhænger af få: pas personligt på dem. Intet trin af kurven viser en enkelt kunde.
fig-expected-alt = Kurve over den forventede værdi. Den øverste tiendedel af kunderne bringer { $top }.
no-fig-evaluation = værdi eller stabilitet kendes ikke for to segmenter
fig-18 = Hvilke segmenter der fortjener opmærksomhed
fig-evaluation-below = Opad: værdi pr. kunde. Mod højre: hvor sikkert segmentet findes igen. Areal: andel af værdien
fig-evaluation-caption = Øverst til højre: meget værd og en sikker gruppe, altså en kampagne for sig værd. Øverst til venstre: meget værd, men grænsen er grov; se på kunderne én for én. Nederst til højre: sikker, men af lille værdi; hold det billigt. En stor skive rummer en stor andel af al værdi. Et mærke, der er skubbet til side, har en streg til midten af sin skive.
fig-evaluation-alt = Værdi pr. kunde og overlap, når det findes igen, efter segment. { $parts }.
value-heading = Hvad de vil bringe
value-lead = Over de næste { $n } dage ventes { $orders } ordrer til en værdi af { $money }.
value-not-known = et ukendt beløb
value-repeat = Af nye kunder bestiller { $share } igen inden { $n } dage.
value-tried-head = Hvordan prognosen klarede sig før
value-tried = { $day } ventede samme metode et salg på { $forecast } til { $customers } kunder inden for { $n } dage; det blev { $fact }.
value-tried-orders = { $day } ventede samme metode { $forecast } ordrer fra { $customers } kunder inden for { $n } dage; der kom { $fact }.
col-spent-group = Kunder efter hvad de havde brugt
col-spent-before = Brugt indtil da
col-forecast = Prognose
col-fact = Hvad der kom
col-forecast-of-fact = Prognose i % heraf
spend-group-1 = Den femtedel, der havde brugt mindst
spend-group-2 = Den anden femtedel
spend-group-3 = Den midterste femtedel
spend-group-4 = Den fjerde femtedel
spend-group-5 = Den femtedel, der havde brugt mest
half-of-them = halvdelen ligger mellem { $low } og { $high }
half-alike = halvdelen har { $value }
range-note = Halvdelen af segmentets kunder ligger i området under værdien.
bounds-note = »Under« og »over« står for andele, som for få kunder udgør til at kunne vises.
most-like = Ligner mest segment { $id }, »{ $name }«.
your-config = DIN-CONFIG
typical-head = En typisk kunde:
typical-range = { $low } til { $high }
typical-note = Intervallerne rummer den midterste halvdel af de { $n } kunder, der ligger nærmest segmentets midte; det er ingens egne værdier.
col-typical = En typisk kunde
col-quarter = En fjerdedel ligger under
col-three-quarters = En fjerdedel ligger over
no-fig-many = flere end { $n } linjer kan ikke skelnes
fig-19 = Hvad der kendetegner hvert segment
fig-multiples-below = Én søjle af bjælker pr. segment; i farve, hvor den typiske værdi er tydeligt fra midten af alle kunder
fig-multiples-sides = venstre: under alle kunder, højre: over
fig-multiples-caption = Læs ét segment fra top til bund: en bjælke mod højre betyder, at dets typiske værdi er over alle kunders, mod venstre under; jo længere, jo færre af alle kunder går længere ud. Grå bjælker er små forskelle. Kolonner med en prik dannede segmenterne; at de er forskellige, følger af det.
fig-multiples-alt = Bjælker over { $n } kolonner, ét felt for hvert segment: { $names }. Tabellen med typiske værdier har tallene.
the-rest = Resten
judge-parts = Antallet af segmenter blev afgjort inden for hver del. { $parts }
no-fig-silhouette = der ikke kan måles afstande mellem segmenter
fig-20 = Hvor tydeligt kunderne hører til deres segment
fig-silhouette-below = Silhuet: 1 er dybt inde i eget segment, 0 på grænsen, under 0 nærmere et andet
fig-mean = Stiplet: gennemsnittet af alle, { $mean }
fig-nearer-else = { $share } nærmere et andet segment
fig-silhouette-caption = Hver form er et segment: kunderne fra de tydeligste øverst til de mindst tydelige nederst, og gennemsnittet ved siden af. En fyldig, lang form er en gruppe for sig; en form, der løber ud i ingenting, har en grænse, som er et snit gennem kunder, der ligner hinanden, som hos de fleste kunder. Læs den som en beskrivelse: den afgør ikke antallet af segmenter. { $of }; hvert trin er gennemsnittet af mindst { $few } kunder.
fig-of-all = Ud fra alle { $n }
fig-of-drawn = Ud fra { $n }, tilfældigt udtrukket
fig-silhouette-alt = Silhuetter efter segment, gennemsnit. { $parts }.
no-fig-neighbours = denne metode ser ikke på naboer
fig-24 = Hvor nær kunderne er hinanden
fig-neighbours-below = Afstand, inden for hvilken { $n } kunder ligger, kunden selv medregnet; de nærmeste først
fig-neighbours-up = Afstand
fig-neighbours-across = Kunder, nærmeste naboer først
fig-km = { $x } km
fig-eps-says = er den radius, der blev valgt: den, der har { $n } kunder inden for den, sig selv medregnet, ligger i et tæt område.
fig-no-eps-says = kunder, sig selv medregnet, udgør omgivelserne. Metoden vælger ikke én radius: den ser på dem alle.
fig-dashed-eps = Stiplet: radius
fig-neighbours-bend = Hvor kurven bøjer opad, begynder kunderne at stå alene.
fig-neighbours-caption = Kunderne er sorteret efter, hvor langt de skal se for at finde { $points } kunder. Den flade del er kunder i selskab; den stejle ende er dem, ingen ligner. Afstande er i de forberedte kolonner, eller i km mellem steder. { $of }; de fjerneste kan ligge uden for billedet.
fig-neighbours-alt = Kurve over afstanden, inden for hvilken { $n } kunder ligger; op til { $most }.
no-fig-branches = denne metode finder ikke områder inden i hinanden
fig-25 = Hvor de tætte områder kommer fra
fig-branches-below = Nedad bliver kun kunder, der er stadig nærmere hinanden, sammen; farvede områder blev segmenter
fig-branches-up = Afstand mellem naboer
fig-branches-across = Bredde: kunder ({ $n } øverst)
fig-branch-tip = { $n } kunder, fra { $from } til { $until }
fig-branch = segment { $id } fra { $from } til { $until }
fig-branches-caption = Læs den fra toppen, hvor alle kunder hænger sammen. Hver deling er en afstand, under hvilken en gruppe falder i mindre; den, der går tabt på vejen, ligner ingen nok. En farvet blok, der er høj, holder sammen over mange afstande og er en gruppe for sig; en lav er det knap nok. Kunder er afrundet til nærmeste { $few }.
fig-branches-alt = Et træ af { $n } områder. { $parts }.
no-fig-profit = pris pr. kontakt, reddet værdi og andel reddet ikke er angivet
fig-26 = Hvad kontakt ventes at bringe
fig-profit-below = Gevinst efter andel kontaktede kunder, størst risiko først; hos kunder, modellen ikke havde set
fig-profit-up = Gevinst
fig-profit-up-in = Gevinst, { $currency }
fig-profit-says = er det meste, kontakt ventes at bringe, med de { $share } med størst risiko på listen: { $n }.
fig-profit-none = Ingen kontakt betaler sig til den pris.
fig-profit-budget = Ved kontaktbudgettet, { $share } (ring): { $money }, 95 %-interval { $low } til { $high }
fig-profit-even = En kontakt betaler sig fra en sandsynlighed på { $p }
fig-profit-given = Som angivet: { $cost } pr. kontakt, { $saved } pr. beholdt kunde, { $rate } af dem, der er ved at gå, beholdes
fig-profit-shade = Skygge: 95 %-interval; stiplet: efter modellens sandsynligheder alene
fig-profit-caption = Mod højre kontaktes flere kunder, størst risiko først; højden er, hvad det ventes at bringe efter udgiften, hvis den angivne andel af { $those } kunne være beholdt. Prikken er det meste; efter den koster hver yderligere kontakt mere, end den bringer. Kun en gruppe, der holdes udenfor, viser, om den angivne andel er sand.
fig-profit-alt = Gevinst efter andel kontaktet; det meste er { $best } ved { $share }.
no-fig-contributions = ingen model går efter kundernes kolonner
fig-27 = Hvorfor modellen bedømmer segmenterne forskelligt
fig-contributions-below = Med hvilken faktor hver kolonne ændrer odds i et segment, mod gennemsnitskunden
fig-contributions-sides = venstre (blå): mindre sandsynligt, højre (orange): mere
fig-contributions-caption = Læs ét segment fra top til bund: en bjælke mod højre betyder, at kolonnen hæver { $chance } dér, mod venstre, at den sænker den, mod gennemsnitskunden; faktorerne for alle kolonner ganget sammen giver det hele. Grå bjælker ændrer odds med under en tiendedel. Bjælkerne siger, hvad modellen går efter, ikke hvad der ville ske, hvis nogen ændrede det.
fig-contributions-alt = Kolonnen, der ændrer odds mest, efter segment. { $parts }.
no-fig-alive = der er ingen ordrer, eller ingen model kan sige ud fra dem, hvornår kunder går
fig-28 = Hvor sikkert det er, at kunderne stadig er aktive
fig-alive-below = Gennemsnitlig sandsynlighed efter dage med ordre og dage siden den seneste; under den antallet af kunder
fig-alive-orders = Dage med ordre
fig-alive-silence = Dage siden seneste ordre
fig-alive-cell = { $orders } ordrer, { $days } dage: { $p }
fig-alive-caption = Læs en linje fra venstre mod højre: jo længere tavshed, jo mindre sikkert. Den, der plejede at bestille ofte, savnes hurtigere: samme tavshed siger mere om en kunde med mange ordrer end om en med få. Efter modellen { $model }, hvis ord om en enkelt kunde aldrig er nøjagtigt; kunder, som den ikke lader gå, såsom dem med én ordre, er ikke i figuren. Grå celler med en streg er skjult: de, eller en celle, der kunne regnes ud fra dem, rummer færre end { $few } kunder.
fig-alive-alt = Et net af sandsynligheden for at være aktiv. { $parts }.
no-fig-map = ingen kolonner har steder i grader, eller for få kunder deler et
no-fig-map-few = { $n } af { $all } kunder er i felter med færre end { $few }, som ikke vises: der er for lidt tilbage af kortet
fig-29 = Hvor kunderne er
fig-places-below = Hver rude efter det segment, de fleste af dens kunder hører til; kraftigere, hvor der er flere
fig-places-caption = Nord er op, øst til højre; et skridt mod øst er så langt som et mod nord. En rude samler kunderne i et område, aldrig én alene. Tomme ruder rummer ingen, eller for få til at blive vist.
fig-places-unknown = { $text } For { $customers } kendes stedet ikke.
fig-places-alt = Et kort over, hvor kunderne er, i { $n } celler, farvet efter segment: { $names }.
wind-n = N
wind-s = S
wind-e = Ø
wind-w = V
no-fig-places = ingen kolonne nævner steder, som nok kunder deler
fig-30 = Hvor kunderne er, efter navn
fig-place-below = { $column }: de { $n } med flest kunder, og hvilke segmenter de hører til
fig-place-all-below = { $column } og segmenterne for kunderne der
fig-elsewhere = alle andre
fig-place-caption = Hver bjælke er kunderne på ét sted, delt efter segment i nummerorden.
fig-place-others = Alle andre er andre steder, eller det vides ikke hvor.
fig-place-grey = Grå er skjult: dele på færre end { $few } kunder, og andre, som en sådan del kunne regnes ud fra.
fig-place-alt = Kunder efter sted. { $parts }.
name-comma = {", "}
name-within = { $of }:{" "}
name-as = { $of }
name-high = { $of } over middel
name-low = { $of } under middel
name-long = { $of } over middel
name-short = { $of } under middel
name-many = mange { $of }
name-few = få { $of }
name-older = ældre
name-younger = yngre
name-long-since = længe siden { $of }
name-recent = { $of } for nylig
name-no = uden { $of }
name-not = ikke { $of }
name-town = i { $of }
name-middle = i midten
name-north = i nord
name-north-east = i nordøst
name-east = i øst
name-south-east = i sydøst
name-south = i syd
name-south-west = i sydvest
name-west = i vest
name-north-west = i nordvest
name-number = segment { $of }
name-average = tæt på gennemsnittet
reason-nowhere = I intet segment: for få kunder ligner denne{ $own }
reason-plain = Intet enkelt træk skiller sig ud{ $own }
reason-close = tæt på segment { $id }
reason-unusual = usædvanligt for dette segment
reason-of-all = { $what } ({ $share } af alle)
reason-near = { $shown } (tæt på det typiske { $half })
reason-typical = { $shown } (typisk: { $half })
unit-days = { $n } dage
unit-days-ago = for { $n } dage siden
unit-weeks = { $n } uger
unit-months = { $n } måneder
unit-years = { $n } år
unit-hours = { $n } timer
unit-minutes = { $n } minutter
change-heading = Hvad der har ændret sig
change-forecast = Prognose mod virkelighed
change-segment-then = Segment { $then }
change-leave-forecast = Går: prognose
change-leave-fact = Går: faktisk
change-orders-forecast = Ordrer: prognose
change-orders-fact = Ordrer: faktisk
change-value-forecast = Værdi: prognose
change-value-fact = Værdi: faktisk
change-verdict = Dom over segmenterne
change-events = Hvad der skete fra { $then } til { $now }
change-moved = Hvem der flyttede
change-from-to = Fra ({ $then }), til ({ $now })
change-kpi = KPI før og nu
change-kpi-note = Alle kunder, og hvert segment, hvor ændringen er ud over tilfældet (med fed). Intervaller er for en forskel mellem uafhængige tal.
change-who = Hvem
col-kpi-short = KPI
change-before = Før ({ $then })
change-now = Nu ({ $now })
change-change = Ændring (95 %-interval)
change-clear = klar
change-drift = Forskydning i kolonnerne
change-shift = Forskydning
change-index = Stabilitetsindeks
change-distance = Afstand i standardafvigelser
change-not-told = Ikke oplyst:
change-by-behaviour = Flyttet ved det, de gør
change-by-behaviour-note = Fra segmentet før til det, som den forrige model giver nu. Den, der ikke var der før, står under nye.
change-by-definition = Flyttet ved nye definitioner
change-by-definition-note = De samme kunder, fra segmentet efter den forrige model til segmentet efter den nye. Ingen i denne tabel har gjort noget.
change-drift-rest = { $n } andre kolonner har ikke forskudt sig eller rummer for få kunder til at sige det.
change-scored = Segmenterne er de samme som dengang: kunderne blev placeret af den frosne model, så den, der flyttede, gjorde det ved det, de gør.
change-refitted = Segmenterne blev dannet på ny ud fra dem dengang, så nogle kunder flyttede ved det, de gør, og nogle fordi segmenterne blev trukket på ny; de to holdes adskilt.
change-lead = Sammenlignet med { $then }: { $both } er i begge, { $new } er nye, og { $gone } er der ikke længere. { $done }
change-keep = Behold: segmenterne holder stadig.
change-look = Se efter: segmenterne holder, men nogen bør se på dem.
change-refit = Dan på ny: kunderne falder ikke længere i segmenterne fra dengang.
change-in-none = i intet
change-new = nye
change-withheld = Celler med for få kunder er udeladt; { $n } er i sådanne celler.
change-down = { $down } af { $all } flyttede til et segment af lavere værdi ved det, de gør ({ $share }), { $up } til et af højere værdi.
change-down-chance = Mellem to halvdele af de tidligere ordrer ville { $share } gøre det, uden at nogen ændrede sig: de heldige i den ene halvdel er sjældent de heldige i den anden. Halvdele rummer halvdelen af ordrerne, så det er det meste, tilfældet alene forklarer.
kpi-retention = Fastholdelse fra måned til måned
kpi-repeat-rate = Anden ordre inden 90 dage
kpi-loyal-share = Loyale kunder
kpi-churn = Kunder, der går
kpi-order-value = Gennemsnitlig ordre
kpi-value = Gennemsnitlig værdi
change-in-base = danner segmenterne
change-aged = den forløbne tid er trukket fra
change-unseen = { $share } har et niveau, der ikke fandtes før
change-large = stor
change-some = nogen
no-fig-forecast = intet af det forudsagte kendes endnu
no-fig-cells-moved = ingen celle rummer nok kunder
no-fig-kpi = kørslen gemte ingen KPI
no-fig-months = der er ikke ordrer fra to måneder
fig-21 = Hvad der blev forudsagt, og hvad der kom
fig-forecast-below = Andel af kunder, der går: prognosen fra { $then } og virkeligheden
fig-forecast-came = { $who }: { $told } forudsagt, { $came } kom
fig-forecast-caption = Det lodrette mærke er sidste kørsels prognose, prikken det, der skete, og linjen gennem den det område, som tilfældet alene tillader. Et mærke uden for linjen er en prognose, der var forkert.
fig-22 = Hvem flyttede hvorhen
fig-by-behaviour = Ved det, kunderne gør
fig-by-definition = Ved nye definitioner
fig-migration-below = Til venstre { $then }, til højre { $now }; bredden er antallet af kunder
fig-migration-alt = Bånd fra segment til segment. { $moved } af { $all } flyttede ved det, de gør.
fig-migration-caption = Hvert bånd er en gruppe kunder, fra segmentet før til venstre til segmentet nu til højre. Lige bånd blev. Bånd med færre kunder, end der må vises, er udeladt.
fig-23 = KPI måned for måned
fig-kpi-customers = Kunder, der bestilte
fig-kpi-retention = Fastholdelse fra måneden før
fig-kpi-repeat = Kunder, der havde bestilt før
fig-kpi-below = Hele måneder er fyldte prikker; måneder, som data skærer over, er hule
fig-kpi-no-limits = Hver linje er én KPI, måned for måned. Der er færre end otte hele måneder, så ingen grænser er tegnet: ingen kan endnu sige, hvad der er sædvanligt.
fig-kpi-caption = Hver linje er én KPI, måned for måned. De stiplede linjer er gennemsnittet og grænserne, som måneder sædvanligvis ligger imellem; en prik udenfor er en måned, der er værd at spørge til.
fig-kpi-alt = { $n } linjer over { $months } måneder.
fig-more = og { $n } segmenter mere
product-index = { $product } (indeks { $index })
buys-more = Køber mere end andre
offer-next = Tilbyd næste gang
offer-because = { $product }: indeks { $index } her, { $there } i »{ $like }«, det segment, der ligner mest
fig-alive-other = { $text } Prognosen i denne rapport følger en anden model, som klarede sig bedre i den seneste periode.
