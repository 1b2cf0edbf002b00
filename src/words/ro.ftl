# Mesajele în română ale raportului kohort.

## Cuvinte de sine stătătoare

yes = da
no = nu
not-computed = Necalculat
serious = Grav
warning = Avertisment
note = Notă
none = Niciunul.

## Registrul de calcul

sheet-segments = Segmente
sheet-profiles = Profiluri
sheet-churn = Plecări
sheet-actions = Acțiuni
sheet-ledger = Evidență
sheet-customers = Clienți
col-id = Nr.
col-segment = Segment
col-customers = Clienți
col-share = Pondere în clienți
col-value = Valoare
col-value-share = Pondere în valoare
col-value-each = Valoare pe client
col-expected = Valoare așteptată
col-at-risk = Valoare expusă riscului
col-trust = Încredere
col-stability = Suprapunere la regăsire
col-usable = Utilizabil
col-who = Cine sunt
col-rule = Cum îi recunoaștem
col-coverage = Regula găsește din segment
col-precision = Dintre cei găsiți aparțin
col-column = Coloană
col-level = Nivel
col-here = Aici
col-others = Ceilalți
col-index = Indicele mediei
col-effect = Diferență
col-made = Au format segmentele
col-low = De la
col-high = Până la
col-known = Rezultat cunoscut
col-gone = S-a întâmplat deja
col-contact = De contactat
col-hold-out = Ținuți deoparte
col-contacted = Pondere contactată
col-reached = Pondere atinsă
col-lift = De câte ori mai bine decât la întâmplare
col-predicted = Prezis
col-happened = Întâmplat
col-measure = Măsură
col-model = Model
col-base-rate = Mereu media
col-odds = Șanse
col-action = Acțiune
col-why = De ce
col-owner = Responsabil
col-kpi = Măsurat prin
col-until = Până la data
col-table = Tabel
col-rows = Rânduri
col-used = Folosite
col-rejected = Nu au putut fi citite
col-excluded = Excluse prin regulă
col-unmatched = Nu aparțin nimănui
col-lines = Linii
col-money = Sumă
col-role = Rol
col-family = Familie
col-used-for = Folosită pentru
col-missing = Lipsesc
col-code = Cod
col-severity = Gravitate
col-count = Număr
col-seen = Ce s-a văzut
col-advice = Ce se poate face
col-run = Rulare
col-version = Versiune
col-seed = Sămânță
col-method = Metodă
share-of-customers = Pondere în clienți
share-of-value = Pondere în valoare
size-and-value = Mărime și valoare
differences = Ce este diferit
differences-note = Aici și ceilalți: valoarea din mijloc (mediana) sau ponderea. Indicele mediei: media sau ponderea de aici, cea a tuturor clienților fiind 100. Diferență: de la -1, mult sub ceilalți, la 1, mult peste.
side-by-side = Valori tipice una lângă alta
all-customers = Toți clienții
by-segment = Pe segmente
what-contacting-reaches = Ce atinge contactarea
believed = Dacă probabilitățile se adeveresc
how-good = Cât de bun este modelul
what-goes-with-it = Ce merge împreună cu rezultatul
what-to-do = Ce este de făcut
fill-in = Câmpurile galbene sunt pentru oameni: cine face, cum se măsoară, până când.
where-rows-went = Unde a ajuns fiecare rând
rows = Rânduri
purchase-lines = Linii de cumpărare
columns = Coloane
findings = Ce s-a observat
method = Metodă și setări
config-in-full = Configurația completă
too-many-customers = Foaia cu clienți a fost omisă: { $n } clienți sunt mai mulți decât cei { $most } pe care îi cuprinde bine un registru. customers.csv îi conține pe toți.

## Cum se scrie

n-customers = { $n ->
    [one] { $n } client
    [few] { $n } clienți
   *[other] { $n } de clienți
}
n-segments = { $n ->
    [one] { $n } segment
    [few] { $n } segmente
   *[other] { $n } de segmente
}
n-more = încă { $n }
day = { $day } { $month } { $year }
month-1 = ianuarie
month-2 = februarie
month-3 = martie
month-4 = aprilie
month-5 = mai
month-6 = iunie
month-7 = iulie
month-8 = august
month-9 = septembrie
month-10 = octombrie
month-11 = noiembrie
month-12 = decembrie
range = { $low } până la { $high }
with-interval = { $figure } ({ $range })
under = sub { $figure }
over = peste { $figure }
withheld = ascuns (protejează un grup sub { $n })
withheld-cell = ascuns
rule-withheld = Nu se arată: cu mai puțin de { $n } clienți într-o clasă, fiecare clasă a acestei reguli ar putea fi dedusă.
not-computed-cell = necalculat
list-and = { $most } și { $last }
list-comma = ,{" "}
between-sentences = {" "}
none-of-them = niciuna

## Rezultatul

leave-likely = Risc de plecare
leave-happened = Au plecat
leave-those = clienții care au plecat
leave-others = clienții care au rămas
leave-already = au plecat deja
leave-heading = Cine a plecat
leave-chance = probabilitatea de plecare
other-likely = Probabil: { $what }
other-those = clienții cu „{ $what }”
other-others = clienții fără „{ $what }”
other-already = au deja „{ $what }”
other-heading = „{ $what }”
other-chance = probabilitatea de „{ $what }”
in-no-segment = În niciun segment
segment-id = Segmentul { $id }
outcome-not-looked-at = rezultatul nu a fost analizat

## Prima pagină

