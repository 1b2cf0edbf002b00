# Ce spun constatările, în română; aceleași mesaje ca în engleză.

## Lucruri numărate; `n` este numărul, `of` toate

n-rows = { $n ->
    [one] { $n } rând
    [few] { $n } rânduri
   *[other] { $n } de rânduri
}
n-values = { $n ->
    [one] { $n } valoare
    [few] { $n } valori
   *[other] { $n } de valori
}
n-lines = { $n ->
    [one] { $n } linie
    [few] { $n } linii
   *[other] { $n } de linii
}
n-days = { $n ->
    [one] { $n } zi
    [few] { $n } zile
   *[other] { $n } de zile
}
n-of-customers = { $n } din { $of ->
    [one] { $of } client
    [few] { $of } clienți
   *[other] { $of } de clienți
}
n-of-rows = { $n } din { $of ->
    [one] { $of } rând
    [few] { $of } rânduri
   *[other] { $of } de rânduri
}
n-of-values = { $n } din { $of ->
    [one] { $of } valoare
    [few] { $of } valori
   *[other] { $of } de valori
}
n-of-lines = { $n } din { $of ->
    [one] { $of } linie
    [few] { $of } linii
   *[other] { $of } de linii
}
n-of-levels = { $n } din { $of ->
    [one] { $of } nivel
    [few] { $of } niveluri
   *[other] { $of } de niveluri
}

## În jurul unei constatări

finding-column = { $column }: { $text }
about-file = { $file }: { $text }
about-files = { $file } și încă { $more }: { $text }
about-part = unde { $part }: { $text }

## Citirea fișierelor

finding-encoding_certain = textul nu este UTF-8 și este citit ca { $encoding }, ceea ce este sigur: niciun alt set de caractere al acestei scrieri nu se potrivește sau nu dă altceva ({ $bytes } octeți în afara ASCII, în { $words } cuvinte diferite)
    .advice = puneți encoding = "{ $setting }" sub [input.csv]
finding-encoding_likely = textul nu este UTF-8 și este citit, cu mare siguranță, ca { $encoding }: cuvintele dau același răspuns în fiecare din trei părți ({ $bytes } octeți în afara ASCII, în { $words } cuvinte diferite)
    .advice = puneți encoding = "{ $setting }" sub [input.csv]
finding-encoding_declared = textul este citit ca { $encoding }, așa cum s-a declarat, dar este și UTF-8 corect
    .advice = verificați dacă literele sunt corecte; altfel declarați encoding = "utf-8"
finding-encoding_unmarked = textul nu are byte order mark și este citit ca { $encoding }, ceea ce este sigur: fiecare al doilea octet este NUL
    .advice = puneți encoding = "{ $setting }" sub [input.csv]
finding-comment-lines = { $n ->
    [one] 1 linie începe cu # și nu face
   *[other] primele { $n } linii încep cu # și nu fac
} parte din tabel
    .advice = puneți skip-lines sub [input.csv] ca să spuneți câte sunt; 0 le păstrează
finding-title-lines = { $n ->
    [one] 1 linie de deasupra numelor coloanelor este un titlu și nu face
   *[other] primele { $n } linii de deasupra numelor coloanelor sunt titluri și nu fac
} parte din tabel
    .advice = puneți skip-lines sub [input.csv] ca să spuneți câte sunt; 0 le păstrează
finding-header-lines = primele două linii numesc amândouă coloanele, iar numele lor sunt unite
    .advice = puneți header-lines = 1 sub [input.csv] dacă a doua este un rând
finding-no-header = prima linie conține numere ca toate celelalte, deci coloanele se numesc column_1, column_2 și așa mai departe
    .advice = puneți header = true sub [input.csv] dacă ea numește coloanele
finding-unnamed-column = prima coloană nu are nume și se numește { $name }
finding-missing-values = { n-of-values } lipsesc ({ $codes })
code-empty = gol: { $n }
code-space = un singur spațiu: { $n }
code-blanks = { $blanks } spații: { $n }
code-spelt = "{ $code }": { $n }
finding-other-format = numele promite { $promised }, dar fișierul este { $found } și este citit ca atare
format-workbook = un registru de calcul
format-named = { $name }
finding-proposed-missing = din { n-values }, acestea pot însemna că lipsește ceva și sunt folosite așa cum sunt: { $codes }
    .advice = dacă înseamnă că lipsește ceva, puneți null-values = [{ $setting }] sub [input.csv]
