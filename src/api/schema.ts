/**
 * The served schema: what of the API's contract has data so far, in the contract's own words. A name, an
 * argument or a nullability that is here stays; what is not here yet is left out, never stubbed.
 */
export const typeDefs = /* GraphQL */ `
"Integer of any size, as a decimal string: token base units, liquidity, Q64.96 and Q128.128 fixed point."
scalar BigInt

"0x-prefixed hex: a 20-byte address, a 32-byte hash or pool id. Input in any letter case, ids included; output always lower case."
scalar Hex

enum Protocol {
  UNISWAP_V3
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
  "Each part at the pool price of its own event (buckets: per swap in TOKEN0 and TOKEN1, at the bucket's close in QUOTE): cost basis, turnover."
  valueThen(in: Numeraire! = TOKEN1): Float
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
  "Worth in the numeraire at the price of the moment that the parent stands at; null where unpriced."
  value(in: Numeraire! = TOKEN1): Float
}

enum Numeraire {
  TOKEN0
  TOKEN1
}

type Query {
  "How far each chain is indexed, and how far it lags behind its head."
  status: [ChainStatus!]!

  token(chainId: Int!, address: Hex!): Token
  pool(chainId: Int!, poolId: Hex!): Pool
  pools(where: PoolFilter, orderBy: PoolOrder! = CREATED, direction: Direction! = DESC, first: Int! = 20, after: String): PoolPage!
  position(id: ID!): Position
  positions(where: PositionFilter, orderBy: PositionOrder! = OPENED, direction: Direction! = DESC, first: Int! = 20, after: String): PositionPage!
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
  head: BlockRef
  "head - indexed, in blocks"
  lag: Int
  ready: Boolean!
}

type Token {
  "chainId:address"
  id: ID!
  chainId: Int!
  address: Hex!
  "null where the contract gives none that can be read"
  symbol: String
  name: String
  decimals: Int
}

type Pool {
  "chainId:poolId"
  id: ID!
  chainId: Int!
  "Pool contract; for v4 the 32-byte pool id."
  poolId: Hex!
  protocol: Protocol!
  token0: Token!
  token1: Token!
  "LP fee of the last known swap or event, hundredths of a basis point (3000 = 0.30 %); null before the first swap of a dynamic-fee pool. LP part only: what a trader pays is swapFeePips."
  feePips: Int
  "True where the fee can change between swaps without an event (v4 dynamic fee or hook override, Algebra)."
  dynamicFee: Boolean!
  "Total fee of the last swap, protocol part included; differs from feePips on v4 only."
  swapFeePips: Int
  "Protocol's share of the total swap fee on token0 and token1 input, in [0, 1]; null while unknown (v2 with feeTo not yet seen, fee 0)."
  protocolFeeShare0: Float
  protocolFeeShare1: Float
  "The side that is the risk: 0 or 1 (stablecoin > wrapped native > other loses; configurable)."
  riskToken: Int!
  tickSpacing: Int
  "No caveats: every raw integer below equals the contract's."
  exact: Boolean!
  caveats: [PoolCaveat!]!
  "First block from which this pool is known; later than created after a late start."
  trackedFrom: BlockRef!
  "null where older than the first indexed block"
  created: BlockRef
  asOf: BlockRef!

  sqrtPriceX96: BigInt
  tick: Int
  "In-range liquidity; for v2 floor(sqrt(reserve0 x reserve1)), the same thing."
  liquidity: BigInt!
  "token1 per token0, in whole tokens"
  price: Float
}

"Why a pool's numbers may differ from the contract's. More may be added."
enum PoolCaveat {
  DECIMALS_UNKNOWN
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
  NFT: chainId:manager:tokenId. Held in the pool itself: chainId:pool:owner:tickLower:tickUpper (v4: with :salt). v2: chainId:pair:owner.
  The manager's own core position is not listed: its NFTs are.
  An id closed and opened again stays one position: opened is the first time, closed is null while open, baskets start afresh.
  """
  id: ID!
  chainId: Int!
  protocol: Protocol!
  pool: Pool!
  "Who bears the risk now: the NFT's owner (a known staking contract is looked through), or the owner in the pool. Vaults are not looked through."
  owner: Hex!
  "The position-manager contract, where the position is an NFT."
  manager: Hex
  tokenId: BigInt
  tickLower: Int
  tickUpper: Int
  "token1 per token0 in whole tokens"
  priceLower: Float
  priceUpper: Float
  liquidity: BigInt!
  status: PositionStatus!
  "Opened and closed in one block"
  justInTime: Boolean!
  "null where older than the first indexed block"
  opened: BlockRef
  closed: BlockRef
  asOf: BlockRef!

  inventory: Inventory!
  "All deposits and all principal withdrawals so far."
  deposited: Flow!
  withdrawn: Flow!
  impermanentLoss: ImpermanentLoss!
}

"""
What the LP holds, and how far that is from what it meant to hold (metrics.md sections 1 and 2).
"""
type Inventory {
  "Principal, rounded down as the contract pays it out. v2: without the fees that sit in the reserves; those are owed, so inventory + owed is what a burn pays."
  amounts: Amounts!
  "token0's share of value, in [0, 1]; null with nothing held"
  share0: Float
  "PRIMARY, in [-1, 1]: 2 x share0 - 1. +1 all token0 (long token0), -1 all token1."
  skew: Float
  "skew x 10^18, truncated: the same number, exact"
  skewE18: BigInt
  "skew seen from the pool's risk token: +1 all risk, -1 all cash. What lists, limits and filters across pools use."
  skewRisk: Float
  "Against a target share of token0: 0 at the target, +-1 at the ends."
  skewVsTarget(targetShare: Float!): Float
  "Against token0's share of the entry basket at entry price."
  skewVsEntry: Float
  """
  Holdings minus the hold basket, signed: amount0 > 0 is net long token0 (traders sold it to the LP), < 0 net short.
  """
  netInventory: Amounts!
  "Net inventory in token0, valued, over the hold basket's value"
  netInventoryRatio: Float
  "0 at tickLower, 1 at tickUpper, clamped"
  rangePosition: Float
}

"""
Divergence loss against holding (metrics.md section 4): average-cost basket, principal only. NEGATIVE IS A LOSS.
Realised parts are valued at the price of the withdrawal that realised them.
"""
type ImpermanentLoss {
  "The basket that was put in and not yet taken out, held instead."
  hold: Amounts!
  unrealized(in: Numeraire! = TOKEN1): Float
  "TOKEN0 and TOKEN1: booked at each withdrawal."
  realized(in: Numeraire! = TOKEN1): Float
  "realized + unrealized"
  total(in: Numeraire! = TOKEN1): Float
  "unrealized and realized in token1 base units, truncated: the same numbers, exact"
  unrealizedRaw1: BigInt!
  realizedRaw1: BigInt!
  "unrealized / value of the hold basket"
  ratio: Float
  "Secondary: every flow at today's price. Moves after closing, can be positive."
  allFlowsAtSpot(in: Numeraire! = TOKEN1): Float
}

enum Direction {
  ASC
  DESC
}

enum PoolOrder {
  CREATED
}

enum PositionOrder {
  OPENED
  CLOSED
  LIQUIDITY
  "skewRisk, signed"
  SKEW
  SKEW_SIZE
  IMPERMANENT_LOSS
  IMPERMANENT_LOSS_RATIO
}

input PoolFilter {
  chainId: Int
  protocol: [Protocol!]
  "Pools that hold every one of these: one token, or a pair in either order"
  tokens: [Hex!]
  feePips: [Int!]
  exact: Boolean
}

input PositionFilter {
  chainId: Int
  pool: Hex
  "Any of these; all chains unless chainId is set"
  owner: [Hex!]
  manager: Hex
  tokenId: BigInt
  protocol: [Protocol!]
  status: [PositionStatus!]
  "false leaves out positions opened and closed in one block"
  justInTime: Boolean
  "on skewRisk"
  minSkew: Float
  maxSkew: Float
}

"""
The cursor holds the point whose pool prices rank the list, and \`after\` ranks at those again; only positions touched since then may move. CURSOR_EXPIRED after a reorg below it or an hour.
Ranks are computed in doubles, figures exactly; nulls come last in both directions; ties by id. \`first\` is 1 to 1,000.
VALUE, SKEW, IMPERMANENT_LOSS, FEES and PNL need where.pool, where.owner or where.chainId.
"""
type PageInfo {
  hasNextPage: Boolean!
  endCursor: String
  "The point that the list is ranked at; null where it spans chains."
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
`;
