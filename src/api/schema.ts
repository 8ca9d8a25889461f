/**
 * The served schema: what of the API's contract has data so far, described as it is served now. A name, an
 * argument or a nullability that is here stays; what is not here yet is left out, never stubbed.
 */
export const typeDefs = /* GraphQL */ `
"Integer of any size, as a decimal string: token base units, liquidity, Q64.96 and Q128.128 fixed point."
scalar BigInt

"0x-prefixed hex: a 20-byte address, a 32-byte hash or a v4 pool's 32-byte id. Input in any letter case, ids included; output always lower case."
scalar Hex

enum Protocol {
  UNISWAP_V2
  UNISWAP_V3
  UNISWAP_V4
  PANCAKESWAP_V3
  ALGEBRA_INTEGRAL
}

"""
How a number was obtained.
EXACT: the integer that the contract itself would return.
ACCOUNTED: from exact integers, priced by the pool's own price, where the contract keeps no such number.
ESTIMATE: rests on a model, a simulation, volatility or a quote price.
"""
enum Method {
  EXACT
  ACCOUNTED
  ESTIMATE
}

"A past point of the chain: exactly one field, anything else is BAD_INPUT, as is a point past what is indexed (status.indexed). Left out: the latest indexed block. Everything below it is as it was at that point."
input AsOf {
  "State after the last event of this block."
  block: Int
  "Unix seconds: state after the last block at or before it."
  timestamp: Int
}

type BlockRef {
  number: Int!
  timestamp: Int!
}

"Sums over time of one pool's two tokens, unsigned. Never value a flow as if it were a holding."
type Flow {
  amount0: BigInt!
  amount1: BigInt!
  decimal0: String
  decimal1: String
  "All of it at the price of the parent's point: what it would be worth now."
  valueNow(in: Numeraire! = TOKEN1): Float
  "Each part at the pool price of its own event: cost basis of deposits, proceeds of withdrawals and collections, turnover. QUOTE is the token1 figure at the quote price of the parent's point, QUOTE_THEN each part at that of its own block."
  valueThen(in: Numeraire! = TOKEN1): Float
}

"Traded amounts, each side once: amount0 and amount1 are the two legs of the same trades and are never added."
type Volume {
  amount0: BigInt!
  amount1: BigInt!
  decimal0: String
  decimal1: String
  "One leg: TOKEN0 is amount0, TOKEN1 is amount1, QUOTE is amount1 at the quote price of the parent's point; QUOTE_THEN is null."
  notional(in: Numeraire! = TOKEN1): Float
}

"Two token amounts of one pool."
type Amounts {
  "token0 base units"
  amount0: BigInt!
  "token1 base units"
  amount1: BigInt!
  "amount0 / 10^decimals0, exact"
  decimal0: String
  "amount1 / 10^decimals1, exact"
  decimal1: String
  "Worth in whole tokens of the numeraire at the pool's price of the moment that the parent stands at; null where that token's decimals are unknown."
  value(in: Numeraire! = TOKEN1): Float
}

"What a value is counted in, in whole units; null without the token's decimals."
enum Numeraire {
  TOKEN0
  TOKEN1
  "The figure in token1, times token1's price in the chain's quote token (Token.quotePrice) at the parent's point. Null where unpriced. Its search of prices counts as 500 rows, once for all that stands in one root field."
  QUOTE
  """
  Each flow at the quote price of its own block, the blocks of one position's flows being priced one by one; holdings at that of the parent's point, as QUOTE. Null where one is unpriced, over 1,000 blocks in which the position changed, and for a pool's totals.
  A position with it counts as 1,000 rows, and so does an account, its pools together: ask for 9 at most.
  """
  QUOTE_THEN
}

type Query {
  "How far each chain is indexed, and how far it lags behind its head."
  status: [ChainStatus!]!
  "Every metric that the API serves: formula, unit, sign, method and source."
  metrics: [MetricDefinition!]!

  "null where no indexed pool has it; BAD_INPUT for a chain that is not indexed"
  token(chainId: Int!, address: Hex!): Token
  "null where not indexed, and as of a block before it was; BAD_INPUT for a chain that is not"
  pool(chainId: Int!, poolId: Hex!, asOf: AsOf): Pool
  pools(where: PoolFilter, orderBy: PoolOrder! = CREATED, direction: Direction! = DESC, first: Int! = 20, after: String): PoolPage!
  "null where there never was one, and as of a block before it was opened; BAD_INPUT for a chain that is not indexed. An id that ends in @block asks as of that block."
  position(id: ID!, asOf: AsOf): Position
  positions(where: PositionFilter, orderBy: PositionOrder! = OPENED, direction: Direction! = DESC, first: Int! = 20, after: String): PositionPage!
  """
  A position that never was, over the recorded swaps: minted with the most liquidity that amount0 and amount1 buy after the last block up to from, and held until to (exclusive; left out: now).
  Amounts are base units, from and to unix seconds. The price goes as it went: each step of a swap pays its LP fee by l / (L + l) to a position of l beside the pool's L. Fees of flashes and donations are not in it.
  At most 200,000 swaps, else TOO_COMPLEX; one an operation. null for a pool that is not indexed; BAD_INPUT for ticks off its spacing (a pair takes -887272 and 887272 alone), amounts that buy nothing, a pool without a price at from or in quarantine before to, hooks that may take amounts, and a to past what is indexed
  """
  backtest(chainId: Int!, poolId: Hex!, tickLower: Int!, tickUpper: Int!, amount0: BigInt!, amount1: BigInt!, from: Int!, to: Int, interval: Interval! = DAY): Backtest
  "One liquidity provider: all of its positions as one book. null if it never provided liquidity, up to the point; BAD_INPUT for a chain that is not indexed"
  account(chainId: Int!, address: Hex!, asOf: AsOf): Account
  "The same address on every chain where it provided liquidity, by chain id. A past point by timestamp only, which every chain must have reached."
  accountOnAllChains(address: Hex!, timestamp: Int): [Account!]!
  "Who ever owned a position of the chain, or of one pool of it, ranked."
  leaderboard(chainId: Int!, pool: Hex, orderBy: AccountOrder! = VALUE, direction: Direction! = DESC, first: Int! = 20, after: String): LeaderboardPage!
}

type ChainStatus {
  chainId: Int!
  name: String!
  quoteToken: Token
  "null before the first block"
  indexed: BlockRef
  "Of the indexed block: tells a reorg from progress"
  indexedHash: Hex
  finalized: BlockRef
  "Pools whose logs did not fit; see quarantines."
  quarantinedPools: Int!
  "The newest 100 of them, and why"
  quarantines: [Quarantine!]!
  head: BlockRef
  "head - indexed, in blocks"
  lag: Int
  ready: Boolean!
}

type MetricDefinition {
  """
  GraphQL path from a type, e.g. Position.impermanentLoss.ratio. What hangs in several places is named once, as a position's or else a pool's: account.pools.inventory has Position.inventory.skew too, position.adverseSelection what Pool.adverseSelection.lvr says. A field of amounts stands for all of its numbers; what these are is under Amounts, Flow and Volume.
  """
  name: String!
  "S is sqrtPriceX96, P the price, x and y what is held of token0 and token1, V their value, L liquidity, Lh L in whole units, H the hold basket, σ realised volatility, h years"
  formula: String!
  unit: String!
  "What above and below 0 mean; null where it is 0 or above and no more is to be said"
  sign: String
  "In the pool's own tokens; whatever is in the quote token rests on a quote price, which is an ESTIMATE. A v2 pair does not tell principal from fees: what is EXACT elsewhere and ACCOUNTED there has a formula that ends in 'ACCOUNTED on v2'"
  method: Method!
  "Where it is defined: a section of the formulas that come with Ballast, the contract's function or event, a paper"
  source: String!
}

"A pool whose logs did not fit what came before them: one was lost or is false. Price, tick and liquidity go on following the log; what derives from fee growth is null from this block on."
type Quarantine {
  poolId: Hex!
  "Of the log that did not fit"
  block: BlockRef!
  reason: String!
}

type Token {
  "chainId:address"
  id: ID!
  chainId: Int!
  "0x0000000000000000000000000000000000000000 is the chain's native currency, which v4 pools hold unwrapped: a token of its own, with the price of the wrapped one."
  address: Hex!
  "null where the contract gives none that can be read"
  symbol: String
  name: String
  decimals: Int
  "In the chain's quote token (markets file), with the path that it came by; null where unpriced. Native currency is priced as its wrapped token, one for one (null where the chain's wrapped token is not known). Below something as of a past point, of that point unless another is given."
  quotePrice(asOf: AsOf): QuotePrice
}

"""
The widest path of at most three pools to the quote token. A pool counts only with the chain's quoteMinDepth (markets file) or more within 2 % of its price in both directions, and at the median of its block-end prices over the 30 minutes up to the block, each for the seconds that it stood: neither a small pool nor one block sets a price. A v4 pool with hooks does not count: they may refuse the trades that would correct it.
"""
type QuotePrice {
  "Whole quote tokens per whole token"
  price: Float!
  quoteToken: Token!
  "Pools from this token to the quote token, a pool of native currency leading to pools of its wrapped token and back; empty for the quote token itself, wrapped or not"
  route: [Pool!]!
  "Least 2 % depth on the way, in the quote token: how dear it is to move this price. null where route is empty"
  depth: Float
  block: BlockRef!
}

type Pool {
  "chainId:poolId; under asOf with @block appended, so that caches keep the two apart."
  id: ID!
  chainId: Int!
  "Address of the pool contract; on v4, whose pools are in one contract, the pool's 32-byte id"
  poolId: Hex!
  protocol: Protocol!
  token0: Token!
  token1: Token!
  "The fee of the last swap or event that told one, hundredths of a basis point (3000 = 0.30 %). On v4 the LPs' part, to which the protocol's is added; elsewhere the protocol's share comes out of it. null before the first swap of a pool with a dynamic fee"
  feePips: Int
  "True where the fee can change between swaps without an event: v4 with a dynamic fee or a hook that overrides it, Algebra."
  dynamicFee: Boolean!
  "What the trader of the last swap paid in all, protocol's share included; before any swap, and where no part is added, feePips. null with feePips"
  swapFeePips: Int
  "Protocol's share of all that a swap of token0 pays as fee, in [0, 1]. null on v4 while feePips is unknown and where swaps are free; on v2 while no mint or burn has told whether its fee is on: then it is 1/6 of what liquidity grows by, else 0"
  protocolFeeShare0: Float
  "The same of a swap of token1"
  protocolFeeShare1: Float
  "The side that is the risk: 0 or 1 (stablecoin > native or wrapped native > other loses; configurable)."
  riskToken: Int!
  "null on v2, which has no ticks. On Algebra it may change; null before the first is logged"
  tickSpacing: Int
  "v4 alone: its hooks' address, 0x0000000000000000000000000000000000000000 without any; null elsewhere"
  hooks: Hex
  "Has no caveats; v2 pairs and Algebra's pools always have one."
  exact: Boolean!
  caveats: [PoolCaveat!]!
  "First block from which this pool is known; later than created after a late start."
  trackedFrom: BlockRef!
  "null where older than the first indexed block"
  created: BlockRef
  "What everything here stands at: the newest block of the chain with an event of an indexed pool, up to the point asked for."
  asOf: BlockRef!

  "null before the first price"
  sqrtPriceX96: BigInt
  "null before the first price, and on v2, which has no ticks"
  tick: Int
  "In-range liquidity; on v2 the root of the reserves' product, rounded down: the same thing over all prices"
  liquidity: BigInt!
  "v2 alone: LP tokens, with those that the next mint or burn would mint to the protocol first. Position.liquidity is a part of it. null elsewhere"
  totalShares: BigInt
  "Fees a unit of in-range liquidity, modulo 2^256, as the contract has it. null on v2, which keeps fees in its reserves, and where the pool's fees are unknown (see PoolCaveat)"
  feeGrowthGlobal0X128: BigInt
  feeGrowthGlobal1X128: BigInt
  "token1 per token0, in whole tokens; null before the first price and where decimals are unknown"
  price: Float

  "What all positions hold, without fees: a walk over the pool's ticks, each segment rounded down; on v2 the principal of all LP tokens. Counts as 100 rows. null in quarantine"
  principal: Amounts
  "Fees that LPs have not collected: balance by the logs (on v2 the reserves) less principal, less withdrawn principal that waits, less what the protocol is owed. A few units of rounding are in it; on v2 either sign, see Position.owed. Counts as 100 rows, once with principal. null where the pool's fees are unknown (see PoolCaveat)"
  uncollectedFees: Amounts
  "What the protocol is owed; on v2 what the LP tokens are worth that the next mint or burn would mint to it, 0 while whether its fee is on is not known. null on v4 and Algebra, where no log of the pool tells when it is paid, and where the pool's fees are unknown (see PoolCaveat)"
  protocolFees: Amounts

  "The inventory of all LPs as one market maker: principal against the sum of their hold baskets. Counts as 100 rows, once with principal; rangePosition is null. null in quarantine and before the first price"
  inventory: Inventory

  totals(window: Window! = ALL): PoolTotals!
  "Value of in-range positions / principal, 1 on v2; null with no principal and in quarantine. Counts as 100 rows, once with principal."
  activeValueShare: Float
  "LP fees of the window, or since the pool is known where that is shorter, over the principal of now, both at the pool's price, simple, a year. Counts as 100 rows, once with principal. null under an hour, with no principal, and where the pool's fees are unknown (see PoolCaveat)"
  feeApr(window: Window! = DAY): Float
  "Herfindahl index of in-range liquidity by owner, on v2 of the holders of LP tokens: 1 for one owner, 1 / n for n equal ones; 1 / it = effective makers. Scans the pool's positions: counts as 100 rows. null with none in range, and of a pool in a list or below an item of one"
  ownerConcentration: Float
  "What traders paid in and took out. Counts as 250 rows, paidIn and takenOut as 125 more each; TOO_COMPLEX with more than 200,000 swaps in the window"
  flow(window: Window! = DAY): OrderFlow!
  "Annualised, a fraction, from log returns of the price at every fifth minute, UTC: what moved since the last is not in it yet. null with less than an hour of it. Counts as flow does"
  realizedVolatility(window: Window! = WEEK): Float
  "What informed trading took from all LPs in the window"
  adverseSelection(window: Window! = WEEK, horizon: Int! = 300): AdverseSelection!

  """
  Oldest first, aligned to UTC (a WEEK begins on Monday), the last one open: up to asOf. Of every interval between from and to (unix seconds, to exclusive), whole; an interval without an event has the previous close and volume 0. None before the first price.
  At most 1,500, MINUTE to QUARTER_HOUR of 2 days at most, else TOO_MANY_POINTS. Counts as 500 rows at least, figures in QUOTE as 75 a candle: without to as the most.
  """
  candles(interval: Interval! = HOUR, from: Int!, to: Int): [Candle!]!
  "Where the liquidity is, lowest band first, in at most bands bands (1 to 1,000) of equal width, a whole number of tick spacings. Without bounds one tick spacing each, around the price; with both of them from tickLower to below tickUpper, where the last is cut. Counts as a row for each of bands, 100 at least. On v2 one band over all prices, with the reserves. Empty before the first price; BAD_INPUT in quarantine"
  liquidityDistribution(tickLower: Int, tickUpper: Int, bands: Int! = 200): [LiquidityBand!]!
  "Initialised ticks by index, lowest first, both bounds included: what v3-sdk's TickListDataProvider takes. All pages stand at the block of the first. Counts as 100 rows at least. Empty on v2; BAD_INPUT in quarantine"
  ticks(tickLower: Int, tickUpper: Int, first: Int! = 1000, after: String): TickPage!
  "What moves the price by the fraction move (0.02 = 2 %, in millionths) in each direction. Counts as 100 rows. BAD_INPUT in quarantine"
  depth(move: Float! = 0.02): Depth!
  """
  What the pool would pay for amountIn of token0 (zeroForOne) or of token1, from indexed ticks, at feePips and on v4 the protocol's part on top: what Uniswap's QuoterV2 and V4Quoter answer; on v2 getAmountOut of its library, at the reserves of the last Sync. On Algebra without what a plugin adds or changes at the next swap. Counts as 500 rows.
  null in quarantine, before the first price, while feePips is null, and on v4 with any hooks, which may change or refuse a swap. BAD_INPUT unless amountIn is above 0.
  """
  quote(zeroForOne: Boolean!, amountIn: BigInt!): Quote

  "Below asOf: as of then, and ordered by OPENED, LIQUIDITY, VALUE, SKEW or IMPERMANENT_LOSS, else ORDER_UNAVAILABLE. BAD_INPUT where the filter names another pool. A list of positions counts as 100 rows at least."
  positions(where: PositionFilter, orderBy: PositionOrder! = VALUE, direction: Direction! = DESC, first: Int! = 20, after: String): PositionPage!
  "What happened to its positions. kinds: any of these; left out or null, all; an empty list, none. from, to: unix seconds, to exclusive; BAD_INPUT where from is after to. A list of events counts as 100 rows at least."
  events(kinds: [LiquidityEventKind!], from: Int, to: Int, direction: Direction! = DESC, first: Int! = 50, after: String): LiquidityEventPage!
  "from, to: unix seconds, to exclusive"
  swaps(from: Int, to: Int, direction: Direction! = DESC, first: Int! = 50, after: String): SwapPage!
}

"A pool over an interval: differences of what it was after the newest block before its beginning and before its end."
type Candle {
  "The beginning, unix seconds"
  timestamp: Int!
  "The previous close, token1 per token0 in whole tokens; of the first one the price after the block that first left one. null where decimals are unknown, as the next three are"
  open: Float
  "Of the open and of what each swap or other event left"
  high: Float
  low: Float
  close: Float
  volume: Volume!
  "Valued then by swap in TOKEN0 and TOKEN1, at the close in QUOTE; valued now at the close. null where the pool's fees are unknown (see PoolCaveat), from quarantine on"
  feesLp: Flow
  "What all positions hold at the close, without fees: Pool.principal as of its block. null in quarantine. TOO_COMPLEX over 100,000 ticks times closings between which liquidity changed"
  principal: Amounts
  "Loss versus rebalancing of all LPs in the interval, in token1; a size, >= 0 but for rounding. null in quarantine and where its decimals are unknown"
  lvr: Float
  swaps: Int!
  "In range at the close; on v2 as Pool.liquidity"
  liquidity: BigInt!
}

type OrderFlow {
  "What traders paid into and took out of the pool"
  paidIn: Flow!
  takenOut: Flow!
  "(buys - sells) / (buys + sells) of token0 by token1 notional, in [-1, 1]. Positive: traders buy token0, LPs get shorter. null where nothing was traded"
  imbalance: Float
  "Mean |buys - sells| over the volume of the newest 50 parts of the window that have a fiftieth of the last day's volume each, in [0, 1]: 1 where each of them has trades of one side only. null where there is no such part"
  toxicity: Float
  swaps: Int!
}

type LiquidityBand {
  tickLower: Int!
  "Not part of it, as with ranges of positions"
  tickUpper: Int!
  "The mean over its ticks, rounded down: the liquidity itself where nothing starts or ends inside the band"
  liquidity: BigInt!
  "What all positions hold in it"
  amounts: Amounts!
}

"What a price move takes and gives, in base units, without fees; what the pool pays is rounded down between ticks, what it takes up."
type Depth {
  move: Float!
  "Raising the price: token1 paid by traders, token0 they get (the ask)"
  askIn1: BigInt!
  askOut0: BigInt!
  "Lowering it: token0 paid by traders, token1 they get (the bid)"
  bidIn0: BigInt!
  bidOut1: BigInt!
  "(bidOut1 - askIn1) / (bidOut1 + askIn1), in [-1, 1]; positive: more support below. null without any"
  imbalance: Float
}

"A swap of an exact input. Amounts are in base units: those in of token0 where zeroForOne, else of token1; the one out of the other."
type Quote {
  amountIn: BigInt!
  amountOut: BigInt!
  "amountIn that the pool could take; less than asked where liquidity ran out"
  amountInUsed: BigInt!
  "null on v2, as the two below"
  sqrtPriceX96After: BigInt
  tickAfter: Int
  "Initialised ticks that the price crosses"
  ticksCrossed: Int
  "Fraction of the value of amountInUsed lost against the price before, fee included; null where nothing was taken"
  costRatio: Float
}

"As the contract keeps it; growth outside modulo 2^256. On Algebra, whose ticks keep more, what the others keep."
type Tick {
  index: Int!
  liquidityGross: BigInt!
  "What crossing it upwards adds"
  liquidityNet: BigInt!
  feeGrowthOutside0X128: BigInt!
  feeGrowthOutside1X128: BigInt!
}

type TickPage {
  items: [Tick!]!
  pageInfo: PageInfo!
}

type Swap {
  "chainId:block:logIndex"
  id: ID!
  block: BlockRef!
  transaction: Hex!
  logIndex: Int!
  "The event's sender (a router, mostly), never the trader's wallet."
  sender: Hex!
  "Who was paid by the pool; null on v4, whose log names nobody"
  recipient: Hex
  "Signed from the pool's view: positive = paid into the pool. The same for every protocol; on v2 what was paid in of a token less what was paid out of it."
  amount0: BigInt!
  amount1: BigInt!
  "Of the token paid in alone: what LPs got of it as fees; on v2 nominally, of 3 / 1000 of what was paid in. null where the pool's fees are unknown (see PoolCaveat)"
  feesLp: Amounts
  "After the swap, as tick, liquidity and price are"
  sqrtPriceX96: BigInt
  "null on v2"
  tick: Int
  "In range"
  liquidity: BigInt!
  "token1 per token0, in whole tokens; null where decimals are unknown"
  price: Float
}

"Rolling: the last 1, 24, 168 or 720 whole hours (UTC) plus the current one, up to the point that is asked for."
enum Window {
  HOUR
  DAY
  WEEK
  MONTH
  "Since the beginning: of the pool as it is known, of the position's life"
  ALL
}

type PoolTotals {
  "First block counted; trackedFrom where the pool is younger than the window."
  from: BlockRef!
  swaps: Int!
  volume: Volume!
  "Of swaps, flashes and donations, without what an Algebra plugin keeps for itself; then the parts that go to the protocol and to LPs. On v2 nominally 3 / 1000 of what was paid in, a sixth of it the protocol's while its fee is known to be on. All null where the pool's fees are unknown (see PoolCaveat)"
  feesGross: Flow
  feesProtocol: Flow
  feesLp: Flow
  mints: Int!
  "Burns of liquidity"
  burns: Int!
}

"""
What has to be known of a pool before its numbers are used. More may be added.
Its fees are unknown with HOOK_MOVES_AMOUNTS and with QUARANTINED: whatever is fees, or has fees in it, is null then, of the pool, its positions and its events, and leaves out of rankings what it is null for. With any other caveat all of it is served.
"""
enum PoolCaveat {
  "v4: the hooks' address has the right to return deltas, so that principal and fees can move unseen. What the pool itself keeps, as price, liquidity and principal, is served."
  HOOK_MOVES_AMOUNTS
  "v2: reserves changed without a trade, a deposit or a withdrawal: a rebasing or fee-on-transfer token, or a gift. What came that way counts as fees, what went as negative ones."
  TOKEN_MOVES_BALANCES
  "A log did not fit: price, tick and liquidity follow the log, what derives from growth is null from then on."
  QUARANTINED
  "A token gives no decimals that can be read: raw integers are exact, figures in whole units of it are null."
  DECIMALS_UNKNOWN
  "v2, always: no log says whether the protocol's fee is on; it is inferred from the LP tokens that mints and burns mint to the protocol."
  PROTOCOL_FEE_INFERRED
  "Algebra Integral, always: an owner in the pool itself may settle fees without a log, which loses up to one unit of each token a time; and of tokens given to the pool no log tells in one rare case which LPs they went to. Fees are served all the same."
  UNLOGGED_POKES
}

enum PositionStatus {
  "tickLower <= tick < tickUpper"
  IN_RANGE
  "All token0: the price is under the range."
  BELOW
  "All token1: the price is over the range."
  ABOVE
  CLOSED
}

type Position {
  """
  NFT: chainId:manager:tokenId. Held in the pool itself: chainId:pool:owner:tickLower:tickUpper, on v4 with :salt. v2: chainId:pair:owner.
  Under asOf with @block appended; position(id:) takes either form. The manager's own core position is not listed: its NFTs are.
  An id closed and opened again stays one position: opened is the first time, closed is null while open, baskets start afresh.
  """
  id: ID!
  chainId: Int!
  protocol: Protocol!
  pool: Pool!
  "Who bears the risk now: the NFT's owner (the last one, where it was burnt; behind a known staking contract, who staked it), the owner in the pool, or the holder of the LP tokens. Vaults are not looked through."
  owner: Hex!
  "The staking contract (markets file) that holds the NFT for its owner; null where the owner has it."
  custodian: Hex
  "Who held it, oldest first. The position's own figures follow the position, whoever held it. On v2 one: LP tokens that are handed on are withdrawn at market by one position and deposited by another. Counts as 10 rows."
  owners: [Ownership!]!
  "The position-manager contract, where the position is an NFT."
  manager: Hex
  "null where the position is held in the pool itself"
  tokenId: BigInt
  "null on v2, which has no range, as the next three are"
  tickLower: Int
  tickUpper: Int
  "token1 per token0 in whole tokens, at tickLower; null where decimals are unknown"
  priceLower: Float
  "The same at tickUpper"
  priceUpper: Float
  "Geometric centre of the bounds, where both tokens are worth the same: the strike of the option that an LP has sold. null on v2"
  optionStrike: Float
  "priceUpper / optionStrike, which is optionStrike / priceLower. null on v2"
  rangeFactor: Float
  "On v2 the LP tokens"
  liquidity: BigInt!
  "On v2 IN_RANGE or CLOSED"
  status: PositionStatus!
  "Opened and closed in one block"
  justInTime: Boolean!
  "Of the first deposit"
  opened: BlockRef
  "Whether all that happened to it is known to have been seen. Indexing begins with a pool's creation, so it is but where a log of the pool was lost (QUARANTINED): a deposit may have been in it, and lifetime figures count without"
  complete: Boolean!
  "null while open"
  closed: BlockRef
  "What everything here stands at: the newest block of the chain with an event of an indexed pool, up to the point asked for."
  asOf: BlockRef!

  inventory: Inventory!
  "inventory + owed: what closing now pays. null where owed is"
  worth(in: Numeraire! = TOKEN1): Float
  "Principal withdrawn and not yet collected: owed less uncollected fees. 0 on v2 and v4, which pay at once; null where owed is"
  principalOwed: Amounts
  "All deposits so far"
  deposited: Flow!
  "All withdrawals of principal so far, without fees"
  withdrawn: Flow!
  "What a poke and collect would pay now, to the last unit: uncollected fees, and principal withdrawn but not yet collected. On v2, where fees are paid with the principal alone, what a burn of all LP tokens would pay beyond it, below 0 where the pair lost tokens without a trade. null where the pool's fees are unknown (see PoolCaveat)"
  owed: Amounts
  fees: Fees!
  impermanentLoss: ImpermanentLoss!
  pnl: ProfitAndLoss!
  exposure: Exposure!
  "Fraction of the position's open time (with liquidity) spent in range, 1 on v2; null before any has passed and in quarantine"
  timeInRange: Float
  "Of the pool's in-range liquidity, in [0, 1], on v2 of its LP tokens (Pool.totalShares); 0 out of range, null where the pool has none in range"
  liquidityShare: Float
  "Over a window up to asOf, or over the position's life where that is shorter"
  adverseSelection(window: Window! = WEEK, horizon: Int! = 300): AdverseSelection!
  """
  The trade that brings inventory to targetShare (0 to 1, else BAD_INPUT) of its value in token0: what is sold and bought is what would at the pool's price. A model's figure of the moment; fees that wait are not in it. Counts as 500 rows.
  """
  rebalance(targetShare: Float! = 0.5): Rebalance!
  """
  A range as wide as this one, around the price at which this inventory would as soon be bought as sold (Avellaneda and Stoikov): price x (1 - riskAversion x skew x volatility^2 x horizonDays / 365), volatility being Pool.realizedVolatility of window. Long token0 it shifts down, so that token0 is sold. A model's figure; counts as 50 rows.
  null when closed, on v2, without volatility, and where the model leaves no price above 0. BAD_INPUT unless riskAversion is 0 or more and horizonDays above 0, to 3650.
  """
  suggestedRange(riskAversion: Float! = 2, horizonDays: Float! = 1, window: Window! = WEEK): SuggestedRange
  "Principal at other prices: shock -0.2 is a price 20 % lower. At most 50 shocks, each above -1 and at most 1,000,000, else BAD_INPUT. Each counts as a row."
  scenario(shocks: [Float!]! = [-0.5, -0.2, -0.1, 0.1, 0.2, 0.5]): [ScenarioPoint!]!
  "What the principal may lose within horizonDays, by what the price did in window (see RiskModel). confidence: 0.5 to below 1. horizonDays: above 0, to 3650. Counts as 50 rows."
  capitalAtRisk(confidence: Float! = 0.95, horizonDays: Float! = 1, window: Window! = WEEK, model: RiskModel! = LOGNORMAL): CapitalAtRisk!
  "Must be zero: fees by flows (owed + collected - withdrawn principal) less fees by growth, and deposits less released and held basket. null on v2, which has no growth to count by, and where owed is null"
  residual: Amounts
  """
  Oldest first: the state at the end of each interval (aligned to UTC, WEEK from Monday) and after every block with an event of the position; the last one is the state at asOf.
  from and to are unix seconds, to exclusive. Without from: the last 90 intervals, or since the position was opened. At most 500 points, else TOO_MANY_POINTS.
  """
  history(interval: Interval! = DAY, from: Int, to: Int): [PositionPoint!]!
  "Newest first"
  events(first: Int! = 50, after: String): LiquidityEventPage!
}

"A position after a block: each figure is what the position answers as of it."
type PositionPoint {
  "The newest block with an event of an indexed pool, up to the end of the interval"
  block: BlockRef!
  "token1 per token0, in whole tokens; null where decimals are unknown"
  price: Float
  "Inventory.amounts: principal, without fees"
  amounts: Amounts!
  "Of these amounts, in token1; null where its decimals are unknown, as the next is"
  value: Float
  "Of ImpermanentLoss.hold at the same price, in token1: what was put in and not yet taken out, held instead"
  hold: Float
  "Inventory.skew: +1 all token0, -1 all token1; null with nothing held"
  skew: Float
  "ImpermanentLoss.total, in token1; negative is a loss"
  impermanentLoss: Float
  "Fees.earned: of the position's life up to the point; null where the pool's fees are unknown (see PoolCaveat)"
  feesEarned: Amounts
  status: PositionStatus!
}

"Aligned to UTC; a WEEK begins on Monday at 00:00."
enum Interval {
  MINUTE
  FIVE_MINUTES
  QUARTER_HOUR
  HOUR
  FOUR_HOURS
  DAY
  WEEK
}

"""
One owner's time with a position, as a book of its own: a transfer takes everything out at market, with fees that wait as if collected, and the next owner puts it in at market, with those fees as a purchase.
Profit and fees add up to the position's; impermanent loss and price effect do not, since a transfer realises them.
"""
type Ownership {
  owner: Hex!
  from: BlockRef!
  "null while it lasts"
  to: BlockRef
  impermanentLoss: ImpermanentLoss!
  pnl: ProfitAndLoss!
}

"""
Sensitivities at the current price, of principal. What takes a window rests on a model of the price (no drift, no jumps) and on Pool.realizedVolatility of that window, and is null with it; each window that any such field but breakEvenVolatility is asked over counts as 50 rows, as they share it.
Figures in whole units are null where the decimals that they need are unknown.
"""
type Exposure {
  "dV/dP, in token0: the token0 that is held"
  delta0: Float
  "delta0 x price, in token1"
  delta1: Float
  "d2V/dP2, token0 per unit of price; <= 0 in range, 0 outside"
  gamma: Float
  "Change of delta0 for a 1 % price move"
  gamma1Percent: Float
  "gamma x price^2 / 100: change of delta1 for a 1 % move, token1"
  dollarGamma1Percent: Float
  "Value of the full-range position of the same liquidity over this one's, about 1 on v2; null out of range and with nothing held. Of several ranges by the liquidity of those in range"
  capitalEfficiency: Float
  "Expected loss to rebalancing a day at the window's realised variance, in token1; 0 out of range"
  lvrRate(window: Window! = WEEK): Float
  "Fee income a day over the window, or since the position was opened, less lvrRate: the carry of short gamma. null without liquidity, under an hour, and where the pool's fees are unknown (see PoolCaveat)"
  theta(window: Window! = WEEK): Float
  "Change of theta per 0.01 of annualised volatility, in token1; <= 0, 0 out of range"
  vega(window: Window! = WEEK): Float
  "Annualised volatility at which fees of the window equal lvrRate; null out of range, where theta's fees are, and with fees below 0"
  breakEvenVolatility(window: Window! = WEEK): Float
  "token0 to trade elsewhere to be flat in token1 (negative = sell)"
  hedge0: Float
  "The same to be indifferent against holding"
  hedgeToHold0: Float
  "The two in token0 base units, exact: what a hedging bot sends"
  hedge0Raw: BigInt!
  hedgeToHold0Raw: BigInt!
  "tick - tickLower, below 0 past it; null without liquidity and on v2. Of several ranges the least"
  ticksToLower: Int
  "tickUpper - tick, likewise"
  ticksToUpper: Int
  "Probability of being out of range in horizonDays (above 0, to 3650), lognormal at realised volatility; null without liquidity, on v2 and with several ranges"
  exitProbability(horizonDays: Float! = 1, window: Window! = WEEK): Float
}

type Rebalance {
  "Against the pool without this position's own liquidity, which is withdrawn first, so not what Pool.quote says. null where the inventory is at the target or empty, and where a pool has no quote (see Pool.quote)"
  quote: Quote
  "Whether token0 is sold; null where nothing is to be traded"
  zeroForOne: Boolean
  "The inventory after the trade, with what the pool could not take of it; without a quote as if the trade cost nothing"
  after: Amounts!
  "Fee and price impact, in token1, gas left out: what is paid in less what is got out, at the price before. 0 where nothing is to be traded, null without a quote"
  cost1: Float
}

type SuggestedRange {
  "token1 per token0, in whole tokens; null where decimals are unknown"
  reservationPrice: Float
  "Snapped outward to the pool's tick spacing, within the ticks that it allows"
  tickLower: Int!
  tickUpper: Int!
  "Annualised, a fraction: what the price rests on"
  volatility: Float!
}

"A position at a moved price, as it would stand there: principal rounded down, baskets as they are. Without liquidity amounts are 0, and impermanentLoss is what was realised."
type ScenarioPoint {
  shock: Float!
  "Token1 per token0, in whole tokens; null where decimals are unknown"
  price: Float
  "value of them is at the moved price"
  amounts: Amounts!
  "In token1, as impermanentLoss is; null where its decimals are unknown"
  value: Float
  "ImpermanentLoss.total there: < 0 is a loss"
  impermanentLoss: Float
  "null with nothing held"
  skew: Float
}

enum RiskModel {
  "The price's logarithm moves at random at Pool.realizedVolatility of the window, without drift in price"
  LOGNORMAL
  "Overlapping returns of the window's five-minute prices, of its last year at most; null under 100 of them. The horizon is rounded to whole steps of five minutes."
  HISTORICAL
}

"""
How much may be lost by the end of the horizon, and no more with the given confidence. Of a position its principal: owed fees are not in it. A loss is positive here. null where token1's decimals are unknown; the first three without volatility (LOGNORMAL) and under 100 returns (HISTORICAL) too, and 0 without liquidity.
"""
type CapitalAtRisk {
  "Loss of value not exceeded with the given confidence, in token1 (an account's in the quote token); >= 0"
  valueAtRisk: Float
  "Mean loss where it is exceeded (expected shortfall), >= 0"
  expectedShortfall: Float
  "Total impermanent loss not exceeded with the given confidence, what is realised included; a size, >= 0. Moves of the price in both directions add to it."
  impermanentLossAtRisk: Float
  confidence: Float!
  horizonDays: Float!
  "Value of principal if the price ends at the lower or the upper bound; null without liquidity and on v2"
  valueAtLower: Float
  valueAtUpper: Float
  "ESTIMATE"
  method: Method!
}

enum LiquidityEventKind {
  DEPOSIT
  WITHDRAW
  "Payment of fees and of principal withdrawn before"
  COLLECT
  "Of the NFT, or of LP tokens: these are listed with the sender's position, a mint of them to the protocol with the protocol's"
  TRANSFER
}

"Something that an LP did to a position. A poke is none: it moves nothing. The value of its amounts is at its own price."
type LiquidityEvent {
  "chainId:block:logIndex"
  id: ID!
  kind: LiquidityEventKind!
  block: BlockRef!
  transaction: Hex!
  "Of the pool's log; of the position manager's, for a DEPOSIT to an NFT on v3 and its forks"
  logIndex: Int!
  "As it stands now, or at the point that the list was asked for at"
  position: Position!
  "Signed: negative where liquidity was withdrawn, and on v2 where LP tokens were handed on"
  liquidityDelta: BigInt!
  "Unsigned. DEPOSIT: paid in. WITHDRAW: principal released, on v2 and v4 paid at once, elsewhere owed and not yet paid. COLLECT, TRANSFER: zero."
  principal: Amounts!
  "Unsigned: left the pool in this log, principal and fees together. v3 and its forks: COLLECT only; v2 and v4: any but TRANSFER. null on v4, which logs no amounts, where the pool's fees are unknown (see PoolCaveat)"
  paidOut: Amounts
  "Fee part of paidOut, all principal withdrawn until then counting as paid first; what is withdrawn later does not change it. On v2 of either sign. null where paidOut is, and where the pool's fees are unknown (see PoolCaveat)"
  fees: Amounts
  "The pool's at this event"
  sqrtPriceX96: BigInt
  "token1 per token0, in whole tokens; null where decimals are unknown"
  price: Float
  "TRANSFER only"
  from: Hex
  to: Hex
}

type Fees {
  "The fee part of owed: principal counts as collected first. null where the pool's fees are unknown (see PoolCaveat)"
  uncollected: Amounts
  "Paid out: all that was collected less withdrawn principal, never below 0 but on v2; null with uncollected"
  collected: Flow
  "uncollected + collected; null with uncollected"
  earned: Amounts
  "earned at the pool's price / time-weighted capital, simple, a year; null under one hour with liquidity"
  apr: Float
  "ACCOUNTED on v2, whose contract does not tell fees from principal; null with uncollected"
  method: Method
}

"What informed trading took, in whole token1; null in quarantine, before a pool's first price and where its decimals are unknown."
type AdverseSelection {
  "Loss versus rebalancing, sampled at block ends and at changes of liquidity, by the pool's own price; a size, >= 0 but for rounding."
  lvr: Float
  "The same sampled after every swap: round trips within a block, such as sandwiches, count. A move that several swaps of a block made counts as several smaller ones, which cost less. Pools only; null on positions"
  lvrPerSwap: Float
  "Fees earned in the same time, at the price of asOf; null, as the two below, where the pool's fees are unknown (see PoolCaveat)"
  feesLp: Float
  "feesLp - lvr: what a delta-hedged LP made"
  feesMinusLvr: Float
  "feesLp / lvr; under 1 the spread did not pay for informed flow. null with nothing lost"
  lvrCoverage: Float
  """
  Mean over swaps of what LPs had gained horizon seconds later, fees included, as a fraction of the token1 traded: what the pool got less what it gave, at its last price up to then. Below 0: traders knew better. Swaps that the horizon has not passed since are left out; null with none.
  Of a position by the change of its own inventory in each swap, of which the token1 counts as traded, with its own fees; on v2 of what a burn of its LP tokens pays. For HOUR, DAY and WEEK alone, and null in lists, where fees are unknown, and on v2 where the supply of LP tokens at a swap is.
  Counts as 500 rows, of a position 2,250 more; TOO_COMPLEX with more than 200,000 swaps in the window
  """
  markout: Float
  "The part of those swaps' token1, in [0, 1], on which LPs had lost by then; counts as markout does"
  toxicVolumeShare: Float
  "Seconds, 0 to 86,400"
  horizon: Int!
}

"""
What a position would have made (see Query.backtest), as of the last block before to.
Its fees stay uncollected, its liquidity as it was bought. On v2 they do not compound, and a swap that paid in both tokens counts with the fee on one.
"""
type Backtest {
  "What the two amounts bought; the deposit is what that takes, rounded up"
  liquidity: BigInt!
  "Earned up to the end: growth of a unit of liquidity, rounded down step by step, times liquidity, rounded down"
  fees: Amounts!
  impermanentLoss: ImpermanentLoss!
  pnl: ProfitAndLoss!
  "Fraction of the time with the tick in range after each block"
  timeInRange: Float!
  "From the first block on, its horizon 300 seconds"
  adverseSelection: AdverseSelection!
  "Oldest first: the state at the end of each interval (aligned to UTC, WEEK from Monday), a block at most once; the last one is the state at the end. At most 500 intervals, else TOO_MANY_POINTS"
  history: [PositionPoint!]!
}

"""
What the LP holds, principal only, and how far that is from balance, from a target and from what was put in.
Ratios are null with nothing held: closed, or so little that it rounds down to 0 and 0.
"""
type Inventory {
  "What a burn of all liquidity would pay out now, rounded down as the contract does; without fees. On v2 without those that sit in the reserves: inventory + owed is what a burn pays."
  amounts: Amounts!
  "token0's share of value, in [0, 1]; null with nothing held"
  share0: Float
  "In [-1, 1]: 2 x share0 - 1. +1 all token0 (long token0), -1 all token1."
  skew: Float
  "skew x 10^18, truncated: the same number, exact"
  skewE18: BigInt
  "skew seen from the pool's risk token: +1 all risk, -1 all cash. What lists are ranked and filtered by."
  skewRisk: Float
  "Against a target share of token0, in [0, 1]: 0 at the target, +1 all token0, -1 all token1."
  skewVsTarget(targetShare: Float!): Float
  "The same against token0's share of the hold basket at the prices of its deposits: what price moves did to the mix."
  skewVsEntry: Float
  """
  Holdings minus the hold basket (see ImpermanentLoss.hold), signed: amount0 > 0 is net long token0 (traders sold it to the LP), < 0 net short.
  """
  netInventory: Amounts!
  "Net inventory in token0, valued, over the hold basket's value, signed; null without a basket"
  netInventoryRatio: Float
  "Where the pool's tick stands: 0 at tickLower, 1 at tickUpper, clamped; null when closed and on v2."
  rangePosition: Float
}

"""
Divergence loss: what the principal is worth less what the tokens put in would be worth, had they been held. NEGATIVE IS A LOSS. Fees are not in it.
They are held in an average-cost basket: each deposit adds its amounts, and a withdrawal of a share of the liquidity takes the same share of the basket out. What was withdrawn less what left the basket is realised then, at the price of that withdrawal, and stays.
"""
type ImpermanentLoss {
  "The basket: what was put in and not yet taken out."
  hold: Amounts!
  "Holdings minus the hold basket, at the pool's current price"
  unrealized(in: Numeraire! = TOKEN1): Float
  "Booked at each withdrawal, in either token at the price of then; QUOTE_THEN: in token1, at its quote price of then"
  realized(in: Numeraire! = TOKEN1): Float
  "realized + unrealized"
  total(in: Numeraire! = TOKEN1): Float
  "unrealized in token1 base units, truncated: the same number, exact"
  unrealizedRaw1: BigInt!
  "realized in token1 base units, each withdrawal truncated: the same number, exact"
  realizedRaw1: BigInt!
  "unrealized / value of the hold basket; null without a basket"
  ratio: Float
  "total + fees of the position's life at the pool's price; null where the pool's fees are unknown (see PoolCaveat)"
  netOfFees(in: Numeraire! = TOKEN1): Float
  "Fees of the position's life / -total; under 1, fees did not pay for the loss; null with no loss and where the pool's fees are unknown (see PoolCaveat)"
  feeCoverage: Float
  "total / time-weighted capital, simple, a year; null under one hour with liquidity"
  apr: Float
  "Holdings less what is left of the deposits, had each been turned into token0 at its own price; either sign"
  versusToken0(in: Numeraire! = TOKEN1): Float
  "The same into token1"
  versusToken1(in: Numeraire! = TOKEN1): Float
  "The same into half of each, by value, then left alone"
  versusHalf(in: Numeraire! = TOKEN1): Float
  "Holdings plus withdrawals minus deposits, all at the pool's current price. Moves after closing, can be positive."
  allFlowsAtSpot(in: Numeraire! = TOKEN1): Float
  "The nearest move of the price down at which fees so far, at the moved price, exactly pay the total loss there, as a fraction of the price, below 0. null where there is none, without liquidity, without fees and where the pool's fees are unknown (see PoolCaveat)"
  breakEvenLower: Float
  "The same up, above 0"
  breakEvenUpper: Float
}

"""
total = priceEffect + impermanentLoss + fees, every flow at the price of its own moment. In the pool's tokens each is booked apart; all but impermanentLoss is null where the pool's fees are unknown (see PoolCaveat).
"""
type ProfitAndLoss {
  "Inventory, uncollected fees, and all that was withdrawn and collected, less all that was deposited"
  total(in: Numeraire! = TOKEN1): Float
  "Withdrawals and collected fees, less what the deposits withdrawn had cost"
  realized(in: Numeraire! = TOKEN1): Float
  "total - realized"
  unrealized(in: Numeraire! = TOKEN1): Float
  "What the hold basket gained, released parts up to their release"
  priceEffect(in: Numeraire! = TOKEN1): Float
  "ImpermanentLoss.total"
  impermanentLoss(in: Numeraire! = TOKEN1): Float
  "Collected fees at the price of each collection, uncollected at the pool's price (ImpermanentLoss.netOfFees and Fees take all at that)"
  fees(in: Numeraire! = TOKEN1): Float
  "total / largest net deposit value so far, in token1; null where nothing was deposited"
  roi: Float
  "total / time-weighted capital, simple, a year; null under one hour with liquidity"
  apr: Float
}

"""
A liquidity provider's book over all its positions of a chain: what it owns now, and for profit, loss and fees all that it ever owned, each for as long as it did: a position that it passed on counts as withdrawn at market then, one that came to it as deposited.
A known staking contract (markets file) holds NFTs for their owner. TOO_COMPLEX with more than 2,000 open positions, or with positions in more than 1,000 pools: page through positions then. An account counts as 500 rows.
"""
type Account {
  "chainId:address; under asOf with @block appended"
  id: ID!
  chainId: Int!
  address: Hex!
  "What everything here stands at: the newest block of the chain with an event of an indexed pool, up to the point asked for."
  asOf: BlockRef!
  "In the quote token: of all in inventory that has a price, 0 with nothing held. null where nothing that is held has one, where a pool is quarantined, and on a chain without quote token; see unpriced and leftOut"
  value: Float
  "Net tokens over all positions that hold something or are owed something, but for those behind hooks that may move amounts unseen (see leftOut); all that is owed included; the dearest first, those without a value last"
  inventory: [TokenInventory!]!
  "(other assets - quote token) / all, in [-1, 1]; null with nothing held, and where value is. Native currency is another asset than its wrapped token."
  skew: Float
  "Herfindahl index of the token shares: 1 for a single one, 1 / n for n equal ones; null where skew is"
  concentration: Float
  "Tokens of inventory with no price path or no decimals: left out of value and of every ratio."
  unpriced: [Token!]!
  "Pools of the account that pnl leaves out: those whose hooks may move amounts unseen (HOOK_MOVES_AMOUNTS), whose positions inventory, value and ratios leave out too, and those whose token1 has no quote price. Anyone can make such a pool and give an account a position in it."
  leftOut: [Pool!]!
  "Those with liquidity"
  openPositions: Int!
  pnl: BookProfitAndLoss!
  """
  Oldest first: the book at the end of each interval (aligned to UTC, WEEK from Monday), the last one at asOf. From the first block with a position of it on.
  from and to are unix seconds, to exclusive. Without from: the last 90 intervals. At most 200 points, else TOO_MANY_POINTS, and 25,000 points times open positions in all histories of an operation, else TOO_COMPLEX. Each point counts as 40 rows.
  """
  history(interval: Interval! = DAY, from: Int, to: Int): [AccountPoint!]!
  "In the quote token, by historical simulation: all that inventory counts is marked again by every move over the horizon that the window's five-minute prices made, those of all pools and quote prices at one time together. Token prices move as the pools of their present routes did; a pool moves as its own price did, but as its tokens' prices from before it was there, and where fifty pools hold more of the book. Bounds and impermanentLossAtRisk are null. null where value is, and under 100 moves. confidence: 0.5 to below 1; horizonDays: above 0, to 3650, rounded to whole steps. TOO_COMPLEX where tokens are priced through more than 100 pools, and over 20,000,000 positions times moments. Counts as 1,000 rows."
  capitalAtRisk(confidence: Float! = 0.95, horizonDays: Float! = 1, window: Window! = MONTH): CapitalAtRisk
  "The quote price of \`token\` moves by each shock, every other token keeps its own, pools of it move along and positions hold what they would there; owed tokens stay what they are. 50 shocks at most, each above -1 and at most 1,000,000. Native currency and its wrapped token move as one. A token that is not in the book moves nothing. BAD_INPUT for the quote token, whose price is always 1; TOO_COMPLEX over 50,000 shocks times positions."
  scenario(token: Hex!, shocks: [Float!]!): [AccountScenario!]!
  "What happened to its positions while it owned them, newest first; the transfers that brought them and took them away included (of LP tokens on v2 those that took them away, since a transfer is listed with the sender's position)"
  events(first: Int! = 50, after: String): LiquidityEventPage!
  "One entry a pool where it ever owned a position, by pool id: amounts summed before any ratio."
  pools: [PoolBook!]!
  "Of all that it owns at the point, netted: what a hedging bot trades, and the carry of the whole book"
  exposure: AccountExposure!
  "Limits that the account is over now, the worst first: a size by how far it is over its bound, ticks by how far they are under it. Of what it owns at the point and has liquidity in; what is not known is not told here, but by unreadLimits: without breaches all is well only where that is empty too. Counts as 20 rows. BAD_INPUT unless sizes are above 0 and at most 1, ticks 0 or more"
  limitBreaches(limits: RiskLimits!): [LimitBreach!]!
  "Where a given limit could not be read, as its figure is null: of which pool, position or token of the book that limitBreaches is of; of none where it is the whole book. A token share is not known without prices and in quarantine, a shortfall without a value or a past. What a limit does not apply to is not in it: a v2 position has no bounds, and inventory has no token of a pool whose hooks may move amounts (see leftOut). Counts as 20 rows, and as limitBreaches with maxExpectedShortfall."
  unreadLimits(limits: RiskLimits!): [UnreadLimit!]!
  "That it owns at the point; money is ranked in the quote token unless where.pool is set. Below asOf ordered by OPENED, LIQUIDITY, VALUE, SKEW or IMPERMANENT_LOSS, else ORDER_UNAVAILABLE. BAD_INPUT where the filter names another owner or chain."
  positions(where: PositionFilter, orderBy: PositionOrder! = VALUE, direction: Direction! = DESC, first: Int! = 20, after: String): PositionPage!
}

"An account after a block, in the quote token at its prices of then: each figure is what the account answers as of it. null where unpriced."
type AccountPoint {
  "The newest block with an event of an indexed pool, up to the end of the interval"
  block: BlockRef!
  "Account.value, fees that wait included"
  value: Float
  skew: Float
  "Account.pnl.impermanentLoss; negative is a loss"
  impermanentLoss: Float
  "Account.pnl.fees"
  fees: Float
  "Account.pnl.total"
  pnl: Float
}

"ProfitAndLoss summed over the pools of all that the account ever owned. QUOTE and QUOTE_THEN alone: pools have no other numeraire in common, BAD_INPUT for others. Pools of Account.leftOut are left out: null where that is all of them. null too where a pool of it is quarantined, with QUOTE_THEN where a flow had no price, and over 1,000 flows of the account in all."
type BookProfitAndLoss {
  total(in: Numeraire! = QUOTE): Float
  realized(in: Numeraire! = QUOTE): Float
  unrealized(in: Numeraire! = QUOTE): Float
  priceEffect(in: Numeraire! = QUOTE): Float
  impermanentLoss(in: Numeraire! = QUOTE): Float
  fees(in: Numeraire! = QUOTE): Float
}

"""
All of an account's positions in one pool as one book: amounts and baskets of all are added up before any ratio is taken. Inventory is of what it owns at the point, all else of all that it ever owned there, each for as long as it did.
rangePosition is null with several ranges; roi is over the sum of what each position had at most, the time of apr is the longest one's. Uncollected fees that came with a transfer are no fees of its own.
"""
type PoolBook {
  pool: Pool!
  "That it owns or owned there, each once"
  positions: Int!
  inventory: Inventory!
  "Of what it owns at the point; theta and breakEvenVolatility by what these positions earned in the window, whoever had them"
  exposure: Exposure!
  impermanentLoss: ImpermanentLoss!
  fees: Fees!
  pnl: ProfitAndLoss!
}

"""
Sensitivities of an account's book in the quote token. Sums are over the pools that it has liquidity in, each token1 figure of PoolBook.exposure at token1's quote price; pools of Account.leftOut are left out. null where one of the others is, and where all are left out.
Each window that figures are asked over counts as 1,000 rows, as they share it.
"""
type AccountExposure {
  "As Account.inventory, and in its order"
  tokens: [TokenExposure!]!
  "Expected loss to rebalancing a day at each pool's realised variance in the window"
  lvrRate(window: Window! = WEEK): Float
  "Fee income a day over the window less lvrRate; null too without liquidity"
  theta(window: Window! = WEEK): Float
  "Change of theta per 0.01 of every pool's annualised volatility"
  vega(window: Window! = WEEK): Float
  "Change of the book's value by delta for a 1 % move of every pool's price; <= 0"
  dollarGamma1Percent: Float
}

"One token of a book: how its value moves with this token's quote price, and what would make it flat. Raw figures are in base units, exact; values in the quote token, null where unpriced. The quote token is there too: its price is always 1, so that nothing has to be traded of it."
type TokenExposure {
  token: Token!
  "What is held, principal and all that is owed (TokenInventory.amount); of pools whose fees are unknown (see PoolCaveat) principal alone"
  deltaRaw: BigInt!
  "null too where deltaRaw is principal alone in part"
  deltaValue: Float
  "What to trade elsewhere to be flat (negative = sell): -delta"
  hedgeRaw: BigInt!
  hedgeValue: Float
  "The same to be indifferent against holding: -TokenInventory.netInventory, of principal alone"
  hedgeToHoldRaw: BigInt!
  hedgeToHoldValue: Float
}

enum Limit {
  SKEW
  IMPERMANENT_LOSS
  DELTA
  TICKS_TO_BOUND
  TOKEN_SHARE
  EXPECTED_SHORTFALL
}

"Leave a limit out, or null, to have none."
input RiskLimits {
  "Largest |skew| of any pool book: 0.8 of 90 % in one token"
  maxSkew: Float
  "Largest loss ratio of any pool book, e.g. 0.05: -ImpermanentLoss.ratio, so that a gain breaks none"
  maxImpermanentLoss: Float
  "Largest |delta1| of any pool book, as a share of what it holds: token0's share, also where token0 is the cash (see Pool.riskToken); maxTokenShare is by token"
  maxDelta: Float
  "Least distance to a range bound, in ticks, of any position with liquidity; below 0 past a bound. 1 tells of each that is out of range. v2 has no bounds"
  minTicksToBound: Int
  "Largest share of the book's value in one token (TokenInventory.share)"
  maxTokenShare: Float
  "95 % one-day expected shortfall (Account.capitalAtRisk over the last MONTH) as a share of value; where that is null it is told by unreadLimits. Counts as 1,000 rows."
  maxExpectedShortfall: Float
}

type LimitBreach {
  limit: Limit!
  "Of the book that it was found in"
  asOf: BlockRef!
  "Of SKEW, IMPERMANENT_LOSS and DELTA"
  pool: Pool
  "Of TICKS_TO_BOUND"
  position: Position
  "Of TOKEN_SHARE"
  token: Token
  "In the limit's own terms: sizes, so never negative except ticks past a bound"
  value: Float!
  bound: Float!
}

"A limit that could not be read. All but limit are null for EXPECTED_SHORTFALL, which is of the whole book."
type UnreadLimit {
  limit: Limit!
  "Of SKEW, IMPERMANENT_LOSS and DELTA"
  pool: Pool
  "Of TICKS_TO_BOUND"
  position: Position
  "Of TOKEN_SHARE"
  token: Token
}

"In the quote token; null where Account.value is."
type AccountScenario {
  shock: Float!
  "Of all that inventory counts"
  value: Float
  "value less what it is without a shock"
  pnl: Float
}

type TokenInventory {
  token: Token!
  "Base units; also the book's delta to this token's quote price: hedge = -amount. Of pools whose fees are unknown (see PoolCaveat) principal alone"
  amount: BigInt!
  "null where decimals are unknown"
  decimal: String
  "In the quote token; null where unpriced, and where amount is principal alone in part"
  value: Float
  "Of the book's value, in [0, 1]; null where unpriced, where the book's value is null, and with nothing of value held"
  share: Float
  "Principal less the hold baskets of this owner: > 0 net long"
  netInventory: BigInt!
}

enum Direction {
  ASC
  DESC
}

enum PoolOrder {
  "By time of creation"
  CREATED
}

"""
Money is ranked in token1 inside one pool of one chain, else in the chain's quote token at the point that the list is ranked at. It needs where.pool, where.owner or where.chainId. What has no quote price has no rank, and where the pool's fees are unknown (see PoolCaveat) nothing but IMPERMANENT_LOSS.
"""
enum PositionOrder {
  "By time of opening"
  OPENED
  "By time of closing; open positions come last."
  CLOSED
  "worth, as money"
  VALUE
  "On v2 the principal liquidity of the LP tokens, in the unit of all others"
  LIQUIDITY
  "skewRisk, signed. Needs where.pool, where.owner or where.chainId."
  SKEW
  "Distance of skewRisk from 0. Needs where.pool, where.owner or where.chainId."
  SKEW_SIZE
  "Total, as money; below 0 is a loss, so ASC begins with the greatest"
  IMPERMANENT_LOSS
  "Needs where.pool, where.owner or where.chainId."
  IMPERMANENT_LOSS_RATIO
  "Earned in all, at the pool's price, as money"
  FEES
  "pnl.total, as money"
  PNL
}

"As money, in token1 where pool is given, else in the chain's quote token; each with what the account owned while it owned it: positions that were handed on count up to then."
enum AccountOrder {
  "What its positions hold and are owed"
  VALUE
  "Total; below 0 is a loss, so ASC begins with the greatest"
  IMPERMANENT_LOSS
  "Own fees, at spot"
  FEES
  "Total of profit and loss; ASC begins with the greatest loss"
  PNL
}

"All conditions hold together; one that is left out or null is none."
input PoolFilter {
  "BAD_INPUT for a chain that is not indexed"
  chainId: Int
  protocol: [Protocol!]
  "Pools that hold every one of these: one token, or a pair in either order"
  tokens: [Hex!]
  feePips: [Int!]
  "The hooks of v4 pools"
  hooks: Hex
  "Whether it has no caveats: never on v2 and Algebra"
  exact: Boolean
}

"All conditions hold together; one that is left out or null is none."
input PositionFilter {
  "BAD_INPUT for a chain that is not indexed"
  chainId: Int
  pool: Hex
  "Any of these; all chains unless chainId is set"
  owner: [Hex!]
  manager: Hex
  tokenId: BigInt
  protocol: [Protocol!]
  status: [PositionStatus!]
  "true for those opened and closed in one block, false for all others, open ones included"
  justInTime: Boolean
  "On worth in quote tokens, inclusive; leaves out what has no quote price and pools whose fees are unknown (see PoolCaveat)."
  minValue: Float
  "On skewRisk, inclusive; leaves out positions with nothing held."
  minSkew: Float
  "The same; BAD_INPUT below minSkew."
  maxSkew: Float
}

"""
The cursor holds the point whose pool prices rank the list, and \`after\` ranks at those again, while figures are shown as they stand now. A position touched between two pages may be missed or come twice.
CURSOR_EXPIRED an hour after the first page, or after a reorg that took the point back. Keep where, orderBy and direction from page to page, else CURSOR_INVALID.
Ranks are computed in doubles, figures exactly; nulls come last in both directions; ties by chain and id. \`first\` is 1 to 1,000.
Lists of events and swaps are in the order of the chain, up to the block of their parent's asOf, which is rankedAt. Their cursor is good for an hour and until a reorg takes the block of its event; events that come meanwhile are on later pages.
"""
type PageInfo {
  hasNextPage: Boolean!
  "For \`after\`; null on an empty page."
  endCursor: String
  "The point that the list is ranked at; null where it spans chains or none is indexed yet."
  rankedAt: BlockRef
}

type PoolPage {
  items: [Pool!]!
  pageInfo: PageInfo!
  "Counted only when asked for; null above 10,000."
  totalCount: Int
}

type PositionPage {
  items: [Position!]!
  pageInfo: PageInfo!
  "Counted only when asked for; null above 10,000."
  totalCount: Int
}

"""
The figures that the list is ranked by: of pool where given, in whole token1, else of the chain, in whole quote tokens. Sums of doubles: good to 12 digits.
Each position counts at its own pool's price, as worth(in: QUOTE) does; Account.value takes each token at its quote price, a median, and is another number while a price moves.
What is unpriced, or in a pool whose fees are unknown (see PoolCaveat), is left out of a sum; null where nothing of it is known, and in a pool whose token1 has no decimals.
"""
type LeaderboardEntry {
  "Counted over all pages"
  rank: Int!
  account: Account!
  "That it owns or owned there, each once"
  positions: Int!
  value: Float
  impermanentLoss: Float
  "Own fees at spot; what it was paid for them when it handed a position on counts the same."
  fees: Float
  pnl: Float
}

type LeaderboardPage {
  items: [LeaderboardEntry!]!
  pageInfo: PageInfo!
  "Counted only when asked for; null above 10,000."
  totalCount: Int
}

type LiquidityEventPage {
  items: [LiquidityEvent!]!
  pageInfo: PageInfo!
}

type SwapPage {
  items: [Swap!]!
  pageInfo: PageInfo!
}
`;
