/** How much there is to rank. */
export type Size = { positions: number; pools: number };

export const CHAIN_ID = 1;
export const QUOTE_TOKEN = `0x${"c1".padStart(40, "0")}` as const;
const WETH = `0x${"e1".padStart(40, "0")}` as const;
const MANAGER = `0x${"a1".padStart(40, "0")}` as const;
const TIP = 20_000;
const NOW = 1_700_000_000;

/** The id of a pool by its number; the first is the largest. */
export function poolId(number: number): `0x${string}` {
  return `0x${(0xb00000 + number).toString(16).padStart(40, "0")}`;
}

/**
 * Statements that fill the tables with a chain: its rows are made by the database itself, from a seed.
 *
 * - A position is in pool p with a chance of about 1 / p: of 500 pools the first has a ninth of all, the last a few.
 * - Ranges are of eight widths around some 160 places, denser at the price: some 1,000 a pool that has many positions.
 * - One in five is open; of every twenty one changed hands once, so that there are 1.05 owners' books a position.
 * - A quarter as many owners as positions; a few have hundreds, most have one or two.
 * - Every other pool is priced in the quote token itself, the others by way of the first pool. One in fifty is in quarantine.
 */
export function marketRows({ positions, pools }: Size): string[] {
  return [
    "select setseed(0.42)",
    `create table made as select i, p, centre - 60 * half as lower, centre + 60 * half as upper, open,
       power(10, 13 + 5 * r1) as liquidity, o, o2, r2, r3, traded,
       power(1.0001::float8, (centre - 60 * half) / 2.0) as sl, power(1.0001::float8, (centre + 60 * half) / 2.0) as su,
       power(1.0001::float8, centre / 2.0) as sp
     from (select i, p, ${baseTick("p")} + 60 * round((random() + random() + random() - 1.5) * 80)::int as centre,
         (array[1, 2, 5, 10, 20, 50, 100, 200])[1 + floor(8 * random())::int] as half, random() < 0.2 as open,
         floor(${positions / 4} * power(random(), 2))::int as o, floor(${positions / 4} * random())::int as o2,
         random() as r1, random() as r2, random() as r3, random() < 0.05 as traded
       from (select i, least(${pools}, floor(power(${pools}, random())))::int as p
         from generate_series(1, ${positions}) as i) as placed) as ranged`,
    `insert into block select ${CHAIN_ID}, number, '0x' || lpad(to_hex(number), 64, '0'), '0x' || lpad(to_hex(number - 1), 64, '0'),
       ${NOW} + 12 * (number - ${TIP}) from generate_series(${TIP - 300}, ${TIP}) as number`,
    `insert into token values (${CHAIN_ID}, '${WETH}', 'WETH', 'Wrapped Ether', 18), (${CHAIN_ID}, '${QUOTE_TOKEN}', 'USDC', 'USD Coin', 6)`,
    `insert into token select ${CHAIN_ID}, ${otherToken("p")}, 'T' || p, 'Token ' || p, 18 from generate_series(2, ${pools}) as p`,
    ...tickRows(),
    ...poolRows(pools),
    positionRows(),
    ownershipRows(0),
    ownershipRows(1),
    "drop table made",
  ];
}

/** Prices of 2,100, of 0.001 in the wrapped native token, and of 1 in the quote token, and near those. */
function baseTick(p: string): string {
  return `(case when ${p} = 1 then -199800 when ${p} % 2 = 0 then -69000 - 60 * (${p} % 97) else -276300 - 60 * (${p} % 97) end)`;
}

function otherToken(p: string): string {
  return `('0x' || lpad(to_hex(13631488 + ${p}), 40, '0'))`;
}

function idOf(p: string): string {
  return `('0x' || lpad(to_hex(11534336 + ${p}), 40, '0'))`;
}

function ownerOf(o: string): string {
  return `('0x' || md5(${o}::text) || left(md5(${o}::text || 'x'), 8))`;
}

/** Growth of 20 % of a full range's holdings in all, of which some is outside each tick. */
function tickRows(): string[] {
  const growth = (token: 0 | 1, p: string) =>
    `(0.2 * power(1.0001::float8, ${token === 0 ? "-" : ""}${baseTick(p)} / 2.0) * power(2::float8, 128))::numeric(78, 0)`;
  return [
    `create table made_growth as select p, ${growth(0, "p")} as g0, ${growth(1, "p")} as g1 from (select distinct p from made) as pools`,
    `insert into tick (chain_id, pool_id, tick, liquidity_gross, liquidity_net, fee_growth_outside0_x_128,
       fee_growth_outside1_x_128, seconds_outside, lvr_outside_x_128)
     select ${CHAIN_ID}, ${idOf("p")}, tick, gross, net, floor(g0 * (random() / 2)::numeric), floor(g1 * (random() / 2)::numeric), 0, 0
     from (select p, tick, sum(case when open then floor(liquidity::numeric) else 0 end) as gross,
         sum(case when open then side * floor(liquidity::numeric) else 0 end) as net
       from made cross join lateral (values (lower, 1), (upper, -1)) as ends(tick, side) group by p, tick) as ticks
     join made_growth using (p)`,
    `insert into tick_snapshot select chain_id, pool_id, tick, ${TIP - 50}, liquidity_gross, liquidity_net,
       fee_growth_outside0_x_128, fee_growth_outside1_x_128, seconds_outside, lvr_outside_x_128 from tick`,
  ];
}

