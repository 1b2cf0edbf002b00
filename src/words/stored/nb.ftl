# Setninger som en kjøring lagrer ved siden av tallene, på norsk bokmål.

part-comma = ,{" "}
all-sentences = { $all }

## Hva tallene ikke kan si

limit-small = Det er { $n } kunder til { $features } størrelser; segmenter av så få kunder flytter seg med hver ny eksport. Tommelfingerregelen er minst sytti kunder per størrelse.
limit-constructed = { $n } av { $of } segmenter er grove snitt: i andre stikkprøver blir de forskjellige. De kan brukes til å behandle kunder forskjellig; de er ikke typer mennesker.
limit-gap = Ikke noe segment ble prøvd for luft rundt seg, så ikke noe kalles en virkelig gruppe: et pålitelig snitt finnes igjen i andre stikkprøver, og det beviser ikke at det ligger for seg.
limit-risk = En sannsynlighet sier hvem som trolig forlater oss, ikke hvem som kan beholdes. Hva en kontakt utretter, måles på kundene som holdes tilbake.
limit-label = Utfallet er historie: tabellen sier hvem som har forlatt oss, ikke når. Tallene gjelder for kunder som disse i en periode som den utfallet dekker.
limit-no-id = Tabellen har ingen kunde-id: radene kalles ved sitt nummer, så resultatene kan ikke holdes opp mot en annen eksport av de samme kundene.

## Hvordan en kolonne ble forberedt

prep-line = { $name }: { $steps }
prep-zero = manglende er 0 der { $other } er 0
prep-clipped = ytterpunkter beskåret
prep-log = logaritme
prep-ranks = nivåenes rang
prep-counted = "{ $from }" regnet som "{ $to }"
prep-place = med { $longitude } et punkt på kloden i km
prep-centred = minus kundens eget gjennomsnittlige svar
prep-one = 0 eller 1
prep-as-is = som den er
prep-block = på én skala med blokken sin
prep-standard = standardisert
prep-scores = normale skårer
prep-square = og kvadratet
prep-missing = og om den mangler
prep-axes = tre koordinater som teller som én
prep-levels = { $n } kolonner med 0 eller 1 som teller som én
prep-values = og { $n ->
    [one] 1 verdi for seg
   *[other] { $n } verdier for seg
}

## Hvordan klassene i en regel er definert

def-rhythm-unknown = Ingen bestilte på to forskjellige dager, så ingen rytme er kjent, og u er 100 % for alle.
def-rhythm = En kundes egen pause er (dagene mellom første og siste ordre + 2 × { $median }) / (antall pauser + 2), der { $median } dager er den midterste pausen mellom to ordrer hos alle kunder. u er andelen av alle pauser, skalert med egen pause / { $median } dager, som er lengre enn dagene siden kundens siste ordre.
def-lifecycle = Første ordre, andre og fast: én, to og tre eller flere ordrer, og u minst { $late }. Avtakende: u minst { $gone } og under { $late }. Borte: u under { $gone }.
def-loyalty = Det første som passer, gjelder. Falt fra: u under { $gone }. I fare: u under { $late }. Ny: den første ordren ligger høyst én midterste pause tilbake. Lojal: { $loyal }{ $also }. Av og til: alle andre.
def-loyal-rate = minst to ordrer, og minst { $rate } ordrer per måned, som er midten av resten
def-loyal-no-rest = minst to ordrer, blant resten; her er det ingen rest
def-also-nothing = {""}
def-also-engagement = ; der det er kjent, også et engasjement på minst { $engagement }, som er midten
def-also-feedback = ; der det er kjent, også tilbakemeldinger på minst { $feedback }, som er midten
def-also-both = ; der det er kjent, også et engasjement på minst { $engagement }, som er midten, eller tilbakemeldinger på minst { $feedback }, som er midten
def-first-match = Det første som passer, gjelder.
def-budget-share = Prisbevisst: en andel rabattkjøp over 0 og på minst { $share }, den øverste fjerdedelen av kundene.
def-frequent = Hyppig: minst to ordrer, og minst { $rate } ordrer per måned, den øverste tredjedelen av kundene.
def-budget-order = Prisbevisst: en gjennomsnittlig ordre under { $order }, den nederste fjerdedelen av kundene.
def-budget-nobody = Prisbevisst: ingen, siden verken beløp eller rabatter er kjent.
def-occasional = Av og til: alle andre.
def-value-risk = Verdiklasser som i ABC, etter verdien over perioden. Høy risiko: en sannsynlighet for frafall over { $high }, som er grensen for de { $few } av kundene med størst risiko; middels risiko: over { $middle }, de { $more } med størst risiko; lav risiko: de andre.
def-rfm = Poeng fra 1 (dårligst), { $made }. Trinnene begynner ved disse verdiene: dager siden siste ordre { $days } (færre dager, flere poeng); ordrer { $orders }; { $spend }. Navnet følger av poengene for dager og av gjennomsnittet av de to andre.
def-rfm-bins = { $n } omtrent like store trinn, der like kunder er sammen
def-rfm-edges = trinn med grenser fra konfigurasjonen
def-rfm-spend = kjøp fra omtrent { $edges }
def-rfm-no-money = det er ingen beløp, så ordrer teller to ganger
def-abc-first = A: de færreste kundene som til sammen står for { $cut } av { $by }.
def-abc-next = { $letter }: de som bringer summen opp til { $cut }.
def-abc-last = { $letter }: resten, og alle som ikke ga noe eller kostet penger.
def-abc-second = Den andre bokstaven er det samme etter { $by }.
def-abc-edges = Målt på { $by }: { $starts }.
def-abc-start = { $letter } fra { $value }
def-by-value = verdien
def-by-orders = ordrene

