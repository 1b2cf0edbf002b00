# Propoziții pe care o rulare le păstrează lângă cifre, în română.

part-comma = ,{" "}
all-sentences = { $all }

## Ce nu pot spune cifrele

limit-small = Sunt { $n } clienți la { $features } mărimi; segmentele unei baze atât de mici se mișcă la fiecare export nou. Regula practică este de cel puțin șaptezeci de clienți pe mărime.
limit-constructed = { $n } din { $of } segmente sunt tăieturi aproximative: în alte eșantioane ies altfel. Se pot folosi ca să fie tratați clienții diferit; nu sunt tipuri de oameni.
limit-gap = La niciun segment nu s-a verificat dacă există un spațiu în jurul lui, deci niciunul nu este numit grup real: o tăietură sigură este regăsită în alte eșantioane, ceea ce nu dovedește că stă separat.
limit-risk = O probabilitate spune cine este pe plecare, nu cine poate fi păstrat. Ce realizează un contact se măsoară la clienții ținuți deoparte.
limit-label = Rezultatul este istorie: tabelul spune cine a plecat, nu când. Cifrele sunt valabile pentru clienți ca aceștia, într-o perioadă ca aceea acoperită de rezultat.
limit-no-id = Tabelul nu are un identificator de client: rândurile sunt numite prin numărul lor, deci rezultatele nu pot fi potrivite cu alt export al acelorași clienți.

## Cum a fost pregătită o coloană

prep-line = { $name }: { $steps }
prep-zero = lipsa este 0 unde { $other } este 0
prep-clipped = extreme tăiate
prep-log = logaritm
prep-ranks = rangurile nivelurilor
prep-counted = "{ $from }" socotit drept "{ $to }"
prep-place = împreună cu { $longitude } un punct pe glob, în km
prep-centred = minus media răspunsurilor clientului
prep-one = 0 sau 1
prep-as-is = așa cum este
prep-block = pe o singură scală cu blocul ei
prep-standard = standardizată
prep-scores = scoruri normale
prep-square = și pătratul ei
prep-missing = și dacă lipsește
prep-axes = trei coordonate care contează ca una
prep-levels = { $n } coloane de 0 sau 1 care contează ca una
prep-values = și { $n ->
    [one] 1 valoare separat
    [few] { $n } valori separat
   *[other] { $n } de valori separat
}

## Cum sunt definite clasele unei reguli

def-rhythm-unknown = Nimeni nu a comandat în două zile diferite, deci nu se cunoaște niciun ritm, iar u este 100 % pentru toți.
def-rhythm = Pauza proprie a unui client este (zilele dintre prima și ultima comandă + 2 × { $median }) / (numărul de pauze + 2), unde { $median } zile este pauza de mijloc între două comenzi la toți clienții. u este ponderea tuturor pauzelor, scalate cu pauza proprie / { $median } zile, care sunt mai lungi decât zilele trecute de la ultima comandă a clientului.
def-lifecycle = Prima comandă, a doua și regulat: una, două și trei sau mai multe comenzi, și u cel puțin { $late }. Încetinește: u cel puțin { $gone } și sub { $late }. Dispărut: u sub { $gone }.
def-loyalty = Se aplică prima care se potrivește. Pierdut: u sub { $gone }. În pericol: u sub { $late }. Nou: prima comandă nu este mai veche de o pauză de mijloc. Loial: { $loyal }{ $also }. Ocazional: toți ceilalți.
def-loyal-rate = cel puțin două comenzi și cel puțin { $rate } comenzi pe lună, mijlocul celorlalți
def-loyal-no-rest = cel puțin două comenzi, printre ceilalți; aici nu rămâne nimeni
def-also-nothing = {""}
def-also-engagement = ; unde se cunoaște, și o implicare de cel puțin { $engagement }, mijlocul
def-also-feedback = ; unde se cunoaște, și un feedback de cel puțin { $feedback }, mijlocul
def-also-both = ; unde se cunoaște, și o implicare de cel puțin { $engagement }, mijlocul, sau un feedback de cel puțin { $feedback }, mijlocul
def-first-match = Se aplică prima care se potrivește.
def-budget-share = Atent la preț: o pondere a reducerilor peste 0 și de cel puțin { $share }, sfertul de sus al clienților.
def-frequent = Frecvent: cel puțin două comenzi și cel puțin { $rate } comenzi pe lună, treimea de sus a clienților.
def-budget-order = Atent la preț: o comandă medie sub { $order }, sfertul de jos al clienților.
def-budget-nobody = Atent la preț: nimeni, fiindcă nu se cunosc nici sume, nici reduceri.
def-occasional = Ocazional: toți ceilalți.
def-value-risk = Clase de valoare ca la ABC, după valoarea pe orizont. Risc ridicat: o probabilitate de plecare peste { $high }, cea a celor { $few } dintre clienți cu cel mai mare risc; risc mediu: peste { $middle }, cei { $more } cu cel mai mare risc; risc scăzut: ceilalți.
def-rfm = Scoruri de la 1 (cel mai slab), { $made }. Treptele încep la aceste valori: zilele de la ultima comandă { $days } (mai puține zile, scor mai mare); comenzi { $orders }; { $spend }. Numele rezultă din scorul zilelor și din media celorlalte două.
def-rfm-bins = { $n } trepte cam la fel de mari, cu clienții egali împreună
def-rfm-edges = trepte cu margini din configurație
def-rfm-spend = cheltuieli de la aproximativ { $edges }
def-rfm-no-money = nu există sume, deci comenzile contează de două ori
def-abc-first = A: cei mai puțini clienți care aduc împreună { $cut } din { $by }.
def-abc-next = { $letter }: cei care duc totalul la { $cut }.
def-abc-last = { $letter }: restul și toți cei care nu au adus nimic sau au costat bani.
def-abc-second = A doua literă este la fel, după { $by }.
def-abc-edges = După { $by }: { $starts }.
def-abc-start = { $letter } de la { $value }
def-by-value = valoare
def-by-orders = comenzi