code-in-rows = "{ $code }" în { n-rows }
finding-rejected-rows = { n-rows } nu au putut fi citite, prima oară la { $first }
    .advice = corectați aceste rânduri în export
place-line = linia { $line }
place-row = rândul { $row }
finding-empty-file = are nume de coloane, dar niciun rând
finding-first-rows = coloanele au fost privite în primele { n-of-rows }
finding-seen-on-a-sample = au fost privite { $n } din { $of } clienți: un eșantion după hash-ul identificatorilor
finding-seen-on-a-sample_lines = au fost priviți { $n } clienți, cu toate liniile lor: un eșantion după hash-ul identificatorilor din { $of } linii
finding-not-on-an-engine = lăsate deoparte, pentru că un sistem face caracteristici numai din sume: { $columns }
    .advice = rulați pe o singură mașină pentru toate caracteristicile
finding-found-on-a-sample = segmentele au fost găsite pe { $n } din { $of } clienți, mutate la mediile tuturor în { $passes } treceri, și fiecare client a fost așezat: mărimile și ponderile sunt ale tuturor, sumele sunt ale eșantionului înmulțite cu clienții pe care îi reprezintă fiecare, restul este al eșantionului
    .advice = un engine.sample-rows mai mare face mai sigur ce ține de eșantion
finding-churn-of-the-sample_trees = churn_probability nu a fost scrisă pentru toți clienții: arborii modelului de plecare au { $n } frunze, iar o singură interogare cuprinde cel mult { $most }
    .advice = puneți churn.model = "logistic", a cărui probabilitate este o singură sumă
finding-churn-of-the-sample_products = churn_probability nu a fost scrisă pentru toți clienții: cu ea o singură interogare ar avea { $n } produse, iar limita este { $most }
    .advice = folosiți mai puține coloane sau mai puține segmente
finding-churn-of-the-sample_forecast = churn_probability nu a fost scrisă pentru toți clienții: cine comandă din nou a fost prevăzut numai pentru eșantion
finding-churn-of-the-sample_column = churn_probability nu a fost scrisă pentru toți clienții: sistemul păstrează { $name } ca altceva decât eșantionul
    .advice = păstrați coloana în sistem drept ceea ce este sau numiți-o în churn.drop
finding-twin-rows = { n-of-rows } sunt egale cu un rând anterior în toate coloanele și sunt păstrate
    .advice = eliminați-le din export dacă un rând poate fi scris de două ori
finding-error-cells = { $n ->
    [one] { $n } celulă din coloana { $letters } a foii { $sheet } conține o eroare precum #N/A și este citită
    [few] { $n } celule din coloana { $letters } a foii { $sheet } conțin o eroare precum #N/A și sunt citite
   *[other] { $n } de celule din coloana { $letters } a foii { $sheet } conțin o eroare precum #N/A și sunt citite
} ca lipsă
finding-unit-in-values_percent = { n-values } au semnul procentului: 12% se citește ca 12, nu ca 0.12
finding-unit-in-values_currency = { n-values } sunt sume în { $unit }; semnul a fost înlăturat
finding-accounting-negatives = { n-values } în paranteze sau cu minus la sfârșit sunt citite ca negative
    .advice = declarați coloana drept categorie sub [features.types] dacă nu asta s-a vrut
finding-rounded-numbers = { n-values } au mai multe cifre decât cele 15 până la 17 pe care le ține un număr și sunt rotunjite acolo unde coloana este folosită ca numere
    .advice = dacă sunt coduri, declarați coloana drept categorie sub [features.types]
finding-looks-like-moments = { n-values } seamănă cu secunde sau milisecunde din 1970 încoace și sunt folosite ca numere
    .advice = puneți date-format = "epoch-s" sau "epoch-ms" sub [input.csv] ca să fie citite zile
finding-days-as-numbers_spreadsheet = numerele sunt citite ca zile ale unei foi de calcul care numără din 1900
    .advice = declarați coloana drept număr sub [features.types] dacă nu asta s-a vrut
finding-days-as-numbers_other = numerele sunt citite ca { $format }
    .advice = declarați coloana drept număr sub [features.types] dacă nu asta s-a vrut
finding-signs-between-days = { n-days } au alte semne între numere decât { $format }; ordinea este aceeași
finding-repeated-times = { $n ->
    [one] { $n } oră a apărut
    [few] { $n } ore au apărut
   *[other] { $n } de ore au apărut
} de două ori când ceasurile din { $zone } au fost date înapoi; ziua este aceeași în ambele cazuri
finding-days-in-utc = { $n ->
    [one] { $n } oră este
    [few] { $n } ore sunt
   *[other] { $n } de ore sunt
} în UTC, la fel și zilele citite din ele
    .advice = puneți timezone sub [input.csv] ca să numărați în zile locale

