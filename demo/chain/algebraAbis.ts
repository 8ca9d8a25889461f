/** What the harness calls and reads on the Algebra Integral contracts. */
import { parseAbi } from "viem";

export const algebraFactoryAbi = parseAbi([
  "function createPool(address tokenA, address tokenB, bytes data) returns (address)",
  "function poolByPair(address tokenA, address tokenB) view returns (address)",
  "function customPoolByPair(address deployer, address tokenA, address tokenB) view returns (address)",
  "function setVaultFactory(address newVaultFactory)",
  "function setDefaultCommunityFee(uint16 newDefaultCommunityFee)",
  "function setDefaultTickspacing(int24 newDefaultTickspacing)",
  "function CUSTOM_POOL_DEPLOYER() view returns (bytes32)",
  "function grantRole(bytes32 role, address account)",
]);

export const algebraPoolAbi = parseAbi([
  "function initialize(uint160 initialPrice)",
  "function burn(int24 bottomTick, int24 topTick, uint128 amount, bytes data) returns (uint256, uint256)",
  "function setCommunityFee(uint16 newCommunityFee)",
  "function setTickSpacing(int24 newTickSpacing)",
  "function setPlugin(address newPluginAddress)",
  "function setPluginConfig(uint8 newConfig)",
  "function setFee(uint16 newFee)",
  "function globalState() view returns (uint160 price, int24 tick, uint16 lastFee, uint8 pluginConfig, uint16 communityFee, bool unlocked)",
  "function liquidity() view returns (uint128)",
  "function tickSpacing() view returns (int24)",
  "function totalFeeGrowth0Token() view returns (uint256)",
  "function totalFeeGrowth1Token() view returns (uint256)",
  "function getReserves() view returns (uint128 reserve0, uint128 reserve1)",
  "function getCommunityFeePending() view returns (uint128, uint128)",
  "function getPluginFeePending() view returns (uint128, uint128)",
  "function positions(bytes32 key) view returns (uint256 liquidity, uint256 innerFeeGrowth0Token, uint256 innerFeeGrowth1Token, uint128 fees0, uint128 fees1)",
  "function ticks(int24 tick) view returns (uint256 liquidityTotal, int128 liquidityDelta, int24 prevTick, int24 nextTick, uint256 outerFeeGrowth0Token, uint256 outerFeeGrowth1Token)",
]);

export const algebraManagerAbi = parseAbi([
  "struct MintParams { address token0; address token1; address deployer; int24 tickLower; int24 tickUpper; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; address recipient; uint256 deadline; }",
  "function mint(MintParams params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
]);

export const algebraCallerAbi = parseAbi([
  "function swapInAdvance(address pool, address recipient, bool zeroToOne, int256 amount, uint160 limit, address payer) returns (int256, int256)",
]);

export const algebraPluginAbi = parseAbi([
  "function setSwapFees(uint24 overrideFee, uint24 pluginFee)",
  "function setBurnFee(uint24 burnFee)",
  "function skim(address pool)",
  "function sync(address pool)",
]);

export const algebraCustomDeployerAbi = parseAbi([
  "function create(address factory, address tokenA, address tokenB) returns (address)",
]);