/** At its base tick, with deep enough liquidity of its own that prices may be taken from it; thirty snapshots each. */
function poolRows(pools: number): string[] {
  const state = `sqrt_price_x_96, tick, liquidity, fee_protocol0, fee_protocol1, sqrt_price_double, fee_growth_global0_x_128,
    fee_growth_global1_x_128, protocol_fees0, protocol_fees1, lvr_growth_global_x_128, lvr_sqrt_price_x_96, lvr_tick, lvr_x_128,
    lvr_per_swap_x_128, balance0, balance1, principal_owed0, principal_owed1, swaps, mints, burns, volume0, volume1, fees_protocol0, fees_protocol1,
    fees_protocol_value0, fees_protocol_value1, fees_lp0, fees_lp1, fees_lp_value0, fees_lp_value1, quarantined_block`;
  const sqrtPrice = `power(1.0001::float8, (${baseTick("p")} + 7.5) / 2.0)`;
  return [
    `insert into pool (chain_id, pool_id, protocol, factory, token0, token1, fee, dynamic_fee, tick_spacing, risk_token, created_block,
       created_timestamp, tracked_from_block, tracked_from_timestamp, changed_block, awaits_manager, ${state})
     select ${CHAIN_ID}, ${idOf("p")}, 'UNISWAP_V3', '0x00', case when p = 1 then '${WETH}' else ${otherToken("p")} end,
       case when p % 2 = 1 then '${QUOTE_TOKEN}' else '${WETH}' end, 3000, false, 60, 0, 1, ${NOW - 12 * TIP}, 1, ${NOW - 12 * TIP}, ${TIP} - p % 50, false,
       floor(${sqrtPrice}::numeric * 79228162514264337593543950336), ${baseTick("p")} + 7,
       coalesce(in_range, 0),
       0, 0, ${sqrtPrice}, coalesce(g0, 0), coalesce(g1, 0), 0, 0, 0, 1, 0, 0, 0, 1e30, 1e30, 0, 0, 1000, 10, 5, 0, 0,
       0, 0, 0, 0, 0, 0, 0, 0, case when p % 50 = 49 then ${TIP - 200} end
     from generate_series(1, ${pools}) as pools(p) left join made_growth using (p)
     left join (select p, sum(floor(liquidity::numeric)) as in_range from made
       where open and lower <= ${baseTick("p")} + 7 and upper > ${baseTick("p")} + 7 group by p) as held using (p)`,
    `insert into pool_snapshot (chain_id, pool_id, block_number, ${state})
     select chain_id, pool_id, ${TIP - 250} + 8 * n - (n = 30)::int, ${state} from pool cross join generate_series(1, 30) as n`,
    "drop table made_growth",
  ];
}

const LEDGER = `liquidity, hold0, hold1, entry_value1, cost0, cost1, max_capital1, realized_il0, realized_il1, deposited0, deposited1,
  withdrawn0, withdrawn1, deposited_value0, deposited_value1, withdrawn_value0, withdrawn_value1, released0, released1,
  seconds_open, settled_timestamp, capital_seconds1`;
const RANK = `sqrt_price_lower_double, sqrt_price_upper_double, liquidity_double, hold0_double, hold1_double,
  realized_il1_double, fees_offset0_double, fees_offset1_double, owed_offset0_double, owed_offset1_double,
  uncollected_offset0_double, uncollected_offset1_double, flows1_double`;

/** Of `made`, where `held` says that it has liquidity. */
function ledger(held: string): string {
  const [deposit0, deposit1] = ["(liquidity * (1 / sp - 1 / su))", "(liquidity * (sp - sl))"];
  const value1 = `(${deposit0} * sp * sp + ${deposit1})`;
  const value0 = `(${value1} / sp / sp)`;
  const whole = (amount: string) => `floor((${amount})::numeric)`;
  const open = (amount: string) => `case when ${held} then ${whole(amount)} else 0 end`;
  const closed = (amount: string) => `case when ${held} then 0 else ${whole(amount)} end`;
  const back = "(1 - 0.1 * r2)";
  return [
    ...[
      open("liquidity"),
      open(deposit0),
      open(deposit1),
      open(`${deposit0} * sp * sp`),
      open(value0),
      open(value1),
    ],
    ...[
      whole(value1),
      closed(`-0.1 * r2 * ${value0}`),
      closed(`-0.1 * r2 * ${value1}`),
      whole(deposit0),
      whole(deposit1),
    ],
    ...[closed(`${deposit0} * ${back}`), closed(`${deposit1} * ${back}`), whole(value0), whole(value1)],
    ...[closed(`${value0} * ${back}`), closed(`${value1} * ${back}`), closed(deposit0), closed(deposit1)],
    ...[closed("864000 * r3"), `${NOW} - floor(1e7 * r3)::int`, closed(`${value1} * 864000 * r3`)],
  ].join(", ");
}

