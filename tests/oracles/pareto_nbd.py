"""The Pareto/NBD likelihood by its published hypergeometric form, at 80 digits.

mpmath 1.4.1: `python tests/oracles/pareto_nbd.py > src/value/tests/pareto_nbd.csv`

Columns: r, alpha, s, beta, x, t_x, T, log-likelihood, P(active), P(no order in 91 days).
Fader, Hardie (2005), A note on deriving the Pareto/NBD model, equations 21 and 22; the
last column by its equation 41 at 0, whose integral is the same function from T to T + 91.
"""

from mpmath import hyp2f1, log, loggamma, mp, mpf

mp.dps = 80


def integral(r, alpha, s, beta, x, u, w):
    """s times the integral of (alpha+t)^-(r+x) (beta+t)^-(s+1) from u to w."""
    n = r + s + x
    if alpha >= beta:
        def f(t):
            z = (alpha - beta) / (alpha + t)
            return hyp2f1(n, s + 1, n + 1, z) / (alpha + t) ** n
    else:
        def f(t):
            z = (beta - alpha) / (beta + t)
            return hyp2f1(n, r + x, n + 1, z) / (beta + t) ** n
    return s / n * (f(u) - f(w))


SETS = [
    ("0.553", "74.04", "0.606", "81.68"),
    ("0.55", "80", "0.6", "80"),
    ("2.5", "5", "0.3", "900"),
    ("1.5", "500", "1", "3"),
    ("0.8", "0.05", "1.2", "2000"),
    ("0.4", "40", "0.000001", "60"),
]
for text in SETS:
    r, alpha, s, beta = (mpf(t) for t in text)
    for x in (0, 1, 3, 30, 300, 5000):
        for tx, T in ((0, 0), (0, 900), (9, 900), (450, 900), (891, 900), (900, 900)):
            if (x == 0) != (tx == 0):
                continue
            x_, tx_, T_ = mpf(x), mpf(tx), mpf(T)
            active = (alpha + T_) ** -(r + x_) * (beta + T_) ** -s
            left = integral(r, alpha, s, beta, x_, tx_, T_)
            ll = (loggamma(r + x_) - loggamma(r) + r * log(alpha) + s * log(beta)
                  + log(active + left))
            p = active / (active + left)
            end = T_ + 91
            still = (alpha + end) ** -(r + x_) * (beta + end) ** -s
            gone = integral(r, alpha, s, beta, x_, T_, end)
            none = 1 - p * (1 - (still + gone) / active)
            cells = [*text, str(x), str(tx), str(T)]
            print(",".join(cells + [mp.nstr(v, 17) for v in (ll, p, none)]))