customer-segments = Segmente de clienți
skip-to-segments = Salt la segmente
in-short = Pe scurt
serious-findings = Constatări grave
contents = Cuprins
first-lead = { $n ->
    [one] { $n } client
    [few] { $n } clienți
   *[other] { $n } de clienți
} în { $k ->
    [one] { $k } segment
    [few] { $k } segmente
   *[other] { $k } de segmente
}.
first-lead-day = { $n ->
    [one] { $n } client
    [few] { $n } clienți
   *[other] { $n } de clienți
} în { $k ->
    [one] { $k } segment
    [few] { $k } segmente
   *[other] { $k } de segmente
}, la { $day }.
first-unassigned = { $n ->
    [one] { $n } client nu este în niciun segment.
    [few] { $n } clienți nu sunt în niciun segment.
   *[other] { $n } de clienți nu sunt în niciun segment.
}
first-formed = Segmentele au fost formate din { $columns }.
the-table = tabel
all-rows-used = Toate cele { $n } rânduri din { $files } au fost folosite.
rows-left-out = Din { $n } rânduri din { $files }, { $used } au fost folosite; { $rejected } nu au putut fi citite și { $excluded } au fost excluse prin regulă.
first-lines = Linii de cumpărare: { $n } citite, { $used } folosite.
tile-customers = { $n ->
    [one] client
    [few] clienți
   *[other] de clienți
}
tile-segments = { $n ->
    [one] segment
    [few] segmente
   *[other] de segmente
}
tile-contact = pe lista de contactare
tile-at-risk = valoare expusă riscului
the-segments = Segmentele
leak-taken-out = { $column } a fost scoasă: dezvăluie rezultatul.
gone-inactive = { $n ->
    [one] { $n } client nu a comandat în ultimele { $days } zile: inactiv, pe nicio listă și în nicio cifră despre riscul de plecare.
    [few] { $n } clienți nu au comandat în ultimele { $days } zile: inactivi, pe nicio listă și în nicio cifră despre riscul de plecare.
   *[other] { $n } de clienți nu au comandat în ultimele { $days } zile: inactivi, pe nicio listă și în nicio cifră despre riscul de plecare.
}
gone-left = { $n ->
    [one] { $n } client a plecat deja și nu este pe nicio listă.
    [few] { $n } clienți au plecat deja și nu sunt pe nicio listă.
   *[other] { $n } de clienți au plecat deja și nu sunt pe nicio listă.
}
gone-other = { $n ->
    [one] { $n } client are deja „{ $what }” și nu este pe nicio listă.
    [few] { $n } clienți au deja „{ $what }” și nu sunt pe nicio listă.
   *[other] { $n } de clienți au deja „{ $what }” și nu sunt pe nicio listă.
}
gone-others = Dintre ceilalți, { $contact } sunt pe lista de contactare: cei cu probabilitatea cea mai mare.
gone-others-value = Dintre ceilalți, { $contact } sunt pe lista de contactare: cei cu cea mai mare valoare în pericol, adică riscul de plecare înmulțit cu valoarea lor.
gone-others-share = Pot fi contactați cel mult { $share } dintre ceilalți; încă { $n } rămân necontactați, pentru comparație.
to-decide = De decis
nothing-known = Nu este nimic de decis aici: nu se cunoaște nici valoarea clienților, nici cine a plecat. Cu o coloană care spune cât cheltuiesc sau cine a plecat, pagina va spune pe cine să protejați, pe cine să dezvoltați și unde să vă opriți (setările value.column și churn.label).
nothing-stands-out = Nu este nimic de decis aici: niciun segment nu iese destul în evidență.
kind-protect = Protejați
kind-grow = Dezvoltați
kind-stop = Opriți
stake-protect = { $money } valoare expusă riscului
stake-grow = { $money } în plus, dacă fiecare ar ajunge la acea valoare
stake-stop = { $money } valoare totală
stake-stop-expected = { $money } valoare așteptată în total
stake-other = { $money } în joc
n-still-here = { $n } din { $all ->
    [one] { $all } client
    [few] { $all } clienți
   *[other] { $all } de clienți
} sunt încă aici
decide-protect = Protejați „{ $name }”: contactați întâi clienții cu cel mai mare risc de plecare și lăsați câțiva deoparte, pentru a vedea efectul.
decide-grow = Dezvoltați „{ $name }”: testați o ofertă care le crește valoarea.
decide-stop = Opriți comunicarea plătită către „{ $name }”: doar mesaje automate.
decide-stop-but = Opriți comunicarea plătită către „{ $name }”, în afară de cei { $n } de pe lista de contactare: doar mesaje automate pentru ceilalți.
decide-stop-list = Dintre cei { $all } de pe lista de contactare, { $n } sunt din acest segment: scoateți-i.
decide-stop-stay = Dintre cei { $all } de pe lista de contactare, { $n } sunt din acest segment: la ei este mult în pericol.
why-value = valoare pe client { $money }
why-step = ținta { $money }
why-churn = risc de plecare { $share }
how-far-to-trust-this = Cât de sigure sunt rezultatele
trust-segments = Segmentele
trust-data = Datele
trust-leaving-means = A pleca înseamnă aici: { $what }.
trust-money-orders = Ponderile în valoare sunt din ce au cumpărat clienții până acum; valoarea așteptată și cea expusă riscului sunt pentru perioada următoare (zile: { $n }).
trust-churn = Din doi clienți, unul dintre { $those } și unul dintre { $others }, modelul îi dă primului probabilitatea mai mare în { $auc } de cazuri din 100; o alegere la întâmplare dă 50. Spune cine riscă să plece, nu cine poate fi păstrat.
trust-open = { $n ->
    [one] { $n } client nu are încă un rezultat cunoscut și a fost evaluat de același model.
    [few] { $n } clienți nu au încă un rezultat cunoscut; au fost evaluați de același model.
   *[other] { $n } de clienți nu au încă un rezultat cunoscut; au fost evaluați de același model.
}
trust-active = { $n ->
    [one] { $n } client era activ la { $day } și a fost evaluat de același model.
    [few] { $n } clienți erau activi la { $day }; au fost evaluați de același model.
   *[other] { $n } de clienți erau activi la { $day }; au fost evaluați de același model.
}
trust-missing = În câmpurile folosite lipsesc { $share } din valori.
trust-nothing-missing = Niciuna dintre valorile folosite nu lipsește.
trust-warnings = { $n ->
    [0] Nu există niciun avertisment.
    [one] Există un avertisment. { $first }
    [few] Există { $n } avertismente, la Încredere. Unul dintre ele: { $first }
   *[other] Există { $n } de avertismente, la Încredere. Unul dintre ele: { $first }
}
not-computed-because = Necalculat: { $why }.
all-natural = Toate cele { $n } segmente sunt grupuri reale, clar separate.
all-reproducible = Toate cele { $n } segmente sunt delimitări stabile: de cele mai multe ori se regrupează aceiași clienți.
all-constructed = Toate cele { $n } segmente sunt delimitări aproximative, bune doar pentru planificare.
all-rule = Toate cele { $n } segmente sunt definite prin reguli.
of-segments = { $n ->
    [one] Din { $n } segment: { $parts }.
    [few] Din { $n } segmente: { $parts }.
   *[other] Din { $n } de segmente: { $parts }.
}
n-natural = { $n ->
    [one] { $n } este un grup real, clar separat
   *[other] { $n } sunt grupuri reale, clar separate
}
n-reproducible = { $n ->
    [one] { $n } este o delimitare stabilă, care se regăsește în mare parte de fiecare dată
   *[other] { $n } sunt delimitări stabile, care se regăsesc în mare parte de fiecare dată
}
n-constructed = { $n ->
    [one] { $n } este o delimitare aproximativă, bună doar pentru planificare
   *[other] { $n } sunt delimitări aproximative, bune doar pentru planificare
}
n-rule = { $n ->
    [one] { $n } este definit printr-o regulă
   *[other] { $n } sunt definite prin reguli
}

## Încredere

verdict-natural = Grup real
verdict-reproducible = Delimitare stabilă
verdict-constructed = Delimitare aproximativă
verdict-rule = Regulă
no-group = Niciun grup
natural-means = Acești clienți sunt clar separați de toți ceilalți.
reproducible-means = Cam aceiași clienți se regăsesc împreună de fiecare dată; segmentele vecine se întrepătrund.
constructed-means = Util pentru planificare, dar clienții de la limită ar putea aparține la fel de bine altui grup.
rule-means = Definit printr-o regulă, nu găsit în date.
no-group-sentence = Clienți care nu seamănă cu niciun grup.
no-group-badge = Acești clienți nu seamănă cu niciun grup; nu îi tratați ca pe unul.
overlap = Suprapunere la regăsire: { $overlap } din 1.
overlap-samples = Suprapunere la regăsire: { $overlap } din 1, din { $draws } de eșantioane a câte { $m } de clienți.
how-far-to-trust-it = Cât de sigure sunt rezultatele
why-this-number = De ce acest număr de segmente
reason-best = Dintre variantele cu { $low } până la { $high } segmente, { $k } se potrivesc cel mai bine; tabelul de mai jos arată ce argumente are fiecare.
reason-fixed = Numărul de segmente, { $k }, a fost fixat în configurație.
reason-found = Metoda a găsit singură { $k } segmente.
chosen-in-short = Dintre variantele cu { $low } până la { $high } segmente, { $k } se potrivesc cel mai bine; la Încredere se vede ce argumente are fiecare.
judge-rule = Segmentele sunt definite printr-o regulă, deci numărul lor nu a trebuit judecat.
judge-outcome = Ce a decis: cât spun segmentele despre rezultat, la clienți ținuți deoparte.
judge-descriptors = Ce a decis: cât spun segmentele despre coloane care nu le-au format, la clienți ținuți deoparte.
judge-bic = Ce a decis: cât de bine descriu segmentele clienții pentru numărul de parametri de care au nevoie (BIC).
judge-stability = Ce a decis: cât de sigur se regăsesc segmentele când o parte din clienți este lăsată deoparte.
judge-fixed = Numărul de segmente a fost fixat în configurație.
judge-again = Aceeași soluție a fost găsită dintr-un alt punct de plecare.
judge-not-again = Aceeași soluție nu a fost găsită dintr-un alt punct de plecare.
chosen = ales
judged-se = Judecat (± eroare standard)
weakest-overlap = Cea mai slabă suprapunere
smallest = Cel mai mic
variance-explained = Varianță explicată
silhouette = Siluetă
remark = Observație
next-best = Următoarele cele mai bune
each-segment = Fiecare segment
cannot-say = Ce nu pot spune cifrele
warnings = Avertismente
notes = Note

## Fișe și comparație

segment-by-segment = Segment cu segment
nothing-differs = Nimic nu îi deosebește de ceilalți clienți.
traits-note = Aici și ceilalți: valoarea clientului din mijloc (mediana) sau ponderea. Indicele mediei: media sau ponderea de aici, cea a tuturor clienților fiind 100. O liniuță: fără indice, pentru că există valori sub 0, este un an sau ponderea este dată ca limită.
these-made = Aceste coloane au format segmentele.
made-the-segments = au format segmentele
just = Acest segment este doar: { $what }.
and-held-out = { $n }, iar ținuți deoparte: { $out }
outcome-not-known = rezultat necunoscut
of-those-here = din { $n } rămași
of-those-withheld = din cei rămași; câți este ascuns
likely-of = { $share } în medie, între cei { $n } încă aici
place = Loc
against = { $what } { $here } față de { $rest }
says-the-same = { $what } (spune același lucru ca { $others })
rule-quality = Găsește { $coverage } din segment; dintre cei găsiți, { $precision } îi aparțin. Cifrele de pe această fișă sunt ale segmentului, nu ale celor găsiți de regulă.
as-sql = Ca SQL
no-short-rule = Nicio regulă scurtă nu descrie acest segment.
nothing-in-common = Nu au nimic în comun, în afară de faptul că nu seamănă cu niciun segment.
too-narrow = Prea mic pentru a acționa separat.
too-narrow-merge = Prea mic pentru a acționa separat. Cel mai apropiat vecin este segmentul { $id }.
hard-to-act = Greu de folosit: nu destul de distinct, sau nicio regulă nu ajunge la el.
caution = Atenție
usable-head = Se poate lucra cu el?
usable-measurable = Măsurabil
usable-overlap = suprapunere la regăsire { $overlap } din 1
usable-substantial = Destul de mare
usable-reachable = Accesibil
usable-reach-rule = o regulă scurtă găsește { $coverage } din el, { $precision } corect
usable-reach-none = nicio regulă scurtă; prin lista de clienți
usable-distinct = Distinct
usable-effect = cea mai mare diferență { $effect } din 1
usable-actionable = Ceva de făcut
usable-contact = { $n } pe lista de contactare
usable-no-contact = nimeni pe lista de contactare
usable-no-list = fără listă de contact
nav-overview = Privire generală
size = Mărime
map = Hartă
profile = Profil
compare-note = Valori tipice: valoarea clientului din mijloc sau ponderea clienților.
col-figure = Cifră
figure = Figura
how-to-read-it = Cum se citește.
js-copy = Copiază
js-copied = Copiat
js-filter = Filtrează
js-pick = Arată aceste segmente