## Ce înseamnă coloanele

finding-no-id = nicio coloană nu numește clienții, deci rândurile sunt numerotate în ordinea fișierului
    .advice = numiți coloana de identificare cu input.id; fără ea contează ordinea rândurilor, iar clienții nu pot fi urmăriți de la o rulare la alta
finding-ids-with-decimals = { $n } din { $of ->
    [one] { $of } identificator
    [few] { $of } identificatori
   *[other] { $of } de identificatori
} sunt scriși cu .0 la sfârșit, așa cum scrie o foaie de calcul numere întregi lângă valori lipsă; sunt citiți fără
finding-near-duplicate-ids = { $n ->
    [one] { $n } identificator este scris
    [few] { $n } identificatori sunt scriși
   *[other] { $n } de identificatori sunt scriși
} în mai multe feluri: diferă doar literele mari și mici, spațiile de la capete sau compunerea accentelor; fiecare fel este luat drept un client separat
    .advice = corectați identificatorii dacă înseamnă același client
finding-second-label = și acest nume înseamnă plecare, dar { $label } a fost luată drept rezultat
    .advice = numiți coloana corectă cu churn.label
finding-open-customers = clienții fără rezultat cunoscut primesc o probabilitate, dar nu se învață din ei
finding-half-a-place = o latitudine sau o longitudine fără cealaltă este un număr, nu un loc
    .advice = declarați-o pe cealaltă în features.types ca "latitude" sau "longitude"
finding-exchanged-coordinates_all = { n-of-rows } din { $columns } sunt grade doar dacă latitudinea și longitudinea sunt schimbate între ele, deci sunt folosite ca două numere
    .advice = declarați în features.types care coloană este "latitude" și care "longitude"
finding-exchanged-coordinates_some = { $n ->
    [one] { $n } rând se află
    [few] { $n } rânduri se află
   *[other] { $n } de rânduri se află
} departe de celelalte, și printre ele dacă latitudinea și longitudinea sunt schimbate; sunt folosite așa cum sunt
    .advice = priviți aceste rânduri înainte să vă bazați pe locuri
finding-not-degrees = { n-of-rows } din { $columns } nu sunt grade, deci sunt folosite ca două numere
    .advice = dați latitudinea și longitudinea în grade sau declarați ambele coloane ca "number"
finding-coordinates-outside = { $n ->
    [one] { $n } rând se află
    [few] { $n } rânduri se află
   *[other] { $n } de rânduri se află
} în afara gradelor globului și se consideră lipsă; { $exchanged } dintre ele sunt înăuntru dacă latitudinea și longitudinea sunt schimbate
    .advice = corectați coordonatele sau lăsați-le goale
finding-null-island = { $n ->
    [one] { $n } rând se află
    [few] { $n } rânduri se află
   *[other] { $n } de rânduri se află
} la 0 și 0, ceea ce înseamnă negăsit, și se consideră lipsă
    .advice = lăsați coordonatele goale unde locul nu este cunoscut
finding-half-coordinates = { $n ->
    [one] { $n } rând are
    [few] { $n } rânduri au
   *[other] { $n } de rânduri au
} o latitudine sau o longitudine, dar nu pe amândouă, și se consideră lipsă
    .advice = completați-o pe cealaltă
finding-rare-levels = { n-of-levels } au mai puțin de { $few } rânduri fiecare și sunt adunate ca { $other }, { $rows } rânduri în total
finding-unused-column_levels = nu există două grupuri de cel puțin { $few } rânduri cu același nivel, deci coloana nu este folosită
finding-unused-column_days = niciun rând nu conține o zi posibilă, deci coloana nu este folosită
finding-undeclared-level = unele rânduri au un nivel nedeclarat; se consideră lipsă
    .advice = adăugați nivelul la lista din features.types
finding-day-after-reference = unele rânduri au o zi de după ziua de referință; se consideră cu 0 zile înainte
    .advice = puneți input.as-of la ziua în care a fost extras tabelul
finding-implausible-day = unele rânduri au o zi dinainte de 1900 sau din 2080 încolo; se consideră lipsă
    .advice = lăsați celula goală unde nu există o zi
