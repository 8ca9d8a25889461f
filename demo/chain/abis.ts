/** What the harness calls and reads on the contracts. The product's own ABIs hold events alone. */
import { parseAbi } from "viem";

export const factoryAbi = parseAbi([
  "function createPool(address tokenA, address tokenB, uint24 fee) returns (address)",
  "function enableFeeAmount(uint24 fee, int24 tickSpacing)",
  "function feeAmountTickSpacing(uint24 fee) view returns (int24)",
  "function getPool(address tokenA, address tokenB, uint24 fee) view returns (address)",
]);

export const poolAbi = parseAbi([
  "function initialize(uint160 sqrtPriceX96)",
  "function burn(int24 tickLower, int24 tickUpper, uint128 amount) returns (uint256, uint256)",
  "function collect(address recipient, int24 tickLower, int24 tickUpper, uint128 amount0Requested, uint128 amount1Requested) returns (uint128, uint128)",
  "function setFeeProtocol(uint8 feeProtocol0, uint8 feeProtocol1)",
  "function collectProtocol(address recipient, uint128 amount0Requested, uint128 amount1Requested) returns (uint128, uint128)",
  "function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16 observationIndex, uint16 observationCardinality, uint16 observationCardinalityNext, uint8 feeProtocol, bool unlocked)",
  "function liquidity() view returns (uint128)",
  "function feeGrowthGlobal0X128() view returns (uint256)",
  "function feeGrowthGlobal1X128() view returns (uint256)",
  "function protocolFees() view returns (uint128 token0, uint128 token1)",
  "function positions(bytes32 key) view returns (uint128 liquidity, uint256 feeGrowthInside0LastX128, uint256 feeGrowthInside1LastX128, uint128 tokensOwed0, uint128 tokensOwed1)",
  "function ticks(int24 tick) view returns (uint128 liquidityGross, int128 liquidityNet, uint256 feeGrowthOutside0X128, uint256 feeGrowthOutside1X128, int56 tickCumulativeOutside, uint160 secondsPerLiquidityOutsideX128, uint32 secondsOutside, bool initialized)",
]);

export const positionManagerAbi = parseAbi([
  "struct MintParams { address token0; address token1; uint24 fee; int24 tickLower; int24 tickUpper; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; address recipient; uint256 deadline; }",
  "struct IncreaseParams { uint256 tokenId; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; uint256 deadline; }",
  "struct DecreaseParams { uint256 tokenId; uint128 liquidity; uint256 amount0Min; uint256 amount1Min; uint256 deadline; }",
  "struct CollectParams { uint256 tokenId; address recipient; uint128 amount0Max; uint128 amount1Max; }",
  "function mint(MintParams params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
  "function increaseLiquidity(IncreaseParams params) payable returns (uint128 liquidity, uint256 amount0, uint256 amount1)",
  "function decreaseLiquidity(DecreaseParams params) payable returns (uint256 amount0, uint256 amount1)",
  "function collect(CollectParams params) payable returns (uint256 amount0, uint256 amount1)",
  "function burn(uint256 tokenId) payable",
  "function transferFrom(address from, address to, uint256 tokenId)",
  "function multicall(bytes[] data) payable returns (bytes[] results)",
  "function ownerOf(uint256 tokenId) view returns (address)",
  "function positions(uint256 tokenId) view returns (uint96 nonce, address operator, address token0, address token1, uint256 feeOrDeployer, int24 tickLower, int24 tickUpper, uint128 liquidity, uint256 feeGrowthInside0LastX128, uint256 feeGrowthInside1LastX128, uint128 tokensOwed0, uint128 tokensOwed1)",
  "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
]);

export const poolCallerAbi = parseAbi([
  "function mint(address pool, address owner, int24 lower, int24 upper, uint128 liquidity, address payer) returns (uint256, uint256)",
  "function burn(address pool, int24 lower, int24 upper, uint128 liquidity) returns (uint256, uint256)",
  "function collect(address pool, address recipient, int24 lower, int24 upper, uint128 most0, uint128 most1) returns (uint128, uint128)",
  "function swap(address pool, address recipient, bool zeroForOne, int256 amount, uint160 limit, address payer) returns (int256, int256)",
  "function flash(address pool, uint256 amount0, uint256 amount1, uint256 extra0, uint256 extra1, address payer)",
  "function multicall(bytes[] calls)",
]);

export const nftStakerAbi = parseAbi([
  "function collect(address manager, uint256 tokenId, address recipient)",
  "function unstake(address manager, uint256 tokenId, address to)",
]);

export const tokenAbi = parseAbi([
  "function mint(address to, uint256 value)",
  "function approve(address spender, uint256 value) returns (bool)",
  "function transfer(address to, uint256 value) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
]);
