# Texte scurte pe care un raport le recunoaște după engleza lor, în română.

phrase-between = ;{" "}

## What a column is, and what it is used for

phrase-id = id
phrase-number = număr
phrase-flag = da/nu
phrase-category = categorie
phrase-date = dată
phrase-constant = constantă
phrase-identifier = identificator
phrase-text = text
phrase-label = rezultat
phrase-pooled = (altele)
phrase-behavioural = comportament
phrase-demographic = demografie
phrase-geographic = geografie
phrase-psychographic = atitudini
phrase-firmographic = firmă
phrase-listed = după listă
phrase-all = toate
phrase-outcome = rezultatul
phrase-taken-out = scoasă
phrase-segments = segmente
phrase-describes = descrie
phrase-churn-only = doar plecarea
phrase-not-used = nefolosită

## Why a column is what it is

phrase-empty = goală în fiecare rând
phrase-same = aceeași în fiecare rând
phrase-days = zile calendaristice
phrase-zero-one = doar 0 și 1
phrase-numbers = numere
phrase-counts-rows = numără rândurile
phrase-reaches = duce la un singur client
phrase-postal = un cod poștal
phrase-key-different = numită ca o cheie și diferită în fiecare rând
phrase-key = numită ca o cheie
phrase-zeros = scrisă cu zerouri la început, deci un cod
phrase-few-whole = puține numere întregi sub numele unui cod
phrase-two-levels = două niveluri
phrase-scale = niveluri ale unei scale, în ordinea lor
phrase-sentences = propoziții, în mare parte diferite
phrase-different = diferită în fiecare rând
phrase-names-one = numește un client sau duce la el
phrase-levels = niveluri cu nume
phrase-most-rows = diferită în cele mai multe rânduri
phrase-many-levels = atât de multe niveluri, încât puține rânduri au același
phrase-survey = una dintre mai multe întrebări dintr-un sondaj
phrase-levels-think = nivelurile sunt ce gândesc clienții
phrase-behave = despre ce fac sau cumpără clienții
phrase-companies = despre firme
phrase-who = despre cine sunt clienții
phrase-where = despre unde sunt clienții
phrase-think = despre ce gândesc clienții
phrase-levels-who = nivelurile spun cine sunt clienții
phrase-levels-places = nivelurile sunt locuri
phrase-behave-far = despre ce fac sau cumpără clienții, cât spune numele
phrase-config-lists = folosită fiindcă este în configurație
phrase-declared = declarată în configurație
phrase-ignored = ignorată prin configurație
phrase-no-sums = un sistem face caracteristici numai din sume
phrase-sensitive = numită ca o dată sensibilă ({ $trait }), deci nefolosită
phrase-named = numită în configurație
phrase-means-leaving = numele ei înseamnă plecare și are două valori
phrase-place = împreună cu { $other } un loc
phrase-item = una din { $n } întrebări pe o singură scală
phrase-from = din { $table }: { $why }
phrase-counted = numărată din { $table }
phrase-same-lines = aceeași pe liniile unui client: { $why }
phrase-line-customer = clientul fiecărei linii de cumpărare
phrase-id-customer-number = numită ca un număr de client și { $rest }
phrase-id-customer = numită ca un client și { $rest }
phrase-id-key = numită ca o cheie și { $rest }
phrase-id-counter = un numărător de rânduri și { $rest }
phrase-nothing-else = nimic altceva nu numește rândurile
phrase-health = sănătate
phrase-religion = religie
phrase-ethnic-origin = origine etnică
phrase-sexual-orientation = orientare sexuală
phrase-trade-union = sindicat
phrase-political-opinion = opinie politică
phrase-criminal-record = cazier judiciar
phrase-genetic-data = date genetice

## How a feature is made of purchases