finding-empty-column = niciun rând nu are o valoare, deci coloana nu este folosită
finding-constant-column_input = toate rândurile au aceeași valoare, deci coloana nu este folosită
finding-free-text = valorile sunt propoziții, deci coloana nu este folosită
    .advice = declarați ce este în features.types dacă trebuie folosită
finding-identifier-column = valorile seamănă cu nume sau numere ale unor clienți anume, deci coloana nu este folosită
    .advice = declarați ce este în features.types dacă trebuie folosită
finding-sensitive-trait = numele trimite la o dată sensibilă ({ $trait }), deci coloana nu este folosită
    .advice = scrieți motivul folosirii în features.allow-sensitive
trait-health = sănătate
trait-religion = religie
trait-ethnic-origin = origine etnică
trait-sexual-orientation = orientare sexuală
trait-trade-union = sindicat
trait-political-opinion = opinie politică
trait-criminal-record = cazier judiciar
trait-genetic-data = date genetice
finding-many-missing-values = { n-of-rows } nu au nicio valoare
    .advice = aflați de ce lipsesc sau ignorați coloana
finding-many-levels = { $n } niveluri diferite; cele rare sunt adunate
    .advice = grupați nivelurile înainte de rulare sau ignorați coloana
finding-shares-of-one-whole = { $columns } alcătuiesc împreună un întreg, deci sunt o singură afirmație; { $most } este cea mai frecventă, rezultă din celelalte și este lăsată deoparte
    .advice = declarați-le drept "number" în features.types ca să fie folosită fiecare separat
finding-attribute-of-customers_all = la fel pe toate liniile la { n-of-customers }, deci îi descrie
    .advice = numiți-o în features.ignore dacă nu spune nimic despre client
finding-attribute-of-customers_most = la fel pe toate liniile la { n-of-customers }, deci îi descrie; ceilalți { $several } au valoarea celor mai multe dintre liniile lor
    .advice = numiți-o în features.ignore dacă nu spune nimic despre client

## Pregătirea coloanelor

finding-sum-describes = { $sum } este { $a } + { $b } pentru fiecare client; descrie și nu formează niciun segment, fiindcă alături de amândouă le-ar număra de două ori
finding-base-of-all-columns = există { $behavioural } coloane despre comportament, { $psychographic } despre atitudini și { $firmographic } despre firme, mai puțin de { $least } din fiecare, deci toate cele { $n } coloane formează segmentele și niciuna nu rămâne ca să le descrie
    .advice = numiți coloanele care trebuie să formeze segmentele în features.cluster-on
finding-excluded-from-base = { $name } este în lista features.cluster-on, dar cunoaște rezultatul, deci nu formează segmente
finding-constant-column_here = coloana { $name } este la fel pentru toți clienții de aici și este lăsată deoparte
finding-unknown-column_used = churn.{ $key } numește { $name }, care nu este o coloană folosită
    .advice = corectați numele sau scoateți-l din listă
finding-unknown-column_numbers = churn.{ $key } numește { $name }, care nu este o coloană de numere folosită
    .advice = corectați numele sau scoateți-l din listă
finding-unknown-column_prepared = normalise.{ $key } numește { $name }, care nu este printre cele { $of } coloane
    .advice = verificați cum este scris
finding-structural-zero = { $name } lipsește exact acolo unde { $other } este 0 și se consideră 0 acolo
finding-clipped-customers = { $n ->
    [one] clientul cel mai extrem la { $name } este tratat ca și cum ar fi la marginea celorlalți
   *[other] cei mai extremi { $n } clienți la { $name } sunt tratați ca egali
}
    .advice = puneți normalise.clip = 0 ca să fie luați așa cum sunt
finding-mostly-missing-column = coloana { $name } lipsește la { n-of-customers }: la compararea clienților numerele ei sunt lăsate deoparte
finding-imputed-numbers = { n-of-values } din { $name } lipsesc și au fost completate
finding-not-applicable-level_named = "{ $level }" din { $name } înseamnă „nu are” și se socotește drept "{ $other }" la compararea clienților; tabelele îl arată separat
    .advice = numiți nivelurile care înseamnă asta în features.not-applicable
finding-not-applicable-level_rare = un nivel din { $name } înseamnă „nu are” și se socotește drept un alt nivel
    .advice = numiți nivelurile care înseamnă asta în features.not-applicable
