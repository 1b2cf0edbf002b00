# Sætninger, som en kørsel gemmer ved siden af sine tal, på dansk.

part-comma = ,{" "}
all-sentences = { $all }

## Hvad tallene ikke kan sige

limit-small = Der er { $n } kunder til { $features } størrelser; segmenter af så få kunder flytter sig med hver ny eksport. Tommelfingerreglen er mindst halvfjerds kunder pr. størrelse.
limit-constructed = { $n } af { $of } segmenter er grove snit: i andre stikprøver bliver de forskellige. De kan bruges til at behandle kunder forskelligt; de er ikke typer af mennesker.
limit-gap = Intet segment blev prøvet for luft omkring sig, så intet kaldes en virkelig gruppe: et pålideligt snit findes igen i andre stikprøver, og det beviser ikke, at det ligger for sig.
limit-risk = En sandsynlighed siger, hvem der nok forlader os, ikke hvem der kan holdes på. Hvad en kontakt udretter, måles på de kunder, der holdes ude.
limit-label = Udfaldet er historie: tabellen siger, hvem der har forladt os, ikke hvornår. Tallene gælder for kunder som disse i en periode som den, udfaldet dækker.
limit-no-id = Tabellen har intet kunde-id: rækkerne kaldes ved deres nummer, så resultaterne kan ikke holdes op mod en anden eksport af de samme kunder.

## Hvordan en kolonne blev forberedt

prep-line = { $name }: { $steps }
prep-zero = manglende er 0, hvor { $other } er 0
prep-clipped = yderpunkter beskåret
prep-log = logaritme
prep-ranks = niveauernes rang
prep-counted = "{ $from }" regnet som "{ $to }"
prep-place = med { $longitude } et punkt på kloden i km
prep-centred = minus kundens eget gennemsnitlige svar
prep-one = 0 eller 1
prep-as-is = som den er
prep-block = på én skala med sin blok
prep-standard = standardiseret
prep-scores = normale scorer
prep-square = og dens kvadrat
prep-missing = og om den mangler
prep-axes = tre koordinater, der tæller som én
prep-levels = { $n } kolonner med 0 eller 1, der tæller som én
prep-values = og { $n ->
    [one] 1 værdi for sig
   *[other] { $n } værdier for sig
}

## Hvordan klasserne i en regel er defineret

def-rhythm-unknown = Ingen bestilte på to forskellige dage, så ingen rytme kendes, og u er 100 % for alle.
def-rhythm = En kundes egen pause er (dagene mellem første og sidste ordre + 2 × { $median }) / (antallet af pauser + 2), hvor { $median } dage er den midterste pause mellem to ordrer hos alle kunder. u er andelen af alle pauser, skaleret med egen pause / { $median } dage, der er længere end dagene siden kundens sidste ordre.
def-lifecycle = Første ordre, anden og fast: én, to og tre eller flere ordrer, og u mindst { $late }. Aftagende: u mindst { $gone } og under { $late }. Væk: u under { $gone }.
def-loyalty = Det første, der passer, gælder. Faldet fra: u under { $gone }. I fare: u under { $late }. Ny: den første ordre ligger højst én midterste pause tilbage. Loyal: { $loyal }{ $also }. Lejlighedsvis: alle andre.
def-loyal-rate = mindst to ordrer, og mindst { $rate } ordrer pr. måned, som er midten af resten
def-loyal-no-rest = mindst to ordrer, blandt resten; her er der ingen rest
def-also-nothing = {""}
def-also-engagement = ; hvor det kendes, også et engagement på mindst { $engagement }, som er midten
def-also-feedback = ; hvor det kendes, også feedback på mindst { $feedback }, som er midten
def-also-both = ; hvor det kendes, også et engagement på mindst { $engagement }, som er midten, eller feedback på mindst { $feedback }, som er midten
def-first-match = Det første, der passer, gælder.
def-budget-share = Prisbevidst: en andel af rabatkøb over 0 og på mindst { $share }, den øverste fjerdedel af kunderne.
def-frequent = Hyppig: mindst to ordrer, og mindst { $rate } ordrer pr. måned, den øverste tredjedel af kunderne.
def-budget-order = Prisbevidst: en gennemsnitlig ordre under { $order }, den nederste fjerdedel af kunderne.
def-budget-nobody = Prisbevidst: ingen, da hverken beløb eller rabatter kendes.
def-occasional = Lejlighedsvis: alle andre.
def-value-risk = Værdiklasser som i ABC, efter værdien over perioden. Høj risiko: en sandsynlighed for frafald over { $high }, som er grænsen for de { $few } af kunderne med størst risiko; mellem risiko: over { $middle }, de { $more } med størst risiko; lav risiko: de andre.
def-rfm = Point fra 1 (dårligst), { $made }. Trinnene begynder ved disse værdier: dage siden sidste ordre { $days } (færre dage, flere point); ordrer { $orders }; { $spend }. Navnet følger af pointene for dage og af gennemsnittet af de to andre.
def-rfm-bins = { $n } omtrent lige store trin, hvor ens kunder er sammen
def-rfm-edges = trin med grænser fra konfigurationen
def-rfm-spend = køb fra omkring { $edges }
def-rfm-no-money = der er ingen beløb, så ordrer tæller to gange
def-abc-first = A: de færreste kunder, der tilsammen står for { $cut } af { $by }.
def-abc-next = { $letter }: dem, der bringer summen op på { $cut }.
def-abc-last = { $letter }: resten, og alle, der intet gav eller kostede penge.
def-abc-second = Det andet bogstav er det samme efter { $by }.
def-abc-edges = Målt på { $by }: { $starts }.
def-abc-start = { $letter } fra { $value }
def-by-value = værdien
def-by-orders = ordrerne