## Hvorfor segmentene fra den forrige kjøringen fortsatt holder, eller ikke

judged-holds = en ny tilpasning legger { $found } av kundene i de samme segmentene; gjentatte tilpasninger på de samme kundene var enige om { $low } eller mer i 19 av 20 par
judged-quiet = ingen kolonne har forskjøvet seg mye, og segmentene holder som før
judged-refit = en ny tilpasning på de samme kundene legger bare { $found } av dem i de samme segmentene, langt under de { $low } som gjentatte tilpasninger var enige om i 19 av 20 par, og de { $lowest } hos det minst enige av { $pairs } par, og ikke alle segmenter finnes igjen
judged-unlike = { $found } av kundene ligner ingen i segmentet sitt, der det ville vært { $expected } om ingenting var endret: mer enn det minste segmentet kan romme
judged-less = en ny tilpasning legger { $found } av kundene i de samme segmentene, mindre enn noe par gjentatte tilpasninger, enda hvert segment finnes igjen
judged-few = en ny tilpasning legger { $found } av kundene i de samme segmentene, så få som bare 1 av 20 par gjentatte tilpasninger, og ikke alle segmenter finnes igjen
judged-drift = { $name }, som danner segmentene, har forskjøvet seg mye (stabilitetsindeks { $index })
judged-unseen = { $share } av kundene har et nivå i { $name } som ikke fantes før
judged-thinned = segment { $id } rommer færre kunder enn et segment kan ha
judged-overlap = bare { $share } av de tidligere kundene er i denne kjøringen
judged-age = modellen er { $n ->
    [one] { $n } dag
   *[other] { $n } dager
} gammel og skulle vært sett over nå

## Hva som skjedde med segmenter

event-who = segment { $id } ({ $name })
event-id = segment { $id }
event-everybody = alle kunder
event-taken = { $who } har tatt opp segment { $ids }
event-split = { $who } er en del av segment { $ids }
event-merged = { $who } er segmentene { $ids } samlet
event-new = { $who } er nytt
event-gone = { $who } er borte
event-went = { $who } er borte: av kundene derfra som fortsatt er her, er { $share } nå i segment { $to }{ $more }
event-no-more = {""}
event-more = ,{" "}{ $places }
event-place = { $share } i segment { $to }
event-grew = { $who } vokste fra { $before } til { $now } kunder (+{ $share })
event-shrank = { $who } krympet fra { $before } til { $now } kunder (-{ $share })
event-rose = { $who }: { $kpi } steg fra { $before } til { $now }
event-fell = { $who }: { $kpi } falt fra { $before } til { $now }
event-churn = andelen kunder som forlater oss,
event-retention = fastholdelsen
event-repeat-rate = andelen med en andre ordre
event-loyal-share = andelen lojale kunder
event-order-value = den gjennomsnittlige ordren
event-value = den gjennomsnittlige verdien
change-no-kpi = den forrige kjøringen lagret ingen KPI å sammenligne med
change-of-a-rule = segmentene er klasser i en regel: om en ny tilpasning ville finne dem, er ikke et spørsmål
change-no-forecast = den siste kjøringen laget ingen prognose som dataene i denne kjøringen kan holdes opp mot
change-later-run = den senere kjøringen gikk ikke videre fra den tidligere, så mappen rommer ingenting å holde prognoser opp mot
change-no-day = ingen dag av prognosen er gått
change-none-known = for ingen kunde med åpent utfall er det kjent nå
change-all-days = Alle { $horizon } dagene av prognosen er gått.
change-some-days = { $passed } av prognosens { $horizon } dager er gått: ordrer og verdi er i forhold til det, og sannsynligheten for ingen ordre er etter en fast rate.
change-left-out = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} er ikke i denne kjøringen og er utelatt.
change-known-now = { $n ->
    [one] { $n } kunde
   *[other] { $n } kunder
} hadde ikke forlatt oss ved den siste kjøringen, og nå er det kjent om de har.
