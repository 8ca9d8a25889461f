/** What the harness calls and reads on the v4 contracts. */
import { parseAbi } from "viem";

const poolKey =
  "struct PoolKey { address currency0; address currency1; uint24 fee; int24 tickSpacing; address hooks; }";

export const v4PoolManagerAbi = parseAbi([
  poolKey,
  "struct ModifyLiquidityParams { int24 tickLower; int24 tickUpper; int256 liquidityDelta; bytes32 salt; }",
  "struct SwapParams { bool zeroForOne; int256 amountSpecified; uint160 sqrtPriceLimitX96; }",
  "function initialize(PoolKey key, uint160 sqrtPriceX96) returns (int24)",
  "function modifyLiquidity(PoolKey key, ModifyLiquidityParams params, bytes hookData) returns (int256 callerDelta, int256 feesAccrued)",
  "function swap(PoolKey key, SwapParams params, bytes hookData) returns (int256)",
  "function donate(PoolKey key, uint256 amount0, uint256 amount1, bytes hookData) returns (int256)",
  "function setProtocolFeeController(address controller)",
  "function setProtocolFee(PoolKey key, uint24 newProtocolFee)",
  "function collectProtocolFees(address recipient, address currency, uint256 amount) returns (uint256)",
  "function protocolFeesAccrued(address currency) view returns (uint256)",
]);

export const v4PositionManagerAbi = parseAbi([
  "function modifyLiquidities(bytes unlockData, uint256 deadline) payable",
  "function multicall(bytes[] data) payable returns (bytes[])",
  "function transferFrom(address from, address to, uint256 id)",
  "function nextTokenId() view returns (uint256)",
  "function ownerOf(uint256 id) view returns (address)",
  "function getPositionLiquidity(uint256 tokenId) view returns (uint128)",
]);

export const v4StateViewAbi = parseAbi([
  "function getSlot0(bytes32 poolId) view returns (uint160 sqrtPriceX96, int24 tick, uint24 protocolFee, uint24 lpFee)",
  "function getLiquidity(bytes32 poolId) view returns (uint128)",
  "function getFeeGrowthGlobals(bytes32 poolId) view returns (uint256 feeGrowthGlobal0, uint256 feeGrowthGlobal1)",
  "function getFeeGrowthInside(bytes32 poolId, int24 tickLower, int24 tickUpper) view returns (uint256 feeGrowthInside0X128, uint256 feeGrowthInside1X128)",
  "function getPositionInfo(bytes32 poolId, address owner, int24 tickLower, int24 tickUpper, bytes32 salt) view returns (uint128 liquidity, uint256 feeGrowthInside0LastX128, uint256 feeGrowthInside1LastX128)",
  "function getTickInfo(bytes32 poolId, int24 tick) view returns (uint128 liquidityGross, int128 liquidityNet, uint256 feeGrowthOutside0X128, uint256 feeGrowthOutside1X128)",
]);

export const v4CallerAbi = parseAbi([
  "function run(address manager, bytes[] calls, address[] currencies, address payer) payable",
]);

export const v4FeeHookAbi = parseAbi([
  poolKey,
  "function setFee(address manager, PoolKey key, uint24 fee)",
  "function setOverride(uint24 fee)",
]);

export const permit2Abi = parseAbi([
  "function approve(address token, address spender, uint160 amount, uint48 expiration)",
]);