## Reguli

nav-rules = Reguli
rule-segmentations = Segmentări prin reguli
rules-intro = Aceste clase sunt definite, nu găsite: o regulă pune fiecare client într-una dintre ele. Coloanele cu aceleași nume din lista de clienți le conțin.
pareto-headline = Primii { $share } dintre clienți aduc { $value } din valoare.
these-are-the-segments = Acestea sunt segmentele
col-class = Clasă
col-share-short = Pondere
made-up-of = Segmentele, alcătuite din aceste clase
cross-note = Fiecare celulă este ponderea clienților segmentului care aparțin clasei; în cadrul unei reguli o coloană însumează tot segmentul. O liniuță înseamnă ascuns.
rule-lifecycle = Ciclu de viață
rule-loyalty = Loialitate
rule-shopper = Tip de cumpărător
rule-abc = Clasă de valoare (ABC)
rule-rfm = Zile, comenzi și cheltuieli (RFM)
rule-value-risk = Valoare și risc
class-first-order = prima comandă
class-second = a doua
class-regular = regulat
class-slowing = încetinește
class-gone = dispărut
class-new = nou
class-loyal = loial
class-occasional = ocazional
class-at-risk = în pericol
class-lapsed = pierdut
class-frequent = frecvent
class-budget = atent la preț
class-not-known = necunoscut

## Plecări

churn-basis = Rezultatul este cunoscut pentru { $n ->
    [one] { $n } client
    [few] { $n } clienți
   *[other] { $n } de clienți
}; { $events } dintre ei ({ $share }) sunt { $those }. Toate cifrele despre model sunt pe clienți pe care nu îi văzuse.
churn-basis-orders = La { $day }, înainte de ziua acestui raport, { $n ->
    [one] era activ { $n } client
    [few] erau activi { $n } clienți
   *[other] erau activi { $n } de clienți
}; { $events } dintre ei ({ $share }) nu au comandat în următoarele { $days } zile. Toate cifrele despre model sunt pe acești clienți, iar el nu văzuse acele zile.
churn-budget = Contactarea celor { $share } dintre clienți cu cel mai mare risc atinge { $gain } dintre { $those }: de { $lift } ori mai mulți decât contactând același număr la întâmplare.
of-the-rest = dintre ceilalți
interval-95 = interval 95 %
measure-lift = Câștig la buget
measure-brier = Scor Brier
measure-ece = Eroare de calibrare
measure-floor = Pragul acestei erori
measure-slope = Panta calibrării
measure-intercept = Interceptul calibrării
means-roc-auc = ordonare; 0,5 este ghicit, 1 perfect
means-pr-auc = avertizări corecte; mai mare este mai bine
means-lift = de câte ori mai mulți decât la întâmplare
means-log-loss = mai mic este mai bine
means-brier = mai mic este mai bine
means-ece = mai mic este mai bine; un model perfect arată pragul de mai jos
means-floor = ce arată un model perfect de această mărime
means-slope = 1 este corect, sub 1 prea sigur pe sine
means-intercept = 0 este corect
more-likely = mai probabil
less-likely = mai puțin probabil
no-direction = fără direcție clară
col-direction = Direcție
odds-note = Cum se schimbă șansele când restul modelului rămâne fix: pe abatere standard pentru numere, față de celelalte niveluri pentru categorii. Ce merge împreună cu un rezultat nu îl cauzează neapărat.
odds-beside = Șansele sunt ale regresiei logistice ajustate alături de model.
knows-outcome = Coloane care cunosc rezultatul
what-was-done = Ce s-a făcut
auc-alone = ROC-AUC singură
model-without = Modelul fără ea
model-interval = Model (interval 95 %)
how-to-read-it-col = Cum se citește
leak-proof = scoasă: dezvăluie rezultatul
leak-suspicion = păstrată, dar verificați-o
leak-accepted = păstrată: garantată în configurație
leak-dropped = scoasă prin configurație
outcome-column = Coloana rezultatului
value-that-means-yes = Valoarea care înseamnă da
how-chosen = Cum a fost ales
each-model = Fiecare model separat
movers = Coloane care mișcă cel mai mult probabilitatea
split = Împărțire
twins = Rânduri egale ținute împreună
copies = Rânduri egale în toate numerele, ținute împreună
still-open = Rezultat încă deschis
mean-probability = Probabilitate medie
mean-of-both = { $events } pentru cei cu rezultatul, { $others } pentru ceilalți

## Date și metodă

nav-data = Date
nav-method = Metodă
nav-terms = Termeni
rows-read = Rânduri citite
files = Fișiere
missing-cells = Celule lipsă în coloanele folosite
why-columns = De ce aceste coloane
kind-of-columns = Felul coloanelor
only-describe = Doar le descriu
tables = Tabele
every-line = Unde a ajuns fiecare linie de cumpărare
done-to-values = Ce s-a făcut cu valorile
radius = Rază și vecini
stability = Stabilitate
samples-of = { $draws } eșantioane de { $n } clienți
matrix-columns = Coloanele matricei
map-axes = { $method }; axele arată { $x } și { $y } din varianță
program = Program
how-prepared = Cum au fost pregătite coloanele
colophon = Rularea { $run }, scrisă de kohort { $version }.
personal-data = Listele și scorurile de lângă acest raport sunt date personale.
term-segment = Segment
term-segment-means = Clienți care seamănă între ei mai mult decât cu ceilalți.
term-trust = Grup real, delimitare stabilă, delimitare aproximativă
term-trust-means = Cât de mult ne putem baza pe un segment. Un grup real are spațiu în jur. O delimitare stabilă nu are, dar de cele mai multe ori se regrupează aceiași clienți. O delimitare aproximativă iese altfel de fiecare dată.
term-overlap-means = Segmentele sunt formate din nou dintr-o parte a clienților. 1 înseamnă că un segment revine cu exact aceiași clienți, 0,5 cu circa două treimi dintre ei.
term-index-means = Media segmentului sau ponderea sa, comparată cu cea a tuturor clienților, care este 100; 150 este o dată și jumătate. Nu este a valorilor din mijloc de alături: câteva valori mari mută o medie, dar nu valoarea din mijloc.
term-made-means = Segmentele diferă în aceste coloane fiindcă au fost formate din ele. O diferență în altă coloană este o noutate.
term-withheld = Ascuns
term-withheld-means = O celulă cu mai puțin de { $n } clienți nu este arătată; altele din care ar putea fi dedusă sunt ascunse și ele sau rotunjite la { $n } clienți.
term-interval = Interval
term-interval-means = Intervalul din paranteză cuprinde ponderea adevărată de 95 de ori din 100. Segmentele mici au intervale largi.
term-likely-means = Media pentru { $chance } la clienții segmentului la care nu s-a întâmplat. Spune cine este în pericol, nu cine poate fi păstrat.
term-inactive = Inactiv
inactive-means = Pierdut nu este inactiv: pierdut este clientul care tace de prea mult timp după propriul ritm; inactiv este cel care nu a comandat în ultimele { $n } zile, la fel pentru toți. Cele două numere diferă.
term-lift = Câștig
term-lift-means = De câte ori mai mulți clienți potriviți atinge o listă decât una la întâmplare de aceeași lungime.
term-at-risk-means = Valoarea dacă fiecare client ar rămâne, minus valoarea așteptată cu probabilitățile acestui raport. Cei plecați nu sunt incluși.
term-hold-out-means = Clienți aleși ca cei de pe listă, dar care intenționat nu sunt contactați și nu sunt numărați în ea. Doar comparația cu ei arată ce realizează contactarea. Câți dintr-un segment sunt pe listă sau ținuți în afara ei se spune oricât de puțini ar fi: sunt lungimi de liste.

## Acțiuni