phrase-made-last-day = ziua de referință - ziua ultimei comenzi; 0 în acea zi
phrase-made-orders = numărul de comenzi: o comandă este ce a cumpărat un client sub un număr de comandă într-o zi; unde nu sunt numere de comandă, într-o zi
phrase-made-spend = suma cumpărăturilor - suma celor date înapoi unde rambursările se scad, altfel suma cumpărăturilor
phrase-made-basket = suma comenzilor / comenzi; o restituire contează unde apare chiar în comandă
phrase-made-given-back = suma celor date înapoi
phrase-made-tenure = ziua de referință - ziua primei comenzi
phrase-made-between = ziua ultimei comenzi - ziua primei comenzi
phrase-made-gap = (suma pauzelor proprii + 2 x pauza de mijloc a tuturor clienților) / (pauzele proprii + 2); o pauză este timpul dintre comenzi din două zile diferite
phrase-made-regularity = -(sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)), n pauze, r abaterea lor standard / media: 1 ca un ceas, 0 la întâmplare, -1 în rafale
phrase-made-trend = (ultima - prima) / (ultima + prima + 2), comenzile de după prima zi din ultima și din prima jumătate a timpului de la prima comandă la ziua de referință
phrase-made-lines = linii cu cumpărături / comenzi
phrase-made-units = suma cantităților cumpărate / comenzi
phrase-made-products = produse diferite cumpărate
phrase-made-categories = categorii diferite cumpărate
phrase-made-returns = linii care dau ceva înapoi / toate liniile care contează, trase spre media clienților: (n proprie + 5 media) / (n + 5), n comenzi
phrase-made-discounts = linii cumpărate cu reducere / linii cu cumpărături, trase spre media clienților
phrase-made-weekend = comenzi sâmbăta sau duminica / comenzi, trase spre media clienților
phrase-made-category = bani cheltuiți pe categorie / bani cheltuiți, fără bani linii / linii, trase spre media clienților; o coloană pe nivel în afară de cel mai mare
phrase-made-channel = comenzi prin canal / comenzi, trase spre media clienților; o coloană pe nivel în afară de cel mai mare
phrase-made-season = comenzile anotimpului / comenzi, trase spre media clienților; o coloană pe anotimp în afară de cel mai mare
phrase-made-first-category = categoria celei mai mari linii din prima comandă, la egalitate prima după nume; cel mult 40 de niveluri, cele rare adunate
phrase-made-first-product = produsul celei mai mari linii din prima comandă, la egalitate primul după nume; cel mult 40 de niveluri, cele rare adunate

## What was done to values

phrase-blanks = spații din jurul valorii înlăturate
phrase-point-zero = {"."}0 înlăturat unde este identificator
phrase-comma = virgulă zecimală citită ca punct
phrase-thousands = semne între mii scoase
phrase-no-break = spații neseparabile din jurul numărului înlăturate
phrase-unit = { $unit } înlăturat și păstrat ca unitate
phrase-minus = minus în paranteze, la sfârșit sau tipografic citit ca minus
phrase-read-as-days = numere citite ca zile
phrase-clock = ora zilei omisă
phrase-moments = momente trecute la zilele din { $zone }

## Tables and purchase lines

phrase-customers = clienți
phrase-transactions = cumpărături
phrase-events = evenimente
phrase-feedback = feedback
phrase-products = produse
phrase-accounts = conturi
phrase-survey-table = sondaj
phrase-read = citite
phrase-used = folosite
phrase-left-out = lăsate deoparte: { $what }
phrase-without-day = fără zi
phrase-after-as-of = după ziua de referință
phrase-without-customer = fără client
phrase-without-amount = fără sumă
phrase-zero-quantity = cu cantitatea 0
phrase-zero-price = cu prețul 0
phrase-give-back = care dau bani înapoi
phrase-without-purchase = ale clienților fără cumpărături

## Why these columns made the segments

phrase-base = formate din cele { $n } coloane ({ $kind }), fiindcă { $why }; celelalte coloane descriu segmentele
phrase-base-items = formate din cele { $n } întrebări ({ $kind }), fiindcă { $why }; celelalte coloane descriu segmentele
phrase-says-behave = ce fac clienții spune cel mai mult despre ce să li se ofere
phrase-says-think = ce gândesc și ce vor clienții spune cel mai mult despre ce să li se comunice
phrase-says-companies = mărimea și felul unei firme spun cel mai mult despre ce îi trebuie
phrase-base-all = formate din toate cele { $n } coloane, fiindcă niciun fel care formează segmente nu are cel puțin { $least }
phrase-base-asked = formate din cele { $n } coloane cerute de features.cluster-on

## The map and the value

phrase-components = componente principale
phrase-axis-right = spre dreapta: { $what }
phrase-axis-up = în sus: { $what }
phrase-no-difference = nicio diferență
phrase-more = + { $name }
phrase-less = − { $name }
phrase-per-month = { $name } pe lună, pe { $n } zile
phrase-per-year = { $name } pe an, pe { $n } zile
phrase-as-total = { $name } ca total, așa cum este

## Against a number of segments

phrase-smallest = cel mai mic segment are doar { $share }
phrase-not-again = repetările nu regăsesc toate segmentele: { $found } la cel mai slab, se cere { $asked }
phrase-no-gap = nu toate segmentele au spațiu în jur, cum au cele { $k }
phrase-gap-too = și la { $k } segmente fiecare are spațiu în jur
phrase-two = două segmente se iau doar la cerere sau unde amândouă au spațiu în jur
phrase-hardly = spune abia mai mult decât { $k } segmente ({ $own } față de { $other }), deci se ia numărul mai mic
phrase-tells-less = spune mai puțin decât { $k } segmente: { $own } față de { $other }
phrase-bic = BIC este mai mare decât la { $k } segmente: { $own } față de { $other }
phrase-just = segmentul { $id } este doar: { $rule }
phrase-rule-is-missing = { $name } lipsește
phrase-rule-at-most = { $name } cel mult { $limit }
phrase-rule-above = { $name } peste { $limit }
phrase-rule-is-not = { $name } nu este { $level }