finding-duplicate-column_whole = coloana { $name } spune același lucru ca { $other } și contează o dată
finding-duplicate-column_part = o parte din coloana { $name } spune același lucru ca { $other } și contează o dată
finding-unknown-places_alone = { n-of-customers } nu au un loc cunoscut și sunt socotiți la mijlocul celorlalți
    .advice = puneți normalise.impute = "drop-row" ca să fie lăsați deoparte: doar locul formează segmentele
finding-unknown-places_beside = { n-of-customers } nu au un loc cunoscut și sunt socotiți la mijlocul celorlalți
finding-robust-scale-fallback = jumătate dintre clienți au aceeași valoare, deci intervalul intercuartilic este 0; se folosesc media și abaterea standard

## Cumpărături

finding-pooled-shares = { $block }: { $n } niveluri pe care le au puțini clienți sunt adunate ca { $other }
finding-constant-feature = mărimea este aceeași pentru toți clienții, deci nu este folosită
lines-worth = {" "}(suma așa cum este scrisă: { $money })
lines-plain = {""}
finding-lines-without-day = { n-of-lines } nu au o zi sau niciuna între 1900-01-01 și 2079-06-06{ $worth }, și sunt lăsate deoparte
    .advice = completați ziua comenzii
finding-lines-after-as-of = { n-of-lines } au data după { $day }{ $worth } și sunt lăsate deoparte
finding-lines-without-customer = { n-of-lines } nu numesc niciun client{ $worth } și sunt lăsate deoparte
    .advice = aflați cine a cumpărat fără nume: aceste vânzări nu sunt în niciun segment
finding-lines-without-money = { n-of-lines } nu au nicio sumă{ $worth } și sunt lăsate deoparte
    .advice = completați sumele
finding-zero-quantity = { n-of-lines } au cantitatea 0{ $worth } și sunt lăsate deoparte
finding-zero-price-dropped = { n-of-lines } au prețul 0{ $worth } și sunt lăsate deoparte
finding-refunds-dropped = { n-of-lines } dau bani înapoi{ $worth } și sunt lăsate deoparte
finding-customers-without-purchase_lines = { n-of-lines } aparțin unor clienți fără nicio cumpărătură rămasă{ $worth } și sunt lăsate deoparte
finding-cancelled-lines = { n-of-lines } sunt anulări{ $worth }: numărul comenzii începe cu { $prefixes }
    .advice = puneți features.transactions.cancel-prefix dacă este greșit
finding-refund-lines_net = { n-lines } ale clienților sunt anulate sau negative; ce dau ele înapoi se scade din cheltuieli
finding-refund-lines_drop = { n-lines } ale clienților sunt anulate sau negative; sunt lăsate deoparte
finding-refund-lines_separate = { n-lines } ale clienților sunt anulate sau negative; ce dau ele înapoi este o coloană separată
finding-positive-cancellations = { $n ->
    [one] { $n } linie anulată are
    [few] { $n } linii anulate au
   *[other] { $n } de linii anulate au
} o sumă sau o cantitate pozitivă; se socotește dată înapoi
    .advice = verificați dacă prefixul marchează doar anulări
finding-zero-price = { n-of-lines } au prețul 0; se socotesc cumpărate pe nimic
    .advice = puneți features.transactions.zero-price pe drop dacă nu s-a cumpărat nimic
finding-lines-without-order-number = { n-of-lines } nu au număr de comandă; cele ale unui client dintr-o zi sunt o comandă
finding-shared-order-numbers = { $n ->
    [one] { $n } număr de comandă numește
    [few] { $n } numere de comandă numesc
   *[other] { $n } de numere de comandă numesc
} comenzi ale mai multor clienți; fiecare o are pe a lui
    .advice = verificați dacă numărul comenzii sau clientul este coloana potrivită
finding-order-numbers-on-several-days = { $n ->
    [one] { $n } număr de comandă al unui client apare
    [few] { $n } numere de comandă ale unui client apar
   *[other] { $n } de numere de comandă ale unui client apar
} în mai multe zile; fiecare zi este o comandă
finding-duplicate-lines = { n-of-lines } sunt egale cu altă linie a aceleiași comenzi în toate coloanele folosite; sunt păstrate
    .advice = eliminați-le din tabel dacă au fost scrise de două ori
finding-guest-checkout = un singur client are { $share } din toate liniile
    .advice = dacă mulți oameni comandă sub acest număr, lăsați-l deoparte
finding-last-day-partial_given = ziua { $day } are { n-lines }, pe când aceeași zi a săptămânii are la mijloc { $usual }, deci pare incompletă
    .advice = puneți input.as-of la ultima zi întreagă