goal-retain = Scopul stabilit pentru acest raport este păstrarea clienților: deciziile și strategiile care protejează valoarea sunt primele.
goal-grow = Scopul stabilit pentru acest raport este creșterea: deciziile și strategiile care ridică valoarea sunt primele.
goal-profit = Scopul stabilit pentru acest raport este economia: deciziile și strategiile care economisesc bani sunt primele.
overlooked-nobody = Nimeni nu este trecut cu vederea: fiecare client este într-un segment destul de mare pentru a acționa.
overlooked = Trecuți cu vederea: { $n ->
    [one] { $n } client este
    [few] { $n } clienți sunt
   *[other] { $n } de clienți sunt
} în niciun segment sau într-unul prea mic pentru a acționa.
overlooked-value = Trecuți cu vederea: { $n ->
    [one] { $n } client
    [few] { $n } clienți
   *[other] { $n } de clienți
} cu { $share } din valoare, în niciun segment sau într-unul prea mic pentru a acționa.
overlooked-few = Trecuți cu vederea: mai puțin de { $n } clienți, în niciun segment sau într-unul prea mic pentru a acționa.
col-strategy = Strategie
col-tier = Nivel de cont
col-next = Următorul pas al responsabilului de cont
col-channel = Canal
col-format = Format
col-tone = Ton
col-focus = Despre ce este textul
to-fill-in = de completat
strategies = Strategiile
strategies-note = Fiecare client primește prima strategie care se potrivește, după { $by }, așa că clienții unui segment pot avea strategii diferite. Strategia de lângă un segment este cea a { $worth ->
    [yes] celei mai mari părți din valoarea sa
   *[no] celor mai mulți dintre clienții săi
}, dintre cele care se potrivesc cu ce este de făcut cu segmentul. Tabelul poate fi schimbat în configurație.
strategies-by-loyalty = loialitate
strategies-by-value = clasă de valoare
strategies-by-churn = risc de plecare
strategies-by-segment = Segmentele, alcătuite din strategii
strategies-cross-note = Fiecare celulă este ponderea clienților segmentului care au acea strategie; o coloană însumează tot segmentul. O liniuță înseamnă ascuns.
strategy-introduce = Primire
strategy-win-back = Păstrare sau recâștigare
strategy-early-access = Acces anticipat
strategy-let-go = Fără investiții
strategy-reward = Recompensare
strategy-upsell = Vânzare suplimentară și încrucișată
strategy-none = Nicio strategie
introduce-who = clienți noi
win-back-who = clienți care merită un efort și stau să plece sau au amuțit
early-access-who = cei mai valoroși și mai loiali
let-go-who = de valoare mică și pe plecare sau tăcuți
reward-who = clienți loiali
upsell-who = clienți stabili care ar putea cumpăra mai mult
none-who = se știe prea puțin sau au plecat
introduce-channel = serie de e‑mailuri, primire în magazin sau aplicație
introduce-format = video scurt sau ghid
introduce-tone = cald și de ajutor
introduce-focus = cum să profite cel mai mult de prima comandă; apoi a doua
win-back-channel = un apel sau o scrisoare personală pentru cei mai buni, apoi e‑mail
win-back-format = mesaj personal, fără publicitate în masă
win-back-tone = personal, întrebător
win-back-focus = ce au cumpărat, ce s-a schimbat, un motiv de întoarcere
early-access-channel = e‑mail personal, invitație
early-access-format = avanpremieră, eveniment
early-access-tone = exclusiv, recunoscător
early-access-focus = primii care văd noutățile; fără reducere
let-go-channel = doar e‑mail automat
let-go-format = o ultimă reamintire
let-go-tone = obiectiv
let-go-focus = cum se pot întoarce; apoi niciun contact plătit
reward-channel = e‑mail, insert în colet, aplicație
reward-format = mulțumire, bonus
reward-tone = recunoscător
reward-focus = mulțumiri pentru loialitate; cereți o recomandare
upsell-channel = e‑mail, magazin și retargeting
upsell-format = sugestii de produse, pachete
upsell-tone = util, ușor
upsell-focus = ce se potrivește cu ce au și următoarea mărime
tier-1 = 1: unu la unu
tier-2 = 2: unu la câțiva
tier-3 = 3: unu la mulți
next-1-risk = Sunați decidentul săptămâna aceasta și conveniți un plan de rămânere
next-1-calm = Revizuire trimestrială cu decidenții; căutați următorul departament
next-2-risk = Sunați și întrebați ce s-a schimbat
next-2-calm = Invitați la un atelier pentru industria lor
next-3-risk = Verificare automată; predați vânzărilor interne când răspund
next-3-calm = Buletin și webinare; fără timp acordat personal
act-none = Priviți-i de la caz la caz.
act-too-narrow = Prea mic pentru o campanie proprie: tratați-l împreună cu vecinul
act-protect-first = Protejați întâi: un apel personal cu un motiv de a rămâne
act-keep-close = Țineți-i aproape: contact personal regulat și reînnoire timpurie
act-reward-loyalty-few = Răsplătiți loialitatea: mulțumiți-le și sunați doar pe puținii care ar putea pleca
act-look-after = Aveți grijă de cei mai buni clienți: servicii personale înainte de reduceri
act-hold-on = Păstrați-i: o ofertă de a rămâne pentru cei care riscă cel mai mult să plece
act-stay-in-touch = Păstrați legătura: noutăți utile și o mică ofertă de probă
act-grow-gently = Dezvoltați cu grijă: sugerați următorul produs
act-develop = Dezvoltați: testați o sugestie pentru un produs următor
act-low-cost = Doar mesaje ieftine: aflați de ce ar pleca
act-keep-cheap = Mențineți costul mic: mesaje automate, fără reducere
act-grow-small = Dezvoltați: loiali, dar mici; oferiți un nivel superior sau un supliment
act-cheap-test = Mențineți costul mic și testați ce ofertă le crește valoarea
act-early = Acționați din timp: o ofertă de a rămâne pentru cei mai probabili să plece
act-ask-missing = Păstrați legătura: întrebați ce le lipsește
act-reward-referrals = Răsplătiți loialitatea: mulțumiți-le și cereți recomandări
act-own-message = Testați un mesaj propriu
act-start-here = Începeți aici: rezultatul este cel mai probabil la ei
act-leave-out = Lăsați-i în afara acestei campanii, dar aveți grijă de ei: valorează mult
act-contact-last = Contactați-i ultimii: rezultatul este cel mai puțin probabil la ei
act-contact-budget = Contactați în limita bugetului și testați două mesaje
act-ask-next = întrebați de ce vor avea nevoie data viitoare
act-remind-once = amintiți-le o dată și opriți-vă dacă nu vine nimic
act-settle = rezolvați datoriile înainte de orice ofertă
act-solve = rezolvați întâi problemele semnalate
act-ask-wrong = întrebați întâi ce nu a mers
act-ask-returns = întrebați de ce se întorc produsele
act-first-months = ajutați-i în primele luni
act-longer-contract = oferiți un contract mai lung
act-smaller-discounts = testați reduceri mai mici
act-show-unused = arătați-le ce nu folosesc încă
act-reach-site = ajungeți la ei pe site sau în aplicație
act-second-product = sugerați un al doilea produs

## Figuri