function ranking(held: string): string {
  const [deposit0, deposit1] = ["(liquidity * (1 / sp - 1 / su))", "(liquidity * (sp - sl))"];
  const value1 = `(${deposit0} * sp * sp + ${deposit1})`;
  const open = (amount: string) => `case when ${held} then ${amount} else 0 end`;
  const closed = (amount: string) => `case when ${held} then 0 else ${amount} end`;
  return [
    ...["sl", "su", open("liquidity"), open(deposit0), open(deposit1), closed(`-0.1 * r2 * ${value1}`)],
    ...[`0.2 * r3 * ${deposit0}`, `0.2 * r3 * ${deposit1}`],
    ...[open(`0.1 * r3 * ${deposit0}`), open(`0.1 * r3 * ${deposit1}`)],
    ...[open(`0.1 * r3 * ${deposit0}`), open(`0.1 * r3 * ${deposit1}`)],
    `${open(`-${value1}`)} + ${closed(`-0.1 * r2 * ${value1}`)} + 0.1 * r3 * ${value1}`,
  ].join(", ");
}

function positionRows(): string {
  const fees = `fee_growth_inside0_last_x_128, fee_growth_inside1_last_x_128, seconds_inside_last, lvr_inside_last_x_128, tokens_owed0,
    tokens_owed1, fees_accrued0, fees_accrued1, collected0, collected1, debited0, debited1, fees_taken0, fees_taken1, fees_collected0_value1,
    fees_collected1_value0, seconds_in_range, lvr_x_128`;
  return `insert into position (chain_id, position_id, protocol, pool_id, manager, token_id, tick_lower, tick_upper, opened_block,
       opened_timestamp, owner, custodian, transfers, closed_block, closed_timestamp, ${LEDGER}, ${fees}, ${RANK})
     select ${CHAIN_ID}, '${MANAGER}:' || i, 'UNISWAP_V3', ${idOf("p")}, '${MANAGER}', i, lower, upper, 1 + i % ${TIP - 100},
       ${NOW} - floor(3e7 * r3)::int, ${ownerOf("case when traded then o2 else o end")}, null, traded::int,
       case when open then null else ${TIP - 60} end, case when open then null else ${NOW} - floor(1e7 * r3)::int end,
       ${ledger("open")}, floor(1e30::numeric), floor(1e18::numeric), 0, 0, floor((r3 * 1e15)::numeric), floor((r3 * 1e9)::numeric),
       floor((r3 * 1e17)::numeric), floor((r3 * 1e11)::numeric), floor((r3 * 1e17)::numeric), floor((r3 * 1e11)::numeric),
       floor((r3 * 1e17)::numeric), floor((r3 * 1e11)::numeric), 0, 0, floor((r3 * 1e11)::numeric), floor((r3 * 1e17)::numeric), 0, 0,
       ${ranking("open")} from made`;
}

/** Number 0 of each position, ended where the position changed hands, and number 1 of those that did. */
function ownershipRows(number: 0 | 1): string {
  const lasts = number === 0 ? "not traded" : "true";
  const held = `(open and ${lasts})`;
  return `insert into ownership (chain_id, position_id, number, owner, pool_id, tick_lower, tick_upper, from_block, from_timestamp,
       fees_before0, fees_before1, received_value0, received_value1, to_block, to_timestamp, ${LEDGER}, fees_after0, fees_after1,
       receivable0, receivable1, recovered_value0, recovered_value1, fees_collected_value0, fees_collected_value1, ${RANK})
     select ${CHAIN_ID}, '${MANAGER}:' || i, ${number}, ${ownerOf(number === 0 ? "o" : "o2")}, ${idOf("p")}, lower, upper,
       1 + i % ${TIP - 100}, ${NOW} - floor(3e7 * r3)::int, 0, 0, 0, 0, case when not ${lasts} then ${TIP - 70} end,
       case when not ${lasts} then ${NOW} - 840 end, ${ledger(held)}, null, null, 0, 0, 0, 0, 0, 0, ${ranking(held)}
     from made ${number === 1 ? "where traded" : ""}`;
}