finding-last-day-partial_found = ziua { $day } are { n-lines }, pe când aceeași zi a săptămânii are la mijloc { $usual }, deci pare incompletă
    .advice = puneți input.as-of la ziua dinainte
finding-pointed-ids = { $n ->
    [one] { $n } linie scrie
    [few] { $n } linii scriu
   *[other] { $n } de linii scriu
} un număr întreg de client cu punct zecimal și zerouri, cum face o foaie de calcul; este același client fără ele
finding-rounded-money = { $n ->
    [one] { $n } linie are mai multe zecimale decât se păstrează și a fost rotunjită
    [few] { $n } linii au mai multe zecimale decât se păstrează și au fost rotunjite
   *[other] { $n } de linii au mai multe zecimale decât se păstrează și au fost rotunjite
}

## Alăturarea tabelelor

finding-table-part_purchases = { $path } este luat drept tabelul cumpărăturilor
finding-table-part_customers = { $path } este luat drept tabelul clienților
finding-table-part_joined = { $path } este luat drept { $role }, legat prin { $by }
finding-table-part_by-id = { $path } este luat drept { $role }, legat prin identificator
finding-customers-without-purchase_customers = { $n ->
    [one] { $n } client nu are nicio cumpărătură și este exclus
    [few] { $n } clienți nu au nicio cumpărătură și sunt excluși
   *[other] { $n } de clienți nu au nicio cumpărătură și sunt excluși
} prin regulă
    .advice = rulați doar pe tabelul clienților ca să fie și ei segmentați
finding-purchases-of-strangers = { $n ->
    [one] { $n } client din cumpărături nu este
    [few] { $n } clienți din cumpărături nu sunt
   *[other] { $n } de clienți din cumpărături nu sunt
} în tabelul clienților
    .advice = comparați cum scriu cele două tabele identificatorul sau exportați toți clienții
finding-rows-not-joined_customers = { $table }: { n-of-rows } nu aparțin niciunui client ({ $without } fără cheie)
    .advice = comparați cum scriu cele două tabele cheia
finding-rows-not-joined_lines = { $table }: { $lines } linii de cumpărare numesc o cheie pe care tabelul nu o are, iar { n-of-rows } ale lui nu aparțin niciunei linii
    .advice = comparați cum scriu cele două tabele cheia
finding-customers-excluded = { $n ->
    [one] { $n } client este exclus
    [few] { $n } clienți sunt excluși
   *[other] { $n } de clienți sunt excluși
} prin { $file }, care numește { $ids } identificatori
finding-customers-not-meant = { n-of-customers } sunt excluși: input.where nu este adevărat pentru ei
finding-rows-dropped = { $n ->
    [one] { $n } client cu un număr lipsă este exclus
    [few] { $n } clienți cu un număr lipsă sunt excluși
   *[other] { $n } de clienți cu un număr lipsă sunt excluși
}
    .advice = impute = "median" îi păstrează

## Rularea precedentă

finding-previous-not-comparable = rularea precedentă nu poate fi comparată: { $why }
    .advice = segmentele se formează ca și cum n-ar fi existat o rulare precedentă
finding-previous-of-another-config = rularea precedentă { $run } a fost făcută cu altă configurație
    .advice = comparați cele două kohort.toml înainte să citiți ce s-a schimbat
finding-previous-of-another-currency = rularea precedentă socotește banii în altă monedă
    .advice = sumele de înainte și de acum nu se pot compara
finding-previous-of-another-version = rularea precedentă a fost făcută de versiunea { $version }
finding-disjoint-customers = niciun client din rularea precedentă nu este în aceasta
    .advice = comparați cum scriu cele două intrări identificatorul
finding-columns-of-the-model-missing = rularea precedentă cunoștea coloane care nu sunt aici: { $columns }
    .advice = ele doar descriu, deci segmentele nu sunt afectate
finding-columns-not-in-the-model = coloanele pe care rularea precedentă nu le cunoștea sunt lăsate deoparte: { $columns }
    .advice = `--mode refit` le ia în seamă
finding-unseen-levels = { $n ->
    [one] { $n } client are
    [few] { $n } clienți au
   *[other] { $n } de clienți au
} un nivel pe care modelul nu îl cunoaște
finding-scored = segmentele sunt cele ale rulării { $run }: clienții au fost așezați de modelul ei înghețat

## Segmente