## Hvorfor segmenterne fra den forrige kørsel stadig holder, eller ikke

judged-holds = en ny tilpasning lægger { $found } af kunderne i de samme segmenter; gentagne tilpasninger på de samme kunder var enige om { $low } eller mere i 19 af 20 par
judged-quiet = ingen kolonne har forskudt sig meget, og segmenterne holder som før
judged-refit = en ny tilpasning på de samme kunder lægger kun { $found } af dem i de samme segmenter, langt under de { $low }, som gentagne tilpasninger var enige om i 19 af 20 par, og de { $lowest } hos det mindst enige af { $pairs } par, og ikke alle segmenter findes igen
judged-unlike = { $found } af kunderne ligner ingen i deres segment, hvor det ville være { $expected }, hvis intet var ændret: mere end det mindste segment må rumme
judged-less = en ny tilpasning lægger { $found } af kunderne i de samme segmenter, mindre end noget par gentagne tilpasninger, skønt hvert segment findes igen
judged-few = en ny tilpasning lægger { $found } af kunderne i de samme segmenter, så få som kun 1 af 20 par gentagne tilpasninger, og ikke alle segmenter findes igen
judged-drift = { $name }, som danner segmenterne, har forskudt sig meget (stabilitetsindeks { $index })
judged-unseen = { $share } af kunderne har et niveau i { $name }, der ikke fandtes før
judged-thinned = segment { $id } rummer færre kunder, end et segment må
judged-overlap = kun { $share } af de tidligere kunder er i denne kørsel
judged-age = modellen er { $n ->
    [one] { $n } dag
   *[other] { $n } dage
} gammel og skulle være efterset nu

## Hvad der skete med segmenter

event-who = segment { $id } ({ $name })
event-id = segment { $id }
event-everybody = alle kunder
event-taken = { $who } har optaget segment { $ids }
event-split = { $who } er en del af segment { $ids }
event-merged = { $who } er segmenterne { $ids } samlet
event-new = { $who } er nyt
event-gone = { $who } er væk
event-went = { $who } er væk: af de kunder derfra, som stadig er her, er { $share } nu i segment { $to }{ $more }
event-no-more = {""}
event-more = ,{" "}{ $places }
event-place = { $share } i segment { $to }
event-grew = { $who } voksede fra { $before } til { $now } kunder (+{ $share })
event-shrank = { $who } skrumpede fra { $before } til { $now } kunder (-{ $share })
event-rose = { $who }: { $kpi } steg fra { $before } til { $now }
event-fell = { $who }: { $kpi } faldt fra { $before } til { $now }
event-churn = andelen af kunder, der forlader os,
event-retention = fastholdelsen
event-repeat-rate = andelen med en anden ordre
event-loyal-share = andelen af loyale kunder
event-order-value = den gennemsnitlige ordre
event-value = den gennemsnitlige værdi
change-no-kpi = den forrige kørsel gemte ingen KPI at sammenligne med
change-of-a-rule = segmenterne er klasser i en regel: om en ny tilpasning ville finde dem, er ikke et spørgsmål
change-no-forecast = den sidste kørsel lavede ingen prognose, som data i denne kørsel kan holdes op mod
change-later-run = den senere kørsel gik ikke videre fra den tidligere, så dens mappe rummer intet at holde prognoser op mod
change-no-day = ingen dag af prognosen er gået
change-none-known = for ingen kunde med åbent udfald kendes det nu
change-all-days = Alle { $horizon } dage af prognosen er gået.
change-some-days = { $passed } af prognosens { $horizon } dage er gået: ordrer og værdi er i forhold dertil, og sandsynligheden for ingen ordre er efter en fast rate.
change-left-out = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} er ikke i denne kørsel og er udeladt.
change-known-now = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} havde ikke forladt os ved den sidste kørsel, og nu vides det, om de har.
