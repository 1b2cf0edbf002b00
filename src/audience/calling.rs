//! How the numbers of a country are dialled from inside it.
//!
//! # References
//!
//! ITU-T, List of ITU-T Recommendation E.164 assigned country codes (2016), and the national
//! numbering plans notified to it: the trunk prefixes.

/// The plan of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// The country's code.
    pub(super) code: &'static str,
    /// What is dialled first inside the country and falls away with the code.
    pub(super) trunk: &'static str,
    /// How many digits follow the code, where all numbers have as many.
    pub(super) length: Option<usize>,
}

/// Countries by their two letters, with code, trunk prefix and the fixed length (0: none).
const PLANS: &str = "\
AD 376 - 0;AE 971 0 0;AF 93 0 9;AL 355 0 0;AM 374 0 8;AO 244 - 9;AR 54 0 0;AT 43 0 0;AU 61 0 9;\
AZ 994 0 9;BA 387 0 0;BD 880 0 0;BE 32 0 0;BF 226 - 8;BG 359 0 0;BH 973 - 8;BI 257 - 8;BJ 229 - 0;\
BN 673 - 7;BO 591 0 8;BR 55 0 0;BT 975 - 0;BW 267 - 0;BY 375 8 9;BZ 501 - 7;CA 1 1 10;CD 243 0 9;\
CF 236 - 8;CG 242 - 9;CH 41 0 9;CI 225 - 10;CL 56 - 9;CM 237 - 9;CN 86 0 0;CO 57 0 10;CR 506 - 8;\
CU 53 0 8;CV 238 - 7;CY 357 - 8;CZ 420 - 9;DE 49 0 0;DJ 253 - 8;DK 45 - 8;DO 1 1 10;DZ 213 0 0;\
EC 593 0 0;EE 372 - 0;EG 20 0 0;ES 34 - 9;ET 251 0 9;FI 358 0 0;FJ 679 - 7;FO 298 - 6;FR 33 0 9;\
GA 241 - 0;GB 44 0 0;GE 995 0 9;GH 233 0 9;GI 350 - 8;GL 299 - 6;GM 220 - 7;GN 224 - 9;GR 30 - 10;\
GT 502 - 8;GY 592 - 7;HK 852 - 8;HN 504 - 8;HR 385 0 0;HT 509 - 8;HU 36 06 0;ID 62 0 0;IE 353 0 0;\
IL 972 0 0;IN 91 0 10;IQ 964 0 0;IR 98 0 10;IS 354 - 0;IT 39 - 0;JM 1 1 10;JO 962 0 0;JP 81 0 0;\
KE 254 0 9;KG 996 0 9;KH 855 0 0;KM 269 - 7;KR 82 0 0;KW 965 - 8;KZ 7 8 10;LA 856 0 0;LB 961 0 0;\
LI 423 - 0;LK 94 0 9;LR 231 0 0;LS 266 - 8;LT 370 8 8;LU 352 - 0;LV 371 - 8;LY 218 0 9;MA 212 0 9;\
MC 377 - 0;MD 373 0 8;ME 382 0 0;MG 261 0 9;MK 389 0 8;ML 223 - 8;MM 95 0 0;MN 976 0 8;MO 853 - 8;\
MR 222 - 8;MT 356 - 8;MU 230 - 0;MV 960 - 7;MW 265 0 0;MX 52 - 10;MY 60 0 0;MZ 258 - 0;NA 264 0 0;\
NE 227 - 8;NG 234 0 0;NI 505 - 8;NL 31 0 9;NO 47 - 8;NP 977 0 0;NZ 64 0 0;OM 968 - 8;PA 507 - 0;\
PE 51 0 0;PG 675 - 0;PH 63 0 0;PK 92 0 0;PL 48 - 9;PR 1 1 10;PS 970 0 9;PT 351 - 9;PY 595 0 0;\
QA 974 - 8;RO 40 0 9;RS 381 0 0;RU 7 8 10;RW 250 0 9;SA 966 0 9;SC 248 - 7;SD 249 0 9;SE 46 0 0;\
SG 65 - 8;SI 386 0 8;SK 421 0 9;SL 232 0 8;SM 378 - 0;SN 221 - 9;SO 252 - 0;SR 597 - 0;SS 211 0 9;\
SV 503 - 8;SY 963 0 0;SZ 268 - 8;TD 235 - 8;TG 228 - 8;TH 66 0 0;TJ 992 - 9;TM 993 8 8;TN 216 - 8;\
TR 90 0 10;TT 1 1 10;TW 886 0 0;TZ 255 0 9;UA 380 0 9;UG 256 0 9;US 1 1 10;UY 598 0 0;UZ 998 - 9;\
VE 58 0 10;VN 84 0 0;XK 383 0 8;YE 967 0 0;ZA 27 0 9;ZM 260 0 9;ZW 263 0 0";

/// The plan of a country by its two letters, in any case.
pub(super) fn plan(country: &str) -> Option<Plan> {
    let country = country.trim().to_ascii_uppercase();
    PLANS.split(';').find_map(|line| {
        let mut parts = line.split(' ');
        let (letters, code) = (parts.next()?, parts.next()?);
        let (trunk, length) = (parts.next()?, parts.next()?.parse().ok()?);
        (letters == country).then_some(Plan {
            code,
            trunk: if trunk == "-" { "" } else { trunk },
            length: (length > 0).then_some(length),
        })
    })
}