finding-eps-candidates = eps a fost aflat din distanțele până la vecini: { $radii }
    .advice = puneți segments.eps ca să luați alta
radius-knee = cotul { $eps } dă { $n ->
    [one] o regiune
    [few] { $n } regiuni
   *[other] { $n } de regiuni
} și { $noise } zgomot
radius-percentile = percentila { $percent } ({ $eps }) dă { $n ->
    [one] o regiune
    [few] { $n } regiuni
   *[other] { $n } de regiuni
} și { $noise } zgomot
radius-too-wide = percentila { $percent } ({ $eps }) este prea largă
finding-mostly-noise_dbscan = DBSCAN nu a segmentat acești clienți: { $share } dintre clienți nu sunt în niciun segment
    .advice = folosiți method = "k-means" sau un segments.eps mai mare
finding-mostly-noise_hdbscan = HDBSCAN nu a segmentat acești clienți: { $share } dintre clienți nu sunt în niciun segment
    .advice = folosiți method = "k-means" sau un segments.min-points mai mic
finding-stability-not-measured = eșantioanele sunt prea rare pentru densitatea cerută, deci nu s-a măsurat dacă segmentele sunt regăsite
finding-trivial-segment = segmentul { $id } este doar: { $rule }
    .advice = lăsați coloana în afara formării segmentelor sau priviți înăuntrul nivelurilor ei
finding-no-k-large-enough = la orice număr de segmente rămâne unul sub min-share, deci acest lucru nu a fost cerut
    .advice = priviți ce vorbește pentru fiecare număr de segmente înainte să acționați
finding-every-k-trivial = la orice număr de segmente, unul dintre ele este doar o coloană, deci acest lucru nu a fost cerut
    .advice = priviți ce vorbește pentru fiecare număr de segmente înainte să acționați
finding-no-k-reproducible = dintre numerele de segmente care îndeplinesc celelalte condiții, la niciunul nu se regăsesc toate segmentele când calculul se repetă; luați limitele drept delimitări utile
    .advice = priviți ce vorbește pentru fiecare număr de segmente înainte să acționați
finding-no-natural-segment = niciun spațiu din date nu desparte vreun segment: granițele sunt alegeri, dar utile pentru planificare
    .advice = tratați la fel clienții de lângă o graniță; coloana margin spune cine sunt
finding-start-dependent = cea mai bună soluție a fost găsită dintr-un singur punct de plecare; un alt seed poate muta unii clienți
    .advice = comparați o rulare cu alt seed sau cereți mai puține segmente
finding-abc-without-value = nimeni nu a adus vreo valoare, deci toți sunt în ultima clasă ABC
finding-abc-last-class = clienții care nu au adus nimic sau au costat bani sunt în ultima clasă ABC; ponderile sunt din valoarea pozitivă
finding-no-second-order = nimeni nu a comandat în două zile diferite, deci nu se cunoaște niciun ritm și nimeni nu este considerat întârziat
    .advice = dați un istoric mai lung al comenzilor
finding-rfm-ties = apar doar { $found } din { $of } scoruri pentru { $what }, fiindcă mulți clienți sunt la fel sau nimeni nu se află între margini
    .advice = puneți margini proprii cu segments.rfm-edges sau mai puține segments.rfm-bins
score-days = zilele de la ultima comandă
score-orders = comenzi
score-spend = cheltuieli
finding-engines-agree = { $share } dintre clienți sunt în același segment cu linfa ca și cu calculul propriu kohort (indicele Rand ajustat { $rand })
finding-pin-without-customers_none = condiția segmentului { $name } nu este adevărată pentru niciun client
    .advice = schimbați condiția din segments.pin sau renunțați la ea
finding-pin-without-customers_taken = cei { $n } clienți ceruți de segmentul { $name } sunt deja într-un segment fixat înaintea lui
    .advice = schimbați condiția din segments.pin sau renunțați la ea
finding-part-not-cut_rest = clienții fără segment fixat: { n-customers } sunt un singur segment, prea puțini sau prea asemănători ca să fie împărțiți mai departe
finding-part-not-cut_named = { $part }: { n-customers } sunt un singur segment, prea puțini sau prea asemănători ca să fie împărțiți mai departe
finding-small-segment-withheld = cifrele grupurilor cu mai puțin de { $few } clienți sunt ascunse
    .advice = uniți segmentul cu vecinul lui sau cereți mai puține segmente