## De ce segmentele rulării precedente mai rezistă sau nu

judged-holds = o ajustare nouă pune { $found } dintre clienți în aceleași segmente; ajustările repetate pe aceiași clienți s-au potrivit la { $low } sau mai mult în 19 din 20 de perechi
judged-quiet = nicio coloană nu s-a deplasat mult, iar segmentele rezistă ca înainte
judged-refit = o ajustare nouă pe aceiași clienți pune doar { $found } dintre ei în aceleași segmente, mult sub { $low }, cât s-au potrivit ajustările repetate în 19 din 20 de perechi, și sub { $lowest } la perechea cea mai puțin asemănătoare din { $pairs }, iar nu toate segmentele sunt regăsite
judged-unlike = { $found } dintre clienți nu seamănă cu nimeni din segmentul lor, unde ar fi { $expected } dacă nimic nu s-ar fi schimbat: mai mult decât poate ține cel mai mic segment
judged-less = o ajustare nouă pune { $found } dintre clienți în aceleași segmente, mai puțin decât orice pereche de ajustări repetate, deși fiecare segment este regăsit
judged-few = o ajustare nouă pune { $found } dintre clienți în aceleași segmente, atât de puțin cât doar 1 pereche de ajustări repetate din 20, iar nu toate segmentele sunt regăsite
judged-drift = { $name }, care formează segmentele, s-a deplasat mult (indice de stabilitate { $index })
judged-unseen = { $share } dintre clienți au la { $name } un nivel care nu exista înainte
judged-thinned = segmentul { $id } are mai puțini clienți decât poate avea un segment
judged-overlap = doar { $share } dintre clienții de dinainte sunt în această rulare
judged-age = modelul are { $n ->
    [one] { $n } zi
    [few] { $n } zile
   *[other] { $n } de zile
} și trebuia revizuit până acum

## Ce s-a întâmplat cu segmentele

event-who = segmentul { $id } ({ $name })
event-id = segmentul { $id }
event-everybody = toți clienții
event-taken = { $who } a preluat segmentul { $ids }
event-split = { $who } este o parte din segmentul { $ids }
event-merged = { $who } reunește segmentele { $ids }
event-new = { $who } este nou
event-gone = { $who } a dispărut
event-went = { $who } a dispărut: dintre clienții lui care mai sunt aici, { $share } sunt acum în segmentul { $to }{ $more }
event-no-more = {""}
event-more = ,{" "}{ $places }
event-place = { $share } în segmentul { $to }
event-grew = { $who } a crescut de la { $before } la { $now } clienți (+{ $share })
event-shrank = { $who } a scăzut de la { $before } la { $now } clienți (-{ $share })
event-rose = { $who }: { $kpi } a crescut de la { $before } la { $now }
event-fell = { $who }: { $kpi } a scăzut de la { $before } la { $now }
event-churn = ponderea clienților care pleacă
event-retention = retenția
event-repeat-rate = ponderea celor cu a doua comandă
event-loyal-share = ponderea clienților loiali
event-order-value = comanda medie
event-value = valoarea medie
change-no-kpi = rularea precedentă nu a păstrat niciun KPI cu care să se compare
change-of-a-rule = segmentele sunt clasele unei reguli: nu se pune întrebarea dacă o ajustare nouă le-ar găsi
change-no-forecast = ultima rulare nu a făcut nicio prognoză cu care să poată fi comparate datele acestei rulări
change-later-run = rularea mai târzie nu a continuat-o pe cea dinainte, deci dosarul ei nu conține fapte cu care să fie comparate prognozele
change-no-day = nu a trecut nicio zi din prognoză
change-none-known = pentru niciun client cu rezultat deschis acesta nu este cunoscut acum
change-all-days = Au trecut toate cele { $horizon } zile ale prognozei.
change-some-days = Au trecut { $passed } din cele { $horizon } zile ale prognozei: comenzile și valoarea sunt proporționale, iar probabilitatea de a nu comanda este după o rată constantă.
change-left-out = { $n ->
    [one] { $n } client nu este în această rulare și este lăsat
    [few] { $n } clienți nu sunt în această rulare și sunt lăsați
   *[other] { $n } de clienți nu sunt în această rulare și sunt lăsați
} deoparte.
change-known-now = { $n ->
    [one] { $n } client nu plecase
    [few] { $n } clienți nu plecaseră
   *[other] { $n } de clienți nu plecaseră
} la ultima rulare, iar acum se știe dacă au plecat.