## The model of the outcome

phrase-logistic = logistic
phrase-boosting = boosting
phrase-recency-rule = regulă după ultima comandă
phrase-recency = regulă după ultima comandă
phrase-rate-rule = regulă după ritmul comenzilor
phrase-regression = regresie pe perioade anterioare
phrase-no-order = nicio comandă în { $n } zile
phrase-held-out = ținute deoparte: comenzile până la { $day } prognozează cele { $n } zile de după, pe care niciun model nu le-a văzut
phrase-by-loss = după log-loss la clienți ținuți deoparte
phrase-has-to-be = boosting trebuie să fie mai bun decât cel logistic cu mai mult de o eroare standard a diferenței
phrase-compared = comparate pe { $n } clienți, repartizați uniform, și doar câștigătorul ajustat pe toți
phrase-inside = la fel în fiecare parte, unde s-a ales boosting în { $boosted } din { $all }
phrase-folds-once = { $n } părți, o dată, repartizate după rezultat
phrase-folds-twice = { $n } părți, de două ori, repartizate după rezultat
phrase-twins = clienții egali în toate coloanele sunt în aceeași parte
phrase-copies = clienții egali în toate coloanele sau, nu din întâmplare, în toate numerele sunt în aceeași parte
phrase-all-ordered = în perioada ținută deoparte toți clienții au comandat, deci nu este nimic de deosebit
phrase-none-ordered = în perioada ținută deoparte niciun client nu a comandat, deci nu este nimic de deosebit
phrase-no-label = tabelul nu are o coloană care să spună cine a plecat
phrase-no-outcome = tabelul nu are o coloană cu un rezultat cunoscut
phrase-none-known = rezultatul nu este cunoscut pentru niciun client
phrase-one-outcome = toate cele { $n } rezultate cunoscute sunt la fel, deci nu e nimic de deosebit
phrase-few-with = doar { $n } clienți cu acest rezultat, mai puțini decât churn.min-events = { $least }
phrase-few-without = doar { $n } clienți fără acest rezultat, mai puțini decât churn.min-events = { $least }
phrase-no-column = nu rămâne nicio coloană care să difere între clienți
phrase-no-fold = aproape toți clienții sunt egali în toate coloanele, deci nicio parte nu poate fi ținută deoparte
phrase-too-short = comenzile acoperă { $history } zile, prea puține ca să se țină deoparte o perioadă de { $days } zile

## Classes

phrase-lost = Pierduți
phrase-hibernating = În hibernare
phrase-about-to-sleep = Pe cale să adoarmă
phrase-new-customers = Clienți noi
phrase-promising = Promițători
phrase-at-risk = În pericol
phrase-cannot-lose = De nepierdut
phrase-need-attention = Cer atenție
phrase-potential = Potențiali loiali
phrase-loyal = Clienți loiali
phrase-champions = Campioni
phrase-high-risk = { $class }, risc ridicat
phrase-middle-risk = { $class }, risc mediu
phrase-low-risk = { $class }, risc scăzut

## Cum se numesc coloanele pe care kohort le formează din comenzi

phrase-column-order = comandă
phrase-column-orders = comenzi
phrase-column-spend = cheltuieli
phrase-column-last-order = ultima comandă
phrase-column-days-since = zile de la ultima comandă
phrase-column-average-order = valoarea medie a comenzii
phrase-column-refunds = rambursări
phrase-column-tenure = vechime
phrase-column-tenure-days = zile ca client
phrase-column-season = pondere în sezonul { $season }
phrase-column-category = pondere din categoria { $category }
phrase-column-channel = pondere prin canalul { $channel }
phrase-column-season-share = pondere pe sezon
phrase-column-category-share = pondere pe categorie
phrase-column-channel-share = pondere pe canal
phrase-season-winter = dec.-feb.
phrase-season-spring = mart.-mai
phrase-season-summer = iun.-aug.
phrase-season-autumn = sept.-nov.
phrase-column-first-to-last = zile de la prima la ultima comandă
phrase-column-gap-days = zile între comenzi
phrase-column-regularity = regularitatea comenzilor
phrase-column-order-trend = tendința comenzilor
phrase-column-lines-per-order = linii pe comandă
phrase-column-units-per-order = unități pe comandă
phrase-column-different-products = produse diferite
phrase-column-different-categories = categorii diferite
phrase-column-return-share = ponderea retururilor
phrase-column-discount-share = ponderea reducerilor
phrase-column-weekend-share = ponderea din weekend
phrase-column-first-category = prima categorie
phrase-column-first-product = primul produs
phrase-column-visits = vizite
phrase-column-age = vârstă