finding-value-withheld = valoarea unui segment este ascunsă, fiindcă un singur client aduce peste 85 % din ea sau fiindcă un total ar da de gol o valoare ascunsă
finding-segment-too-narrow = { $n } din { $of } segmente au mai puțini clienți decât cere min-share sau min-cell
    .advice = tratați-l pe fiecare împreună cu vecinul numit lângă el
finding-name-without-segment = segments.names conține { $n ->
    [one] { $n } identificator
    [few] { $n } identificatori
   *[other] { $n } de identificatori
} pe care nu îi are niciun segment
    .advice = corectați identificatorii din segments.names
finding-nothing-to-describe = nicio coloană nu are o valoare cunoscută, deci segmentele nu pot fi descrise

## Rezultatul

finding-proven-leak = { $name } dezvăluie rezultatul: { $why }; a fost scoasă din modelul de plecare și din segmente
    .advice = lăsați-o în afara intrării sau numiți-o în churn.accept dacă este cunoscută înaintea rezultatului
finding-suspected-leak = { $name } poate cunoaște rezultatul: { $why }; a fost păstrată
    .advice = numiți-o în churn.drop dacă este cunoscută abia după rezultat, altfel în churn.accept
finding-ordered-ids = { $name } poate cunoaște rezultatul: { $why }; niciun model nu o folosește
    .advice = verificați dacă și alte coloane au fost completate în acea ordine
leak-same-days = cu un AUC de { $auc }, deci rezultatul este citit din aceleași zile ca această coloană
leak-alone = singură ordonează rezultatul cu un AUC de { $auc }
leak-missing = locurile unde lipsește dezvăluie rezultatul cu un AUC de { $auc }
leak-share = este ponderea rezultatului printre cei cu aceeași valoare
leak-late-side = zilele ei de după ziua de referință sunt doar de o parte a rezultatului
leak-by-name = după nume, este cunoscută abia după aceea (AUC singură { $auc })
leak-late = conține zile de după ziua de referință
leak-filled = valorile ei lipsă apar doar de o parte a rezultatului
leak-ratio = raportul față de { $other } ordonează rezultatul cu un AUC de { $auc }
leak-difference = diferența față de { $other } ordonează rezultatul cu un AUC de { $auc }
leak-together = citită împreună cu { $other }, ordonează rezultatul cu un AUC de { $auc }
leak-numbered = clienții sunt numerotați în ordinea rezultatului, cu un AUC de { $auc }
leak-listed = numită în churn.drop
leak-vouched = { $why }; numită în churn.accept
finding-too-good = modelul de plecare ordonează clienții cu un AUC de { $auc }, ceea ce rareori este cinstit
    .advice = verificați că fiecare coloană era cunoscută înaintea rezultatului și numiți-le pe celelalte în churn.drop
finding-twins = { n-of-customers } cu rezultat cunoscut sunt egali cu altul în toate coloanele; au fost ținuți împreună la împărțire
finding-copies = { n-of-customers } cu rezultat cunoscut sunt egali cu altul în toate numerele, deși nu toți în toate coloanele, ceea ce întâmplarea nu explică; au fost ținuți împreună la împărțire
    .advice = aflați dacă acești clienți sunt dubluri; dacă da, păstrați câte unul din fiecare
finding-not-converged = modelul de plecare nu s-a stabilizat în 200 de pași; cifrele lui sunt de la ultimul pas

## Valoare și prognoză

finding-value-missing = { n-of-customers } nu au nicio sumă și se socotesc cu 0
    .advice = completați sumele sau citiți valoarea segmentelor ca o limită inferioară
finding-value-negative = { n-of-customers } au o valoare negativă; ponderile sunt din valoarea pozitivă
finding-value-taken-as-total = value.per este order, dar nu există comenzi, deci coloana este luată drept total
    .advice = puneți value.per pe month, year sau total
finding-no-forecast = comenzile nu sunt prognozate: { $why }
finding-no-leaving-visible = în comenzile până la { $day } nu se vede nicio plecare, deci { $hidden } i-ar considera pe toți activi și nu se pot folosi; se folosește { $model }, cu cele mai bune rezultate în perioada ținută deoparte
finding-fit-not-converged = ajustarea { $model } până la { $day } nu s-a stabilizat și nu este folosită
finding-season = comenzile variază mai mult decât permit rate constante: în { $n } din { $of } blocuri de { $block } zile se abat cu peste { $far }, în cel de până la { $day } cu { $off }; o prognoză pe următoarele { $horizon } zile nu cunoaște sezonul
    .advice = comparați prognoza cu același sezon din anul precedent
