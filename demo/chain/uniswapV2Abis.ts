/** What the harness calls and reads on the v2 contracts. */
import { parseAbi } from "viem";

export const v2FactoryAbi = parseAbi([
  "function createPair(address tokenA, address tokenB) returns (address)",
  "function getPair(address tokenA, address tokenB) view returns (address)",
  "function setFeeTo(address feeTo)",
]);

export const v2PairAbi = parseAbi([
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)",
  "function totalSupply() view returns (uint256)",
  "function balanceOf(address account) view returns (uint256)",
  "function kLast() view returns (uint256)",
  "function approve(address spender, uint256 value) returns (bool)",
  "function transfer(address to, uint256 value) returns (bool)",
  "function sync()",
  "function skim(address to)",
]);

export const v2CallerAbi = parseAbi([
  "function mint(address pair, uint256 amount0, uint256 amount1, address to, address payer)",
  "function burn(address pair, uint256 shares, address to, address payer)",
  "function swap(address pair, bool zeroForOne, int256 amount, address to, address payer)",
  "function flash(address pair, uint256 out0, uint256 out1, uint256 in0, uint256 in1, address payer)",
  "function multicall(bytes[] calls)",
]);
