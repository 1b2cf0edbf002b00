WITH
kohort_read AS (
  SELECT `id` AS kohort_id,
    NULLIF(CAST(`spend` AS DOUBLE), CAST('NaN' AS DOUBLE)) AS `spend`
  FROM `c`
),
kohort_matrix AS (
  SELECT kohort_id,
    CASE WHEN `spend` IS NULL THEN 0e0D ELSE ((`spend` - 1.25e1D) / 3e0D) END AS `x1`,
    CASE WHEN `spend` IS NULL THEN 0e0D ELSE ((`spend` - 1.25e1D) / 3e0D) END AS `x2`
  FROM kohort_read
),
kohort_near AS (
  SELECT kohort_id,
    `x1` AS `x1`,
    `x2` AS `x2`,
    (((`x1` - (-1e0D)) * (`x1` - (-1e0D))) + ((`x2` - 5e-1D) * (`x2` - 5e-1D))) AS `d1`,
    (((`x1` - 1e0D) * (`x1` - 1e0D)) + ((`x2` - 1e-1D) * (`x2` - 1e-1D))) AS `d2`
  FROM kohort_matrix
),
kohort_place_of AS (
  SELECT kohort_id,
    `x1` AS `x1`,
    `x2` AS `x2`,
    CASE WHEN `d1` IS NULL THEN NULL WHEN (`d1` <= `d2`) THEN 0 ELSE 1 END AS `kohort_place`,
    CASE WHEN `d1` IS NULL THEN NULL WHEN (`d1` <= `d2`) THEN `d1` ELSE `d2` END AS `kohort_square`
  FROM kohort_near
),
kohort_summed AS (
  SELECT kohort_id,
    `kohort_place` AS `kohort_group`,
    `x1` AS `v1`,
    `kohort_square` AS `v2`,
    CASE WHEN (`x1` < (-1e1D) OR `x1` > 1e1D OR `kohort_square` < (-4e2D) OR `kohort_square` > 4e2D) THEN 1e0D ELSE 0e0D END AS `kohort_beyond`
  FROM kohort_place_of
)
SELECT CAST(kohort_group AS BIGINT),
  COUNT(*),
  SUM(CAST(kohort_beyond AS BIGINT)),
  COALESCE(SUM(CASE WHEN `kohort_beyond` = 0e0D THEN CAST(FLOOR(`v1` * 1.073741824e9D + 5e-1D) AS BIGINT) END), 0L),
  COALESCE(SUM(CASE WHEN `kohort_beyond` = 0e0D THEN CAST(FLOOR(`v2` * 1.048576e6D + 5e-1D) AS BIGINT) END), 0L)
FROM kohort_summed
GROUP BY CAST(kohort_group AS BIGINT)
LIMIT 3