fig-calibration-below = Calibrare, pe clienți pe care modelul nu îi văzuse
fig-what-happened = Ce s-a întâmplat
fig-what-said = Ce a spus modelul
fig-slope = Pantă { $slope } (1 este corect, sub 1 prea sigur pe sine)
fig-mean-error = Eroare medie { $error } puncte; un model perfect de această mărime ar arăta { $floor }
fig-dashed-said = Linia întreruptă: ce s-a spus este ce s-a întâmplat
fig-calibration-caption = Clienții sunt ordonați după { $chance } și împărțiți în grupuri egale. Pe orizontală este media a ceea ce a spus modelul despre un grup, pe verticală ponderea pentru { $those }, cu interval de 95 %. Punctele de pe linia întreruptă înseamnă că o probabilitate poate fi luată ca atare; sub ea modelul avertizează prea mult, deasupra prea puțin.
fig-believable = De crezut
fig-roughly-right = Aproximativ corect
fig-with-care = De luat cu prudență
fig-top-group = În grupul cu cele mai mari probabilități ({ $customers }) modelul a spus { $said } în medie, iar { $seen } s-a observat.
fig-said-observed = spus { $said }, observat { $seen }
fig-calibration-alt = Calibrare în { $n } grupuri: { $parts }.
no-fig-rule = segmentele sunt definite printr-o regulă
no-fig-itself = această metodă găsește singură numărul de segmente și nu încearcă altele
no-fig-fixed = o persoană a fixat numărul de segmente și nu s-a încercat altul
no-fig-one = a fost posibil un singur număr de segmente
fig-why-k = De ce { $k } segmente
fig-why-k-below = Ce s-a măsurat pentru fiecare număr de segmente încercat; cel ales este marcat
fig-found-again = Cât de sigur regăsite
fig-smallest = Cel mai mic segment
fig-number = Număr de segmente
fig-tells-outcome = Spune despre rezultat
fig-tells-columns = Spune despre alte coloane
fig-judged = Ce a decis
fig-why-k-judged = Stânga: cât spun segmentele despre ce nu le-a format, la clienți ținuți deoparte; mai mult este mai bine, barele sunt incertitudinea (o eroare standard). Mijloc: cât de sigur revine fiecare segment când se privește doar o parte din clienți; 1 este mereu, fiecare liniuță este un segment, punctul cel mai slab. Dreapta: ponderea clienților din cel mai mic segment; unul foarte mic este greu de folosit.
fig-why-k-caption = Stânga: cât de sigur revine fiecare segment când se privește doar o parte din clienți; 1 este mereu, fiecare liniuță este un segment, punctul cel mai slab. Dreapta: ponderea clienților din cel mai mic segment; unul foarte mic este greu de folosit.
fig-k-weakest = {", "}cea mai slabă stabilitate { $s }
fig-k-judged = {", "}judecat { $v }
fig-k-alt = Au fost alese { $k }. { $parts }.
no-fig-outcome = niciun segment nu are un rezultat cunoscut
fig-churn-known = Pondere între clienții cu rezultat cunoscut, cu interval de 95 %
fig-churn-mean = Probabilitatea medie a clienților care încă pot fi pierduți
fig-churn-title = { $heading }, segment cu segment
fig-observed-95 = Observat (interval 95 %)
fig-all = toți: { $share }
fig-n-known = { $n } cunoscuți
fig-observed = observat: { $those }
fig-mean-others = media pentru { $chance }, la toți ceilalți
fig-churn-caption = Discul este ponderea pentru { $those } în fiecare segment, linia prin el intervalul în care ponderea adevărată se află de 95 de ori din 100; rombul este media pentru { $chance } la cei care nu sunt între ei. Un segment a cărui linie nu atinge linia întreruptă diferă de întreg. Grupurile sub { $few } nu sunt arătate. Unde o coloană care a format segmentele determină și rezultatul, o diferență repetă parțial acea coloană.
fig-not-known = necunoscut
fig-churn-alt = Pondere pentru { $those } pe segmente. { $parts }.
fig-means-caption = Rombul este media pentru { $chance } la clienții segmentului care încă pot fi pierduți. Grupurile sub { $few } nu sunt arătate.
fig-means-line = Linia întreruptă este media tuturor acestora.
fig-no-mark = Unde nu este niciun semn, valoarea este ascunsă.
fig-not-shown = nu este arătat
fig-means-alt = Media pentru { $chance } pe segmente. { $parts }.
no-fig-rhythm = nu există comenzi din care să se vadă un ritm
no-fig-one-class = aproape toți clienții sunt într-o singură clasă ({ $class }: { $share }); tabelul de mai jos o spune
fig-12 = Unde se află clienții în propriul lor ritm
fig-rhythm-below = După reguli pe care raportul le tipărește
fig-rhythm-caption = Fiecare linie este o clasă; bara închisă este ponderea ei în clienți, cea deschisă ponderea în valoare, pe aceeași scară. Încetinește și în pericol: tac de mai mult decât obișnuiesc. Dispărut și pierdut: tac de atât de mult încât aproape nimeni nu se întoarce.
fig-and-value = {" "}și { $share } din valoare
fig-of-customers = { $name }: { $share } dintre clienți{ $value }
fig-classes-alt = Bare pe clase. { $parts }.
no-fig-few = rezultatul este cunoscut pentru prea puțini clienți
not-drawn = Nu este desenat, fiindcă { $why }.
no-fig-differs = nicio coloană nu diferă între segmente
no-fig-segment = nu există niciun segment
fig-3 = Cum diferă segmentele
fig-heatmap-below = Valoarea tipică în fiecare segment; culoarea spune unde se află printre toți clienții
fig-all-line-1 = Toți
fig-all-line-2 = clienții
fig-far-below = Mult sub
fig-far-above = mult peste toți clienții
fig-made = au format segmentele; celelalte coloane doar le descriu
fig-heatmap-caption = Fiecare linie este o coloană a datelor, cele mai diferite întâi. O celulă arată valoarea tipică din segment: valoarea clientului din mijloc sau ponderea clienților cu acea proprietate. Albastru este peste ce e obișnuit pentru toți clienții, portocaliu sub; cu cât e mai intens, cu atât mai puțini dintre toți clienții sunt mai departe. Coloanele cu punct au format segmentele, deci faptul că diferă nu dovedește nimic; că diferă celelalte este o noutate.
fig-grey-cells = { $text } Celulele gri sunt ascunse sau sunt o limită care nu arată nicio diferență, fiindcă au mai puțin de { $few } clienți.
fig-heatmap-alt = Un tabel cu { $n } coloane pe segmente. { $parts }.
no-fig-lift = nu există câștig de arătat
fig-9 = Ce atinge contactarea clienților cu cel mai mare risc
fig-lift-below = Curba câștigurilor, pe clienți pe care modelul nu îi văzuse
fig-reached-among = Atinși dintre { $those }
fig-contacted-first = Clienți contactați, cei mai riscanți întâi
fig-times = de { $lift } ori
fig-lift-says = mai mult decât la întâmplare pentru { $those }: contactarea celor { $share } cu cel mai mare risc atinge { $gain } dintre ei.
fig-dashed-random = Linia întreruptă: contactare la întâmplare
fig-reaching-not-keeping = A ajunge la cineva nu înseamnă a-l păstra: doar un grup ținut deoparte arată ce realizează contactarea.
fig-lift-caption = Clienții sunt ordonați după { $chance }, cei mai riscanți întâi. Spre dreapta sunt contactați mai mulți; înălțimea spune ce pondere din { $those } se află între ei. Punctul marcat este bugetul de contact al acestei rulări.
fig-lift-alt = Curba câștigurilor. Cei { $share } cu cel mai mare risc cuprind { $gain } dintre { $those }, câștig { $lift }.
fig-lift-mark = { $share } contactați, { $gain } atinși
no-fig-value = niciun client nu are valoare
no-fig-steps = prea puțini clienți împart fiecare treaptă a curbei
fig-pareto-spread = Cum este răspândită valoarea între clienți.
fig-pareto-says = dintre clienți aduc { $value } din valoare: clasa { $class }.
fig-10 = Cât de concentrată este valoarea
fig-pareto-below = Curba Pareto cu limitele ABC
fig-pareto-plain = Curba Pareto
fig-pareto-marked = {" "}Punctele marcate sunt limitele dintre clasele A, B și așa mai departe.
fig-pareto-up = Pondere în toată valoarea pozitivă
fig-pareto-across = Pondere în clienți, cea mai mare valoare întâi
fig-pareto-caption = Clienții sunt ordonați după valoare, cea mai mare întâi. Spre dreapta sunt numărați mai mulți; înălțimea spune ce pondere din toată valoarea pozitivă aduc. Cu cât curba începe mai abrupt, cu atât mai puțini clienți susțin afacerea.{ $marked } Nicio treaptă a curbei nu arată un singur client.
fig-class-ends = { $class } se termină la { $value } din valoare, { $share } dintre clienți
fig-class-end = Clasa { $end }.
fig-brought-nothing = { $customers } nu au adus nimic sau au costat bani.
fig-refunds = Rambursările peste cumpărături au luat { $share } din valoarea pozitivă.
fig-dashed-same = Linia întreruptă: toți la fel
fig-pareto-alt = Curba Pareto a valorii clienților. { $parts }
no-fig-cells = nicio celulă a hărții nu are destui clienți pentru a fi arătată
no-fig-grid = harta nu are o grilă utilizabilă
no-fig-spot = toți clienții se află într-un singur loc
fig-2 = O hartă a clienților
fig-map-below = Clienții asemănători sunt apropiați. Harta păstrează { $shown } din toate diferențele.
fig-few = puțini
fig-in-one-cell = { $n } într-o celulă
fig-map-caption = Fiecare pătrat mic adună clienți asemănători; culoarea este segmentul celor mai mulți dintre ei și este mai intensă unde sunt mai mulți clienți. Discurile numerotate sunt centrele segmentelor. Unde culorile se întâlnesc fără spațiu, granița dintre două segmente este o tăietură. Harta este plată, datele nu: segmente care par să se suprapună aici pot fi separate în coloane care nu se văd. Lângă săgeți stau coloanele care cresc (+) sau scad (−) în acea direcție.
fig-map-withheld = { $text } { $customers } din pătrate cu mai puțin de { $few } nu sunt arătați.
fig-map-alt = O hartă a clienților în { $n } celule care arată { $shown } din toate diferențele, colorată pe segmente: { $names }.
no-fig-orders = nu există comenzi
no-fig-rfm = nicio celulă a grilei nu are destui clienți
fig-11 = Cine a comandat recent și cine des
fig-rfm-value = Clienți în fiecare celulă și valoare pe client; mai intens înseamnă mai multă valoare
fig-rfm-count = Clienți în fiecare celulă; mai intens înseamnă mai mulți
fig-last-order = Ultima comandă
fig-score-1 = scor de la
fig-score-2 = cel mai vechi la
fig-score-3 = cel mai recent
fig-orders-score = Comenzi, scor de la puține la multe
fig-dash-withheld = –  ascuns
fig-rfm-second = {", "}sub el valoarea pe client
fig-rfm-caption = Fiecare celulă cuprinde clienții cu un scor pentru zilele de la ultima comandă (sus: mai recent) și unul pentru numărul de comenzi (dreapta: mai multe). Cifra îngroșată este numărul de clienți{ $second }. Cuvântul este numele celor mai mulți dintre ei; scorul cheltuielilor decide între două nume.
fig-rfm-grey = Celulele gri cu liniuță sunt ascunse: ele, sau o celulă care s-ar putea deduce din ele, au mai puțin de { $few } clienți.
fig-rfm-cell = ultima comandă { $days }, comenzi { $orders }: { $n }
fig-rfm-alt = O grilă de scoruri pentru ultima comandă și pentru comenzi. { $parts }.
fig-interval = { $value } (interval 95 % { $low } până la { $high })
fig-6 = Cât de bine deosebește modelul clienții
fig-roc-below = Curba ROC, pe clienți pe care modelul nu îi văzuse
fig-found-among = Găsiți dintre { $those }
fig-false-alarms = Alarme false între { $others }
fig-in-100 = { $auc } din 100
fig-roc-says = Luați la întâmplare unul dintre { $those } și unul dintre { $others }: atât de des modelul îi dă primului probabilitatea mai mare. Ghicitul dă 50 din 100.
fig-area = Aria de sub curbă: { $interval }
fig-dashed-guessing = Linia întreruptă: ghicit
fig-roc-caption = Curba arată cât costă mai multe alarme: spre dreapta sunt marcați din greșeală mai mulți dintre { $others }; în sus se găsesc mai mulți dintre { $those }. Cu cât curba se îndoaie mai mult spre stânga sus, cu atât mai bine; pe linia întreruptă modelul ar ghici.
fig-roc-alt = Curba ROC. Aria de sub curbă { $interval }.
fig-7 = Cât de des o avertizare este corectă
fig-pr-below = Curba precizie-acoperire, pe clienți pe care modelul nu îi văzuse
fig-warnings-right = Avertizări corecte
fig-pr-says = dintre avertizări sunt corecte în medie pentru orice număr de avertizări. La întâmplare ar fi { $base }.
fig-average-precision = Precizie medie: { $interval }
fig-dashed-picking = Linia întreruptă: alegere la întâmplare ({ $base })
fig-at-random = la întâmplare
fig-pr-caption = Spre dreapta sunt marcați mai mulți clienți și mai mulți dintre { $those } sunt între ei; înălțimea spune câți dintre cei marcați aparțin cu adevărat. Când { $those } sunt puțini, această figură este mai severă decât cea dinainte.
fig-pr-alt = Curba precizie-acoperire. Precizie medie { $interval }.
fig-total-in = { $total } în { $parts }
fig-sizes-value = Cât de mari sunt segmentele și câtă valoare cuprind
fig-sizes-value-caption = Fiecare linie este un segment. Bara din stânga este ponderea lui în clienți, cea din dreapta ponderea în valoare, pe aceeași scară. Unde bara din dreapta este mai lungă, fiecare client al segmentului valorează mai mult decât media.
fig-1 = Cât de mari sunt segmentele
fig-sizes-caption = Fiecare linie este un segment; bara este ponderea lui în clienți. Numărul de lângă procent este numărul de clienți.
fig-and-in-none = { $segments } și în niciunul
fig-sizes-alt = Bare pe segmente. { $parts }.
fig-5 = Rezultatul pe segmente
fig-numbers = Ce dă fiecare număr de segmente
fig-clustergram = De unde vin segmentele
fig-decisions = Ce ar schimba alte decizii
no-fig-stability = segmentele nu au fost căutate din nou în eșantioane
fig-13 = Cât de sigur se regăsește fiecare segment
fig-stability-below = Suprapunerea cu același segment, format din nou din eșantioane de clienți
fig-stability-caption = Bara spune cât dintr-un segment revine când segmentele sunt formate din nou dintr-o parte a clienților: 1 înseamnă mereu aceiași clienți. La dreapta liniei întrerupte, la 0,75, un segment este considerat regăsit; la stânga, granița lui este o tăietură aproximativă.
fig-stability-alt = Bare ale suprapunerii pe segmente. { $parts }.
no-fig-snake = mai puțin de două coloane sau segmente pot fi comparate
fig-14 = Profilurile segmentelor
fig-snake-below = Fiecare linie este un segment; unde se află valoarea sa tipică printre toți clienții, coloană cu coloană
fig-below-others = sub toți clienții
fig-above-others = peste toți clienții
fig-snake-caption = Urmăriți o culoare de sus în jos: unde linia merge la stânga, valoarea tipică a segmentului este sub cea a tuturor clienților în acea coloană, unde merge la dreapta, peste. Liniile care se încrucișează des aparțin segmentelor diferite ca fel, cele alăturate segmentelor diferite ca grad. Coloanele cu punct au format segmentele.
fig-snake-alt = Linii peste { $n } coloane, una pentru fiecare segment: { $names }. Tabelul valorilor tipice conține cifrele.
fig-15 = Ce merge împreună cu rezultatul
fig-moves-below = Cât mișcă în medie fiecare coloană probabilitatea, în log-odds
fig-moves-caption = Cu cât bara este mai lungă, cu atât coloana mișcă mai mult răspunsul modelului. Portocaliu: mai mult merge cu o probabilitate mai mare; albastru: cu una mai mică; gri: nicio direcție unică. Ce merge împreună cu un rezultat nu îl cauzează neapărat.
fig-odds-below = Cum se schimbă șansele cu fiecare coloană, cu intervale de 95 %; linia din mijloc înseamnă nicio schimbare
fig-odds-caption = La dreapta liniei rezultatul este mai probabil, la stânga mai puțin, cu restul modelului fix: pe abatere standard pentru numere, față de celelalte niveluri pentru categorii. Un interval care traversează linia poate fi întâmplare. Ce merge împreună cu un rezultat nu îl cauzează neapărat.
fig-drivers-alt = Coloane după pondere. { $parts }.
no-fig-cohorts = nu există luni de comenzi de urmărit
fig-16 = Cum revin clienții, după luna primei comenzi
fig-cohorts-below = Ponderea noilor clienți din fiecare lună care au comandat după atâtea luni
fig-first-order-in = prima comandă, clienți
fig-cohorts-caption = Fiecare linie este formată din clienții care au comandat prima dată în acea lună; numărul lor stă alături. Spre dreapta, celula este ponderea celor care au comandat în prima lună după, a doua și așa mai departe. Liniile se termină unde lunile următoare nu sunt încă cunoscute. O liniuță este ascunsă: mai puțin de { $few } clienți.
fig-cohorts-alt = Un tabel cu { $n } luni de clienți noi și ponderea celor care au revenit în fiecare lună după; cel mult { $most }.
no-fig-expected = nu s-a prognozat nicio valoare din comenzi
fig-17 = Cine aduce valoarea așteptată
fig-expected-below = Ponderea valorii așteptate, întâi clienții cu cea mai mare
fig-expected-up = Pondere în valoarea așteptată
fig-expected-days = În următoarele { $n } zile
fig-expected-total = { $money } așteptați de la toți
fig-expected-says = din valoarea așteptată vine de la zecimea clienților cu cea mai mare.
fig-expected-first = din valoarea așteptată vine de la cei { $share } dintre clienți cu cea mai mare.
fig-expected-caption = Clienții sunt ordonați după ce se așteaptă să aducă. Cu cât curba începe mai abrupt, cu atât mai mult depinde de puțini: aveți grijă personal de ei. Nicio treaptă a curbei nu arată un singur client.
fig-expected-alt = Curba valorii așteptate. Prima zecime a clienților aduce { $top }.
no-fig-evaluation = valoarea sau stabilitatea nu este cunoscută pentru două segmente
fig-18 = Ce segmente merită atenție
fig-evaluation-below = În sus: valoare pe client. La dreapta: cât de sigur se regăsește segmentul. Aria: pondere în valoare
fig-evaluation-caption = Dreapta sus: valoros și grup sigur, deci merită o campanie proprie. Stânga sus: valoros, dar granița este aproximativă; priviți clienții unul câte unul. Dreapta jos: sigur, dar de valoare mică; mențineți costul mic. Un disc mare cuprinde o mare parte din valoare. Un semn împins la o parte are o linie spre mijlocul discului său.
fig-evaluation-alt = Valoare pe client și suprapunere la regăsire, pe segmente. { $parts }.
value-heading = Ce vor aduce
value-lead = În următoarele { $n } zile se așteaptă { $orders } comenzi, în valoare de { $money }.
value-not-known = o sumă necunoscută
value-repeat = Dintre clienții noi, { $share } comandă din nou în { $n } zile.
value-tried-head = Cum s-a descurcat prognoza înainte
value-tried = La { $day } aceeași metodă aștepta vânzări de { $forecast } către { $customers ->
    [one] { $customers } client
    [few] { $customers } clienți
   *[other] { $customers } de clienți
} în { $n ->
    [one] { $n } zi
    [few] { $n } zile
   *[other] { $n } de zile
}; au fost de { $fact }.
value-tried-orders = La { $day } aceeași metodă aștepta comenzi: { $forecast }, de la { $customers ->
    [one] { $customers } client
    [few] { $customers } clienți
   *[other] { $customers } de clienți
} în { $n ->
    [one] { $n } zi
    [few] { $n } zile
   *[other] { $n } de zile
}; au fost { $fact }.
col-spent-group = Clienți după cât cheltuiseră
col-spent-before = Cheltuit până atunci
col-forecast = Prognoză
col-fact = Cât a venit
col-forecast-of-fact = Prognoză în % din cât a venit
spend-group-1 = Cincimea care cheltuise cel mai puțin
spend-group-2 = A doua cincime
spend-group-3 = Cincimea din mijloc
spend-group-4 = A patra cincime
spend-group-5 = Cincimea care cheltuise cel mai mult
half-of-them = jumătate se află între { $low } și { $high }
half-alike = jumătate au { $value }
range-note = Jumătate dintre clienții segmentului se află în intervalul de sub valoare.
bounds-note = „Sub” și „peste” înlocuiesc ponderi formate din prea puțini clienți pentru a fi arătate.
most-like = Seamănă cel mai mult cu segmentul { $id }, „{ $name }”.
your-config = CONFIGURAȚIA-DVS
typical-head = Un client tipic:
typical-range = { $low } până la { $high }
typical-note = { $n ->
    [one] Intervalele cuprind jumătatea din mijloc a unui client aflat cel mai aproape de mijlocul segmentului; nu sunt valorile nimănui anume.
    [few] Intervalele cuprind jumătatea din mijloc a celor { $n } clienți aflați cel mai aproape de mijlocul segmentului; nu sunt valorile nimănui anume.
   *[other] Intervalele cuprind jumătatea din mijloc a celor { $n } de clienți aflați cel mai aproape de mijlocul segmentului; nu sunt valorile nimănui anume.
}
col-typical = Un client tipic
col-quarter = Un sfert este sub
col-three-quarters = Un sfert este peste
no-fig-many = mai mult de { $n } linii nu pot fi deosebite
fig-19 = Ce caracterizează fiecare segment
fig-multiples-below = O coloană de bare pe segment; colorată unde valoarea tipică este clar departe de mijlocul tuturor clienților
fig-multiples-sides = stânga: sub toți clienții, dreapta: peste
fig-multiples-caption = Citiți un segment de sus în jos: o bară spre dreapta înseamnă că valoarea sa tipică este peste cea a tuturor clienților, spre stânga sub; cu cât e mai lungă, cu atât mai puțini dintre toți clienții sunt mai departe. Barele gri sunt diferențe mici. Coloanele cu punct au format segmentele, deci diferă prin construcție.
fig-multiples-alt = Bare peste { $n } coloane, un panou pentru fiecare segment: { $names }. Tabelul valorilor tipice conține cifrele.
the-rest = Restul
judge-parts = Numărul de segmente a fost judecat în interiorul fiecărei părți. { $parts }
no-fig-silhouette = nu se pot măsura distanțe între segmente
fig-20 = Cât de clar aparțin clienții segmentului lor
fig-silhouette-below = Siluetă: 1 este adânc în propriul segment, 0 la graniță, sub 0 mai aproape de altul
fig-mean = Linia întreruptă: media tuturor, { $mean }
fig-nearer-else = { $share } mai aproape de alt segment
fig-silhouette-caption = Fiecare formă este un segment: clienții de la cei mai clari sus la cei mai puțin clari jos, cu media alături. O formă plină și lungă este un grup aparte; o formă care se subțiază până la nimic are o graniță tăiată prin clienți asemănători, ca la cei mai mulți clienți. Citiți-o ca pe o descriere: nu decide numărul de segmente. { $of }; fiecare treaptă este media a cel puțin { $few } clienți.
fig-of-all = Pe baza tuturor celor { $n }
fig-of-drawn = Pe baza a { $n }, aleși la întâmplare
fig-silhouette-alt = Siluete pe segmente, medii. { $parts }.
no-fig-neighbours = această metodă nu privește vecinii
fig-24 = Cât de aproape sunt clienții unii de alții
fig-neighbours-below = Distanța în care se află { $n } clienți, inclusiv clientul; cei mai apropiați întâi
fig-neighbours-up = Distanță
fig-neighbours-across = Clienți, cei mai apropiați întâi
fig-km = { $x } km
fig-eps-says = este raza aleasă: cine are { $n } clienți în ea, inclusiv pe sine, se află într-o zonă densă.
fig-no-eps-says = clienți, inclusiv clientul, formează o vecinătate. Metoda nu alege o singură rază: le privește pe toate.
fig-dashed-eps = Linia întreruptă: raza
fig-neighbours-bend = Unde curba urcă, clienții încep să fie singuri.
fig-neighbours-caption = Clienții sunt ordonați după cât de departe trebuie să privească pentru a găsi { $points } clienți. Partea plată sunt clienții însoțiți; capătul abrupt sunt cei cu care nimeni nu seamănă. Distanțele sunt în coloanele pregătite sau în km între locuri. { $of }; cei mai îndepărtați pot fi în afara imaginii.
fig-neighbours-alt = Curba distanței în care se află { $n } clienți; până la { $most }.
no-fig-branches = această metodă nu găsește zone unele în altele
fig-25 = De unde vin zonele dense
fig-branches-below = În jos rămân împreună doar clienți tot mai apropiați; zonele colorate au devenit segmente
fig-branches-up = Distanța dintre vecini
fig-branches-across = Lățime: clienți ({ $n } sus)
fig-branch-tip = { $n } clienți, de la { $from } la { $until }
fig-branch = segmentul { $id } de la { $from } la { $until }
fig-branches-caption = Citiți de sus, unde toți clienții sunt legați. Fiecare despărțire este o distanță sub care un grup se desface în altele mai mici; cine se pierde pe drum nu seamănă destul cu nimeni. Un bloc colorat înalt se ține împreună la multe distanțe, deci este un grup de sine stătător; unul scund abia este. Clienții sunt rotunjiți la cel mai apropiat multiplu de { $few }.
fig-branches-alt = Un arbore de { $n } zone. { $parts }.
no-fig-profit = costul contactului, valoarea salvată și ponderea salvată nu sunt date
fig-26 = Ce se așteaptă să aducă contactarea
fig-profit-below = Profit după ponderea clienților contactați, cei mai riscanți întâi; pe clienți pe care modelul nu îi văzuse
fig-profit-up = Profit
fig-profit-up-in = Profit, { $currency }
fig-profit-says = este cel mai mult ce se așteaptă să aducă, cu cei { $share } mai riscanți pe listă: { $n }.
fig-profit-none = Niciun contact nu se plătește la acest cost.
fig-profit-budget = La bugetul de contact, { $share } (inel): { $money }, interval 95 % { $low } până la { $high }
fig-profit-even = Un contact se plătește de la o probabilitate de { $p }
fig-profit-given = Ca date: { $cost } pe contact, { $saved } pe client păstrat, { $rate } dintre cei pe cale să plece sunt păstrați
fig-profit-shade = Umbrit: interval 95 %; întrerupt: doar după probabilitățile modelului
fig-profit-caption = Spre dreapta sunt contactați mai mulți clienți, cei mai riscanți întâi; înălțimea este ce se așteaptă după cost, dacă ponderea dată din { $those } ar fi putut fi păstrată. Punctul este maximul; după el fiecare contact costă mai mult decât aduce. Doar un grup ținut deoparte arată dacă ponderea dată este adevărată.
fig-profit-alt = Profit după ponderea contactată; maximul este { $best } la { $share }.
no-fig-contributions = niciun model nu se ia după coloanele clienților
fig-27 = De ce modelul evaluează diferit segmentele
fig-contributions-below = Cu ce factor schimbă fiecare coloană șansele într-un segment, față de clientul mediu
fig-contributions-sides = stânga (albastru): mai puțin probabil, dreapta (portocaliu): mai probabil
fig-contributions-caption = Citiți un segment de sus în jos: o bară spre dreapta înseamnă că acea coloană crește { $chance } acolo, spre stânga că o scade, față de clientul mediu; factorii tuturor coloanelor înmulțiți dau întregul. Barele gri schimbă șansele cu mai puțin de o zecime. Barele spun după ce se ia modelul, nu ce s-ar întâmpla dacă cineva ar schimba coloana.
fig-contributions-alt = Coloana care schimbă cel mai mult șansele, pe segmente. { $parts }.
no-fig-alive = nu există comenzi sau niciun model nu poate spune din ele când pleacă clienții
fig-28 = Cât de sigur este că clienții sunt încă activi
fig-alive-below = Probabilitatea medie după zile cu comandă și zile de la ultima; sub ea numărul de clienți
fig-alive-orders = Zile cu comandă
fig-alive-silence = Zile de la ultima comandă
fig-alive-cell = { $orders } comenzi, { $days } zile: { $p }
fig-alive-caption = Citiți o linie de la stânga la dreapta: cu cât tăcerea este mai lungă, cu atât mai puțin sigur. Cine comanda des lipsește mai repede: aceeași tăcere spune mai mult despre un client cu multe comenzi decât despre unul cu puține. După modelul { $model }, care nu este niciodată exact pentru un client; clienții cărora nu le dă nicio șansă să plece, precum cei cu o singură comandă, nu sunt în figură. Celulele gri cu liniuță sunt ascunse: ele, sau o celulă care s-ar putea deduce din ele, au mai puțin de { $few } clienți.
fig-alive-alt = O grilă a probabilității de a fi activ. { $parts }.
no-fig-map = nicio coloană nu are locuri în grade sau prea puțini clienți împart unul
no-fig-map-few = { $n } din { $all } clienți sunt în pătrate cu mai puțin de { $few }, care nu se arată: rămâne prea puțin din hartă
fig-29 = Unde se află clienții
fig-places-below = Fiecare pătrat după segmentul celor mai mulți clienți; mai intens unde sunt mai mulți
fig-places-caption = Nordul este sus, estul la dreapta; un pas spre est este cât unul spre nord. Un pătrat adună clienții unei zone, niciodată unul singur. Pătratele goale nu au pe nimeni sau au prea puțini pentru a fi arătați.
fig-places-unknown = { $text } Pentru { $customers } locul nu este cunoscut.
fig-places-alt = O hartă a locurilor clienților în { $n } celule, colorată pe segmente: { $names }.
wind-n = N
wind-s = S
wind-e = E
wind-w = V
no-fig-places = nicio coloană nu numește locuri cu destui clienți
fig-30 = Unde se află clienții, după nume
fig-place-below = { $column }: cele { $n } cu cei mai mulți clienți și segmentele lor
fig-place-all-below = { $column } și segmentele clienților de acolo
fig-elsewhere = toate celelalte
fig-place-caption = Fiecare bară reprezintă clienții unui loc, împărțiți pe segmente în ordinea numerelor.
fig-place-others = Toate celelalte sunt în alte locuri sau nu se știe unde.
fig-place-grey = Griul este ascuns: părți cu mai puțin de { $few } clienți și altele din care s-ar putea deduce o astfel de parte.
fig-place-alt = Clienți pe locuri. { $parts }.
name-comma = {", "}
name-within = { $of }:{" "}
name-as = { $of }
name-high = { $of } peste medie
name-low = { $of } sub medie
name-long = { $of } peste medie
name-short = { $of } sub medie
name-many = număr mare de { $of }
name-few = număr mic de { $of }
name-older = mai în vârstă
name-younger = mai tineri
name-long-since = { $of } demult
name-recent = recent: { $of }
name-no = fără { $of }
name-not = nu { $of }
name-town = în { $of }
name-middle = în mijloc
name-north = în nord
name-north-east = în nord-est
name-east = în est
name-south-east = în sud-est
name-south = în sud
name-south-west = în sud-vest
name-west = în vest
name-north-west = în nord-vest
name-number = segmentul { $of }
name-average = aproape de medie
reason-nowhere = În niciun segment: prea puțini clienți seamănă cu acesta{ $own }
reason-plain = Nicio trăsătură nu iese în evidență{ $own }
reason-close = aproape de segmentul { $id }
reason-unusual = neobișnuit pentru acest segment
reason-of-all = { $what } ({ $share } din toți)
reason-near = { $shown } (aproape de tipicul { $half })
reason-typical = { $shown } (tipic: { $half })
unit-days = { $n } zile
unit-days-ago = acum { $n } zile
unit-weeks = { $n } săptămâni
unit-months = { $n } luni
unit-years = { $n } ani
unit-hours = { $n } ore
unit-minutes = { $n } minute
change-heading = Ce s-a schimbat
change-forecast = Prognoză față de realitate
change-segment-then = Segment la { $then }
change-leave-forecast = Pleacă: prognoză
change-leave-fact = Pleacă: real
change-orders-forecast = Comenzi: prognoză
change-orders-fact = Comenzi: real
change-value-forecast = Valoare: prognoză
change-value-fact = Valoare: real
change-verdict = Verdict asupra segmentelor
change-events = Ce s-a întâmplat din { $then } până în { $now }
change-moved = Cine s-a mutat
change-from-to = De la ({ $then }), la ({ $now })
change-kpi = KPI înainte și acum
change-kpi-note = Toți clienții și fiecare segment în care schimbarea depășește întâmplarea (cu aldine). Intervalele sunt ale unei diferențe între cifre independente.
change-who = Cine
col-kpi-short = KPI
change-before = Înainte ({ $then })
change-now = Acum ({ $now })
change-change = Schimbare (interval 95 %)
change-clear = clară
change-drift = Deriva coloanelor
change-shift = Deplasare
change-index = Indice de stabilitate
change-distance = Distanță în abateri standard
change-not-told = Nespus:
change-by-behaviour = Mutați prin ce fac
change-by-behaviour-note = De la segmentul de dinainte la cel pe care modelul precedent îl dă acum. Cine nu era înainte stă la noi.
change-by-definition = Mutați prin definiții noi
change-by-definition-note = Aceiași clienți, de la segmentul după modelul precedent la cel după noua ajustare. Nimeni din acest tabel nu a făcut nimic.
change-drift-rest = { $n } alte coloane nu s-au deplasat sau au prea puțini clienți pentru a spune.
change-scored = Segmentele sunt aceleași ca atunci: clienții au fost așezați de modelul înghețat, deci cine s-a mutat a făcut-o prin ce face.
change-refitted = Segmentele au fost ajustate din nou pornind de la cele de atunci, deci unii clienți s-au mutat prin ce fac, iar alții fiindcă segmentele au fost trasate din nou; cele două sunt deosebite.
change-lead = Față de { $then }: { $both } sunt în ambele, { $new } sunt noi și { $gone } nu mai sunt. { $done }
change-keep = Păstrați: segmentele rezistă.
change-look = Verificați: segmentele rezistă, dar cineva ar trebui să le privească.
change-refit = Reajustați: clienții nu mai cad în segmentele de atunci.
change-in-none = în niciunul
change-new = noi
change-withheld = Celulele cu prea puțini clienți sunt omise; { $n } sunt în astfel de celule.
change-down = { $down } din { $all } s-au mutat într-un segment de valoare mai mică prin ce fac ({ $share }), { $up } într-unul de valoare mai mare.
change-down-chance = Între două jumătăți ale comenzilor anterioare ar face-o { $share }, fără ca cineva să se schimbe: norocoșii dintr-o jumătate sunt rareori norocoșii din cealaltă. Jumătățile au jumătate din comenzi, deci acesta este maximul pe care îl explică întâmplarea.
kpi-retention = Retenție de la lună la lună
kpi-repeat-rate = A doua comandă în 90 de zile
kpi-loyal-share = Clienți loiali
kpi-churn = Clienți care pleacă
kpi-order-value = Comanda medie
kpi-value = Valoarea medie
change-in-base = formează segmentele
change-aged = timpul scurs este scăzut
change-unseen = { $share } au un nivel care nu exista înainte
change-large = mare
change-some = puțină
no-fig-forecast = nimic din ce s-a prognozat nu este încă cunoscut
no-fig-cells-moved = nicio celulă nu are destui clienți
no-fig-kpi = rularea nu a păstrat niciun KPI
no-fig-months = nu există comenzi din două luni
fig-21 = Ce s-a prognozat și ce a venit
fig-forecast-below = Ponderea clienților care pleacă: prognoza din { $then } și realitatea
fig-forecast-came = { $who }: { $told } prognozat, { $came } real
fig-forecast-caption = Semnul vertical este prognoza ultimei rulări, punctul ce s-a întâmplat, iar linia prin el intervalul pe care îl permite întâmplarea. Un semn în afara liniei este o prognoză greșită.
fig-22 = Cine s-a mutat unde
fig-by-behaviour = Prin ce fac clienții
fig-by-definition = Prin definiții noi
fig-migration-below = Stânga { $then }, dreapta { $now }; lățimea este numărul de clienți
fig-migration-alt = Benzi de la segment la segment. { $moved } din { $all } s-au mutat prin ce fac.
fig-migration-caption = Fiecare bandă este un grup de clienți, de la segmentul de dinainte, la stânga, la cel de acum, la dreapta. Benzile drepte au rămas. Benzile cu mai puțini clienți decât se pot arăta sunt omise.
fig-23 = KPI lună de lună
fig-kpi-customers = Clienți care au comandat
fig-kpi-retention = Retenție față de luna dinainte
fig-kpi-repeat = Clienți care mai comandaseră
fig-kpi-below = Lunile întregi sunt puncte pline; cele tăiate de date sunt goale
fig-kpi-no-limits = Fiecare linie este un KPI, lună de lună. Sunt mai puțin de opt luni întregi, deci nu se desenează limite: nimeni nu poate spune încă ce este obișnuit.
fig-kpi-caption = Fiecare linie este un KPI, lună de lună. Liniile întrerupte sunt media și limitele între care se află de obicei lunile; un punct în afară este o lună despre care merită întrebat.
fig-kpi-alt = { $n } linii pe { $months } luni.
fig-more = și încă { $n } segmente
product-index = { $product } (indice { $index })
buys-more = Cumpără mai mult decât alții
offer-next = De oferit în continuare
offer-because = { $product }: indice { $index } aici, { $there } în „{ $like }”, segmentul cel mai asemănător
fig-alive-other = { $text } Prognoza acestui raport urmează alt model, care s-a descurcat mai bine în ultima perioadă.
